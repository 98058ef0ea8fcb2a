/**
 * The modelled kernel: one input in (boot, interrupt, system call, trap), the next state, effects
 * for the host to carry out in order, and notes. RAM is reached through the port alone. Linux's
 * system-call numbers, error numbers and blocking semantics; one network interface; no files
 * besides console and sockets, no virtual memory, no signals beyond the fatal ones.
 */
import { unreachable } from '../contract/outcome';
import type { RamPort } from '../contract/ram';
import { get } from '../contract/table';
import { NEVER, type Nanos } from '../contract/time';
import { typed } from './calls/console';
import { makeCall } from './calls/perform';
import { startDriver } from './driver/rings';
import type { Input } from './effects';
import { killed } from './kill';
import { nicInterrupt, receiveLooped, wakeNetwork } from './network/input';
import { startProgram } from './processes';
import { endSlice, resume, saveContext, schedule } from './scheduler';
import type { Kernel } from './state';
import { setTimer, wakeSleepers } from './timers';
import { trapped } from './traps';
import { begin, end, say, spend, type Turn, type Turned } from './turn';

export { create } from './state';
export type { Effect, Input } from './effects';
export type { Note } from './notes';
export type { Kernel as State } from './state';

type Interrupt = Extract<Input, { kind: 'interrupt' }>;

/** Without somebody who listens the notes are counted and not built; nothing else differs. */
export function step(
  kernel: Kernel,
  input: Input,
  now: Nanos,
  ram: RamPort,
  isHeard = true,
): Turned {
  const turn = begin(kernel, now, ram, isHeard);
  const before = kernel.current;
  enter(turn, input);
  receiveLooped(turn);
  const { current } = turn.kernel;
  // Who was running and is not blocked goes on; otherwise the CPU is free for the next.
  if (current === null) schedule(turn, before);
  setTimer(turn);
  const hasCpu = input.kind === 'trap' || 'context' in input;
  if (hasCpu || turn.kernel.current !== before) resume(turn);
  return end(turn);
}

function enter(turn: Turn, input: Input): void {
  switch (input.kind) {
    case 'boot':
      boot(turn);
      return;
    case 'interrupt':
      interrupted(turn, input);
      return;
    case 'call': {
      const { process, tag, call } = input;
      // A program may have made calls before its exit was carried out.
      if (get(turn.kernel.processes, process)?.state !== 'ready') return;
      makeCall(turn, { process, tag, call, target: null });
      return;
    }
    case 'trap':
      trapped(turn, input);
      return;
    case 'kill':
      killed(turn, input);
      return;
    default:
      unreachable(input);
  }
}

function boot(turn: Turn): void {
  say(turn, { kind: 'booted', hostname: turn.kernel.config.hostname });
  startDriver(turn);
  for (const program of turn.kernel.config.programs) startProgram(turn, program);
}

function interrupted(turn: Turn, input: Interrupt): void {
  if (input.context !== undefined) saveContext(turn, input.context);
  if (input.line === 'nic') {
    nicInterrupt(turn);
    return;
  }
  spend(turn, turn.kernel.config.costs.kernel.interrupt, 'interrupt');
  if (input.line === 'console') {
    typed(turn, input.octets ?? new Uint8Array(0));
    return;
  }
  turn.kernel.timerAtNs = NEVER;
  wakeSleepers(turn);
  wakeNetwork(turn);
  endSlice(turn);
}
