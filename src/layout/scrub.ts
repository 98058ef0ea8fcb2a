/** The scrubber's axis: where times stand on it, its ticks, and the marks that fall on one spot. */
import { axisOf, gapsBetween, longSilences, ticksOn, type Axis, type Tick } from './timelineAxis';

/** A silence is folded that is so many times longer than all the rest. */
const LONG = 4;
const FOLD_PX = 36;

/** The whole run, clamped; `timesNs`, in order, is when something happens: else nothing is folded. */
export function scrubAxis(
  endsAtNs: number,
  [from, to]: readonly [number, number],
  timesNs: readonly number[] = [],
): Axis {
  const toNs = Math.max(1, endsAtNs);
  const gaps = timesNs.length === 0 ? [] : longSilences(gapsBetween(timesNs, toNs), toNs, LONG);
  const axis = axisOf({ fromNs: 0, toNs }, gaps, [from, to], FOLD_PX);
  const within = (value: number, most: number): number => Math.min(most, Math.max(0, value));
  return {
    ...axis,
    xOf: (timeNs) => axis.xOf(within(timeNs, toNs)),
    timeAt: (x) => within(axis.timeAt(x), toNs),
  };
}

export type Placed<M> = { readonly mark: M; readonly x: number; readonly count: number };

/** Marks of one kind that are closer than `apart` become one, at the place of the first. */
export function placeMarks<M extends { readonly timeNs: number; readonly kind: string }>(
  marks: readonly M[],
  { xOf }: Axis,
  apart: number,
): Placed<M>[] {
  const byPlace = new Map<string, Placed<M>>();
  const left = xOf(0);
  for (const mark of marks) {
    const x = xOf(mark.timeNs);
    const key = `${mark.kind} ${Math.round((x - left) / apart)}`;
    const known = byPlace.get(key);
    if (known === undefined) byPlace.set(key, { mark, x, count: 1 });
    else byPlace.set(key, { ...known, count: known.count + 1 });
  }
  return [...byPlace.values()];
}

/** Round times, some `apart` from each other. */
export const placeTicks = (axis: Axis, apart: number): Tick[] => ticksOn(axis, apart);

/** The line of a fold, as wide as it. */
export function zigzag(x: number, width: number): string {
  const turns = Math.max(2, Math.round(width / 4));
  const tooth = (width / turns).toFixed(2);
  const teeth = Array.from({ length: turns }, (_, i) => `l${tooth} ${i % 2 === 0 ? 4 : -4}`);
  return `M${x.toFixed(1)} 0${teeth.join('')}`;
}
