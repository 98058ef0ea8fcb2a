/** Instructions that are written as 16-bit ones, such as `c.addi`: their operands must fit. */
import { compress, type CompressedRow } from '../rv32/compressed';
import type { Operands } from '../rv32/operands';
import { registerName } from '../rv32/registers';
import { errorAt, type AssemblyError, type Span } from './errors';
import type { OpenField, Word } from './state';

const NOTHING: Operands = { rd: 0, rs1: 0, rs2: 0, imm: 0, csr: 0, zimm: 0 };

/** Where one register is both source and destination it was written once. */
function filled({ pieces, fixed }: CompressedRow, fields: Partial<Operands>): Operands {
  const isBoth = pieces.some(({ field }) => field === 'rd') && fields.rs1 === undefined;
  const rs1 = isBoth && pieces.some(({ field }) => field === 'rs1') ? { rs1: fields.rd ?? 0 } : {};
  return { ...NOTHING, ...fixed, ...rs1, ...fields };
}

/** The least and greatest immediate, and the step between two of them. */
function rangeOf({ pieces, signBits }: CompressedRow): readonly [number, number, number] {
  const bits = pieces.filter(({ field }) => field === 'imm');
  const step = 1 << Math.min(...bits.map(({ bit }) => bit));
  const top = 1 << Math.max(...bits.map(({ bit, width }) => bit + width));
  return signBits > 0 ? [-top / 2, top / 2 - step, step] : [0, top - step, step];
}

function wrongRegister(short: CompressedRow, operands: Operands): string | null {
  const { pieces, nonZero, not, fixed } = short;
  for (const { field, base } of pieces) {
    if (field === 'imm') continue;
    const number = operands[field];
    const isNear = base === 0 || (number >= 8 && number < 16);
    if (!isNear)
      return `\`${short.name}\` takes s0, s1 and a0 to a5 only, not \`${registerName(number)}\`.`;
    if (nonZero.includes(field) && number === 0) return `\`${short.name}\` does not take \`zero\`.`;
    if (not[field] === number)
      return `\`${short.name}\` does not take \`${registerName(number)}\`.`;
  }
  if (fixed.rs1 !== undefined && fixed.rs1 !== operands.rs1) {
    return `\`${short.name}\` takes \`${registerName(fixed.rs1)}\` here, not \`${registerName(operands.rs1)}\`.`;
  }
  return null;
}

function misfit(short: CompressedRow, operands: Operands, span: Span): AssemblyError {
  const plain = `Write \`${short.name.slice(2)}\`: it takes 16 bits where it can.`;
  const register = wrongRegister(short, operands);
  if (register !== null) return errorAt(span, register, plain);
  const [low, high, step] = rangeOf(short);
  const scale = short.row.format === 'U' ? 12 : 0;
  const value = operands.imm >> scale;
  const steps = step >> scale > 1 ? ` in steps of ${step >> scale}` : '';
  const message = `${value} is outside what \`${short.name}\` holds: ${low >> scale} to ${high >> scale}${steps}.`;
  return errorAt(span, message, plain);
}

/** `fields`: all that was written; `open`: what of it is not known yet. */
export function shortWord(
  short: CompressedRow,
  fields: Partial<Operands>,
  open: readonly OpenField[],
  span: Span,
): Word | AssemblyError {
  const [unknown] = open;
  if (unknown !== undefined) {
    const message = `The length of \`${short.name}\` leaves no room for what is not known yet.`;
    return errorAt(unknown.span, message, 'Write a number, or define it above this line.');
  }
  const operands = filled(short, fields);
  const half = compress(short, operands);
  if (half < 0) return misfit(short, operands, span);
  return { row: short.row, fields: operands, open: [], octets: 2, bits: half };
}

/** Null when a branch of 16 bits can name the registers. */
export function checkShortBranch(
  short: CompressedRow,
  fields: Partial<Operands>,
  span: Span,
): AssemblyError | null {
  const operands = { ...filled(short, fields), imm: 2 };
  return compress(short, operands) >= 0 ? null : misfit(short, operands, span);
}
