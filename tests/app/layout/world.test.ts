import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Box } from '../../../src/layout/geometry';
import {
  drawnAt,
  fitting,
  HOST,
  seenAt,
  worldLayout,
  type Joined,
} from '../../../src/layout/world';
import { cableAt, hostAt, indexOf, nextTo } from '../../../src/layout/worldIndex';

const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `h${i}`);
const joined = (pairs: readonly (readonly [number, number])[]): Joined[] =>
  pairs.map(([a, b], i) => ({ name: `c${i}`, ends: [`h${a}`, `h${b}`] }));
const pairs = (count: number) =>
  joined(Array.from({ length: count }, (_, i) => [2 * i, 2 * i + 1] as const));

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Any number of hosts, and cables between any two of them. */
const world = fc.integer({ min: 1, max: 40 }).chain((count) =>
  fc.record({
    hosts: fc.constant(names(count)),
    cables: fc
      .array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 50 })
      .map((ends) => joined(ends)),
    aspect: fc.double({ min: 0.3, max: 3, noNaN: true }),
  }),
);

test('everybody stands somewhere, within the drawing, and nobody upon another', () => {
  fc.assert(
    fc.property(world, ({ hosts, cables, aspect }) => {
      const layout = worldLayout(hosts, cables, aspect);
      expect(layout.hosts.map(({ name }) => name)).toEqual(hosts);
      expect(layout.cables.map(({ name }) => name)).toEqual(cables.map(({ name }) => name));
      for (const [i, { at }] of layout.hosts.entries()) {
        expect(at.x >= 0 && at.y >= 0).toBe(true);
        expect(at.x + at.width <= layout.width && at.y + at.height <= layout.height).toBe(true);
        for (const other of layout.hosts.slice(i + 1)) expect(overlap(at, other.at)).toBe(false);
      }
    }),
    { seed: 1 },
  );
});

test('a pair stands side by side, its cable from one to the other', () => {
  const { hosts, cables } = worldLayout(names(4), pairs(2), 2);
  const [a, b] = hosts.map(({ at }) => at);
  if (a === undefined || b === undefined) throw new Error('there are two');
  expect(a.y).toBe(b.y);
  const y = a.y + HOST.height / 2;
  expect(cables[0]).toMatchObject({ from: { x: a.x + HOST.width, y }, to: { x: b.x, y } });
  expect(b.x).toBeGreaterThan(a.x + HOST.width);
});

test('of a star, the middle stands beside all the others', () => {
  const { hosts } = worldLayout(names(6), joined([0, 1, 2, 4, 5].map((leaf) => [leaf, 3])), 1);
  const xs = hosts.map(({ at }) => at.x);
  expect(new Set(xs.filter((_, i) => i !== 3)).size).toBe(1);
  expect(xs[3]).toBeLessThan(xs[0] ?? 0);
});

describe('five hundred pairs', () => {
  test.each([16 / 9, 1, 0.5])('fill a room of %d by 1', (aspect) => {
    const { width, height } = worldLayout(names(1000), pairs(500), aspect);
    expect(width / height / aspect).toBeGreaterThan(0.85);
    expect(width / height / aspect).toBeLessThan(1.15);
  });

  const layout = worldLayout(names(1000), pairs(500), 1.8);
  const index = indexOf(layout);

  test('each is found where it stands, and its cable between both', () => {
    for (const { name, at } of layout.hosts)
      expect(hostAt(index, { x: at.x + 3, y: at.y + at.height - 3 })?.name).toBe(name);
    for (const { name, from, to } of layout.cables) {
      const middle = { x: (from.x + to.x) / 2, y: from.y + 4 };
      expect(hostAt(index, middle)).toBeNull();
      expect(cableAt(index, middle, 5)?.name).toBe(name);
      expect(cableAt(index, middle, 3)).toBeNull();
    }
  });

  test('beside one it is found within reach only', () => {
    const at = layout.hosts[500]?.at ?? { x: 0, y: 0, width: 0, height: 0 };
    const beside = { x: at.x + 9, y: at.y - 6 };
    expect(hostAt(index, beside)).toBeNull();
    expect(hostAt(index, beside, 7)?.at).toEqual(at);
  });

  test('arrows lead to each of them, and back', () => {
    const [first] = layout.hosts;
    if (first === undefined) throw new Error('there are hosts');
    const reached = new Set([first]);
    for (const each of reached)
      for (const arrow of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const) {
        const next = nextTo(layout, each, arrow);
        if (next !== null) reached.add(next);
      }
    expect(reached.size).toBe(1000);
    const right = nextTo(layout, first, 'ArrowRight');
    expect(right?.name).toBe('h1');
    expect(right && nextTo(layout, right, 'ArrowLeft')).toEqual(first);
    expect(nextTo(layout, first, 'ArrowUp')).toBeNull();
  });
});

test('the whole fits, and what is seen is drawn where it is seen', () => {
  fc.assert(
    fc.property(fc.integer({ min: 50, max: 3000 }), fc.integer({ min: 50, max: 2000 }), (w, h) => {
      const layout = worldLayout(names(20), pairs(10), w / h);
      const looking = fitting(layout, { width: w, height: h });
      for (const { at } of layout.hosts) {
        const seen = seenAt(looking, at);
        expect(seen.x >= -1e-6 && seen.y >= -1e-6).toBe(true);
        expect(seen.x + seen.width <= w + 1e-6 && seen.y + seen.height <= h + 1e-6).toBe(true);
        const back = drawnAt(looking, seen);
        expect(back.x).toBeCloseTo(at.x, 6);
        expect(back.y).toBeCloseTo(at.y, 6);
      }
    }),
    { seed: 1 },
  );
});
