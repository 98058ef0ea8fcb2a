/**
 * A run: a world's history from its spec and its input log. It keeps checkpoints, so that any
 * moment can be had again, and two worlds: one at the playhead, and a scout that looks elsewhere
 * without moving the playhead. Checkpoints are thinned to a budget, the input log never.
 */
import { assert } from '../contract/outcome';
import { compare, endOf, OUTSIDE, START, type Position } from '../contract/position';
import type { Sink } from '../contract/see';
import type { Nanos } from '../contract/time';
import type { Input } from '../world/input';
import { restore, save, type Checkpoint } from '../world/save';
import type { WorldSpec } from '../world/spec';
import { apply } from '../world/carry';
import { enterInstruction, microStep, next, pop, proceed as proceedWorld } from '../world/loop';
import type { World } from '../world/parts';
import { create as createWorld } from '../world/world';

export type Run = {
  readonly spec: WorldSpec;
  /** By time; those of one time in the order they were done. */
  readonly inputs: Input[];
  /** Oldest first; the first is the beginning. */
  checkpoints: Checkpoint[];
  /**
   * Work (events, stretches of instructions) from one checkpoint to the next; doubles when the
   * budget is reached.
   */
  interval: number;
  readonly world: World;
  /** Built when somebody first looks elsewhere: a big world is not had twice for nothing. */
  readonly scout: World;
};

/** 256 checkpoints of some kilobytes each, besides the pages of RAM that were written between. */
const MOST_CHECKPOINTS = 256;
const FIRST_INTERVAL = 4096;

export function create(spec: WorldSpec, inputs: readonly Input[] = []): Run {
  const world = createWorld(spec);
  let scout: World | null = null;
  return {
    spec,
    inputs: inputs.toSorted((a, b) => a.atNs - b.atNs),
    checkpoints: [save(world)],
    interval: FIRST_INTERVAL,
    world,
    get scout() {
      return (scout ??= createWorld(spec));
    },
  };
}

function positionOf(run: Run, index: number): Position | null {
  const input = run.inputs[index];
  if (input === undefined) return null;
  return { timeNs: input.atNs, source: OUTSIDE, n: index + 1, micro: 0 };
}

/** The next thing that happens in `world`: an event or an input. */
export function upcoming(run: Run, world: World): Position | null {
  const event = next(world);
  const input = positionOf(run, world.inputs);
  if (event === null || input === null) return event ?? input;
  return compare(event, input) < 0 ? event : input;
}

/**
 * Does the next event or input up to and with `until`, or a stretch of instructions that nothing
 * interrupts; false when there is none.
 */
export function proceed(run: Run, world: World, until: Position): boolean {
  const input = positionOf(run, world.inputs);
  if (input === null || compare(until, input) < 0) return proceedWorld(world, until);
  if (proceedWorld(world, input)) return true;
  const { deed, atNs } = run.inputs[world.inputs] as Input;
  apply(world, deed, atNs);
  return true;
}

/** Does the next thing alone, an instruction too, which {@link upcoming} said to be at `at`. */
export function single(run: Run, world: World, at: Position): void {
  if (at.source === OUTSIDE) proceed(run, world, at);
  else pop(world, at);
}

/** Every other checkpoint goes; the first and the last stay. */
function thin(run: Run): void {
  const last = run.checkpoints.length - 1;
  run.checkpoints = run.checkpoints.filter((_, index) => index % 2 === 0 || index === last);
  run.interval *= 2;
}

function keep(run: Run): void {
  const { world } = run;
  const last = run.checkpoints[run.checkpoints.length - 1] as Checkpoint;
  if (world.work - last.work < run.interval || world.inside !== null) return;
  if (compare(world.at, last.at) <= 0) return;
  run.checkpoints.push(save(run.world));
  if (run.checkpoints.length > MOST_CHECKPOINTS) thin(run);
}

/**
 * Runs on to and with `until`, at most `mostEvents` events; true when it got there. Where nobody
 * has been before, checkpoints are made.
 */
export function runTo(run: Run, until: Position, mostEvents = Infinity): boolean {
  for (let done = 0; done < mostEvents; done++) {
    if (!proceed(run, run.world, until)) return true;
    keep(run);
  }
  return false;
}

