/**
 * Running a world on in slices: each of these does a little at a time and yields, so that whoever
 * drives it can do something else in between, or give it up. Giving up leaves no sink behind.
 */
import {
  captureOf,
  compare,
  endOf,
  INSTRUCTION,
  run as history,
  START,
  step as steps,
  type Grain,
  type Position,
  type Sink,
} from '../../simulator';
import type { Names } from './names';
import type { LogLine, Passed } from './protocol';
import { collector, emptyStretch, framesOf, isFull, withLines, type Stretch } from './stretch';

type Run = history.Run;
/** A piece of work; each `next` does one slice. */
export type Work<T> = Generator<undefined, T>;

/** Events of one slice: well under a millisecond of work. */
const SLICE_EVENTS = 64;
/** Intervals between checkpoints that are looked through for the lines before a moment. */
const MOST_INTERVALS = 7;

/** The last position at which no instruction is in flight: `at`, or before its instruction. */
export const outside = (at: Position): Position =>
  at.micro > 0 ? { ...at, n: at.n - 1, micro: 0 } : at;

/** Puts the run's world at `at`, which may lie inside an instruction. */
export function* seek(run: Run, at: Position): Work<void> {
  history.approach(run, run.world, at);
  while (!history.runTo(run, outside(at), SLICE_EVENTS)) yield;
  if (at.micro > 0) history.reachInside(run, run.world, at);
}

/** Runs the world on to `at` and tells what was seen on the way. */
export function* runOn(run: Run, at: Position, fine: boolean): Work<Stretch> {
  const stretch = emptyStretch();
  const { see } = run.world;
  try {
    see.sink = collector(stretch, fine);
    while (!history.runTo(run, at, SLICE_EVENTS)) yield;
  } finally {
    see.sink = null;
  }
  return stretch;
}

export type Stepped = { readonly stretch: Stretch; readonly ended: boolean };

/** One step of `grain` and what was seen in it; `ended` when the run ended before it was complete. */
export function* forward(
  run: Run,
  grain: Grain,
  until: Position,
  host: number | null,
): Work<Stepped> {
  const stretch = emptyStretch();
  const { see } = run.world;
  // Chapters are a scenario's own; without them the smallest step of every world is meant.
  const asked = grain === 'chapter' ? 'event' : grain;
  try {
    see.sink = collector(stretch, true);
    for (;;) {
      const stepped = steps.forward(run, asked, until, SLICE_EVENTS, host);
      if (stepped !== 'more') return { stretch, ended: stepped === 'end' };
      yield;
    }
  } finally {
    see.sink = null;
  }
}

/**
 * Goes back to where the step of `grain` before `from` ended, as if one had just stepped there: the
 * answer is what that step showed and where it began; null at the start.
 */
export function* back(
  run: Run,
  grain: Grain,
  from: Position,
  host: number | null,
): Work<{ readonly stretch: Stretch; readonly begin: Position } | null> {
  const asked = grain === 'chapter' ? 'event' : grain;
  const to = steps.previous(run, asked, from, host);
  yield;
  if (compare(to, START) === 0) {
    yield* seek(run, START);
    return null;
  }
  const begin = steps.previous(run, asked, to, host);
  yield;
  yield* seek(run, begin);
  const { stretch } = yield* forward(run, grain, endOf(to.timeNs), host);
  if (compare(run.world.at, to) !== 0) yield* seek(run, to);
  return { stretch, begin };
}

/** The smallest step that ends at `at`: of the processor, or an event. */
const grainAt = ({ micro, n }: Position): 'micro' | 'instruction' | 'event' =>
  micro > 0 ? 'micro' : n === INSTRUCTION ? 'instruction' : 'event';

/** Puts the world at `at` by the smallest step that ends there: what it showed, and its begin. */
export function* arrive(
  run: Run,
  at: Position,
): Work<{ readonly stretch: Stretch; readonly begin: Position }> {
  const grain = grainAt(at);
  const host = grain === 'event' ? null : at.source;
  const begin = steps.previous(run, grain, at, host);
  yield;
  yield* seek(run, begin);
  const { stretch } = yield* forward(run, grain, endOf(at.timeNs), host);
  if (compare(run.world.at, at) !== 0) yield* seek(run, at);
  // Of a processor's step it tells what that processor did, not what else came to pass.
  if (host === null) return { stretch, begin };
  const coarse = stretch.coarse.filter((seen) => compare(seen.at, at) === 0);
  return { stretch: { ...stretch, coarse }, begin };
}

function proceedSlice(run: Run, to: Position): boolean {
  for (let done = 0; done < SLICE_EVENTS; done++)
    if (!history.proceed(run, run.scout, to)) return false;
  return true;
}

/** Shows `sink` what happened after `from` and up to `to`, without moving the playhead. */
function* watch(run: Run, from: Position, to: Position, sink: Sink): Work<void> {
  const { scout } = run;
  history.approach(run, scout, from);
  while (proceedSlice(run, from)) yield;
  try {
    scout.see.sink = sink;
    while (proceedSlice(run, to)) yield;
  } finally {
    scout.see.sink = null;
  }
}

export function* watched(run: Run, from: Position, to: Position, fine: boolean): Work<Stretch> {
  const stretch = emptyStretch();
  yield* watch(run, from, to, collector(stretch, fine));
  return stretch;
}

export type Tail = {
  readonly log: readonly LogLine[];
  readonly last: Stretch;
  readonly passed: Passed;
};

/** The lines before where the world is, and what its last event showed. */
export function* tailOf(run: Run, names: Names): Work<Tail> {
  const { checkpoints } = run;
  const to = outside(run.world.at);
  const nearest = history.nearest(run, to);
  const index = checkpoints.indexOf(nearest);
  for (let back = 0; ; back = 2 * back + 1) {
    const from = checkpoints[Math.max(0, index - back)] ?? nearest;
    const stretch = yield* watched(run, from.at, to, false);
    const log = withLines([], stretch, names);
    if (!isFull(log) && index > back && back < MOST_INTERVALS) continue;
    const last = stretch.coarse.filter(({ at }) => compare(at, to) === 0);
    return { log, last: { coarse: last, fine: [] }, passed: framesOf(stretch) };
  }
}

/** What came out of `cable` up to where the world is, as a capture file. */
export function* captured(run: Run, cable: string): Work<Uint8Array> {
  const capture = captureOf([cable]);
  yield* watch(run, START, outside(run.world.at), capture.sink);
  return capture.octets();
}
