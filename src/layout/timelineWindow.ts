/** Which stretch of a run is looked at: nearer, farther, along. Folded silence has no length here. */
import type { Span } from './timelineAxis';

export type Run = {
  readonly endsAtNs: number;
  /** Folded gaps, in order. */
  readonly gaps: readonly Span[];
};

/** The shortest stretch that is looked at: some steps of a processor. */
const LEAST_NS = 40;

/** How much time that is not folded lies before `timeNs`. */
export function busyBefore(timeNs: number, gaps: readonly Span[]): number {
  const folded = gaps.reduce(
    (sum, { fromNs, toNs }) => sum + Math.max(0, Math.min(timeNs, toNs) - fromNs),
    0,
  );
  return timeNs - folded;
}

/** The inverse; at a fold its end that is asked for. */
function timeOf(busyNs: number, gaps: readonly Span[], side: 'before' | 'after'): number {
  let timeNs = busyNs;
  for (const { fromNs, toNs } of gaps)
    if (timeNs > fromNs || (side === 'after' && timeNs === fromNs)) timeNs += toNs - fromNs;
  return timeNs;
}

export const wholeOf = ({ endsAtNs }: Run): Span => ({ fromNs: 0, toNs: Math.max(1, endsAtNs) });

/** From `busyNs` on, `lengthNs` long, within the run. */
function placed(run: Run, busyNs: number, lengthNs: number): Span {
  const whole = busyBefore(wholeOf(run).toNs, run.gaps);
  const long = Math.round(Math.min(whole, Math.max(lengthNs, LEAST_NS)));
  if (long >= whole) return wholeOf(run);
  const from = Math.round(Math.min(Math.max(busyNs, 0), whole - long));
  const fromNs = timeOf(from, run.gaps, 'after');
  return { fromNs, toNs: timeOf(from + long, run.gaps, 'before') };
}

const busySpan = (run: Run, { fromNs, toNs }: Span): readonly [number, number] => {
  const from = busyBefore(fromNs, run.gaps);
  return [from, busyBefore(toNs, run.gaps) - from];
};

/** `factor` times as long; `aroundNs` stays where it is on the screen. */
export function zoomed(run: Run, span: Span, aroundNs: number, factor: number): Span {
  const [from, long] = busySpan(run, span);
  const around = busyBefore(aroundNs, run.gaps);
  const next = Math.max(LEAST_NS, long * factor);
  return placed(run, around - ((around - from) * next) / Math.max(1, long), next);
}

/** Along by a share of what is looked at; forward when it is positive. */
export function panned(run: Run, span: Span, share: number): Span {
  const [from, long] = busySpan(run, span);
  return placed(run, from + long * share, long);
}

/** What was brushed, in either direction. */
export function brushed(run: Run, oneNs: number, otherNs: number): Span {
  const [from, to] = [oneNs, otherNs].map((ns) => busyBefore(ns, run.gaps)) as [number, number];
  return placed(run, Math.min(from, to), Math.abs(to - from));
}

/** As long as before, with `timeNs` at `share` of it. */
export function centred(run: Run, span: Span, timeNs: number, share = 0.5): Span {
  const [, long] = busySpan(run, span);
  return placed(run, busyBefore(timeNs, run.gaps) - long * share, long);
}

/** The same stretch where other gaps are folded, or the run has another end. */
export function refitted(run: Run, span: Span): Span {
  const [from, long] = busySpan(run, span);
  return placed(run, from, long);
}

export const isWhole = (run: Run, { fromNs, toNs }: Span): boolean =>
  fromNs <= 0 && toNs >= wholeOf(run).toNs;
