/**
 * Pseudo-instructions that make more than one word, as data (RISC-V Assembly Programmer's Manual,
 * "pseudoinstructions"; binutils gas/config/tc-riscv.c, `macro`).
 */
import { TABLE, type Operand } from '../rv32/table';
import type { Part } from './state';

/** What can be written: `symbol` is any expression that names one, `value` any 32-bit number. */
export type Slot = Operand | 'symbol' | 'value';

type Register = 'rd' | 'rs1' | 'rs2';
/** A register that was written, or a fixed one. */
type Source = Register | number;

export type Template = {
  readonly row: string;
  readonly rd?: Source;
  readonly rs1?: Source;
  readonly rs2?: Source;
  /** A fixed immediate, or which part of the written expression goes there. */
  readonly imm: number | Part;
};

export type Macro = {
  readonly name: string;
  readonly syntax: readonly Slot[];
  readonly words: readonly Template[];
  /** Whether GNU as writes its instructions in 16 bits where they fit. */
  readonly isShortened: boolean;
};

const RA = 1;
const T1 = 6;

/** `auipc` and a second instruction that adds the rest: any place, ±2 GiB around. */
function far(
  name: string,
  syntax: readonly Slot[],
  base: Source,
  second: Omit<Template, 'imm' | 'rs1'>,
): Macro {
  const words: readonly Template[] = [
    { row: 'auipc', rd: base, imm: 'pcrel_hi' },
    { ...second, rs1: base, imm: 'near_lo' },
  ];
  return { name, syntax, words, isShortened: false };
}

/** Shifts up and down again, so that the bits above are the sign or zeros. */
function extend(name: string, row: 'srai' | 'srli', bits: number): Macro {
  const words: readonly Template[] = [
    { row: 'slli', rd: 'rd', rs1: 'rs1', imm: bits },
    { row, rd: 'rd', rs1: 'rd', imm: bits },
  ];
  return { name, syntax: ['rd', 'rs1'], words, isShortened: true };
}

const loads = TABLE.filter((row) => row.class === 'load');
const stores = TABLE.filter((row) => row.class === 'store');

export const MACROS: readonly Macro[] = [
  far('la', ['rd', 'symbol'], 'rd', { row: 'addi', rd: 'rd' }),
  far('lla', ['rd', 'symbol'], 'rd', { row: 'addi', rd: 'rd' }),
  far('call', ['symbol'], RA, { row: 'jalr', rd: RA }),
  // GNU as goes through t1 here; the manual's own expansion uses rd for both.
  far('call', ['rd', 'symbol'], T1, { row: 'jalr', rd: 'rd' }),
  far('tail', ['symbol'], T1, { row: 'jalr', rd: 0 }),
  far('jump', ['symbol', 'rd'], 'rd', { row: 'jalr', rd: 0 }),
  ...loads.map(({ name }) => far(name, ['rd', 'symbol'], 'rd', { row: name, rd: 'rd' })),
  ...stores.map(({ name }) =>
    far(name, ['rs2', 'symbol', 'rs1'], 'rs1', { row: name, rs2: 'rs2' }),
  ),
  extend('sext.b', 'srai', 24),
  extend('sext.h', 'srai', 16),
  extend('zext.h', 'srli', 16),
];

/** `li` of what is not known yet. */
export const LI_LONG: readonly Template[] = [
  { row: 'lui', rd: 'rd', imm: 'hi' },
  { row: 'addi', rd: 'rd', rs1: 'rd', imm: 'lo' },
];
