/**
 * A word as text that the assembler reads back to the same word. What no mnemonic can say (a word
 * that is no instruction, or one with reserved bits set) is written as `.word`.
 */
import type { SymbolLookup } from '../symbolAt';
import { hexAddress } from '../image';
import { ALIASES, type Alias } from './aliases';
import { csrName } from './csrs';
import { decode, octetsOf, type Decoded } from './decode';
import type { Operands } from './operands';
import { encode } from './encode';
import { registerName } from './registers';
import { TABLE, type Operand, type Row } from './table';

export type Manner = {
  /** `ret` rather than `jalr zero, 0(ra)`. The default is true. */
  readonly pseudo?: boolean;
  /** Where the word lies; without it targets are written relative to `.`. */
  readonly address?: number;
  readonly symbolAt?: SymbolLookup;
};

const BY_ROW: ReadonlyMap<Row, readonly Alias[]> = new Map(
  TABLE.map((row) => [row, ALIASES.filter((alias) => alias.shown && alias.row === row)]),
);

function fits(alias: Alias, decoded: Decoded): boolean {
  const fields = Object.keys(alias.fixed) as (keyof Operands)[];
  return fields.every((field) => alias.fixed[field] === decoded[field]);
}

function target(offset: number, manner: Manner): string {
  if (manner.address === undefined) return offset < 0 ? `. - ${-offset}` : `. + ${offset}`;
  const address = (manner.address + offset) >>> 0;
  return manner.symbolAt?.(address) ?? hexAddress(address);
}

/** The letters of one set of a fence: device input and output, memory reads and writes. */
function fenceSet(bits: number): string {
  const letters = ['i', 'o', 'r', 'w'].filter((_, index) => (bits & (8 >> index)) !== 0).join('');
  return letters === '' ? '0' : letters;
}

/** Each operand as it is written. */
const WRITTEN: { readonly [O in Operand]: (decoded: Decoded, manner: Manner) => string } = {
  rd: ({ rd }) => registerName(rd),
  rs1: ({ rs1 }) => registerName(rs1),
  rs2: ({ rs2 }) => registerName(rs2),
  imm: ({ imm }) => String(imm),
  shamt: ({ imm }) => String(imm),
  upper: ({ imm }) => `0x${(imm >>> 12).toString(16)}`,
  target: ({ imm }, manner) => target(imm, manner),
  base: ({ rs1 }) => `(${registerName(rs1)})`,
  address: ({ imm, rs1 }) => `${imm}(${registerName(rs1)})`,
  csr: ({ csr }) => csrName(csr),
  zimm: ({ zimm }) => String(zimm),
  pred: ({ imm }) => fenceSet(imm >> 4),
  succ: ({ imm }) => fenceSet(imm),
};

/** The ordering of an atomic stands in its name, whether pseudo-instructions are wanted or not. */
function spellingOf(decoded: Decoded, { pseudo = true }: Manner): Alias | Row {
  const { row } = decoded;
  const aliases = pseudo || row.class === 'atomic' ? (BY_ROW.get(row) ?? []) : [];
  return aliases.find((alias) => fits(alias, decoded)) ?? row;
}

/** The text of a decoded instruction. Fields that its text cannot say are lost. */
function textOf(decoded: Decoded, manner: Manner): string {
  const { name, syntax } = decoded.short ?? spellingOf(decoded, manner);
  const operands = syntax.map((operand) => WRITTEN[operand](decoded, manner));
  return operands.length === 0 ? name : `${name} ${operands.join(', ')}`;
}

const FENCE_TSO = 0x8330_000f;

/** Whether mnemonic and operands say all of the word. */
function isSayable(decoded: Decoded, word: number): boolean {
  if (decoded.short !== null) return true;
  if (encode(decoded.row, decoded) !== word >>> 0) return false;
  // The mode of a fence (its top 4 bits) has a spelling in fence.tso alone.
  return decoded.row.format !== 'fence' || decoded.imm <= 0xff;
}

const wordText = (word: number): string => `.word ${hexAddress(word)}`;
const halfText = (word: number): string =>
  `.half 0x${(word & 0xffff).toString(16).padStart(4, '0')}`;

/** `word` may be signed or unsigned; of a 16-bit instruction only its low half counts. */
export function disassemble(word: number, manner: Manner = {}): string {
  const decoded = decode(word);
  if (decoded === null) return octetsOf(word) === 4 ? wordText(word) : halfText(word);
  // An instruction in its own right, written as a fence with a mode (volume I, §2.7).
  if (word >>> 0 === FENCE_TSO) return 'fence.tso';
  return isSayable(decoded, word) ? textOf(decoded, manner) : wordText(word);
}
