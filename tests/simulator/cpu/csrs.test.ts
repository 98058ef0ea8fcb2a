/** Control and status registers: access, fields, counters and PMP. */
import { describe, expect, test } from 'vitest';
import { COSTS } from '../../../simulator/contract/costs';
import { RAM_BASE } from '../../../simulator/contract/map';
import { MICRO } from '../../../simulator/cpu/control/engine';
import { idleUntil, spend } from '../../../simulator/cpu/counters';
import { readCsr, reachable, writeCsr } from '../../../simulator/cpu/csrs';
import { createFast } from '../../../simulator/cpu/fast/engine';
import { allows, PMP_EXECUTE, PMP_READ, PMP_WRITE, regionOf } from '../../../simulator/cpu/pmp';
import { MACHINE, SLOT, SUPERVISOR, USER, type Mode } from '../../../simulator/cpu/state';
import { MSTATUS_TVM } from '../../../simulator/cpu/status';
import { asm, DEVICE, machine, runOne } from './machine';

test.each([
  ['mstatus', 0x300, 0xffff_ffff, 0x007e_19aa],
  ['mstatus: MPP may be supervisor mode', 0x300, 0x0800, 0x0800],
  ['mstatus keeps MPP when the mode does not exist', 0x300, 0x1000, 0],
  ['mstatush', 0x310, 0xffff_ffff, 0],
  ['sstatus', 0x100, 0xffff_ffff, 0x000c_0122],
  ['misa: RV32 with A, C, I, M, S and U', 0x301, 0, 0x4014_1105],
  ['medeleg: no call from machine mode', 0x302, 0xffff_ffff, 0xb3ff],
  ['mideleg: what is a supervisor’s', 0x303, 0xffff_ffff, 0x222],
  ['mie', 0x304, 0xffff_ffff, 0xaaa],
  ['sie shows what is delegated, which is nothing', 0x104, 0xffff_ffff, 0],
  ['mtvec', 0x305, 0xffff_fffd, 0xffff_fffd],
  ['mtvec stays when the mode is reserved', 0x305, 0xffff_ffff, 0],
  ['stvec', 0x105, 0xffff_fffd, 0xffff_fffd],
  ['stvec stays when the mode is reserved', 0x105, 2, 0],
  ['mcounteren', 0x306, 0xffff_ffff, 0xffff_ffff],
  ['scounteren', 0x106, 0xffff_ffff, 0xffff_ffff],
  ['menvcfg: FIOM', 0x30a, 0xffff_ffff, 1],
  ['senvcfg: FIOM', 0x10a, 0xffff_ffff, 1],
  ['mcountinhibit: cycle and instret', 0x320, 0xffff_ffff, 5],
  ['satp', 0x180, 0xffff_ffff, 0xffff_ffff],
  ['sscratch', 0x140, 0xdead_beef, 0xdead_beef],
  ['sepc', 0x141, 0xffff_ffff, 0xffff_fffe],
  ['scause', 0x142, 0x8000_0005, 0x8000_0005],
  ['stval', 0x143, 0x1234, 0x1234],
  ['mscratch', 0x340, 0xdead_beef, 0xdead_beef],
  ['mepc', 0x341, 0xffff_ffff, 0xffff_fffe],
  ['mcause', 0x342, 0x8000_0007, 0x8000_0007],
  ['mtval', 0x343, 0x1234, 0x1234],
  ['mip: the devices’ bits are theirs', 0x344, 0xffff_ffff, 0x222],
  ['sip shows what is delegated, which is nothing', 0x144, 0xffff_ffff, 0],
  ['mcycleh', 0xb80, 0xffff_ffff, 0xffff_ffff],
  ['mhpmcounter3', 0xb03, 5, 0],
  ['tselect: there are no triggers', 0x7a0, 1, 0],
  ['tdata1', 0x7a1, 0xffff_ffff, 0],
  ['pmpcfg0: bits 5 and 6 are zero, W needs R', 0x3a0, 0x027f_7f7f, 0x001f_1f1f],
  ['pmpcfg2', 0x3a2, 0xffff_ffff, 0x9f9f_9f9f],
  ['pmpaddr7', 0x3b7, 0xffff_ffff, 0xffff_ffff],
  ['pmpaddr15', 0x3bf, 0xffff_ffff, 0xffff_ffff],
])('%s takes what its fields admit', (_, number, written, read) => {
  const { cpu } = machine([]);
  writeCsr(cpu, number, written);
  expect(readCsr(cpu, number)).toBe(read);
});

