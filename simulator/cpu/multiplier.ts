/**
 * The unit that multiplies and divides, beside the ALU (RISC-V Unprivileged ISA 20240411 chapter
 * 12, "M"). Nothing traps: what cannot be divided has the results of table 11. Operands and
 * results are 32-bit words as unsigned numbers.
 */

export type Multiplication = 'mul' | 'mulh' | 'mulhsu' | 'mulhu' | 'div' | 'divu' | 'rem' | 'remu';

/** The upper half of the product of two unsigned words, out of four products of 16 bits. */
export function upperProduct(a: number, b: number): number {
  const [a0, a1, b0, b1] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
  const low = a0 * b0;
  const middle = a1 * b0 + (low >>> 16);
  const other = a0 * b1 + (middle % 0x1_0000);
  return (a1 * b1 + Math.floor(middle / 0x1_0000) + Math.floor(other / 0x1_0000)) >>> 0;
}

/** The same with signs: an operand with its top bit set stands for 2^32 less. Not yet cut. */
export const upperSigned = (a: number, b: number): number =>
  upperProduct(a >>> 0, b >>> 0) - (a < 0 ? b : 0) - (b < 0 ? a : 0);

/** §12.2: the quotient towards zero; -1 by zero; what overflows stays as it is. */
const quotient = (a: number, b: number): number => (b === 0 ? -1 : (a / b) | 0);

/** The sign of the dividend; the dividend itself by zero. */
const rest = (a: number, b: number): number => (b === 0 ? a : (a % b) | 0);

export const MULTIPLICATIONS: Readonly<Record<Multiplication, (a: number, b: number) => number>> = {
  mul: (a, b) => Math.imul(a, b) >>> 0,
  mulh: (a, b) => upperSigned(a | 0, b | 0) >>> 0,
  mulhsu: (a, b) => (upperProduct(a, b) - (a >> 31 === 0 ? 0 : b)) >>> 0,
  mulhu: upperProduct,
  div: (a, b) => quotient(a | 0, b | 0) >>> 0,
  divu: (a, b) => (b === 0 ? 0xffff_ffff : Math.floor(a / b)) >>> 0,
  rem: (a, b) => rest(a | 0, b | 0) >>> 0,
  remu: (a, b) => (b === 0 ? a : a % b) >>> 0,
};
