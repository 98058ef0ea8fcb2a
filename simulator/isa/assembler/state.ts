/**
 * What the assembler knows while it works: sections, symbols, and the items that the first pass
 * measured and the second writes.
 */
import type { Flags } from '../image';
import type { Operands } from '../rv32/operands';
import type { Operand, Row } from '../rv32/table';
import type { AssemblyError, Span } from './errors';
import type { Expression } from './expression';
import type { Speller } from '../../bits/nearest';

export type Section = {
  readonly name: string;
  readonly flags: Flags;
  /** False for notes and comments, which never reach memory. */
  readonly isLoaded: boolean;
  /** Holds zeros only, as .bss. */
  readonly isZero: boolean;
  alignOctets: number;
  sizeOctets: number;
  /** Set by the layout. */
  address: number;
  octets: Uint8Array;
};

export type Sym = {
  readonly name: string;
  /** A label has its place once; `.equ` and `.set` may be given again. */
  readonly isLabel: boolean;
  /** Where it was defined. */
  readonly span: Span;
  /** The section that `value` is an offset in; null for a number. */
  readonly section: Section | null;
  readonly value: bigint;
  /** What it equals, while that is not known; `at` is what `.` means in it. */
  readonly open: { readonly expression: Expression; readonly at: Spot } | null;
};

/** A place in a section. */
export type Spot = { readonly section: Section; readonly offset: number };

/** Which part of a value goes into a field; `near_lo` is the low part from one word before. */
export type Part = 'whole' | 'hi' | 'lo' | 'pcrel_hi' | 'pcrel_lo' | 'near_lo';

/** A field of an instruction that is known in the second pass. */
export type OpenField = {
  readonly operand: Operand;
  readonly part: Part;
  readonly expression: Expression;
  readonly span: Span;
};

/** One instruction word. */
export type Word = {
  readonly row: Row;
  readonly fields: Partial<Operands>;
  readonly open: readonly OpenField[];
};

export type Datum = { readonly expression: Expression; readonly span: Span };

export type Content =
  | { readonly kind: 'code'; readonly words: readonly Word[] }
  | { readonly kind: 'data'; readonly widthOctets: number; readonly values: readonly Datum[] }
  | { readonly kind: 'octets'; readonly octets: readonly number[]; readonly span: Span }
  /** `lengthOctets` times `octet`, or nops. */
  | { readonly kind: 'fill'; readonly octet: number; readonly isCode: boolean }
  /** `.equ` and `.set`, done again in the second pass so that each use sees the latest value. */
  | { readonly kind: 'assign'; readonly name: string; readonly datum: Datum };

export type Item = Spot & {
  readonly lengthOctets: number;
  readonly line: number;
  readonly content: Content;
};

export type Assembly = {
  readonly sections: Map<string, Section>;
  current: Section;
  readonly symbols: Map<string, Sym>;
  readonly globals: Set<string>;
  /** How often each numeric label was defined so far. */
  readonly locals: Map<number, number>;
  readonly items: Item[];
  readonly errors: AssemblyError[];
  readonly speller: Speller;
  totalOctets: number;
};

/** What a program may fill, all sections together. */
export const LIMIT_OCTETS = 0x100_0000;

/** Comparisons of spelling for one source. */
const SPELLING_BUDGET = 300_000;

const READ = { read: true, write: false, execute: false };

/** What the usual names mean: the first prefix that fits. */
const KNOWN: readonly (readonly [prefix: string, flags: Flags, zero: boolean])[] = [
  ['.text', { ...READ, execute: true }, false],
  ['.rodata', READ, false],
  ['.srodata', READ, false],
  ['.data', { ...READ, write: true }, false],
  ['.sdata', { ...READ, write: true }, false],
  ['.bss', { ...READ, write: true }, true],
  ['.sbss', { ...READ, write: true }, true],
];

const UNLOADED = /^\.(comment|note|debug|eh_frame|riscv\.attributes|gnu)/;

/** `letters`: what `.section` was given (`a` loaded, `w` written, `x` executed), or null. */
export function createSection(name: string, letters: string | null, isZero: boolean): Section {
  const known = KNOWN.find(([prefix]) => name === prefix || name.startsWith(`${prefix}.`));
  const given = letters ?? (UNLOADED.test(name) ? '' : 'aw');
  const flags = known?.[1] ?? {
    read: true,
    write: given.includes('w'),
    execute: given.includes('x'),
  };
  return {
    name,
    flags,
    isLoaded: known !== undefined || given.includes('a'),
    isZero: known?.[2] ?? isZero,
    alignOctets: flags.execute ? 4 : 1,
    sizeOctets: 0,
    address: 0,
    octets: new Uint8Array(0),
  };
}

export function createAssembly(): Assembly {
  const text = createSection('.text', null, false);
  return {
    sections: new Map([[text.name, text]]),
    current: text,
    symbols: new Map(),
    globals: new Set(),
    locals: new Map(),
    items: [],
    errors: [],
    speller: { budget: SPELLING_BUDGET },
    totalOctets: 0,
  };
}

export function here(assembly: Assembly): Spot {
  return { section: assembly.current, offset: assembly.current.sizeOctets };
}

/** Appends to the current section; false when the program would become too large. */
export function append(
  assembly: Assembly,
  line: number,
  lengthOctets: number,
  content: Content,
): boolean {
  if (lengthOctets > LIMIT_OCTETS - assembly.totalOctets) return false;
  assembly.items.push({ ...here(assembly), lengthOctets, line, content });
  assembly.current.sizeOctets += lengthOctets;
  assembly.totalOctets += lengthOctets;
  return true;
}
