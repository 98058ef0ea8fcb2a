import { expect, test } from 'vitest';
import { pageCells } from '../../../src/layout/memory';
import { segment, segmentMiddle } from '../../../src/layout/ring';
import { placeMarks, placeTicks, scrubAxis } from '../../../src/layout/scrub';
import { shortTime } from '../../../src/ui/units';

test('marks that fall on one spot are drawn once, kinds apart', () => {
  const marks = [
    { timeNs: 100, kind: 'frame' },
    { timeNs: 101, kind: 'frame' },
    { timeNs: 101, kind: 'lost' },
    { timeNs: 900, kind: 'frame' },
    { timeNs: 5000, kind: 'exit' },
  ];
  const placed = placeMarks(marks, scrubAxis(1000, [10, 110]), 1);
  expect(placed.map(({ mark, x, count }) => [mark.kind, x, count])).toEqual([
    ['frame', 20, 2],
    ['lost', 20.1, 1],
    ['frame', 100, 1],
    ['exit', 110, 1],
  ]);
});

test.each([
  [
    400_000,
    820,
    ['0', '50 µs', '100 µs', '150 µs', '200 µs', '250 µs', '300 µs', '350 µs', '400 µs'],
  ],
  [3_000_000, 250, ['0', '2 ms']],
  [1_000, 100, ['0', '1 µs']],
])('a run of %d ns has round ticks in %d pixels', (endsAtNs, width, names) => {
  const ticks = placeTicks(scrubAxis(endsAtNs, [10, 10 + width]), 100);
  expect(ticks.map(({ timeNs }) => (timeNs === 0 ? '0' : shortTime(timeNs)))).toEqual(names);
  expect(ticks[0]?.x).toBe(10);
});

test('a page belongs to the first region that reaches into it', () => {
  const regions = [
    { from: 4096, to: 4608 },
    { from: 4608, to: 12_288 },
  ];
  const cells = pageCells([true, true, false, false], regions, 0, 3);
  expect(cells.map(({ x, y, region }) => [x, y, region])).toEqual([
    [0, 0, null],
    [1, 0, 0],
    [2, 0, 1],
    [0, 1, null],
  ]);
});

test('a ring runs clockwise from the top', () => {
  expect(segmentMiddle(0, 4, 10).x).toBeCloseTo(7.07, 2);
  expect(segmentMiddle(0, 4, 10).y).toBeCloseTo(-7.07, 2);
  expect(segmentMiddle(2, 4, 10).x).toBeCloseTo(-7.07, 2);
  expect(segment(0, 4, 5, 10)).toMatch(/^M.*A10,10.*L.*A5,5.*Z$/);
});
