import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeMarks, placeTicks, scrubAxis } from '../../../src/layout/scrub';
import {
  axisOf,
  gapsBetween,
  longSilences,
  piecesOf,
  ticksOn,
  type Span,
} from '../../../src/layout/timelineAxis';
import {
  brushed,
  busyBefore,
  centred,
  isWhole,
  panned,
  refitted,
  wholeOf,
  zoomed,
  type Run,
} from '../../../src/layout/timelineWindow';

const MS = 1_000_000;

/** Times of what happens in a run, in order, and its end. */
const history = fc
  .tuple(
    fc.array(fc.nat(2 * MS), { minLength: 1, maxLength: 40 }),
    fc.integer({ min: 1, max: 400 * MS }),
  )
  .map(([steps, rest]) => {
    const timesNs = steps.reduce<number[]>((all, step) => [...all, (all.at(-1) ?? 0) + step], []);
    return { timesNs, endsAtNs: (timesNs.at(-1) ?? 0) + rest };
  });
const share = fc.double({ min: 0, max: 1, noNaN: true });

const runOf = (
  { timesNs, endsAtNs }: { timesNs: readonly number[]; endsAtNs: number },
  times: number,
): Run => ({ endsAtNs, gaps: longSilences(gapsBetween(timesNs, endsAtNs), endsAtNs, times) });

/** Some stretch of a run, as a person would get to it. */
const looked = fc
  .tuple(history, fc.constantFrom(0.5, 1, 4), share, share, share)
  .map(([of, times, around, by, along]) => {
    const run = runOf(of, times);
    const near = zoomed(run, wholeOf(run), around * run.endsAtNs, Math.max(1e-4, by));
    return { run, span: panned(run, near, along - 0.5), timesNs: of.timesNs };
  });

describe('silence', () => {
  test.each<[string, readonly number[], number, readonly (readonly [number, number])[]]>([
    ['is folded after a drop', [0, 100, 300, 400, 200_000], 200_000, [[410, 199_990]]],
    ['is not where all is as far apart', [0, 250, 500, 750], 1000, []],
    [
      'is folded between many short bursts',
      [0, 10, 20, 1000, 1010, 1020, 2000, 2010, 2020],
      2020,
      [
        [22, 998],
        [1022, 1998],
      ],
    ],
    ['is folded behind the last', [0, 10, 20], 5000, [[21, 4999]]],
  ])('%s', (_, timesNs, endsAtNs, folded) => {
    const { gaps } = runOf({ timesNs, endsAtNs }, 1);
    expect(gaps.map(({ fromNs, toNs }) => [fromNs, toNs])).toEqual(folded);
  });

  test('is folded only where nothing happens, and something is always left', () => {
    fc.assert(
      fc.property(history, share, (of, times) => {
        const run = runOf(of, times);
        for (const { fromNs, toNs } of run.gaps) {
          expect(toNs).toBeGreaterThan(fromNs);
          expect(of.timesNs.filter((ns) => ns > fromNs && ns < toNs)).toEqual([]);
        }
        expect(busyBefore(run.endsAtNs, run.gaps)).toBeGreaterThan(0);
      }),
    );
  });
});

describe('an axis', () => {
  test('is even without folds', () => {
    const axis = axisOf({ fromNs: 100, toNs: 300 }, [], [10, 210]);
    expect([100, 150, 300, 350].map(axis.xOf)).toEqual([10, 60, 210, 260]);
    expect([10, 60, 210, 0].map(axis.timeAt)).toEqual([100, 150, 300, 90]);
  });

  test('gives a fold its pixels and the rest what is left', () => {
    const axis = axisOf({ fromNs: 0, toNs: 1100 }, [{ fromNs: 50, toNs: 1050 }], [0, 120], 20);
    expect([0, 50, 550, 1050, 1100].map(axis.xOf)).toEqual([0, 50, 60, 70, 120]);
    expect(axis.folds).toEqual([{ gap: { fromNs: 50, toNs: 1050 }, x: 50, width: 20 }]);
    expect(axis.pixelsPerNs).toBe(1);
  });

  test('leads from time to place and back, later further right', () => {
    fc.assert(
      fc.property(looked, share, share, ({ run, span }, one, other) => {
        const axis = axisOf(span, run.gaps, [20, 820]);
        const at = (part: number): number => span.fromNs + part * (span.toNs - span.fromNs);
        const [early, late] = [Math.min(one, other), Math.max(one, other)].map(at) as [
          number,
          number,
        ];
        expect(axis.xOf(early)).toBeLessThanOrEqual(axis.xOf(late));
        if (late - early > 1) expect(axis.xOf(early)).toBeLessThan(axis.xOf(late));
        const tolerance = 1e-6 * (span.toNs - span.fromNs) + 1e-3;
        expect(Math.abs(axis.timeAt(axis.xOf(late)) - late)).toBeLessThan(tolerance);
        expect(axis.xOf(span.fromNs)).toBeCloseTo(20, 6);
        expect(axis.xOf(span.toNs)).toBeCloseTo(820, 4);
      }),
    );
  });

  test('has ticks apart from each other, none in a fold', () => {
    fc.assert(
      fc.property(looked, ({ run, span }) => {
        const axis = axisOf(span, run.gaps, [0, 900]);
        const ticks = ticksOn(axis, 100);
        for (const [i, { x, timeNs }] of ticks.entries()) {
          if (i > 0) expect(x - (ticks[i - 1]?.x ?? 0)).toBeGreaterThan(50);
          const inside = axis.folds.some(({ gap }) => timeNs > gap.fromNs && timeNs < gap.toNs);
          expect(inside).toBe(false);
        }
      }),
    );
  });

  test('what is not folded is all but the folds', () => {
    const gaps: Span[] = [
      { fromNs: 10, toNs: 20 },
      { fromNs: 50, toNs: 60 },
    ];
    const rows = (span: Span): number[][] =>
      piecesOf(span, gaps).map(({ fromNs, toNs }) => [fromNs, toNs]);
    expect(rows({ fromNs: 0, toNs: 100 })).toEqual([
      [0, 10],
      [20, 50],
      [60, 100],
    ]);
    expect(rows({ fromNs: 20, toNs: 50 })).toEqual([[20, 50]]);
    expect(rows({ fromNs: 15, toNs: 30 })).toEqual([[20, 30]]);
  });
});