test.each<[number, Mode, boolean, boolean]>([
  [0x300, MACHINE, true, true],
  [0x300, USER, false, false],
  [0xf14, MACHINE, false, true],
  [0xf14, MACHINE, true, false],
  [0xc00, MACHINE, true, false],
  [0xc00, USER, false, true],
  [0xc80, USER, false, true],
  [0xc01, USER, false, false],
  [0xc02, USER, false, false],
  [0xc03, USER, false, false],
  [0xc9f, MACHINE, false, true],
  [0xb9f, MACHINE, true, true],
  [0x302, MACHINE, true, true],
  [0x302, SUPERVISOR, false, false],
  [0x100, SUPERVISOR, true, true],
  [0x100, USER, false, false],
  [0x180, MACHINE, true, true],
  [0xc00, SUPERVISOR, false, true],
  [0xc01, SUPERVISOR, false, false],
  [0xc02, SUPERVISOR, false, true],
  [0x7c0, MACHINE, false, false],
])('CSR %i, mode %i, writing %s: reachable %s', (number, mode, writes, expected) => {
  const { cpu } = machine([]);
  writeCsr(cpu, 0x306, 5);
  writeCsr(cpu, 0x106, 3);
  cpu.mode = mode;
  expect(reachable(cpu, number, writes)).toBe(expected);
});

test.each<[number, Mode, boolean]>([
  [0, SUPERVISOR, true],
  [MSTATUS_TVM, SUPERVISOR, false],
  [MSTATUS_TVM, MACHINE, true],
])('mstatus %i: mode %i reaches satp: %s', (status, mode, expected) => {
  const { cpu } = machine([]);
  writeCsr(cpu, 0x300, status);
  cpu.mode = mode;
  expect(reachable(cpu, 0x180, true)).toBe(expected);
});

test('sstatus, sie and sip are windows of what machine mode has', () => {
  const { cpu } = machine([]);
  writeCsr(cpu, 0x300, 0xffff_ffff);
  writeCsr(cpu, 0x100, 0);
  expect(readCsr(cpu, 0x300)).toBe(0x0072_1888);
  writeCsr(cpu, 0x303, 0x022);
  writeCsr(cpu, 0x304, 0xaaa);
  expect(readCsr(cpu, 0x104)).toBe(0x022);
  writeCsr(cpu, 0x104, 0);
  expect(readCsr(cpu, 0x304)).toBe(0xa88);
  writeCsr(cpu, 0x344, 0x222);
  expect(readCsr(cpu, 0x144)).toBe(0x022);
  // Of those only the software interrupt is a supervisor's to withdraw.
  writeCsr(cpu, 0x144, 0);
  expect(readCsr(cpu, 0x344)).toBe(0x220);
});

