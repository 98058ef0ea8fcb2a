/** An instruction and its operands to the 32-bit word: the inverse of `decode`. */
import type { Operands } from './operands';
import { FORMATS } from './formats';
import type { Row } from './table';

/**
 * The word, unsigned. Operands that the format does not have are ignored, and those that it has
 * are cut to their width: who takes them from a person checks their range first.
 */
export function encode(row: Row, operands: Partial<Operands>): number {
  const { rd = 0, rs1 = 0, rs2 = 0, imm = 0, csr = 0, zimm = 0 } = operands;
  const layout = FORMATS[row.format];
  let word = row.match | layout.place(imm);
  if (layout.rd) word |= (rd & 31) << 7;
  if (layout.rs1) word |= (rs1 & 31) << 15;
  if (layout.rs2) word |= (rs2 & 31) << 20;
  if (layout.csr) word |= (csr & 0xfff) << 20;
  if (layout.zimm) word |= (zimm & 31) << 15;
  return word >>> 0;
}
