/**
 * Which machine-code process has the CPU: round robin with a time slice (Silberschatz, Galvin and
 * Gagne, Operating System Concepts, §5.3.3). A woken process goes to the end of the queue. Modelled
 * programs have no registers; the host runs them between calls.
 */
import { assert } from '../contract/outcome';
import { NEVER } from '../contract/time';
import { processOf, putProcess } from './processes';
import type { Context } from './state';
import { order, say, spend, type Turn } from './turn';

const IDLE: Context = { registers: new Array<number>(32).fill(0), pc: 0 };

/** The registers of the process that was interrupted or trapped are the kernel's now. */
export function saveContext(turn: Turn, context: Context): void {
  const { current } = turn.kernel;
  if (current === null) return;
  putProcess(turn, { ...processOf(turn, current), context });
}

/** Puts the running process behind the ready ones. */
export function yieldProcessor(turn: Turn): void {
  const { current, ready } = turn.kernel;
  if (current === null || ready.length === 0) return;
  putProcess(turn, { ...processOf(turn, current), state: 'ready' });
  turn.kernel.ready = [...ready, current];
  turn.kernel.current = null;
}

/** At a timer interrupt: the slice may be over. */
export function endSlice(turn: Turn): void {
  if (turn.now >= turn.kernel.sliceEndsAtNs) yieldProcessor(turn);
}

/** Gives an idle CPU to the next ready process. `before` had it when the turn began. */
export function schedule(turn: Turn, before: number | null): void {
  const { kernel } = turn;
  if (kernel.current !== null) return;
  const [next, ...ready] = kernel.ready;
  if (next === undefined) {
    kernel.sliceEndsAtNs = NEVER;
    if (before !== null) say(turn, switched(before, null, 'nothing else is ready'));
    return;
  }
  kernel.ready = ready;
  kernel.current = next;
  kernel.sliceEndsAtNs = turn.now + kernel.config.sliceNs;
  putProcess(turn, { ...processOf(turn, next), state: 'running' });
  if (next === before) return;
  spend(turn, kernel.config.costs.kernel.contextSwitch, 'switch');
  say(turn, switched(before, next, 'it is the next that is ready'));
}

const switched = (from: number | null, to: number | null, why: string) =>
  ({ kind: 'switched', from, to, why }) as const;

/** The last order of a turn that has, or gives, the CPU. */
export function resume(turn: Turn): void {
  const { current } = turn.kernel;
  const context = current === null ? IDLE : processOf(turn, current).context;
  assert(context !== null, 'a process on the CPU has registers');
  order(turn, { kind: 'resume', process: current, ...context });
}
