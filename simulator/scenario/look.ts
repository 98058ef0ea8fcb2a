/**
 * Looking through a stretch of a run on its scout, without moving the playhead: everything coarse,
 * or everything that happens inside the parts too, in pieces of at most so many steps.
 */
import { compare, INSTRUCTION, type Position } from '../contract/position';
import type { Sink } from '../contract/see';
import { enterInstruction, microStep } from '../world/loop';
import { approach, proceed, reachInside, single, upcoming, type Run } from '../history/run';
import type { Seen } from './matcher';

export type Watch = {
  readonly until: Position;
  readonly fine: boolean;
  /** Told of each with where the world was before it; true ends the look. */
  readonly take: (seen: Seen, before: Position) => boolean;
};

/** The last position before that event, or before that instruction. */
export const justBefore = (at: Position): Position => ({ ...at, n: at.n - 1, micro: 0 });

/** Puts the scout at `to`; at most `mostEvents` at a time, true when it is there. */
export function goTo(run: Run, to: Position, mostEvents = Infinity): boolean {
  const { scout } = run;
  approach(run, scout, to);
  const whole = to.micro === 0 ? to : justBefore(to);
  for (let done = 0; done < mostEvents; done++) {
    if (proceed(run, scout, whole)) continue;
    if (to.micro > 0) reachInside(run, scout, to);
    return true;
  }
  return false;
}

/**
 * Puts the scout after the last thing up to `until`. A stretch of instructions that is run as one
 * ends wherever it is cut, so that the last one is done one thing at a time.
 */
export function goToLast(run: Run, until: Position): void {
  const { scout } = run;
  approach(run, scout, until);
  let begin = scout.at;
  for (let before = begin; proceed(run, scout, until); before = scout.at) begin = before;
  goTo(run, begin);
  for (
    let at = upcoming(run, scout);
    at !== null && compare(at, until) <= 0;
    at = upcoming(run, scout)
  )
    single(run, scout, at);
}

export type Looked = 'found' | 'nothing' | 'more';

/** Looks on from where the scout stands, at most `mostSteps` events or micro-steps. */
export function look(run: Run, { until, fine, take }: Watch, mostSteps = Infinity): Looked {
  const { scout } = run;
  let before = scout.at;
  const hit = { found: false };
  const told = (seen: Seen): void => {
    hit.found ||= take(seen, before);
  };
  const sink: Sink = { fine, move: told, note: told };
  let outcome: Looked = 'more';
  scout.see.sink = sink;
  for (let done = 0; done < mostSteps && outcome === 'more'; done++) {
    before = scout.at;
    const went = fine ? fineStep(run, until) : proceed(run, scout, until);
    if (hit.found) outcome = 'found';
    else if (!went) outcome = 'nothing';
  }
  scout.see.sink = null;
  return outcome;
}

/** One event, or one micro-step of an instruction; false at `until`. */
function fineStep(run: Run, until: Position): boolean {
  const { scout } = run;
  if (scout.inside !== null) {
    microStep(scout);
    return true;
  }
  const at = upcoming(run, scout);
  if (at === null || compare(at, until) > 0) return false;
  if (at.n === INSTRUCTION && enterInstruction(scout, at)) microStep(scout);
  else single(run, scout, at);
  return true;
}
