/** Symbols: `.globl`, `.local`, `.weak`, `.equ`, `.set`, `.equiv`, `.comm`, `.lcomm`. */
import { constantAt, datumAt, missing, tooMany } from './constant';
import { tooLarge } from './dataDirectives';
import type { Call, Directive } from './call';
import { errorAt, quote, type AssemblyError } from './errors';
import type { Token } from './lexer';
import { append, createSection, here, LIMIT_OCTETS, type Assembly } from './state';
import { assign, defineLabel } from './symbols';

/** The name that operand `index` consists of. */
function nameAt(call: Call, index: number): Token | AssemblyError {
  const slice = call.slices[index];
  if (slice === undefined) return missing(call, 'Write the name of a symbol after it.');
  const token = call.tokens[slice.from] as Token;
  if (token.kind === 'name' && slice.to - slice.from === 1) return token;
  const message = `The name of a symbol is expected, not ${quote(token.text)}.`;
  return errorAt(slice.span, message, 'Names start with a letter, `_`, `.` or `$`.');
}

function publish(assembly: Assembly, call: Call): AssemblyError | null {
  if (call.slices.length === 0) return missing(call, 'Write the name of a symbol after it.');
  for (let index = 0; index < call.slices.length; index++) {
    const name = nameAt(call, index);
    if ('message' in name) return name;
    assembly.globals.add(name.text);
  }
  return null;
}

function equate(assembly: Assembly, call: Call): AssemblyError | null {
  const extra = tooMany(call, 2);
  if (extra !== null) return extra;
  const name = nameAt(call, 0);
  if ('message' in name) return name;
  if (call.slices.length < 2) {
    return errorAt(name, 'A value is missing.', `Write \`${call.name.text} name, value\`.`);
  }
  const datum = datumAt(assembly, call, 1);
  if ('message' in datum) return datum;
  if (assign(assembly, name.text, name, here(assembly), datum)) {
    append(assembly, call.name.line, 0, { kind: 'assign', name: name.text, datum });
  }
  return null;
}

/** Zeros with a name, in .bss: `.comm name, octets, alignment`. */
function common(assembly: Assembly, call: Call): AssemblyError | null {
  const extra = tooMany(call, 3);
  const name = nameAt(call, 0);
  if (extra !== null || 'message' in name) return extra ?? (name as AssemblyError);
  const length = constantAt(assembly, call, 1, [0, LIMIT_OCTETS]);
  if (typeof length !== 'number') return length;
  const align = call.slices.length < 3 ? 4 : constantAt(assembly, call, 2, [1, 0x1_0000]);
  if (typeof align !== 'number') return align;
  if ((align & (align - 1)) !== 0) {
    return errorAt(call.name, `${align} is no power of two.`, 'Align to 1, 2, 4, 8, 16 and so on.');
  }
  const before = assembly.current;
  const bss = assembly.sections.get('.bss') ?? createSection('.bss', null, true);
  assembly.sections.set(bss.name, bss);
  assembly.current = bss;
  bss.alignOctets = Math.max(bss.alignOctets, align);
  const fill = { kind: 'fill', octet: 0, isCode: false } as const;
  const gap = (align - (bss.sizeOctets % align)) % align;
  const isRoom = append(assembly, name.line, gap, fill);
  defineLabel(assembly, name.text, name, here(assembly));
  const isDone = isRoom && append(assembly, name.line, length, fill);
  if (call.name.text === '.comm') assembly.globals.add(name.text);
  assembly.current = before;
  return isDone ? null : tooLarge(call.name);
}

const local: Directive = () => null;

export const symbolDirectives: readonly (readonly [string, Directive])[] = [
  ['.globl', publish],
  ['.global', publish],
  ['.weak', publish],
  ['.local', local],
  ['.equ', equate],
  ['.set', equate],
  ['.equiv', equate],
  ['.comm', common],
  ['.lcomm', common],
];
