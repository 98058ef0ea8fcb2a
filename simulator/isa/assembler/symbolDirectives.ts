/** Symbols: `.globl`, `.local`, `.weak`, `.equ`, `.set`, `.equiv`, `.comm`, `.lcomm`. */
import { constantAt, datumAt, missing, tooMany } from './constant';
import { tooLarge } from './dataDirectives';
import type { Call, Directive } from './call';
import { errorAt, quote, type AssemblyError } from './errors';
import type { Token } from './lexer';
import { sectionNamed } from './sectionDirectives';
import { alignTo, isPowerOfTwo } from './spaceDirectives';
import { append, here, LIMIT_OCTETS, type Assembly, type Common } from './state';
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

/** Does something with each name that is listed. */
function eachName(use: (assembly: Assembly, name: string) => void): Directive {
  return (assembly, call) => {
    if (call.slices.length === 0) return missing(call, 'Write the name of a symbol after it.');
    for (let index = 0; index < call.slices.length; index++) {
      const name = nameAt(call, index);
      if ('message' in name) return name;
      use(assembly, name.text);
    }
    return null;
  };
}

const publish = eachName(({ globals }, name) => {
  globals.add(name);
});

const weaken = eachName(({ weak }, name) => {
  weak.add(name);
});

const local = eachName(({ globals }, name) => {
  globals.delete(name);
});

function equate(assembly: Assembly, call: Call): AssemblyError | null {
  const extra = tooMany(call, 2);
  if (extra !== null) return extra;
  const name = nameAt(call, 0);
  if ('message' in name) return name;
  if (call.slices.length < 2) {
    return errorAt(name, 'A value is missing.', `Write \`${call.name.text} name, value\`.`);
  }
  if (call.name.text === '.equiv' && assembly.symbols.has(name.text)) {
    const message = `${quote(name.text)} is defined already.`;
    return errorAt(name, message, 'Use `.set` to give it another value.');
  }
  const datum = datumAt(assembly, call, 1);
  if ('message' in datum) return datum;
  if (assign(assembly, name.text, name, here(assembly), datum)) {
    append(assembly, call.name.line, 0, { kind: 'assign', name: name.text, datum });
  }
  return null;
}

/** `.size name, octets`. */
function measure(assembly: Assembly, call: Call): AssemblyError | null {
  const extra = tooMany(call, 2);
  const name = nameAt(call, 0);
  if (extra !== null || 'message' in name) return extra ?? (name as AssemblyError);
  const datum = datumAt(assembly, call, 1);
  if ('message' in datum) return datum;
  assembly.sizes.set(name.text, { ...datum, at: here(assembly) });
  return null;
}

/** `.type name, @function`, also with `%`, or as a string; other types are read over. */
function classify(assembly: Assembly, call: Call): AssemblyError | null {
  const name = nameAt(call, 0);
  if ('message' in name) return name;
  const slice = call.slices[1];
  const word = slice === undefined ? undefined : call.tokens[slice.to - 1];
  if (word === undefined) return missing(call, 'Write `.type name, @function`.');
  const kind = /^"?(?:STT_)?(func|object)/i.exec(word.text)?.[1];
  if (kind !== undefined) {
    assembly.kinds.set(name.text, kind.toLowerCase() === 'func' ? 'function' : 'object');
  }
  return null;
}

/** Zeros with a name in .bss; what `.comm` names may be in several sources, and is once. */
function common(assembly: Assembly, call: Call): AssemblyError | null {
  const extra = tooMany(call, 3);
  const name = nameAt(call, 0);
  if (extra !== null || 'message' in name) return extra ?? (name as AssemblyError);
  const lengthOctets = constantAt(assembly, call, 1, [0, LIMIT_OCTETS]);
  if (typeof lengthOctets !== 'number') return lengthOctets;
  const alignOctets = alignmentAt(assembly, call);
  if (typeof alignOctets !== 'number') return alignOctets;
  const own = { lengthOctets, alignOctets, span: name };
  if (call.name.text === '.comm') {
    return share(assembly, name.text, own) ? null : tooLarge(call.name);
  }
  return reserve(assembly, name, own) ? null : tooLarge(call.name);
}

/** The alignment that `.comm` has as its last operand. */
function alignmentAt(assembly: Assembly, call: Call): number | AssemblyError {
  if (call.slices.length < 3) return 4;
  const octets = constantAt(assembly, call, 2, [1, 0x1_0000]);
  if (typeof octets !== 'number' || isPowerOfTwo(octets)) return octets;
  const message = `${octets} is no power of two.`;
  return errorAt(call.name, message, 'Align to 1, 2, 4, 8, 16 and so on.');
}

/** False when there is no room for it. */
function share(assembly: Assembly, name: string, own: Common): boolean {
  const { commons, globals } = assembly;
  const known = commons.get(name);
  const more = Math.max(0, own.lengthOctets - (known?.lengthOctets ?? 0));
  if (more > LIMIT_OCTETS - assembly.totalOctets) return false;
  assembly.totalOctets += more;
  globals.add(name);
  commons.set(name, {
    lengthOctets: Math.max(own.lengthOctets, known?.lengthOctets ?? 0),
    alignOctets: Math.max(own.alignOctets, known?.alignOctets ?? 1),
    span: own.span,
  });
  return true;
}

/** Zeros of this source alone; false when there is no room for them. */
function reserve(assembly: Assembly, name: Token, { lengthOctets, alignOctets }: Common): boolean {
  const { current } = assembly;
  assembly.current = sectionNamed(assembly, '.bss', null, true);
  const isRoom = alignTo(assembly, name.line, alignOctets);
  defineLabel(assembly, name.text, name, here(assembly));
  const fill = { kind: 'fill', value: 0, widthOctets: 1 } as const;
  const isDone = isRoom && append(assembly, name.line, lengthOctets, fill);
  assembly.current = current;
  return isDone;
}

export const symbolDirectives: readonly (readonly [string, Directive])[] = [
  ['.globl', publish],
  ['.global', publish],
  ['.weak', weaken],
  ['.local', local],
  ['.equ', equate],
  ['.set', equate],
  ['.equiv', equate],
  ['.size', measure],
  ['.type', classify],
  ['.comm', common],
  ['.lcomm', common],
];
