/** Which section follows: `.text`, `.data`, `.bss`, `.rodata`, `.section name, "flags", @type`. */
import type { Call, Directive } from './call';
import { errorAt, quote, type AssemblyError } from './errors';
import { octetsOf } from './literals';
import type { Token } from './lexer';
import type { Slice } from './operands';
import { createSection, type Assembly } from './state';

function enter(assembly: Assembly, name: string, letters: string | null, isZero: boolean): void {
  const known = assembly.sections.get(name);
  assembly.current = known ?? createSection(name, letters, isZero);
  if (known === undefined) assembly.sections.set(name, assembly.current);
}

/** The name may hold characters, such as `-`, that end an expression's names. */
function nameOf({ tokens }: Call, slice: Slice): string | null {
  const [first] = tokens.slice(slice.from, slice.to);
  if (first?.kind === 'string') {
    const text = octetsOf(first.text);
    return text.ok ? String.fromCharCode(...text.octets.slice(0, 100)) : null;
  }
  const name = tokens.slice(slice.from, slice.to).map(({ text }) => text);
  return name.length <= 20 && first?.kind === 'name' ? name.join('') : null;
}

/** The type of a section is written `@nobits` or `%nobits`. */
function isNobits({ tokens }: Call, type: Slice | undefined): boolean {
  return type !== undefined && tokens[type.to - 1]?.text === 'nobits';
}

function flagsOf({ tokens }: Call, flags: Slice | undefined): Token | undefined {
  return flags === undefined ? undefined : tokens[flags.from];
}

function named(assembly: Assembly, call: Call): AssemblyError | null {
  const [name, flags, type] = call.slices;
  const remedy = 'Write `.section .rodata` or `.section .name, "aw"`.';
  const text = name === undefined ? null : nameOf(call, name);
  if (text === null || text === '') {
    return errorAt(name?.span ?? call.name, 'The name of a section is expected here.', remedy);
  }
  const letters = flagsOf(call, flags);
  if (letters !== undefined && letters.kind !== 'string') {
    return errorAt(letters, `Flags are a string, not ${quote(letters.text)}.`, remedy);
  }
  enter(assembly, text, letters?.text ?? null, isNobits(call, type));
  return null;
}

function usual(name: string): [string, Directive] {
  return [
    name,
    (assembly, call) => {
      const extra = call.slices[0];
      if (extra !== undefined) {
        const message = `\`${name}\` takes no operand.`;
        return errorAt(extra.span, message, `Use \`.section ${name}.name\` for another section.`);
      }
      enter(assembly, name, null, false);
      return null;
    },
  ];
}

export const sectionDirectives: readonly (readonly [string, Directive])[] = [
  usual('.text'),
  usual('.data'),
  usual('.bss'),
  usual('.rodata'),
  ['.section', named],
];
