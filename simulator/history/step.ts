/**
 * One step of a grain, forwards or backwards. A step ends after the event in which something of
 * that grain happened, after an instruction, or after a micro-step; going back finds the end
 * before by running the stretch again.
 */
import { compare, INSTRUCTION, START, type Position } from '../contract/position';
import type { Grain } from '../contract/seen';
import { restore, type Checkpoint } from '../world/save';
import type { World } from '../world/parts';
import { enterInstruction, microStep, next } from '../world/loop';
import { watcherOf, type Coarse } from './marks';
import { approach, proceed, runTo, seek, single, upcoming, type Run } from './run';

/** Chapters are a scenario's own; here they are not known. */
export type Stepping = Exclude<Grain, 'chapter'>;

export type Stepped = 'there' | 'more' | 'end';

/** Without an instruction-level processor an instruction is an event. */
function fineGrain(run: Run, grain: Stepping): Stepping {
  const fine = grain === 'micro' || grain === 'instruction';
  return fine && run.world.processors.length === 0 ? 'event' : grain;
}

/**
 * Runs on until a step of `grain` has ended: `there`. `more` after `mostEvents` events without one
 * (call again), `end` when the run ends at `until` before one comes. Only micro-steps go to an `until`
 * that lies inside an instruction. What the world's sink listens to is told to it as ever. With the number of a `host`, steps of instructions and micro-steps are
 * those of its processor; the others go on beside it.
 */
export function forward(
  run: Run,
  grain: Stepping,
  until: Position,
  mostEvents: number,
  host: number | null = null,
): Stepped {
  const asked = fineGrain(run, grain);
  if (asked !== 'micro' && asked !== 'instruction')
    return forwardCoarse(run, asked, until, mostEvents);
  for (let done = 0; done < mostEvents; done++) {
    const at = upcoming(run, run.world);
    if (at === null || (compare(at, until) > 0 && !goesInto(run, asked, until))) return 'end';
    if (!isOf(at, host)) runTo(run, at);
    else {
      if (asked === 'micro') oneMicroStep(run, at);
      else oneInstruction(run, at);
      return 'there';
    }
  }
  return 'more';
}

/** Does a micro-step from here still end inside the next instruction, at `until` or before it? */
function goesInto({ world }: Run, grain: Stepping, until: Position): boolean {
  if (grain !== 'micro' || until.micro <= (world.inside?.latches.steps ?? 0)) return false;
  const at = next(world);
  return at !== null && compare(at, wholeOf(until)) === 0;
}

/** Is it an instruction, of the host that is asked for? */
const isOf = (at: Position, host: number | null): boolean =>
  at.n === INSTRUCTION && (host === null || at.source === host);

/** By micro-steps when somebody looks closely: they leave the same state, and are seen. */
function oneInstruction(run: Run, at: Position): void {
  const { world } = run;
  if (world.see.sink?.fine === true) enterInstruction(world, at);
  single(run, world, at);
}

function oneMicroStep(run: Run, at: Position): void {
  const { world } = run;
  if (world.inside !== null || enterInstruction(world, at)) microStep(world);
  else single(run, world, at);
}

function forwardCoarse(run: Run, grain: Coarse, until: Position, mostEvents: number): Stepped {
  const { world } = run;
  const before = world.see.sink;
  const watcher = watcherOf(grain, world, before);
  world.see.sink = watcher.sink;
  let outcome: Stepped = 'more';
  for (let done = 0; done < mostEvents && outcome === 'more'; done++) {
    const from = world.at;
    runTo(run, until, 1);
    if (world.at === from) outcome = 'end';
    else if (watcher.takeEnd()) outcome = 'there';
  }
  world.see.sink = before;
  return outcome;
}

/** Where the last step of `grain` before `from` ended; START when there is none. */
export function previous(
  run: Run,
  grain: Stepping,
  from: Position,
  host: number | null = null,
): Position {
  const asked = fineGrain(run, grain);
  if (asked === 'instruction') return previousInstruction(run, wholeOf(from), host);
  if (asked === 'micro') return previousMicro(run, from, host);
  return previousCoarse(run, asked, from);
}

