/** The scrubber's axis: where times stand on it, its ticks, and the marks that fall on one spot. */
import { ticks } from 'd3-array';

/** From 0 to the end of the run onto `from` to `to`, clamped. */
function axis(endsAtNs: number, from: number, to: number): (timeNs: number) => number {
  const lengthNs = Math.max(1, endsAtNs);
  return (timeNs) => from + (to - from) * Math.min(1, Math.max(0, timeNs / lengthNs));
}

export type Placed<M> = { readonly mark: M; readonly x: number; readonly count: number };

/** Marks of one kind that are closer than `apart` become one, at the place of the first. */
export function placeMarks<M extends { readonly timeNs: number; readonly kind: string }>(
  marks: readonly M[],
  endsAtNs: number,
  [from, to]: readonly [number, number],
  apart: number,
): Placed<M>[] {
  const at = axis(endsAtNs, from, to);
  const byPlace = new Map<string, Placed<M>>();
  for (const mark of marks) {
    const x = at(mark.timeNs);
    const key = `${mark.kind} ${Math.round((x - from) / apart)}`;
    const known = byPlace.get(key);
    if (known === undefined) byPlace.set(key, { mark, x, count: 1 });
    else byPlace.set(key, { ...known, count: known.count + 1 });
  }
  return [...byPlace.values()];
}

export type Tick = { readonly timeNs: number; readonly x: number };

/** Round times, some `apart` from each other. */
export function placeTicks(
  endsAtNs: number,
  [from, to]: readonly [number, number],
  apart: number,
): Tick[] {
  const at = axis(endsAtNs, from, to);
  const wanted = Math.max(1, Math.floor((to - from) / apart));
  const times = ticks(0, Math.max(1, endsAtNs), wanted);
  return times.map((timeNs) => ({ timeNs, x: at(timeNs) }));
}
