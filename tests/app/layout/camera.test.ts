import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bounded,
  CLOSEST,
  contains,
  fitTo,
  frameOf,
  lookedAt,
  seenIn,
  viewOf,
  wayTo,
  whole,
  withInSight,
  zoomed,
} from '../../../src/layout/camera';
import { mapBoxes } from '../../../src/layout/map';
import { grown, placesOf } from '../../../src/layout/places';

const HOSTS = [
  { name: 'client', deep: true },
  { name: 'server', deep: false },
];
const wide = mapBoxes(1300, 560);
const tall = mapBoxes(390, 860);
const places = placesOf(wide, HOSTS, ['cable']);
const at = (path: string) => places[path]!;
const frame = fc
  .record({
    x: fc.double({ min: -60_000, max: 60_000, noNaN: true }),
    y: fc.double({ min: -60_000, max: 60_000, noNaN: true }),
    k: fc.double({ min: 0.01, max: 200, noNaN: true }),
  })
  .map((each) => bounded(each, wide));
const part = fc.constantFrom(...Object.keys(places));

test('control unit and ALU are places only of a computer that executes instructions', () => {
  expect(Object.keys(places)).toContain('client.alu');
  expect(Object.keys(places)).not.toContain('server.alu');
});

test('the middle of a frame is always in the drawing; of the whole, all that is seen', () => {
  fc.assert(
    fc.property(frame, (each) => {
      const { x, y, width, height } = seenIn(each, wide);
      const middle = { x: x + width / 2, y: y + height / 2, width: 0, height: 0 };
      expect(contains(grown(whole(wide), 1e-6), middle)).toBe(true);
      expect(each.k).toBeLessThanOrEqual(CLOSEST);
    }),
  );
  expect(bounded({ x: 99, y: -99, k: 0.2 }, wide)).toEqual({ x: 0, y: 0, k: 1 });
});

test('a view, by whatever part, leads back to the frame it was made of', () => {
  fc.assert(
    fc.property(frame, part, (each, path) => {
      const again = frameOf(viewOf(each, path, at(path), wide), at(path), wide);
      expect(again.k).toBeCloseTo(each.k, 6);
      expect(again.x).toBeCloseTo(each.x, 4);
      expect(again.y).toBeCloseTo(each.y, 4);
    }),
  );
});

test('what is under the pointer stays there', () => {
  const about = { x: 640, y: 250 };
  const from = { x: -900, y: -400, k: 3 };
  const to = zoomed(from, 1.5, about, wide);
  const under = ({ x, y, k }: typeof from) => [(about.x - x) / k, (about.y - y) / k];
  expect(to.k).toBeCloseTo(4.5);
  expect(under(to)[0]).toBeCloseTo(under(from)[0]!);
  expect(under(to)[1]).toBeCloseTo(under(from)[1]!);
});

test.each(Object.keys(places).filter((path) => path !== 'cable'))(
  'going to “%s” shows it, on a wide screen and, by the same view, on a phone',
  (path) => {
    const view = viewOf(fitTo(at(path), wide, whole(wide)), path, at(path), wide);
    const here = frameOf(view, at(path), wide);
    expect(contains(grown(seenIn(here, wide), 1), at(path))).toBe(true);
    // All but the whole is larger than it was.
    if (path !== '') expect(here.k).toBeGreaterThan(1.2);
    const there = placesOf(tall, HOSTS, ['cable']);
    const shown = frameOf(view, there[path]!, tall);
    expect(contains(grown(seenIn(shown, tall), 1), there[path]!)).toBe(true);
  },
);

test.each(['client', 'client.nic', 'client.ram', 'server.nic', 'client.alu', 'client.control'])(
  'whoever comes near to “%s” by hand looks at it',
  (path) => {
    const to = fitTo(at(path), wide, whole(wide));
    expect(lookedAt(to, places, wide)).toBe(path);
    expect(lookedAt({ x: 0, y: 0, k: 1 }, places, wide)).toBe('');
  },
);

test('what is to be in sight is, and what is already moves nothing', () => {
  fc.assert(
    fc.property(frame, part, (each, path) => {
      const to = withInSight(each, at(path), wide, whole(wide));
      expect(contains(grown(seenIn(to, wide), 1e-6), at(path))).toBe(true);
      if (contains(seenIn(each, wide), at(path))) expect(to).toBe(each);
      expect(to.k).toBeLessThanOrEqual(each.k);
    }),
  );
});

test('under a bar that covers the foot nothing is fitted', () => {
  const open = { ...whole(wide), height: 300 };
  const { y, k } = fitTo(at('client.cpu'), wide, open);
  const { y: top, height } = at('client.cpu');
  expect(y + k * (top + height)).toBeLessThanOrEqual(300);
});

describe('the way to a part', () => {
  test.each([
    ['', ['']],
    ['client', ['', 'client']],
    ['client.nic', ['', 'client', 'client.nic']],
    ['client.alu', ['', 'client', 'client.cpu', 'client.alu']],
    ['cable', ['', 'cable']],
    ['nobody.nic', ['']],
  ])('%s', (path, way) => {
    expect(wayTo(path, places)).toEqual(way);
  });
});
