/** A chart: where virtual times and values stand in it, and the line of a step function. */
import { scaleLinear } from 'd3-scale';
import { curveStepAfter, line } from 'd3-shape';
import type { Box } from './geometry';

export type Steps = { readonly timesNs: readonly number[]; readonly values: readonly number[] };

export type ChartAxes = {
  readonly xOf: (timeNs: number) => number;
  readonly yOf: (value: number) => number;
  /** Of a place in the plot; whole ns. */
  readonly timeAt: (x: number) => number;
  readonly times: readonly number[];
  readonly values: readonly number[];
};

const TICK_APART = { x: 110, y: 34 } as const;

/** The greatest value that is drawn: a state is 0 or 1, and an empty chart has a height too. */
const topOf = (lines: readonly Steps[]): number =>
  lines.reduce((most, { values }) => values.reduce((a, b) => Math.max(a, b), most), 1);

/** Time from 0 to the end of the run, values from 0 to a round number above the greatest. */
export function chartAxes(lines: readonly Steps[], endsAtNs: number, plot: Box): ChartAxes {
  const x = scaleLinear([0, Math.max(1, endsAtNs)], [plot.x, plot.x + plot.width]).clamp(true);
  const rows = Math.max(1, Math.floor(plot.height / TICK_APART.y));
  const y = scaleLinear([0, topOf(lines)], [plot.y + plot.height, plot.y]).nice(rows);
  return {
    xOf: x,
    yOf: y,
    timeAt: (at) => Math.round(x.invert(at)),
    times: x.ticks(Math.max(1, Math.floor(plot.width / TICK_APART.x))),
    // Things are counted whole.
    values: y.ticks(rows).filter((value) => Number.isInteger(value)),
  };
}

/** The value of a step function at a time; 0 before its first point. */
export function valueAt({ timesNs, values }: Steps, timeNs: number): number {
  let [low, high] = [0, timesNs.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((timesNs[middle] ?? 0) <= timeNs) low = middle + 1;
    else high = middle;
  }
  return values[low - 1] ?? 0;
}

/** The path of a step function from 0 to `toNs`. */
export function stepPath(steps: Steps, toNs: number, { xOf, yOf }: ChartAxes): string {
  const points = steps.timesNs.map((timeNs, i) => [timeNs, steps.values[i] ?? 0] as const);
  const from = points[0]?.[0] === 0 ? [] : [[0, 0] as const];
  const whole = [...from, ...points, [toNs, valueAt(steps, toNs)] as const];
  const drawn = line<readonly [number, number]>(
    ([timeNs]) => xOf(timeNs),
    ([, value]) => yOf(value),
  ).curve(curveStepAfter);
  return drawn.digits(1)(whole) ?? '';
}
