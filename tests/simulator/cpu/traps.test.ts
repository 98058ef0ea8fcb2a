/** Traps: what each cause leaves in the CSRs, priorities of interrupts, and the way back. */
import { describe, expect, test } from 'vitest';
import { COSTS } from '../../../simulator/contract/costs';
import { GATE_BASE, RAM_BASE } from '../../../simulator/contract/map';
import { MICRO } from '../../../simulator/cpu/control/engine';
import { createFast } from '../../../simulator/cpu/fast/engine';
import { writeCsr } from '../../../simulator/cpu/csrs';
import { MACHINE, SLOT, SUPERVISOR, USER, type Mode } from '../../../simulator/cpu/state';
import {
  INTERRUPT,
  MSTATUS_MIE,
  MSTATUS_MPIE,
  MSTATUS_MPRV,
  MSTATUS_SIE,
  MSTATUS_SPIE,
  MSTATUS_SPP,
  MSTATUS_TSR,
  MSTATUS_TVM,
  MSTATUS_TW,
  SUPERVISOR_INTERRUPT,
} from '../../../simulator/cpu/status';
import { dueInterrupt, enterTrap, mret, setPending } from '../../../simulator/cpu/trap';
import type { Operands } from '../../../simulator/isa/rv32/operands';
import { asm, DEVICE, machine, openMemory, RAM_OCTETS, runOne, type Machine } from './machine';

const engines = [
  ['micro', MICRO],
  ['fast', createFast()],
] as const;
const VECTOR = RAM_BASE + 0x200;
const END = RAM_BASE + RAM_OCTETS;
const DATA = RAM_BASE + 0x400;

type Row = {
  name: string;
  operands?: Partial<Operands>;
  word?: number;
  mode?: Mode;
  x1?: number;
  pc?: number;
  status?: number;
  cause: number;
  value: number;
};

const rows: Row[] = [
  { name: 'zero word', word: 0, cause: 2, value: 0 },
  { name: 'unknown word', word: 0xffff_ffff, cause: 2, value: 0xffff_ffff },
  { name: 'sret', mode: USER, cause: 2, value: asm('sret') },
  { name: 'sret', mode: SUPERVISOR, status: MSTATUS_TSR, cause: 2, value: asm('sret') },
  { name: 'mret', mode: SUPERVISOR, cause: 2, value: asm('mret') },
  { name: 'wfi', mode: SUPERVISOR, status: MSTATUS_TW, cause: 2, value: asm('wfi') },
  { name: 'sfence.vma', mode: USER, cause: 2, value: asm('sfence.vma') },
  {
    name: 'sfence.vma',
    mode: SUPERVISOR,
    status: MSTATUS_TVM,
    cause: 2,
    value: asm('sfence.vma'),
  },
  { name: 'mret', mode: USER, cause: 2, value: asm('mret') },
  { name: 'wfi', mode: USER, status: MSTATUS_TW, cause: 2, value: asm('wfi') },
  { name: 'ecall', mode: USER, cause: 8, value: 0 },
  { name: 'ecall', mode: SUPERVISOR, cause: 9, value: 0 },
  { name: 'ecall', mode: MACHINE, cause: 11, value: 0 },
  { name: 'ebreak', cause: 3, value: 0 },
  { name: 'zero half', word: 0xffff_0000, cause: 2, value: 0 },
  { name: 'unknown half', word: 0x1234_8000, cause: 2, value: 0x8000 },
  { name: 'lr.w', operands: { rd: 3, rs1: 1 }, x1: DATA + 2, cause: 4, value: DATA + 2 },
  { name: 'sc.w', operands: { rd: 3, rs1: 1 }, x1: DATA + 1, cause: 6, value: DATA + 1 },
  { name: 'amoadd.w', operands: { rd: 3, rs1: 1 }, x1: DATA + 3, cause: 6, value: DATA + 3 },
  { name: 'amoor.w', operands: { rd: 3, rs1: 1 }, x1: 16, cause: 7, value: 16 },
  { name: 'lr.w', operands: { rd: 3, rs1: 1 }, x1: 16, cause: 5, value: 16 },
  { name: 'fetch of which the second half is beyond RAM', pc: END - 2, cause: 1, value: END },
  { name: 'fetch beyond RAM', pc: END, cause: 1, value: END },
  { name: 'fetch from a gate in user mode', pc: GATE_BASE, mode: USER, cause: 1, value: GATE_BASE },
  { name: 'lw', operands: { rs1: 1 }, x1: 16, cause: 5, value: 16 },
  { name: 'lw', operands: { rs1: 1 }, x1: END - 2, cause: 5, value: END },
  { name: 'lh', operands: { rs1: 1 }, x1: DEVICE, cause: 5, value: DEVICE },
  { name: 'lw', operands: { rs1: 1 }, x1: DEVICE + 2, cause: 5, value: DEVICE + 2 },
  { name: 'sw', operands: { rs1: 1 }, x1: 16, cause: 7, value: 16 },
  { name: 'sw', operands: { rs1: 1 }, x1: END - 3, cause: 7, value: END },
  { name: 'sb', operands: { rs1: 1 }, x1: DEVICE, cause: 7, value: DEVICE },
  { name: 'csrrw', operands: { csr: 0x7c0 }, cause: 2, value: asm('csrrw', { csr: 0x7c0 }) },
  { name: 'csrrw', operands: { csr: 0xf14 }, cause: 2, value: asm('csrrw', { csr: 0xf14 }) },
  {
    name: 'csrrs',
    operands: { csr: 0x300 },
    mode: USER,
    cause: 2,
    value: asm('csrrs', { csr: 0x300 }),
  },
  {
    name: 'csrrs',
    operands: { csr: 0xc00 },
    mode: USER,
    cause: 2,
    value: asm('csrrs', { csr: 0xc00 }),
  },
];