describe('the window', () => {
  test('stays within the run and is never empty, whatever is done', () => {
    fc.assert(
      fc.property(looked, share, share, ({ run, span }, one, other) => {
        const all = [
          zoomed(run, span, span.fromNs, 0.5),
          zoomed(run, span, span.toNs, 3),
          panned(run, span, one - 0.5),
          brushed(run, one * run.endsAtNs, other * run.endsAtNs),
          centred(run, span, one * run.endsAtNs),
          refitted(run, span),
        ];
        for (const { fromNs, toNs } of all) {
          expect(fromNs).toBeGreaterThanOrEqual(0);
          expect(toNs).toBeLessThanOrEqual(Math.max(1, run.endsAtNs));
          expect(toNs).toBeGreaterThan(fromNs);
        }
      }),
    );
  });

  test('zooming keeps what is under the pointer where it is', () => {
    const run = { endsAtNs: 1000, gaps: [] };
    const near = zoomed(run, wholeOf(run), 250, 0.5);
    expect(near).toEqual({ fromNs: 125, toNs: 625 });
    expect(isWhole(run, near)).toBe(false);
    expect(zoomed(run, near, 250, 2)).toEqual(wholeOf(run));
  });

  test('folded silence has no length: a window goes on behind it', () => {
    const run = { endsAtNs: 10_000, gaps: [{ fromNs: 1000, toNs: 9000 }] };
    expect(zoomed(run, wholeOf(run), 0, 0.25)).toEqual({ fromNs: 0, toNs: 500 });
    expect(panned(run, { fromNs: 0, toNs: 500 }, 1.5)).toEqual({ fromNs: 750, toNs: 9250 });
    expect(panned(run, { fromNs: 0, toNs: 500 }, 2)).toEqual({ fromNs: 9000, toNs: 9500 });
    expect(brushed(run, 9300, 900)).toEqual({ fromNs: 900, toNs: 9300 });
  });
});

describe('the scrubber', () => {
  const timesNs = [0, 100_000, 250_000, 400_000, 200 * MS, 200.3 * MS];

  test('shows what a run that waits long has to show', () => {
    const axis = scrubAxis(200.4 * MS, [0, 800], timesNs);
    expect(axis.folds).toHaveLength(1);
    const early = axis.xOf(400_000);
    expect(early).toBeGreaterThan(300);
    expect(early).toBeLessThan(500);
    const marks = timesNs.map((timeNs) => ({ timeNs, kind: 'frame' }));
    expect(placeMarks(marks, axis, 5)).toHaveLength(timesNs.length);
    expect(placeTicks(axis, 110).length).toBeGreaterThan(3);
  });

  test('does not fold before all marks are known, nor an even run', () => {
    expect(scrubAxis(200.4 * MS, [0, 800]).folds).toEqual([]);
    expect(scrubAxis(400_000, [0, 800], [0, 100_000, 250_000, 400_000]).folds).toEqual([]);
  });

  test('leads nowhere outside the run', () => {
    const axis = scrubAxis(1000, [10, 110]);
    expect([axis.timeAt(0), axis.timeAt(500), axis.xOf(-1), axis.xOf(5000)]).toEqual([
      0, 1000, 10, 110,
    ]);
  });
});