/** The last checkpoint at or before `at`. */
export function nearest(run: Run, at: Position): Checkpoint {
  let low = 0;
  let high = run.checkpoints.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (compare((run.checkpoints[middle] as Checkpoint).at, at) <= 0) low = middle;
    else high = middle - 1;
  }
  return run.checkpoints[low] as Checkpoint;
}

/** Puts `world` as near before `at` as can be without running; it may be there already. */
export function approach(run: Run, world: World, at: Position): void {
  const checkpoint = nearest(run, at);
  const ahead = compare(world.at, at) > 0;
  if (ahead || compare(world.at, checkpoint.at) < 0) restore(world, checkpoint);
}

/** The moment after `at`, and everything before it; or inside the instruction there. */
export function seek(run: Run, at: Position): void {
  approach(run, run.world, at);
  if (at.micro === 0) runTo(run, at);
  else reachInside(run, run.world, at);
}

/** Runs `world`, which is before `at`, to that micro-step, or to the instruction's end when it has fewer. */
export function reachInside(run: Run, world: World, at: Position): void {
  const until = { ...at, n: at.n - 1, micro: 0 };
  while (proceed(run, world, until));
  const whole = { ...at, micro: 0 };
  const there = upcoming(run, world);
  if (there === null || compare(there, whole) !== 0) return;
  if (world.inside === null && !enterInstruction(world, whole)) return;
  // The last micro-step ends the instruction: that is another position.
  while (world.inside !== null && world.inside.latches.steps < at.micro) microStep(world);
}

/** Everything that `sink` is to see of what happens after `from` and up to `to`. */
export function watch(run: Run, from: Position, to: Position, sink: Sink): void {
  const { scout } = run;
  approach(run, scout, from);
  while (proceed(run, scout, from));
  scout.see.sink = sink;
  while (proceed(run, scout, to));
  scout.see.sink = null;
}

/**
 * The same world with another input log: what both logs share is not run again. The run that it
 * comes from stays as it was.
 */
export function withInputs(run: Run, inputs: readonly Input[]): Run {
  const other = create(run.spec, inputs);
  let shared = 0;
  while (shared < inputs.length && other.inputs[shared] === run.inputs[shared]) shared += 1;
  const firstNs = Math.min(
    other.inputs[shared]?.atNs ?? Infinity,
    run.inputs[shared]?.atNs ?? Infinity,
  );
  const kept = run.checkpoints.filter(
    ({ at, inputs: done }) => at.timeNs < firstNs && done <= shared,
  );
  if (kept.length > 0) other.checkpoints = kept;
  other.interval = run.interval;
  return other;
}

/**
 * Adds what happens now, while the run is live: not before where its world is, nor before another
 * input. What was known of a run without it is forgotten.
 */
export function record(run: Run, input: Input): void {
  const lastNs = run.inputs.at(-1)?.atNs ?? -Infinity;
  const at = { timeNs: input.atNs, source: OUTSIDE, n: run.inputs.length + 1, micro: 0 };
  const isNow = compare(at, run.world.at) > 0 && input.atNs >= lastNs;
  assert(isNow, 'what happens now comes after what has happened');
  run.inputs.push(input);
  run.checkpoints = run.checkpoints.filter((kept) => compare(kept.at, at) < 0);
  if (compare(run.scout.at, at) > 0) restore(run.scout, nearest(run, at));
}

/** A branch that begins at `at`: the inputs up to then, and none after. */
export function fork(run: Run, at: Position): Run {
  const inputs = run.inputs.filter((_, index) => compare(positionOf(run, index) ?? START, at) <= 0);
  const branch = withInputs(run, inputs);
  seek(branch, at);
  return branch;
}

/** `run` with something more done at `atNs`, after everything else at that time. */
export function withDeed(run: Run, input: Input): Run {
  const before = run.inputs.filter(({ atNs }) => atNs <= input.atNs);
  const after = run.inputs.filter(({ atNs }) => atNs > input.atNs);
  return withInputs(run, [...before, input, ...after]);
}

export function seekTime(run: Run, timeNs: Nanos): void {
  seek(run, endOf(timeNs));
}
