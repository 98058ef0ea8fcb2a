/**
 * Entering the modelled kernel and carrying out what it orders. A piece of kernel work is atomic:
 * it changes state when it begins; each `spend` moves the time at which the orders after it happen.
 */
import { NIC_BASE, NIC_OCTETS } from '../contract/map';
import { assert, unreachable } from '../contract/outcome';
import * as seen from '../contract/see';
import type { Cause } from '../contract/see';
import { remove } from '../contract/table';
import { NEVER, type Nanos } from '../contract/time';
import * as clint from '../hardware/clint';
import * as console from '../hardware/console';
import type { Effect, Input } from '../os/effects';
import { step } from '../os/step';
import type { Computer, Due, Kill } from './computer';
import { pathOf, recordInstant, storeToNic } from './devices';

export type Resume = Extract<Effect, { kind: 'resume' }>;

/** When the work ends, and what the CPU goes on with when the kernel said so. */
export type Left = { readonly doneNs: Nanos; readonly resume: Resume | null };

/** One input to the kernel, at `now`. */
export function enterKernel(
  computer: Computer,
  input: Input,
  now: Nanos,
  cause: Cause | null,
): Left {
  const { fields, see, costs } = computer;
  const isWatched = seen.watched(see);
  const next = step(fields.kernel, input, now, computer.port, isWatched);
  fields.kernel = next.state;
  if (isWatched) seen.notes(see, pathOf(computer, 'os'), next.notes, cause);
  else seen.unheard(see, next.said);
  let atNs = now;
  let resume: Resume | null = null;
  for (const effect of next.effects) {
    if (effect.kind === 'spend') atNs += effect.cycles * costs.cycleNs;
    else if (effect.kind === 'resume') resume = effect;
    else carry(computer, effect, atNs, cause);
  }
  return { doneNs: Math.max(atNs, now + costs.cycleNs), resume };
}

function carry(
  computer: Computer,
  effect: Exclude<Effect, { kind: 'spend' | 'resume' }>,
  atNs: Nanos,
  cause: Cause | null,
): void {
  const { fields } = computer;
  switch (effect.kind) {
    case 'store': {
      const offset = effect.address - NIC_BASE;
      assert(offset >= 0 && offset < NIC_OCTETS, 'the kernel stores to a device that is there');
      storeToNic(computer, { offset, value: effect.value, cause }, atNs);
      return;
    }
    case 'print':
      print(computer, effect.octets, atNs, cause);
      return;
    case 'timer':
      fields.clint = clint.withDue(fields.clint, effect.atNs);
      return;
    case 'start': {
      const { process, program } = effect;
      const what = { kind: 'start', program, arguments: effect.arguments } as const;
      schedule(computer, { atNs, process, cause, what });
      return;
    }
    case 'reply': {
      const { process, tag, name, reply } = effect;
      const what = { kind: 'returned', tag, name, reply } as const;
      schedule(computer, { atNs, process, cause, what });
      return;
    }
    case 'exited':
      fields.programs = remove(fields.programs, effect.process);
      return;
    default:
      unreachable(effect);
  }
}

function print(computer: Computer, octets: Uint8Array, atNs: Nanos, cause: Cause | null): void {
  const { fields, see } = computer;
  fields.console = console.print(fields.console, octets);
  const self = seen.nextCause(see);
  if (!seen.watched(see)) return;
  const seenAs = { self, kind: 'print', cause };
  recordInstant(computer, seenAs, { from: 'os', to: 'console' }, atNs, { octets });
}

/** Due times never go down: the processor does one thing after another. */
function schedule(computer: Computer, due: Due): void {
  computer.fields.due.push(due);
}

/** Who is to be ended next, taken from the list; null when nobody is. */
export function nextKill({ fields }: Computer): Kill | null {
  const [first, ...kills] = fields.kills;
  if (first === undefined) return null;
  fields.kills = kills;
  return first;
}

const INTERRUPTS = {
  nic: { kind: 'interrupt', line: 'nic' },
  timer: { kind: 'interrupt', line: 'timer' },
} as const;

/** The line is taken: the kernel's timer is one shot, what was typed is handed over. */
export function takeInterrupt(
  computer: Computer,
  line: 'nic' | 'timer' | 'console',
  now: Nanos,
): { readonly input: Extract<Input, { kind: 'interrupt' }>; readonly cause: Cause } {
  const { fields, see } = computer;
  const self = seen.nextCause(see);
  if (seen.watched(see)) {
    const causes = { nic: fields.cause, console: fields.typing.cause, timer: null };
    const seenAs = { self, kind: 'interrupt', cause: causes[line] };
    recordInstant(computer, seenAs, { from: line, to: 'os' }, now, { line });
  }
  if (line === 'timer') fields.clint = clint.withDue(fields.clint, NEVER);
  if (line !== 'console') return { input: INTERRUPTS[line], cause: self };
  const taken = console.take(fields.console);
  fields.console = taken.state;
  return { input: { kind: 'interrupt', line, octets: taken.octets }, cause: self };
}
