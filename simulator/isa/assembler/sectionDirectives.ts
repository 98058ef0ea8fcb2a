/**
 * Which section follows: `.text`, `.data`, `.bss`, `.rodata`, `.section name, "flags", @type`,
 * and the way back: `.previous`, `.pushsection`, `.popsection` ("Using as", chapter 7).
 */
import type { Call, Directive } from './call';
import { errorAt, quote, type AssemblyError } from './errors';
import { octetsOf } from './literals';
import type { Token } from './lexer';
import type { Slice } from './operands';
import { createSection } from './sections';
import type { Assembly, Section } from './state';

/** Sections pushed and not popped. */
const DEEPEST = 1000;

function goTo(assembly: Assembly, section: Section): void {
  assembly.previous = assembly.current;
  assembly.current = section;
}

/** The section of that name; a new one has what `letters` say. */
export function sectionNamed(
  assembly: Assembly,
  name: string,
  letters: string | null = null,
  isZero = false,
): Section {
  const known = assembly.sections.get(name);
  if (known !== undefined) return known;
  const made = createSection(name, letters, isZero);
  assembly.sections.set(name, made);
  return made;
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
  goTo(assembly, sectionNamed(assembly, text, letters?.text ?? null, isNobits(call, type)));
  return null;
}

const push: Directive = (assembly, call) => {
  const { current, previous, pushed } = assembly;
  if (pushed.length >= DEEPEST) {
    const message = `More than ${DEEPEST} sections are pushed.`;
    return errorAt(call.name, message, 'Go back with `.popsection`.');
  }
  const error = named(assembly, call);
  if (error === null) pushed.push({ current, previous });
  return error;
};

const pop: Directive = (assembly, { name }) => {
  const before = assembly.pushed.pop();
  if (before === undefined) {
    return errorAt(name, 'No section was pushed.', 'Write `.pushsection` before it.');
  }
  assembly.current = before.current;
  assembly.previous = before.previous;
  return null;
};

const back: Directive = (assembly) => {
  goTo(assembly, assembly.previous);
  return null;
};

/** GNU as puts numbered parts of one section in order; here there is one part. */
const subsection: Directive = (_, { name }) =>
  errorAt(name, 'Sections have no numbered parts here.', 'Use `.section .name` for another one.');

function usual(name: string): [string, Directive] {
  return [
    name,
    (assembly, call) => {
      const extra = call.slices[0];
      if (extra !== undefined) {
        const message = `\`${name}\` takes no operand.`;
        return errorAt(extra.span, message, `Use \`.section ${name}.name\` for another section.`);
      }
      goTo(assembly, sectionNamed(assembly, name));
      return null;
    },
  ];
}

export const sectionDirectives: readonly (readonly [string, Directive])[] = [
  usual('.text'),
  usual('.data'),
  usual('.bss'),
  usual('.rodata'),
  usual('.sdata'),
  usual('.sbss'),
  ['.section', named],
  ['.pushsection', push],
  ['.popsection', pop],
  ['.previous', back],
  ['.subsection', subsection],
];
