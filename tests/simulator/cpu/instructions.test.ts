/** Each instruction of RV32I by a literal row, on both engines. */
import { describe, expect, test } from 'vitest';
import { RAM_BASE } from '../../../simulator/contract/map';
import { COSTS } from '../../../simulator/contract/costs';
import { MICRO } from '../../../simulator/cpu/control/engine';
import { createFast } from '../../../simulator/cpu/fast/engine';
import { CONTROL } from '../../../simulator/cpu/control/rows';
import { SLOT } from '../../../simulator/cpu/state';
import type { Operands } from '../../../simulator/isa/rv32/operands';
import { rowNamed, TABLE } from '../../../simulator/isa/rv32/table';
import { asm, machine, runOne } from './machine';

const DATA = RAM_BASE + 0x100;
/** x1 and x2 are the sources, x3 the destination; memory at DATA holds fe ff 01 80. */
type Row = [
  name: string,
  x1: number,
  x2: number,
  operands: Partial<Operands>,
  x3: number,
  pc?: number,
];

const rows: Row[] = [
  ['lui', 0, 0, { imm: 0xfffff000 | 0 }, 0xfffff000],
  ['auipc', 0, 0, { imm: 0x1000 }, RAM_BASE + 0x1000],
  ['jal', 0, 0, { imm: 0x40 }, RAM_BASE + 4, RAM_BASE + 0x40],
  ['jalr', RAM_BASE + 0x21, 0, { imm: 4 }, RAM_BASE + 4, RAM_BASE + 0x24],
  ['beq', 5, 5, { imm: 16 }, 9, RAM_BASE + 16],
  ['beq', 5, 6, { imm: 16 }, 9],
  ['bne', 5, 6, { imm: 16 }, 9, RAM_BASE + 16],
  ['bne', 5, 5, { imm: 16 }, 9],
  ['blt', -1, 0, { imm: 16 }, 9, RAM_BASE + 16],
  ['blt', 0, -1, { imm: 16 }, 9],
  ['bge', 0, -1, { imm: 16 }, 9, RAM_BASE + 16],
  ['bge', -1, 0, { imm: 16 }, 9],
  ['bltu', 0, -1, { imm: 16 }, 9, RAM_BASE + 16],
  ['bltu', -1, 0, { imm: 16 }, 9],
  ['bgeu', -1, 0, { imm: 16 }, 9, RAM_BASE + 16],
  ['bgeu', 0, -1, { imm: 16 }, 9],
  ['lb', DATA, 0, { imm: 0 }, 0xffff_fffe],
  ['lbu', DATA, 0, { imm: 1 }, 0xff],
  ['lh', DATA, 0, { imm: 2 }, 0xffff_8001],
  ['lhu', DATA, 0, { imm: 2 }, 0x8001],
  ['lh', DATA, 0, { imm: 1 }, 0x01ff],
  ['lw', DATA, 0, { imm: 0 }, 0x8001_fffe],
  ['lw', DATA + 8, 0, { imm: -7 }, 0x0080_01ff],
  ['addi', 0x7fff_ffff, 0, { imm: 1 }, 0x8000_0000],
  ['slti', -5, 0, { imm: -4 }, 1],
  ['sltiu', 5, 0, { imm: -1 }, 1],
  ['xori', 0xff, 0, { imm: -1 }, 0xffff_ff00],
  ['ori', 0xf0, 0, { imm: 0x0f }, 0xff],
  ['andi', 0xff, 0, { imm: 0x3c }, 0x3c],
  ['slli', 3, 0, { imm: 31 }, 0x8000_0000],
  ['srli', -1, 0, { imm: 28 }, 15],
  ['srai', 0x8000_0000 | 0, 0, { imm: 31 }, 0xffff_ffff],
  ['add', 0xffff_ffff, 2, {}, 1],
  ['sub', 1, 2, {}, 0xffff_ffff],
  ['sll', 1, 33, {}, 2],
  ['slt', -1, 1, {}, 1],
  ['sltu', -1, 1, {}, 0],
  ['xor', 0b1100, 0b1010, {}, 0b0110],
  ['srl', -2, 1, {}, 0x7fff_ffff],
  ['sra', -2, 33, {}, 0xffff_ffff],
  ['or', 0b1100, 0b1010, {}, 0b1110],
  ['and', 0b1100, 0b1010, {}, 0b1000],
  ['fence', 0, 0, { imm: 0xff }, 9],
  ['fence.i', 0, 0, {}, 9],
];

const engines = [
  ['micro', MICRO],
  ['fast', createFast()],
] as const;

describe.each(engines)('%s', (_, engine) => {
  test.each(rows)('%s of %i and %i', (name, x1, x2, operands, x3, pc = RAM_BASE + 4) => {
    const built = machine([asm(name, { rd: 3, rs1: 1, rs2: 2, ...operands })]);
    const { cpu, octets } = built;
    octets.set([0xfe, 0xff, 0x01, 0x80], 0x100);
    cpu.x.set([x1, x2, 9], 1);
    expect(runOne(engine, built)).toBe('time');
    expect(cpu.x[3]! >>> 0).toBe(x3 >>> 0);
    expect(cpu.pc).toBe(pc);
    const cycles = COSTS.instruction[rowNamed(name)!.class];
    expect(cpu.atNs).toBe(cycles * COSTS.cycleNs);
    expect([...cpu.csr.slice(SLOT.mcycle, SLOT.minstreth + 1)]).toEqual([cycles, 0, 1, 0]);
  });

  test.each([
    ['sb', 0, [0x44, 0, 0, 0, 0]],
    ['sh', 0, [0x44, 0x33, 0, 0, 0]],
    ['sh', 1, [0, 0x44, 0x33, 0, 0]],
    ['sw', 0, [0x44, 0x33, 0x22, 0x11, 0]],
    ['sw', 1, [0, 0x44, 0x33, 0x22, 0x11]],
  ])('%s to DATA + %i', (name, imm, expected) => {
    const built = machine([asm(name, { rs1: 1, rs2: 2, imm })]);
    built.cpu.x.set([DATA, 0x11223344], 1);
    runOne(engine, built);
    expect([...built.octets.slice(0x100, 0x105)]).toEqual(expected);
  });

  test.each(['lui', 'jal', 'jalr', 'lw', 'addi', 'add'])('%s leaves x0 alone', (name) => {
    const built = machine([asm(name, { rd: 0, rs1: 1, rs2: 1, imm: 0x1000 })]);
    built.cpu.x[1] = RAM_BASE - (name === 'lw' ? -8 : 0);
    runOne(engine, built);
    expect(built.cpu.x[0]).toBe(0);
  });
});

test('every row of the instruction set has its control', () => {
  const without = TABLE.filter(({ name }) => !CONTROL.has(name)).map(({ name }) => name);
  expect(without).toEqual([]);
});