/** From inside an instruction, back goes to before it; from its end, to the one before. */
const wholeOf = (at: Position): Position => ({ ...at, micro: 0 });

function previousCoarse(run: Run, grain: Coarse, from: Position): Position {
  let to = from;
  for (let index = run.checkpoints.length - 1; index >= 0; index--) {
    const checkpoint = run.checkpoints[index] as Checkpoint;
    if (compare(checkpoint.at, from) >= 0) continue;
    const found = lastEnd(run, grain, checkpoint, to, to !== from);
    if (found !== null) return found;
    to = checkpoint.at;
  }
  return START;
}

/** The last end of a step after `checkpoint` and before `to`, or at it when `inclusive`. */
function lastEnd(
  run: Run,
  grain: Coarse,
  checkpoint: Checkpoint,
  to: Position,
  inclusive: boolean,
): Position | null {
  const { scout } = run;
  const until = inclusive ? to : justBefore(to);
  let last: Position | null = null;
  restore(scout, checkpoint);
  const watcher = watcherOf(grain, scout, null);
  scout.see.sink = watcher.sink;
  while (proceed(run, scout, until)) if (watcher.takeEnd()) last = scout.at;
  scout.see.sink = null;
  return last;
}

const justBefore = (at: Position): Position =>
  at.micro > 0 ? { ...at, n: at.n - 1, micro: 0 } : { ...at, n: at.n - 1 };

/** The last instruction (or piece of kernel work on a processor) that began before `from`. */
function previousInstruction(run: Run, from: Position, host: number | null): Position {
  const until = justBefore(from);
  for (let index = run.checkpoints.length - 1; index >= 0; index--) {
    const checkpoint = run.checkpoints[index] as Checkpoint;
    if (compare(checkpoint.at, from) >= 0) continue;
    const begin = lastStretch(run, checkpoint, until, host);
    if (begin !== null) return lastOf(run, begin, until, host);
  }
  return START;
}

/** Where the last stretch of instructions after `checkpoint` began; null when there is none. */
function lastStretch(
  run: Run,
  checkpoint: Checkpoint,
  until: Position,
  host: number | null,
): Position | null {
  const { scout } = run;
  let begin: Position | null = null;
  restore(scout, checkpoint);
  for (let before = scout.at; proceed(run, scout, until); before = scout.at)
    if (isOf(scout.at, host)) begin = before;
  return begin;
}

/** The last instruction after `begin`, one by one. */
function lastOf(run: Run, begin: Position, until: Position, host: number | null): Position {
  const { scout } = run;
  let last = begin;
  runScout(run, begin);
  for (
    let at = upcoming(run, scout);
    at !== null && compare(at, until) <= 0;
    at = upcoming(run, scout)
  ) {
    single(run, scout, at);
    if (isOf(at, host)) last = at;
  }
  return last;
}

function runScout(run: Run, to: Position): World {
  approach(run, run.scout, to);
  while (proceed(run, run.scout, to));
  return run.scout;
}

function previousMicro(run: Run, from: Position, host: number | null): Position {
  const own = isOf(from, host);
  if (own && from.micro > 1) return { ...from, micro: from.micro - 1 };
  if (from.micro > 0) return previousInstruction(run, wholeOf(from), host);
  const steps = own ? microStepsOf(run, from) : 0;
  return steps > 1 ? { ...from, micro: steps - 1 } : previousInstruction(run, from, host);
}

/** How many micro-steps the instruction at `at` has; 0 when none begins there. */
function microStepsOf(run: Run, at: Position): number {
  const scout = runScout(run, justBefore(at));
  const there = upcoming(run, scout);
  if (there === null || compare(there, at) !== 0 || !enterInstruction(scout, at)) return 0;
  let steps = 0;
  for (; scout.inside !== null; steps++) microStep(scout);
  return steps;
}

/** Goes back one step of `grain`. */
export function back(run: Run, grain: Stepping, host: number | null = null): Position {
  const target = previous(run, grain, run.world.at, host);
  seek(run, target);
  return target;
}