function build(row: Row): Machine {
  const built = machine([row.word ?? (row.pc === undefined ? asm(row.name, row.operands) : 0)]);
  const { cpu, octets } = built;
  // The last half of RAM begins an instruction that goes on beyond it.
  octets[RAM_OCTETS - 2] = 3;
  openMemory(cpu);
  writeCsr(cpu, 0x305, VECTOR);
  writeCsr(cpu, 0x300, MSTATUS_MIE | (row.status ?? 0));
  cpu.mode = row.mode ?? MACHINE;
  cpu.pc = row.pc ?? RAM_BASE;
  cpu.x[1] = row.x1 ?? 0;
  cpu.x[3] = 77;
  return built;
}

describe.each(engines)('%s', (_, engine) => {
  test.each(rows)('$name traps with cause $cause', (row) => {
    const built = build(row);
    const { cpu } = built;
    runOne(engine, built);
    expect(cpu.csr[SLOT.mcause]).toBe(row.cause);
    expect(cpu.csr[SLOT.mepc]).toBe(row.pc ?? RAM_BASE);
    expect(cpu.csr[SLOT.mtval]).toBe(row.value);
    const previous = (row.mode ?? MACHINE) << 11;
    expect(cpu.csr[SLOT.mstatus]).toBe(MSTATUS_MPIE | previous | (row.status ?? 0));
    expect([cpu.pc, cpu.mode]).toEqual([VECTOR, MACHINE]);
    expect(cpu.x[3]).toBe(77);
    expect(cpu.csr[SLOT.minstret]).toBe(0);
    expect(cpu.atNs).toBe((cpu.csr[SLOT.mcycle] as number) * COSTS.cycleNs);
  });

  test.each([
    ['direct', VECTOR, INTERRUPT.timer, VECTOR],
    ['vectored', VECTOR + 1, INTERRUPT.timer, VECTOR + 28],
    ['vectored', VECTOR + 1, INTERRUPT.external, VECTOR + 44],
  ])('an interrupt, %s', (_name, mtvec, line, pc) => {
    const built = machine([asm('addi', { rd: 1, imm: 1 })]);
    const { cpu } = built;
    writeCsr(cpu, 0x305, mtvec);
    writeCsr(cpu, 0x304, 0x888);
    writeCsr(cpu, 0x300, MSTATUS_MIE);
    setPending(cpu, line, true, 0, COSTS);
    runOne(engine, built);
    expect([cpu.pc, cpu.x[1]]).toEqual([pc, 0]);
    expect(cpu.csr[SLOT.mcause]).toBe(0x8000_0000 + line);
    expect([cpu.csr[SLOT.mepc], cpu.csr[SLOT.mtval]]).toEqual([RAM_BASE, 0]);
    expect(cpu.atNs).toBe(COSTS.instruction.trap * COSTS.cycleNs);
  });

  test('an exception goes to the base, vectored or not', () => {
    const built = machine([asm('ecall')]);
    writeCsr(built.cpu, 0x305, VECTOR + 1);
    runOne(engine, built);
    expect(built.cpu.pc).toBe(VECTOR);
  });

  test('enabling an interrupt by a CSR instruction is taken before the next one', () => {
    const built = machine([asm('csrrsi', { csr: 0x300, zimm: 8 }), asm('addi', { rd: 1, imm: 1 })]);
    const { cpu } = built;
    writeCsr(cpu, 0x305, VECTOR);
    writeCsr(cpu, 0x304, 0x80);
    setPending(cpu, INTERRUPT.timer, true, 0, COSTS);
    runOne(engine, built);
    expect(cpu.pc).toBe(RAM_BASE + 4);
    runOne(engine, built);
    expect([cpu.pc, cpu.x[1]]).toEqual([VECTOR, 0]);
  });

  test('mret goes back to where and what was before', () => {
    const built = machine([asm('mret')]);
    const { cpu } = built;
    writeCsr(cpu, 0x341, RAM_BASE + 0x101);
    writeCsr(cpu, 0x300, MSTATUS_MPIE | MSTATUS_MPRV);
    runOne(engine, built);
    expect([cpu.pc, cpu.mode]).toEqual([RAM_BASE + 0x100, USER]);
    expect(cpu.csr[SLOT.mstatus]).toBe(MSTATUS_MIE | MSTATUS_MPIE);
    expect(cpu.csr[SLOT.minstret]).toBe(1);
  });
});

