import { expect, test } from 'vitest';
import { pageCells } from '../../../src/layout/memory';
import { segment, segmentMiddle } from '../../../src/layout/ring';
import { placeMarks } from '../../../src/layout/scrub';

test('marks that fall on one spot are drawn once, kinds apart', () => {
  const marks = [
    { timeNs: 100, kind: 'frame' },
    { timeNs: 101, kind: 'frame' },
    { timeNs: 101, kind: 'lost' },
    { timeNs: 900, kind: 'frame' },
    { timeNs: 5000, kind: 'exit' },
  ];
  const placed = placeMarks(marks, 1000, 100);
  expect(placed.map(({ mark, share, count }) => [mark.kind, share, count])).toEqual([
    ['frame', 0.1, 2],
    ['lost', 0.101, 1],
    ['frame', 0.9, 1],
    ['exit', 1, 1],
  ]);
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
  expect(segment(0, 4, 5, 10)).toMatch(/^M.*A10 10.*L.*A5 5.*z$/);
});
