/** The devices of a computer: what reaches them, what they say, and what their lines tell. */
import { CONSOLE_LINE, NIC_LINE } from '../contract/map';
import type { Plain } from '../contract/plain';
import * as seen from '../contract/see';
import type { Cause } from '../contract/see';
import type { Nanos } from '../contract/time';
import * as clint from '../hardware/clint';
import * as console from '../hardware/console';
import * as nic from '../hardware/nic';
import type { Computer } from './computer';

/** The path of a part of this computer. */
export const pathOf = (computer: Computer, part: string): string => `${computer.spec.name}.${part}`;

/**
 * A coarse move inside this computer that takes no time: a call, an interrupt, a reply. Its caller
 * asks first whether anybody watches.
 */
export function recordInstant(
  computer: Computer,
  seenAs: { readonly self: Cause; readonly kind: string; readonly cause: Cause | null },
  way: { readonly from: string; readonly to: string },
  now: Nanos,
  what: Plain,
): void {
  const from = pathOf(computer, way.from);
  const to = pathOf(computer, way.to);
  seen.move(computer.see, { ...seenAs, from, to, departNs: now, arriveNs: now, what });
}

export function runNic(computer: Computer, input: nic.Input, now: Nanos): void {
  const { fields, see, costs } = computer;
  const next = nic.step(computer.nic, input, now, computer.port, costs);
  for (const note of next.notes) {
    if (note.kind === 'dropped') seen.note(see, pathOf(computer, 'nic'), note, causeOf(input));
    else if (seen.watchedClosely(see)) recordDma(computer, note);
  }
  for (const effect of next.effects) {
    if (effect.kind === 'transmit') computer.transmit(effect.octets, effect.cause);
    else fields.cause = effect.cause;
  }
}

const causeOf = (input: nic.Input): Cause | null => (input.kind === 'wake' ? null : input.cause);

function recordDma(computer: Computer, note: Exclude<nic.Note, { kind: 'dropped' }>): void {
  const ends = [pathOf(computer, 'nic'), pathOf(computer, 'ram')] as const;
  const [from, to] = note.kind === 'stored' ? ends : [ends[1], ends[0]];
  seen.fineMove(computer.see, 'dma', { from, to, cause: computer.fields.cause }, note);
}

/** DMA that ends by now. */
export function wakeNic(computer: Computer, now: Nanos): void {
  while (nic.wakeAt(computer.nic) <= now) runNic(computer, { kind: 'wake' }, now);
}

/** Sources of the interrupt controller, and the device behind each. */
export const SOURCES = { nic: NIC_LINE, console: CONSOLE_LINE } as const;

/** Which interrupt line is up, the most urgent first; null when none is. */
export function lineOf(computer: Computer, now: Nanos): 'nic' | 'timer' | 'console' | null {
  const { fields } = computer;
  if (nic.asserts(computer.nic)) return 'nic';
  if (clint.dueNs(fields.clint) <= now) return 'timer';
  return fields.console.typed.length > 0 ? 'console' : null;
}

/** A frame reached the jack. */
export function receive(
  computer: Computer,
  octets: Uint8Array,
  now: Nanos,
  cause: Cause | null,
): void {
  runNic(computer, { kind: 'frame', octets, cause }, now);
}

/** Somebody typed; the octets wait for the kernel. */
export function typed(computer: Computer, octets: Uint8Array): void {
  computer.fields.console = console.type(computer.fields.console, octets);
}
