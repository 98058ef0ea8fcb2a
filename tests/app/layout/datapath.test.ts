import { describe, expect, test } from 'vitest';
import { beginInstruction } from '../../../simulator/cpu/control/latches';
import type { MicroMove } from '../../../simulator/cpu/control/site';
import { microStep } from '../../../simulator/cpu/control/step';
import { RAM_BASE } from '../../../simulator/contract/map';
import { TABLE } from '../../../simulator/isa/rv32/table';
import { BLOCKS, VIEW, WIRES, wireOf } from '../../../src/layout/datapath';
import type { Box, Point } from '../../../src/layout/geometry';
import { asm, machine, openMemory } from '../../simulator/cpu/machine';

/** Every word that moves while one instruction is carried out. */
function movesOf(word: number): MicroMove[] {
  const { cpu, ports } = machine([word]);
  openMemory(cpu);
  cpu.x.fill(RAM_BASE + 64, 1);
  const told: MicroMove[] = [];
  const latches = beginInstruction(cpu);
  while (latches.state !== 'done') microStep(cpu, latches, ports, (move) => told.push(move));
  return told;
}

test.each(TABLE.map(({ name }) => name))('every word that %s moves has its wire', (name) => {
  const word = asm(name, { rd: 3, rs1: 1, rs2: 2, imm: 8, csr: 0x340 });
  const told = movesOf(word);
  expect(told.length).toBeGreaterThan(4);
  for (const { from, to } of told) expect([from, to, wireOf(from, to)]).not.toContain(null);
});

test('what is no instruction traps over wires, too', () => {
  for (const { from, to } of movesOf(0xffff_ffff))
    expect([from, to, wireOf(from, to)]).not.toContain(null);
});

describe('the drawing', () => {
  const boxes = Object.entries(BLOCKS);
  const within = ({ x, y }: Point, at: Box, by: number): boolean =>
    x > at.x + by && x < at.x + at.width - by && y > at.y + by && y < at.y + at.height - by;

  test('has every block in its view box and none upon another', () => {
    for (const [name, at] of boxes) {
      expect([name, at.x >= 0 && at.x + at.width <= VIEW.width]).toEqual([name, true]);
      expect([name, at.y >= 0 && at.y + at.height <= VIEW.height]).toEqual([name, true]);
      for (const [other, box] of boxes) {
        const beside = at.x + at.width <= box.x || box.x + box.width <= at.x;
        const apart = beside || at.y + at.height <= box.y || box.y + box.height <= at.y;
        expect([name, other, apart]).toEqual([name, other, other !== name]);
      }
    }
  });

  test.each(WIRES)('$name runs straight and through no block', ({ line }) => {
    const corners = line.slice(1).map((to, i) => [line[i] as Point, to] as const);
    for (const [a, b] of corners) {
      expect(a.x === b.x || a.y === b.y).toBe(true);
      const length = Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
      for (let at = 0; at <= length; at++) {
        const share = length === 0 ? 0 : at / length;
        const point = { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
        const hit = boxes.filter(([name, box]) => name !== 'bus' && within(point, box, 0));
        // The ALU is narrower than its box: its lower edge slopes.
        expect(hit.map(([name]) => name).filter((name) => name !== 'alu')).toEqual([]);
      }
    }
  });
});
