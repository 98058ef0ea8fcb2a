/** What the screen says of the fields of CSRs, held against what the processor lets them hold. */
import { describe, expect, test } from 'vitest';
import { readCsr, writeCsr } from '../../../simulator/cpu/csrs';
import { csrFields } from '../../../simulator/isa/rv32/csrFields';
import { csrNumber } from '../../../simulator/isa/rv32/csrs';
import { machine } from '../cpu/machine';

const ALL = 0xffff_ffff;

const NAMES = [
  'mstatus',
  'sstatus',
  'mie',
  'mtvec',
  'stvec',
  'mcause',
  'scause',
  'medeleg',
  'mideleg',
  'satp',
] as const;

/** Bits that some field covers, and whether two fields share one. */
function covered(name: string): { mask: bigint; twice: bigint } {
  let [mask, twice] = [0n, 0n];
  for (const { bits } of csrFields(name, ALL)) {
    const [high = 0, low = high] = bits.split(':').map(Number);
    const field = ((1n << BigInt(high - low + 1)) - 1n) << BigInt(low);
    twice |= mask & field;
    mask |= field;
  }
  return { mask, twice };
}

describe.each(NAMES)('%s', (name) => {
  test('has a field for each bit that it can hold, and no others', () => {
    const { cpu } = machine([]);
    const number = csrNumber(name)!;
    // Modes that are reserved are refused as a whole: what can be held is what some writes leave.
    let held = 0;
    for (const value of [ALL, 0xffff_fffd, 0xffff_f7ff, 0xffff_efff]) {
      writeCsr(cpu, number, value);
      held |= readCsr(cpu, number);
    }
    const { mask, twice } = covered(name);
    expect(twice).toBe(0n);
    // A vector's mode has two bits, of which the upper is never set (§3.1.7).
    const reserved = name.endsWith('tvec') ? 2n : 0n;
    expect(mask & ~reserved).toBe(BigInt(held >>> 0));
  });
});

test.each<[string, number, string, number, string]>([
  ['mstatus', 0x0000_1880, 'MPP', 3, 'MRET goes back to machine mode'],
  ['mstatus', 0x0000_1880, 'MPIE', 1, 'MIE was 1 before the trap'],
  ['mcause', 8, 'Code', 8, 'system call from user mode'],
  ['mcause', 0x8000_0007, 'Code', 7, 'machine timer interrupt'],
  ['mcause', 0x8000_0007, 'Interrupt', 1, 'an interrupt'],
  ['scause', 10, 'Code', 10, 'code 10, unknown'],
  ['mtvec', 0x8000_0101, 'BASE', 0x2000_0040, 'the trap handler at 0x80000100'],
  ['mie', 0x80, 'MTIE', 1, 'machine timer interrupt on'],
  ['mip', 0, 'SEIP', 0, 'supervisor external interrupt not waiting'],
  ['medeleg', 0x100, '8', 1, 'system call from user mode: supervisor mode'],
  ['misa', 0x4014_1105, 'Extensions', 0x0014_1105, 'ACIMSU'],
  ['satp', 0x8004_0123, 'PPN', 0x4_0123, 'the root page table at 0x40123000'],
  ['pmpcfg0', 0x9f1f_0b00, 'pmp1cfg', 0x0b, 'up to its address (TOR), RW'],
  ['pmpcfg0', 0x9f1f_0b00, 'pmp3cfg', 0x9f, 'a power of two (NAPOT), RWX, locked'],
])('%s = %i: %s holds %i', (name, value, field, held, words) => {
  const found = csrFields(name, value).find((one) => one.name === field);
  expect(found).toMatchObject({ value: held, words });
});

test('fields stand from the highest bit down; a register that is one number has none', () => {
  expect(csrFields('satp', 0).map(({ bits }) => bits)).toEqual(['31', '30:22', '21:0']);
  expect(csrFields('mepc', 0)).toEqual([]);
});