describe.each(engines)('%s, delegation', (_, engine) => {
  const SUPERVISORS = RAM_BASE + 0x300;

  test.each<[string, Mode, number, boolean]>([
    ['a delegated exception in user mode goes to supervisor mode', USER, 1 << 8, true],
    ['one that is not delegated goes to machine mode', USER, 1 << 9, false],
    ['in supervisor mode, too', SUPERVISOR, 1 << 9, true],
    ['never from machine mode downwards', MACHINE, 0xffff, false],
  ])('%s', (_name, mode, delegated, toSupervisor) => {
    const built = machine([asm('ecall')]);
    const { cpu } = built;
    openMemory(cpu);
    writeCsr(cpu, 0x305, VECTOR);
    writeCsr(cpu, 0x105, SUPERVISORS);
    writeCsr(cpu, 0x302, delegated);
    writeCsr(cpu, 0x300, MSTATUS_SIE | MSTATUS_MIE);
    cpu.mode = mode;
    runOne(engine, built);
    const cause = 8 + mode;
    if (toSupervisor) {
      expect([cpu.pc, cpu.mode]).toEqual([SUPERVISORS, SUPERVISOR]);
      expect([cpu.csr[SLOT.scause], cpu.csr[SLOT.sepc]]).toEqual([cause, RAM_BASE]);
      const previous = mode === SUPERVISOR ? MSTATUS_SPP : 0;
      expect(cpu.csr[SLOT.mstatus]).toBe(MSTATUS_MIE | MSTATUS_SPIE | previous);
      expect(cpu.csr[SLOT.mcause]).toBe(0);
    } else {
      expect([cpu.pc, cpu.mode]).toEqual([VECTOR, MACHINE]);
      expect([cpu.csr[SLOT.mcause], cpu.csr[SLOT.mepc]]).toEqual([cause, RAM_BASE]);
      expect(cpu.csr[SLOT.scause]).toBe(0);
    }
  });

  test('sret goes back to where and what was before', () => {
    const built = machine([asm('sret')]);
    const { cpu } = built;
    openMemory(cpu);
    writeCsr(cpu, 0x141, RAM_BASE + 0x100);
    writeCsr(cpu, 0x300, MSTATUS_SPIE | MSTATUS_SPP | MSTATUS_MPRV);
    cpu.mode = SUPERVISOR;
    runOne(engine, built);
    expect([cpu.pc, cpu.mode]).toEqual([RAM_BASE + 0x100, SUPERVISOR]);
    expect(cpu.csr[SLOT.mstatus]).toBe(MSTATUS_SIE | MSTATUS_SPIE);
  });

  test('a supervisor’s timer is vectored by stvec', () => {
    const built = machine([asm('addi', { rd: 1, imm: 1 })]);
    const { cpu } = built;
    openMemory(cpu);
    writeCsr(cpu, 0x105, SUPERVISORS + 1);
    writeCsr(cpu, 0x303, 0x20);
    writeCsr(cpu, 0x304, 0x20);
    writeCsr(cpu, 0x344, 0x20);
    cpu.mode = USER;
    runOne(engine, built);
    expect([cpu.pc, cpu.mode, cpu.csr[SLOT.scause]]).toEqual([
      SUPERVISORS + 4 * SUPERVISOR_INTERRUPT.timer,
      SUPERVISOR,
      0x8000_0005,
    ]);
  });
});

