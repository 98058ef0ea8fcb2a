/**
 * Everything that waits for a time: sleeping processes, the protocols' timers, the end of a time
 * slice. The kernel keeps one hardware timer set to the earliest.
 */
import type { Reply } from '../contract/program';
import { NEVER, type Nanos } from '../contract/time';
import { block, wake } from './calls/answer';
import { networkWakeAt } from './network/wake';
import type { Waiter } from './waiter';
import { done, fail, order, type Turn } from './turn';

export function sleep(turn: Turn, waiter: Waiter, delayNs: number): Reply | null {
  if (!Number.isSafeInteger(delayNs) || delayNs < 0) return fail('EINVAL');
  const atNs = Math.min(turn.now + delayNs, NEVER - 1);
  const { sleepers } = turn.kernel;
  // Behind those that wake at the same time: first come, first woken.
  let place = sleepers.length;
  while (place > 0 && (sleepers[place - 1]?.atNs ?? 0) > atNs) place -= 1;
  turn.kernel.sleepers = sleepers.toSpliced(place, 0, { ...waiter, atNs });
  return block(turn, waiter, 'the time that it asked for');
}

export function wakeSleepers(turn: Turn): void {
  for (;;) {
    const [first, ...rest] = turn.kernel.sleepers;
    if (first === undefined || first.atNs > turn.now) return;
    turn.kernel.sleepers = rest;
    wake(turn, first, done(0), 'the time has come');
  }
}

function earliest({ kernel }: Turn): Nanos {
  const slice = kernel.current !== null && kernel.ready.length > 0 ? kernel.sliceEndsAtNs : NEVER;
  const sleeper = kernel.sleepers[0]?.atNs ?? NEVER;
  return Math.min(slice, sleeper, networkWakeAt(kernel));
}

/** At the end of each turn: says when the timer has to fire, if that changed. */
export function setTimer(turn: Turn): void {
  const atNs = earliest(turn);
  if (atNs === turn.kernel.timerAtNs) return;
  turn.kernel.timerAtNs = atNs;
  order(turn, { kind: 'timer', atNs });
}
