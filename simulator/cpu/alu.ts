/**
 * The arithmetic and logic unit: its operations as a table, computed with the machine's own words.
 * The same unit as a netlist of gates lies in `gates/`; a test holds the two together. Operands
 * and results are 32-bit words as unsigned numbers.
 */

/** `andn` clears bits (Zbb's name for a AND NOT b): what CSRRC does to a CSR. */
export type Operation =
  'add' | 'sub' | 'sll' | 'slt' | 'sltu' | 'xor' | 'srl' | 'sra' | 'or' | 'and' | 'andn';

/** What a comparison says of a and b; branches decide by it. */
export type Flags = {
  readonly equal: boolean;
  readonly less: boolean;
  readonly lessUnsigned: boolean;
};

export const OPERATIONS: Readonly<Record<Operation, (a: number, b: number) => number>> = {
  add: (a, b) => (a + b) >>> 0,
  sub: (a, b) => (a - b) >>> 0,
  // Only the low five bits count (RISC-V Unprivileged ISA 20191213 §2.4.2).
  sll: (a, b) => (a << (b & 31)) >>> 0,
  slt: (a, b) => ((a | 0) < (b | 0) ? 1 : 0),
  sltu: (a, b) => (a >>> 0 < b >>> 0 ? 1 : 0),
  xor: (a, b) => (a ^ b) >>> 0,
  srl: (a, b) => a >>> (b & 31),
  sra: (a, b) => (a >> (b & 31)) >>> 0,
  or: (a, b) => (a | b) >>> 0,
  and: (a, b) => (a & b) >>> 0,
  andn: (a, b) => (a & ~b) >>> 0,
};

export function compare(a: number, b: number): Flags {
  return { equal: (a | 0) === (b | 0), less: (a | 0) < (b | 0), lessUnsigned: a >>> 0 < b >>> 0 };
}
