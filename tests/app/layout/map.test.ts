import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ComputerBoxes } from '../../../src/layout/computer';
import { beside, lengthOf, spotAt, type Box } from '../../../src/layout/geometry';
import { mapBoxes } from '../../../src/layout/map';
import { processBox, routeOf } from '../../../src/layout/routes';

const sizes = fc.record({
  width: fc.integer({ min: 300, max: 2200 }),
  height: fc.integer({ min: 400, max: 1000 }),
});

const partsOf = ({ os, cpu, ram, nic }: ComputerBoxes): Box[] => [os, cpu, ram, nic];

const inside = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width + 0.01 &&
  inner.y + inner.height <= outer.y + outer.height + 0.01;

const apart = (a: Box, b: Box): boolean =>
  a.x + a.width <= b.x + 0.01 ||
  b.x + b.width <= a.x + 0.01 ||
  a.y + a.height <= b.y + 0.01 ||
  b.y + b.height <= a.y + 0.01;

describe('the map', () => {
  test.each([
    { width: 320, height: 864 },
    { width: 390, height: 864 },
    { width: 640, height: 480 },
    { width: 1360, height: 560 },
  ])('at $width by $height has every part on its board and none upon another', (size) => {
    const { computers } = mapBoxes(size.width, size.height);
    for (const boxes of computers) {
      const parts = partsOf(boxes);
      for (const part of parts) expect(inside(part, boxes.board)).toBe(true);
      for (const [i, a] of parts.entries())
        for (const b of parts.slice(i + 1)) expect(apart(a, b)).toBe(true);
      expect(apart(boxes.display, boxes.keyboard)).toBe(true);
      expect(apart(boxes.display, boxes.board)).toBe(true);
      const { control, registers, alu } = boxes.processor;
      const core = [control, registers, alu];
      for (const [i, part] of core.entries()) {
        expect(inside(part, boxes.cpu)).toBe(true);
        for (const other of core.slice(i + 1)) expect(apart(part, other)).toBe(true);
      }
      // WCAG 2.2, 2.5.8: what is pressed is at least 24 by 24.
      for (const { width, height } of [control, alu])
        expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
      for (const part of parts) expect(Math.min(part.width, part.height)).toBeGreaterThan(24);
    }
  });

  test.each([
    [0, 0],
    [40, 300],
    [250, 90],
    [700, 120],
  ])('in %d by %d, where nothing fits, is drawn whole and made smaller', (width, height) => {
    const map = mapBoxes(width, height);
    expect(map.width).toBeGreaterThanOrEqual(width);
    for (const boxes of map.computers)
      for (const part of [...partsOf(boxes), boxes.display, boxes.keyboard])
        expect(Math.min(part.width, part.height)).toBeGreaterThan(0);
  });

  test('stays within its drawing, and the cable joins the two jacks', () => {
    fc.assert(
      fc.property(sizes, ({ width, height }) => {
        const map = mapBoxes(width, height);
        const [a, b] = map.computers;
        const whole = { x: 0, y: 0, width: map.width, height: map.height };
        for (const { board, display, keyboard } of [a, b])
          for (const each of [board, display, keyboard]) expect(inside(each, whole)).toBe(true);
        expect(apart(a.board, b.board)).toBe(true);
        expect(map.cable[0]).toEqual(a.jack);
        expect(map.cable.at(-1)?.x).toBeCloseTo(b.jack.x);
        expect(map.cable.at(-1)?.y).toBeCloseTo(b.jack.y);
        for (const { x } of map.cable) expect(x).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('routes', () => {
  const [boxes] = mapBoxes(1300, 560).computers;
  const pill = processBox(boxes, 0, 1);
  const touches = ({ x, y }: { x: number; y: number }, at: Box): boolean =>
    x >= at.x - 1 && x <= at.x + at.width + 1 && y >= at.y - 1 && y <= at.y + at.height + 1;

  test.each([
    ['process.1', 'os', pill, boxes.os],
    ['os', 'process.1', boxes.os, pill],
    ['nic', 'os', boxes.nic, boxes.os],
    ['timer', 'os', boxes.cpu, boxes.os],
    ['console', 'os', boxes.keyboard, boxes.os],
    ['ram', 'nic', boxes.ram, boxes.nic],
    ['nic', 'ram', boxes.nic, boxes.ram],
    ['os', 'console', boxes.os, boxes.display],
  ])('from %s to %s begin and end at the parts', (from, to, first, last) => {
    const line = routeOf(boxes, from, to, () => pill);
    expect(touches(line[0]!, first)).toBe(true);
    expect(touches(line.at(-1)!, last)).toBe(true);
  });
});

describe('a polyline', () => {
  const line = [
    { x: 0, y: 0 },
    { x: 30, y: 0 },
    { x: 30, y: 10 },
  ];

  test.each([
    [0, 0, 0],
    [0.5, 20, 0],
    [0.75, 30, 0],
    [1, 30, 10],
    [2, 30, 10],
  ])('after %d of its length is at %d, %d', (share, x, y) => {
    const spot = spotAt(line, share);
    expect(spot.x).toBeCloseTo(x);
    expect(spot.y).toBeCloseTo(y);
  });

  test('has its length, and a line beside it on the left', () => {
    expect(lengthOf(line)).toBe(40);
    expect(beside(line.slice(0, 2), 5)).toEqual([
      { x: 0, y: -5 },
      { x: 30, y: -5 },
    ]);
  });
});
