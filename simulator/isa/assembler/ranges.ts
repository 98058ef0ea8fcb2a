/** What each operand may be: for checks, for messages and for the examples in remedies. */
import type { Slot } from './macros';

/** Operands that are numbers, with their least and greatest value. */
export type Range = {
  readonly low: number;
  readonly high: number;
  readonly remedy: string;
};

const IMM = {
  low: -2048,
  high: 2047,
  remedy: 'Load it first: `li t0, VALUE`, then use the register form of the instruction.',
};

export const RANGES: { readonly [S in Slot]?: Range } = {
  imm: IMM,
  address: {
    ...IMM,
    remedy: 'Put the address into a register with `la` or `li`, then use offset 0.',
  },
  shamt: { low: 0, high: 31, remedy: 'A register has 32 bits: shift by 0 to 31.' },
  upper: {
    low: 0,
    high: 0xfffff,
    remedy: 'Give the upper 20 bits alone, or use `li`, or `%hi(symbol)`.',
  },
  zimm: { low: 0, high: 31, remedy: 'Put it into a register and use the form without `i`.' },
  csr: { low: 0, high: 4095, remedy: 'Write the name of a CSR, such as `mstatus`.' },
};

/** Reach of a relative target in octets, by format. */
export const REACH: { readonly [format: string]: Range } = {
  B: {
    low: -4096,
    high: 4094,
    remedy: 'Branch on the opposite condition over a `j`, which reaches 1 MiB.',
  },
  J: { low: -0x10_0000, high: 0xf_fffe, remedy: 'Use `call` or `tail`, which reach everything.' },
};

export const EXPECTED: { readonly [S in Slot]: string } = {
  rd: 'a register',
  rs1: 'a register',
  rs2: 'a register',
  imm: 'a number from -2048 to 2047',
  shamt: 'a number from 0 to 31',
  upper: 'a number from 0 to 0xfffff',
  target: 'a label',
  address: 'an address such as `8(sp)`',
  base: 'an address such as `(a0)`',
  csr: 'the name of a CSR',
  zimm: 'a number from 0 to 31',
  pred: 'some of the letters `iorw`',
  succ: 'some of the letters `iorw`',
  symbol: 'a label',
  value: 'a number',
};

const SAMPLE: { readonly [S in Slot]: string } = {
  rd: 'a0',
  rs1: 'a1',
  rs2: 'a2',
  imm: '4',
  shamt: '4',
  upper: '0x12345',
  target: 'label',
  address: '8(sp)',
  base: '(a0)',
  csr: 'mstatus',
  zimm: '8',
  pred: 'rw',
  succ: 'rw',
  symbol: 'label',
  value: '1000',
};

/** How an instruction is written, for example `addi a0, a1, 4`. */
export function sample(name: string, syntax: readonly Slot[]): string {
  const operands = syntax.map((slot) => SAMPLE[slot]).join(', ');
  return operands === '' ? `\`${name}\`` : `\`${name} ${operands}\``;
}
