import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chartAxes, stepPath, valueAt, type Steps } from '../../../src/layout/chart';
import { box } from '../../../src/layout/geometry';
import { csvOf } from '../../../src/panels/chartFiles';
import type { Series } from '../../../src/session/happenings';

const plot = box(40, 10, 400, 100);
const steps: Steps = { timesNs: [100, 250, 400], values: [1, 3, 0] };

describe('a step function', () => {
  test.each([
    [0, 0],
    [99, 0],
    [100, 1],
    [249, 1],
    [250, 3],
    [400, 0],
    [9_999, 0],
  ])('at %i it is %i', (timeNs, value) => {
    expect(valueAt(steps, timeNs)).toBe(value);
  });

  test('is drawn from the start to where the run was looked through', () => {
    const axes = chartAxes([steps], 1_000, plot);
    const drawn = stepPath(steps, 500, axes);
    expect(drawn.startsWith('M40,110')).toBe(true);
    expect(drawn.endsWith('240,110')).toBe(true);
  });

  test('without a point is a line at 0', () => {
    const axes = chartAxes([], 1_000, plot);
    expect(stepPath({ timesNs: [], values: [] }, 1_000, axes)).toMatch(/^M40,110.*440,110$/);
  });
});

test('places and times agree within a pixel, and stay in the plot', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e12 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (endsAtNs, share) => {
        const axes = chartAxes([steps], endsAtNs, plot);
        const timeNs = Math.round(share * endsAtNs);
        const x = axes.xOf(timeNs);
        expect(x).toBeGreaterThanOrEqual(plot.x);
        expect(x).toBeLessThanOrEqual(plot.x + plot.width);
        expect(Math.abs(axes.xOf(axes.timeAt(x)) - x)).toBeLessThanOrEqual(plot.width / endsAtNs);
      },
    ),
  );
});

test.each([[[0, 1]], [[0, 3]], [[0, 1_460]], [[]]])(
  'the values %j fit, and ticks are whole',
  (values) => {
    const axes = chartAxes([{ timesNs: values.map((_, i) => i), values }], 10, plot);
    for (const value of values) expect(axes.yOf(value)).toBeGreaterThanOrEqual(plot.y);
    expect(axes.values.every(Number.isInteger)).toBe(true);
    expect(axes.values.length).toBeGreaterThan(1);
  },
);

test('as CSV: a row for each change, and names that hold a comma or a quote are quoted', () => {
  const line = (part: string, timesNs: number[], values: number[]): Series => ({
    name: 'framesSent',
    title: 'Frames sent',
    unit: 'frames',
    part,
    timesNs,
    values,
  });
  const lines = [line('a', [0, 20], [0, 1]), line('b', [10, 20], [5, 6])];
  const names: Record<string, string> = { a: 'A, "left"', b: 'B' };
  expect(csvOf(lines, ({ part }) => names[part ?? ''] ?? '')).toBe(
    'time_ns,"A, ""left""",B\r\n0,0,0\r\n10,0,5\r\n20,1,6\r\n',
  );
});
