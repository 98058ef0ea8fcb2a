/**
 * A word to an instruction and its operands; words that are no instruction answer null. Of a
 * 16-bit instruction, which ends in anything but 11 (volume I, §1.5), only the low half counts.
 */
import { decodeCompressed, type CompressedRow } from './compressed';
import { FORMATS } from './formats';
import type { Operands } from './operands';
import { TABLE, type Row } from './table';

export type Decoded = Operands & {
  readonly row: Row;
  /** How it is spelt in 16 bits; null when it takes 32. */
  readonly short: CompressedRow | null;
};

/** Octets that an instruction takes in memory, told by its lowest bits. */
export const octetsOf = (word: number): 2 | 4 => ((word & 3) === 3 ? 4 : 2);

/** Rows by bits 6:2 and 14:12 of the word; at most a few share a slot. */
const SLOTS: readonly (readonly Row[])[] = Array.from({ length: 32 * 8 }, (_, slot) =>
  TABLE.filter((row) => {
    const isOpcode = row.opcode >> 2 === slot >> 3;
    return isOpcode && (row.funct3 === null || row.funct3 === (slot & 7));
  }),
);

function read(row: Row, word: number): Decoded {
  const layout = FORMATS[row.format];
  return {
    row,
    short: null,
    rd: layout.rd ? (word >>> 7) & 31 : 0,
    rs1: layout.rs1 ? (word >>> 15) & 31 : 0,
    rs2: layout.rs2 ? (word >>> 20) & 31 : 0,
    imm: layout.read(word),
    csr: layout.csr ? word >>> 20 : 0,
    zimm: layout.zimm ? (word >>> 15) & 31 : 0,
  };
}

/** `word` may be signed or unsigned. */
export function decode(word: number): Decoded | null {
  if (octetsOf(word) === 2) {
    const found = decodeCompressed(word & 0xffff);
    return found === null ? null : { row: found.short.row, short: found.short, ...found.operands };
  }
  const slot = ((word & 0x7c) << 1) | ((word >>> 12) & 7);
  for (const row of SLOTS[slot] as readonly Row[]) {
    if ((word & row.mask) === row.match) return read(row, word);
  }
  return null;
}