describe.each([
  ['micro', MICRO],
  ['fast', createFast()],
] as const)('%s', (_, engine) => {
  test.each([
    ['csrrw', { rs1: 1 }, 0xf0, 0x33],
    ['csrrs', { rs1: 1 }, 0xf0, 0xf3],
    ['csrrc', { rs1: 1 }, 0xf0, 0xc0],
    ['csrrwi', { zimm: 5 }, 0xf0, 5],
    ['csrrsi', { zimm: 5 }, 0xf0, 0xf5],
    ['csrrci', { zimm: 0x10 }, 0xf0, 0xe0],
    ['csrrs', { rs1: 0 }, 0xf0, 0xf0],
  ])('%s %o', (name, operands, before, after) => {
    const built = machine([asm(name, { rd: 3, csr: 0x340, ...operands })]);
    const { cpu } = built;
    writeCsr(cpu, 0x340, before);
    cpu.x[1] = 0x33;
    runOne(engine, built);
    expect([cpu.x[3], readCsr(cpu, 0x340)]).toEqual([before, after]);
  });

  test('reading without writing is allowed on read-only CSRs', () => {
    const built = machine([asm('csrrs', { rd: 3, csr: 0xf14 })]);
    built.cpu.csr[SLOT.mhartid] = 4;
    runOne(engine, built);
    expect(built.cpu.x[3]).toBe(4);
  });

  test('counters carry into their high half', () => {
    const built = machine([asm('addi'), asm('addi')]);
    const { cpu } = built;
    writeCsr(cpu, 0xb00, 0xffff_fffe);
    writeCsr(cpu, 0xb02, 0xffff_ffff);
    runOne(engine, built);
    const read = [0xb00, 0xb80, 0xb02, 0xb82].map((number) => readCsr(cpu, number));
    expect(read).toEqual([2, 1, 0, 1]);
  });

  test('a counter is read as before the instruction, and a write replaces its increment', () => {
    const built = machine([
      asm('csrrw', { rd: 3, csr: 0xb02, rs1: 1 }),
      asm('csrrs', { rd: 4, csr: 0xb02 }),
      asm('csrrw', { rd: 5, csr: 0xb00, rs1: 1 }),
      asm('csrrs', { rd: 6, csr: 0xc00 }),
      asm('csrrs', { rd: 7, csr: 0xc01 }),
    ]);
    built.cpu.x[1] = 100;
    for (let count = 0; count < 5; count++) runOne(engine, built);
    expect([...built.cpu.x.slice(3, 8)]).toEqual([0, 100, 8, 100, 160]);
  });

  test('user mode meets PMP at fetch, load and store', () => {
    const built = machine([asm('lw', { rd: 3, rs1: 1 }), asm('sw', { rs1: 1, rs2: 2 })]);
    const { cpu } = built;
    const from = (address: number): number => address / 4;
    // Code may be executed, a page may be read, the rest of memory is out of reach.
    writeCsr(cpu, 0x3b0, from(RAM_BASE));
    writeCsr(cpu, 0x3b1, from(RAM_BASE + 0x1000));
    writeCsr(cpu, 0x3b2, from(RAM_BASE + 0x2000));
    writeCsr(cpu, 0x3a0, 0x090c00);
    writeCsr(cpu, 0x305, RAM_BASE + 0x4000);
    cpu.mode = USER;
    cpu.x[1] = RAM_BASE + 0x1ffc;
    runOne(engine, built);
    expect(cpu.pc).toBe(RAM_BASE + 4);
    runOne(engine, built);
    expect([cpu.csr[SLOT.mcause], cpu.csr[SLOT.mtval]]).toEqual([7, RAM_BASE + 0x1ffc]);
    for (const [x1, value] of [
      [RAM_BASE + 0x2000, RAM_BASE + 0x2000],
      [RAM_BASE + 0x1ffe, RAM_BASE + 0x2000],
      [DEVICE, DEVICE],
    ] as const) {
      Object.assign(cpu, { pc: RAM_BASE, mode: USER });
      cpu.x[1] = x1;
      runOne(engine, built);
      expect([cpu.csr[SLOT.mcause], cpu.csr[SLOT.mtval]]).toEqual([5, value]);
    }
    Object.assign(cpu, { pc: RAM_BASE + 0x1000, mode: USER });
    runOne(engine, built);
    expect([cpu.csr[SLOT.mcause], cpu.csr[SLOT.mtval]]).toEqual([1, RAM_BASE + 0x1000]);
    expect(built.device.reads).toBe(0);
  });

  test('MPRV lets machine mode load as the mode before', () => {
    const built = machine([asm('lw', { rd: 3, rs1: 1 })]);
    const { cpu } = built;
    cpu.x[1] = RAM_BASE;
    writeCsr(cpu, 0x300, 1 << 17);
    runOne(engine, built);
    expect(cpu.csr[SLOT.mcause]).toBe(5);
  });
});

