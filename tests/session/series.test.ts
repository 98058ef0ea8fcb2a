import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHARTS, endOf, readings, run as history, type ChartName } from '../../simulator';
import { scenario as fetchAPage } from '../../scenarios/fetch-a-page/scenario';
import type { Series } from '../../src/session/happenings';
import { Sampler } from '../../src/session/series';

const NAMES = Object.keys(CHARTS) as ChartName[];

function sampled(names: readonly ChartName[]): { sampler: Sampler; run: history.Run } {
  const sampler = new Sampler(names);
  const run = history.create(fetchAPage.world, []);
  while (!history.runTo(run, endOf(fetchAPage.endsAtNs), 1)) sampler.sample(run.world);
  return { sampler, run };
}

/** The value of a step function. */
function valueAt({ timesNs, values }: Series, timeNs: number): number | undefined {
  return values[timesNs.findLastIndex((each) => each <= timeNs)];
}

describe('the lines of the charts', () => {
  const { sampler, run } = sampled(NAMES);
  const { series } = sampler;

  test('there is one for each chart and part that it is of', () => {
    const named = series.map(({ name, part }) => `${name} ${part}`);
    expect(named).toContain('framesSent cable');
    expect(named).toContain('unread client');
    expect(new Set(named).size).toBe(named.length);
    expect(series).toHaveLength(4 + 3 * 2);
  });

  test('at any time they say what the world says there', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: fetchAPage.endsAtNs }), (timeNs) => {
        history.seek(run, endOf(timeNs));
        // Whether a program runs changes inside a stretch of instructions, which is no event.
        const names = NAMES.filter((name) => name !== 'processorAtWork');
        for (const { chart, part, value } of readings(run.world, names)) {
          const line = series.find((each) => each.name === chart && each.part === part);
          expect([chart, part, line && valueAt(line, timeNs)]).toEqual([chart, part, value]);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('a point stands only where the value changes', () => {
    for (const { timesNs, values } of series) {
      expect(values.filter((value, i) => i > 0 && value === values[i - 1])).toEqual([]);
      expect(timesNs.filter((timeNs, i) => i > 0 && timeNs <= (timesNs[i - 1] ?? 0))).toEqual([]);
    }
  });
});

test('what came after a change is forgotten', () => {
  const { sampler } = sampled(['framesSent']);
  const [before] = sampler.series;
  const middleNs = before?.timesNs[3] ?? 0;
  sampler.forget(middleNs);
  expect(sampler.series[0]?.timesNs).toEqual(before?.timesNs.slice(0, 4));
});

test('a world without charts costs nothing', () => {
  expect(sampled([]).sampler.series).toEqual([]);
});