test.each<[number, number, number, Mode, number, number]>([
  [0x222, 0x222, 0x222, SUPERVISOR, MSTATUS_SIE, 0x8000_0009],
  [0x022, 0x222, 0x222, SUPERVISOR, MSTATUS_SIE, 0x8000_0001],
  [0x020, 0x222, 0x222, SUPERVISOR, MSTATUS_SIE, 0x8000_0005],
  [0x222, 0x222, 0x222, SUPERVISOR, MSTATUS_MIE, -1],
  [0x222, 0x222, 0x222, USER, 0, 0x8000_0009],
  [0x222, 0x222, 0x222, MACHINE, MSTATUS_MIE | MSTATUS_SIE, -1],
  // What is not delegated interrupts machine mode, and comes before what is.
  [0x222, 0x222, 0x202, SUPERVISOR, MSTATUS_SIE, 0x8000_0005],
  [0x222, 0x222, 0, MACHINE, MSTATUS_MIE, 0x8000_0009],
])(
  'mip %i, mie %i, mideleg %i, mode %i, mstatus %i: interrupt %i is due',
  (mip, mie, mideleg, mode, status, cause) => {
    const { cpu } = machine([]);
    cpu.mode = mode;
    writeCsr(cpu, 0x303, mideleg);
    writeCsr(cpu, 0x304, mie);
    writeCsr(cpu, 0x300, status);
    writeCsr(cpu, 0x344, mip);
    expect(dueInterrupt(cpu)).toBe(cause);
  },
);

test.each<[number, number, Mode, number, number]>([
  [0x888, 0x888, MACHINE, MSTATUS_MIE, 0x8000_000b],
  [0x088, 0x888, MACHINE, MSTATUS_MIE, 0x8000_0003],
  [0x080, 0x888, MACHINE, MSTATUS_MIE, 0x8000_0007],
  [0x888, 0x080, MACHINE, MSTATUS_MIE, 0x8000_0007],
  [0x888, 0x888, MACHINE, 0, -1],
  [0x888, 0x888, USER, 0, 0x8000_000b],
  [0x888, 0x000, USER, 0, -1],
])('mip %i, mie %i, mode %i, mstatus %i: interrupt %i is due', (mip, mie, mode, status, cause) => {
  const { cpu } = machine([]);
  cpu.mode = mode;
  writeCsr(cpu, 0x304, mie);
  writeCsr(cpu, 0x300, status);
  for (const line of Object.values(INTERRUPT)) {
    setPending(cpu, line, ((mip >>> line) & 1) === 1, 0, COSTS);
  }
  expect(dueInterrupt(cpu)).toBe(cause);
});

test('the host enters and leaves a trap as the processor does', () => {
  const { cpu } = machine([]);
  cpu.mode = USER;
  cpu.pc = RAM_BASE + 8;
  writeCsr(cpu, 0x305, GATE_BASE);
  enterTrap(cpu, 8, 0);
  expect([cpu.pc, cpu.mode, cpu.csr[SLOT.mepc]]).toEqual([GATE_BASE, MACHINE, RAM_BASE + 8]);
  mret(cpu);
  expect([cpu.pc, cpu.mode]).toEqual([RAM_BASE + 8, USER]);
});
