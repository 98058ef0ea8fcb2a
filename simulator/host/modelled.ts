/**
 * A processor without instructions: the kernel and the modelled programs take turns on it, the most
 * urgent work first.
 */
import { NEVER, type Nanos } from '../contract/time';
import { dueNs } from '../hardware/clint';
import * as nic from '../hardware/nic';
import type { Computer } from './computer';
import { lineOf, wakeNic } from './devices';
import { enterKernel, nextKill, takeInterrupt } from './kernel';
import { handOverDue } from './programs';

/** When it next does something by itself. */
export function wakeAt(computer: Computer): Nanos {
  const { fields } = computer;
  if (!fields.booted) return 0;
  const soonest = Math.min(nic.wakeAt(computer.nic), fields.due[0]?.atNs ?? NEVER);
  const asked = fields.pending.length > 0 || fields.kills.length > 0;
  const waiting = asked || lineOf(computer, 0) !== null;
  return Math.min(soonest, Math.max(waiting ? 0 : dueNs(fields.clint), fields.busyUntilNs));
}

/** One piece of kernel work; false when there is none. */
function work(computer: Computer, now: Nanos): boolean {
  const { fields } = computer;
  const line = lineOf(computer, now);
  if (line !== null) {
    const { input, cause } = takeInterrupt(computer, line, now);
    fields.busyUntilNs = enterKernel(computer, input, now, cause).doneNs;
    return true;
  }
  const kill = nextKill(computer);
  if (kill !== null) {
    const { process, cause } = kill;
    fields.busyUntilNs = enterKernel(computer, { kind: 'kill', process }, now, cause).doneNs;
    return true;
  }
  const first = fields.pending.shift();
  if (first === undefined) return false;
  const { process, tag, call, cause } = first;
  fields.busyUntilNs = enterKernel(
    computer,
    { kind: 'call', process, tag, call },
    now,
    cause,
  ).doneNs;
  return true;
}

/** Everything that is due at `now`. */
export function wake(computer: Computer, now: Nanos): void {
  const { fields } = computer;
  if (!fields.booted) {
    fields.booted = true;
    fields.busyUntilNs = enterKernel(computer, { kind: 'boot' }, now, null).doneNs;
    return;
  }
  wakeNic(computer, now);
  handOverDue(computer, now);
  while (fields.busyUntilNs <= now && work(computer, now));
}
