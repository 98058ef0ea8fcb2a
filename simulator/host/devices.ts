/** The devices of a computer: what reaches them, what they say, and what their lines tell. */
import { CONSOLE_LINE, NIC_LINE } from '../contract/map';
import type { Plain } from '../contract/plain';
import * as seen from '../contract/see';
import type { Cause } from '../contract/see';
import { NEVER, type Nanos } from '../contract/time';
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

/** The kernel stores to a register of the network interface. */
export function storeToNic(computer: Computer, told: nic.Store, now: Nanos): void {
  nic.store(computer.nic, told, now, computer.port, computer.costs);
}

/** DMA that ends by now. */
export function wakeNic(computer: Computer, now: Nanos): void {
  while (nic.wakeAt(computer.nic) <= now) {
    const done = nic.wake(computer.nic, now, computer.port, computer.costs);
    if (done?.kind === 'refused') sayDropped(computer, done.note, done.cause);
    else if (done !== null) carry(computer, done);
  }
}

type Transfer = Exclude<nic.Done, { kind: 'refused' }>;

function carry(computer: Computer, done: Transfer): void {
  if (seen.watchedClosely(computer.see)) recordDma(computer, done);
  if (done.kind === 'fetched') computer.transmit(done.octets, done.cause);
  else computer.fields.cause = done.cause;
}

function recordDma(computer: Computer, { kind, address, lengthOctets, cause }: Transfer): void {
  const ends = [pathOf(computer, 'nic'), pathOf(computer, 'ram')] as const;
  const [from, to] = kind === 'stored' ? ends : [ends[1], ends[0]];
  seen.fineMove(computer.see, 'dma', { from, to, cause }, { kind, address, lengthOctets });
}

function sayDropped(computer: Computer, note: nic.Dropped, cause: Cause | null): void {
  seen.note(computer.see, pathOf(computer, 'nic'), note, cause);
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
  const note = nic.arrive(computer.nic, octets, now, cause, computer.costs);
  if (note !== null) sayDropped(computer, note, cause);
}

/** Somebody typed; the octets wait for the kernel. */
export function typed(computer: Computer, octets: Uint8Array, cause: Cause | null): void {
  computer.fields.console = console.type(computer.fields.console, octets);
  computer.fields.typing = { cause };
}

/** When the next key of the spec is pressed. */
export function keyAt({ spec, fields }: Computer): Nanos {
  return spec.keyboard?.[fields.pressed]?.atNs ?? NEVER;
}

/** The keys that are pressed by now. */
export function pressKeys(computer: Computer, now: Nanos): void {
  const { see, spec, fields } = computer;
  for (; keyAt(computer) <= now; fields.pressed += 1) {
    const text = spec.keyboard?.[fields.pressed]?.text ?? '';
    const octets = Uint8Array.from(text, (character) => character.charCodeAt(0) % 128);
    const self = seen.nextCause(see);
    if (seen.watched(see)) {
      const way = { from: 'keyboard', to: 'console' };
      recordInstant(computer, { self, kind: 'key', cause: null }, way, now, { octets });
    }
    typed(computer, octets, self);
  }
}

/** The cable goes at another rate from now on. */
export function negotiate(computer: Computer, bitsPerSecond: number): void {
  nic.negotiate(computer.nic, bitsPerSecond);
}
