/** A computer's life as the world sees it, whichever processor it has. */
import { NEVER, type Nanos } from '../contract/time';
import * as seen from '../contract/see';
import type { Cause } from '../contract/see';
import * as ram from '../hardware/ram';
import type { Computer } from './computer';
import * as devices from './devices';
import * as machine from './machine';
import * as modelled from './modelled';

/** When it next does something by itself, instructions aside. */
export function wakeAt(computer: Computer): Nanos {
  const ownNs =
    computer.machine === null
      ? modelled.wakeAt(computer)
      : machine.wakeAt(computer, computer.machine);
  return Math.min(ownNs, devices.keyAt(computer));
}

/** Everything that is due at `now`, instructions aside. */
export function wake(computer: Computer, now: Nanos): void {
  devices.pressKeys(computer, now);
  if (computer.machine === null) modelled.wake(computer, now);
  else machine.wake(computer, computer.machine, now);
}

/** When its processor begins the next instruction; NEVER when it sleeps or has none. */
export function boundaryOf(computer: Computer): Nanos {
  return computer.machine === null ? NEVER : machine.boundaryOf(computer.machine);
}

/**
 * Runs instructions that begin before `beforeNs`, at most up to one piece of kernel work. The
 * answer is the time up to and with which everything that begins is done.
 */
export function runBefore(computer: Computer, beforeNs: Nanos): Nanos {
  if (computer.machine === null) return beforeNs - 1;
  return machine.runMachine(computer, computer.machine, beforeNs);
}

/** A frame reached the jack. */
export function receive(
  computer: Computer,
  octets: Uint8Array,
  now: Nanos,
  cause: Cause | null,
): void {
  devices.receive(computer, octets, now, cause);
}

/** Somebody ends a process: the kernel is told when it looks next. */
export function kill(computer: Computer, process: number, cause: Cause | null): void {
  const { fields } = computer;
  fields.kills = [...fields.kills, { process, cause }];
}

/** A bit of RAM flips; nothing happens where there is none. */
export function flip(computer: Computer, address: number, bit: number, cause: Cause | null): void {
  if (!ram.holds(computer.ram, address, 1)) return;
  const { was, is } = ram.flip(computer.ram, address, bit);
  const what = { kind: 'flipped', address, bit, was, is } as const;
  seen.note(computer.see, devices.pathOf(computer, 'ram'), what, cause);
}

/** Somebody typed. */
export function typed(computer: Computer, octets: Uint8Array, cause: Cause | null): void {
  devices.typed(computer, octets, cause);
}
