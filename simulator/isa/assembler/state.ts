/**
 * What the assembler knows while it works: sections, symbols, and the items that the first pass
 * made, the relaxation measures and the last pass writes.
 */
import type { Speller } from '../../bits/nearest';
import type { Piece } from '../linker/piece';
import type { Extensions } from '../rv32/extensions';
import type { CompressedRow } from '../rv32/compressed';
import type { Operands } from '../rv32/operands';
import type { Operand, Row } from '../rv32/table';
import type { AssemblyError, Span } from './errors';
import type { Expression } from './expression';
import type { Lexer } from './lexer';

/** `sizeOctets` is what the items take as they are measured so far. */
export type Section = Piece & {
  readonly items: Item[];
  /** Goes up where what follows may still move against what stands before. */
  region: number;
};

/** A place in a section: `past` octets behind the start of item `index`. */
export type Spot = {
  readonly section: Section;
  readonly index: number;
  readonly past: number;
  readonly region: number;
};

export type Sym = {
  readonly name: string;
  /** A label has its place once; `.equ` and `.set` may be given again. */
  readonly isLabel: boolean;
  /** Where it was defined. */
  readonly span: Span;
  /** Null for a number. */
  readonly spot: Spot | null;
  /** Added to the place. */
  readonly value: bigint;
  /** What it equals, while that is not known; `at` is what `.` means in it. */
  readonly open: { readonly expression: Expression; readonly at: Spot } | null;
};

/** Which part of a value goes into a field; `near_lo` is the low part from one word before. */
export type Part = 'whole' | 'hi' | 'lo' | 'pcrel_hi' | 'pcrel_lo' | 'near_lo';

/** A field of an instruction that is known in the last pass. */
export type OpenField = {
  readonly operand: Operand;
  readonly part: Part;
  readonly expression: Expression;
  readonly span: Span;
};

/** One instruction: its bits where all of it is known, else fields to come. */
export type Word = {
  readonly row: Row;
  readonly fields: Partial<Operands>;
  readonly open: readonly OpenField[];
  readonly octets: 2 | 4;
  readonly bits: number;
};

export type Datum = { readonly expression: Expression; readonly span: Span };

/** A jump or branch, whose length depends on where its target lies. */
export type Branch = {
  readonly kind: 'branch';
  readonly row: Row;
  readonly fields: Partial<Operands>;
  /** Its spelling in 16 bits, if it has one. */
  readonly short: CompressedRow | null;
  readonly isJump: boolean;
  readonly target: OpenField;
};

export type Content =
  | { readonly kind: 'code'; readonly words: readonly Word[] }
  | Branch
  | { readonly kind: 'data'; readonly widthOctets: number; readonly values: readonly Datum[] }
  | { readonly kind: 'octets'; readonly octets: readonly number[]; readonly span: Span }
  /** `value` in `widthOctets` octets, over and over. */
  | { readonly kind: 'fill'; readonly value: number; readonly widthOctets: number }
  /** Up to a multiple, unless that is more than `most` away; 0 octets wide: with nops. */
  | {
      readonly kind: 'align';
      readonly alignOctets: number;
      readonly value: number;
      readonly widthOctets: number;
      readonly most: number;
    }
  /** Octets whose number is known when everything has been read; `isPlace`: up to an offset. */
  | { readonly kind: 'space'; readonly datum: Datum; readonly value: number; isPlace: boolean }
  | { readonly kind: 'leb128'; readonly datum: Datum; readonly isSigned: boolean }
  /** `.equ` and `.set`, done again in the last pass so that each use sees the latest value. */
  | { readonly kind: 'assign'; readonly name: string; readonly datum: Datum };

export type Item = {
  readonly section: Section;
  readonly index: number;
  readonly region: number;
  offset: number;
  lengthOctets: number;
  readonly line: number;
  readonly content: Content;
};

/** What `.option` turns. */
export type Mode = { readonly extensions: Extensions; readonly isCompressing: boolean };

export type Common = {
  readonly lengthOctets: number;
  readonly alignOctets: number;
  readonly span: Span;
};

export type Parameter = {
  readonly name: string;
  readonly otherwise: string;
  readonly kind: 'optional' | 'required' | 'rest';
};

export type MacroDefinition = {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: string;
  readonly span: Span;
};

/** One `.if`; `isDone`: one of its branches was taken. */
export type Condition = { readonly span: Span; isDone: boolean; isLast: boolean };

/** A text that is being read, and how many conditions were open when it began. */
export type Input = {
  readonly lexer: Lexer;
  readonly conditions: number;
  readonly isMacro: boolean;
};

/** What the other sources of a program define. */
export type Outside = {
  /** The address or number of a global symbol, or null. */
  readonly value: (name: string) => bigint | null;
  /** All that can be asked for. */
  readonly names: () => Iterable<string>;
  /** The source that has such a symbol for itself alone, or null. */
  readonly owner: (name: string) => string | null;
};

export type Assembly = {
  readonly name: string;
  readonly sections: Map<string, Section>;
  current: Section;
  previous: Section;
  readonly pushed: { readonly current: Section; readonly previous: Section }[];
  readonly symbols: Map<string, Sym>;
  readonly globals: Set<string>;
  readonly weak: Set<string>;
  readonly commons: Map<string, Common>;
  /** `.size`, whose value is known in the end; `at` is what `.` means in it. */
  readonly sizes: Map<string, Datum & { readonly at: Spot }>;
  readonly kinds: Map<string, 'function' | 'object'>;
  /** How often each numeric label was defined so far. */
  readonly locals: Map<number, number>;
  readonly items: Item[];
  readonly errors: AssemblyError[];
  readonly speller: Speller;
  totalOctets: number;
  mode: Mode;
  readonly modes: Mode[];
  hasCode: boolean;
  readonly inputs: Input[];
  readonly macros: Map<string, MacroDefinition>;
  readonly conditions: Condition[];
  expansions: number;
  expandedCharacters: number;
  readonly include: (path: string) => string | null;
  /** Set when several sources are put together. */
  outside: Outside;
};

/** What a program may fill, all sections together. */
export const LIMIT_OCTETS = 0x100_0000;

export function here({ current }: Assembly): Spot {
  return { section: current, index: current.items.length, past: 0, region: current.region };
}

/** Where a place lies in its section, as it is measured so far. */
export function offsetOf({ section, index, past }: Spot): number {
  return (section.items[index]?.offset ?? section.sizeOctets) + past;
}

/** Appends to the current section; false when the program would become too large. */
export function append(
  assembly: Assembly,
  line: number,
  lengthOctets: number,
  content: Content,
): boolean {
  if (lengthOctets > LIMIT_OCTETS - assembly.totalOctets) return false;
  const { current: section, items } = assembly;
  const { region, sizeOctets: offset } = section;
  const item = {
    section,
    index: section.items.length,
    region,
    offset,
    lengthOctets,
    line,
    content,
  };
  items.push(item);
  section.items.push(item);
  section.sizeOctets += lengthOctets;
  assembly.totalOctets += lengthOctets;
  return true;
}

/** The same, for what may take another length in the end: nothing behind it is certain. */
export function appendLoose(
  assembly: Assembly,
  line: number,
  lengthOctets: number,
  content: Content,
): boolean {
  const isDone = append(assembly, line, lengthOctets, content);
  assembly.current.region += 1;
  return isDone;
}