const R = PMP_READ;
/** Entry 0 and 1 of configuration and address, then who reads where, and whether it may. */
test.each([
  ['nothing set', 0, 0, 0, 0x8000_0000, USER, false],
  ['nothing set', 0, 0, 0, 0x8000_0000, MACHINE, true],
  ['NA4', 0x11, 0x100, 0, 0x400, USER, true],
  ['NA4', 0x11, 0x100, 0, 0x404, USER, false],
  ['NAPOT of 8', 0x19, 0x100, 0, 0x407, USER, true],
  ['NAPOT of 8', 0x19, 0x100, 0, 0x408, USER, false],
  ['NAPOT of 16', 0x19, 0x101, 0, 0x40f, USER, true],
  ['NAPOT of 16', 0x19, 0x101, 0, 0x410, USER, false],
  ['NAPOT of all', 0x19, 0xffff_ffff, 0, 0xffff_ffff, USER, true],
  ['TOR from zero', 0x09, 0x100, 0, 0x3ff, USER, true],
  ['TOR from zero', 0x09, 0x100, 0, 0x400, USER, false],
  ['TOR between', 0x0900, 0x100, 0x200, 0x400, USER, true],
  ['TOR between', 0x0900, 0x100, 0x200, 0x3ff, USER, false],
  ['TOR between', 0x0900, 0x100, 0x200, 0x800, USER, false],
  ['TOR upside down', 0x0900, 0x200, 0x100, 0x500, USER, false],
  ['the lowest entry decides', 0x1910, 0x100, 0xffff_ffff, 0x400, USER, false],
  ['the lowest entry decides', 0x1910, 0x100, 0xffff_ffff, 0x404, USER, true],
  ['the lowest entry decides', 0x1910, 0x100, 0xffff_ffff, 0x3fc, USER, true],
  ['beside an entry', 0x11, 0x100, 0, 0x3fc, USER, false],
  ['not locked', 0x10, 0x100, 0, 0x400, MACHINE, true],
  ['locked', 0x90, 0x100, 0, 0x400, MACHINE, false],
  ['locked', 0x90, 0x100, 0, 0x404, MACHINE, true],
])('PMP %s: %i %i %i at %i, mode %i: %s', (_, config, first, second, address, mode, expected) => {
  const { cpu } = machine([]);
  writeCsr(cpu, 0x3b0, first);
  writeCsr(cpu, 0x3b1, second);
  writeCsr(cpu, 0x3a0, config);
  expect(allows(cpu.pmp, address, R, mode)).toBe(expected);
  const region = regionOf(cpu.pmp, address, R, mode);
  expect(region.allowed).toBe(expected);
  expect(region.low <= address && address < region.high).toBe(true);
  const inside = [...cpu.pmp.low, ...cpu.pmp.high].filter(
    (at) => at >= region.low && at < region.high,
  );
  const edges = [region.low, region.high - 1, ...inside];
  for (const at of edges) expect(allows(cpu.pmp, at, R, mode)).toBe(expected);
  expect(allows(cpu.pmp, address, PMP_WRITE, USER)).toBe(false);
  expect(allows(cpu.pmp, address, PMP_EXECUTE, USER)).toBe(false);
});

test('a locked entry, and the address below a locked top of range, cannot be written', () => {
  const { cpu } = machine([]);
  writeCsr(cpu, 0x3b0, 1);
  writeCsr(cpu, 0x3b1, 2);
  writeCsr(cpu, 0x3a0, 0x8900);
  writeCsr(cpu, 0x3a0, 0x1f1f);
  writeCsr(cpu, 0x3b0, 7);
  writeCsr(cpu, 0x3b1, 7);
  expect([0x3a0, 0x3b0, 0x3b1].map((n) => readCsr(cpu, n))).toEqual([0x891f, 1, 2]);
});

test('time that the host spends is counted, and idling ends on a cycle', () => {
  const { cpu } = machine([]);
  spend(cpu, 5, COSTS);
  expect([cpu.atNs, readCsr(cpu, 0xb00)]).toEqual([50, 5]);
  idleUntil(cpu, 91, COSTS);
  expect([cpu.atNs, readCsr(cpu, 0xb00)]).toEqual([100, 10]);
  idleUntil(cpu, 91, COSTS);
  expect(cpu.atNs).toBe(100);
  idleUntil(cpu, 100 + 0x3_0000_0000 * 10, COSTS);
  expect([0xb00, 0xb80].map((n) => readCsr(cpu, n))).toEqual([10, 3]);
  expect([0xc01, 0xc81].map((n) => readCsr(cpu, n))).toEqual([100, 30]);
});
