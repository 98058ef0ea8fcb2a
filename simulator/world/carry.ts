/**
 * What passes between the parts of a world: frames from a host to its cable and from a cable to the
 * host at its other end, and what somebody outside does to a part.
 */
import { assert, unreachable, type Kinded } from '../contract/outcome';
import { compare, OUTSIDE } from '../contract/position';
import * as seen from '../contract/see';
import type { Cause } from '../contract/see';
import { NEVER, type Nanos } from '../contract/time';
import type { Computer } from '../host/computer';
import { negotiate } from '../host/devices';
import { flip, kill, receive, typed, wake, wakeAt } from '../host/life';
import * as outside from '../host/outside';
import * as cable from '../link/cable';
import * as agenda from './agenda';
import type { Deed } from './input';
import { nameOf, touch, type CablePart, type Part, type World } from './parts';

/** Part `number` has changed: asks it when it wakes, no sooner than `soonestNs`. */
export function rearm(world: World, number: number, soonestNs: Nanos): void {
  touch(world, number);
  const part = world.parts[number] as Part;
  let atNs: Nanos = NEVER;
  if (part.kind === 'computer') atNs = wakeAt(part.at);
  else if (part.kind === 'cable') atNs = cable.wakeAt(part.state);
  agenda.arm(world.agenda, number, atNs === NEVER ? NEVER : Math.max(atNs, soonestNs));
}

/** The end of `part` where host `number` is. */
const endOfHost = (part: CablePart, number: number): cable.End => (part.ends[0] === number ? 0 : 1);

export function transmit(
  world: World,
  host: number,
  number: number,
  octets: Uint8Array,
  cause: Cause | null,
): void {
  const part = world.parts[number] as CablePart;
  const self = seen.nextCause(world.see);
  const from = endOfHost(part, host);
  const now = world.at.timeNs;
  const flight = cable.depart(part.state, from, octets, now, self);
  const notes = cable.enter(part.state, flight);
  if (seen.watched(world.see)) {
    // A fault that waited for it may have delayed it already; its octets are those that were sent.
    const { arriveNs } = cable.underWay(part.state, flight.number) ?? flight;
    recordFrame(world, part, { ...flight, arriveNs }, { self, cause });
  }
  for (const note of notes) tell(world, part, note, self);
  // Another frame may arrive in this very nanosecond; this one is under way for at least one.
  rearm(world, number, now);
}

function tell(world: World, part: CablePart, note: cable.Note, cause: Cause | null): void {
  if (note.kind === 'faulted' && note.fault.kind === 'duplicate')
    recordCopy(world, part, note.flight);
  say(world, part, note, cause);
}

/** The copy that a fault has just made of `flight` moves by itself, because that moves. */
function recordCopy(world: World, part: CablePart, flight: cable.Flight): void {
  const self = seen.nextCause(world.see);
  const copied = cable.adopt(part.state, self);
  if (!seen.watched(world.see)) return;
  recordFrame(world, part, copied, { self, cause: flight.cause, copyOf: flight.number });
}

function say(world: World, part: CablePart, note: cable.Note, cause: Cause | null): void {
  seen.note(world.see, part.spec.name, seen.watched(world.see) ? shown(note) : note, cause);
}

/** What led to the frame that a note is about; null when it is about none. */
const causeOf = (note: cable.Note): Cause | null => ('flight' in note ? note.flight.cause : null);

/** A note as somebody sees it: what led to its frame by the id. */
function shown(note: cable.Note): Kinded {
  if (!('flight' in note)) return note;
  return { ...note, flight: { ...note.flight, cause: seen.idOrNull(note.flight.cause) } };
}

/** Where a frame on a cable comes from: `copyOf` is the number of the one that a fault doubled. */
type Came = { readonly self: Cause; readonly cause: Cause | null; readonly copyOf?: number };

function recordFrame(
  world: World,
  part: CablePart,
  flight: cable.Flight,
  { self, cause, ...copy }: Came,
): void {
  const to = part.ends[flight.from === 0 ? 1 : 0];
  const from = part.ends[flight.from];
  seen.move(world.see, {
    self,
    kind: 'frame',
    cause,
    from: `${nameOf(world.parts[from] as Part)}.nic`,
    to: `${nameOf(world.parts[to] as Part)}.nic`,
    departNs: flight.departNs,
    arriveNs: flight.arriveNs,
    what: { cable: part.spec.name, number: flight.number, octets: flight.octets, ...copy },
  });
}

function deliver(world: World, part: CablePart, flight: cable.Flight, now: Nanos): void {
  const number = part.ends[flight.from === 0 ? 1 : 0];
  const host = world.parts[number] as Part;
  if (host.kind === 'computer') {
    receive(host.at, flight.octets, now, flight.cause);
    rearm(world, number, now + 1);
  } else if (host.kind === 'outside') {
    const next = outside.step(host.state, { kind: 'frame', octets: flight.octets });
    host.state = next.state;
    touch(world, number);
    for (const note of next.notes) seen.note(world.see, host.name, note, flight.cause);
  }
}

export function wakePart(world: World, number: number, now: Nanos): void {
  const part = world.parts[number] as Part;
  if (part.kind === 'computer') wake(part.at, now);
  else if (part.kind === 'cable') arrive(world, part, now);
  rearm(world, number, now);
}

function arrive(world: World, part: CablePart, now: Nanos): void {
  const flight = cable.arrive(part.state, now);
  if (flight === null) return;
  if (seen.watched(world.see)) say(world, part, { kind: 'arrived', flight }, flight.cause);
  else seen.unheard(world.see, 1);
  deliver(world, part, flight, now);
}

function doTo(world: World, part: CablePart, input: cable.Input, self: Cause): void {
  if (input.kind === 'set' && input.field === 'bitsPerSecond')
    negotiateAt(world, part, input.value);
  for (const note of cable.step(part.state, input)) tell(world, part, note, causeOf(note) ?? self);
}

/** Does what somebody outside does, at `atNs`, after everything else then; {@link advance} first. */
export function apply(world: World, deed: Deed, atNs: Nanos): void {
  const at = { timeNs: atNs, source: OUTSIDE, n: world.inputs + 1, micro: 0 };
  assert(compare(at, world.at) > 0, 'an input comes after what was done');
  world.at = at;
  world.inputs += 1;
  seen.enter(world.see, at);
  act(world, deed, atNs, seen.nextCause(world.see));
}

function negotiateAt(world: World, { ends }: CablePart, bitsPerSecond: number): void {
  for (const number of ends) {
    const host = world.parts[number] as Part;
    if (host.kind !== 'computer') continue;
    negotiate(host.at, bitsPerSecond);
    touch(world, number);
  }
}

function doInside(at: Computer, deed: Extract<Deed, { host: string }>, self: Cause): void {
  switch (deed.kind) {
    case 'type':
      typed(at, deed.octets, self);
      return;
    case 'flip':
      flip(at, deed.address, deed.bit, self);
      return;
    case 'kill':
      kill(at, deed.process, self);
      return;
    case 'frame':
      return; // A simulated computer's frames come over its cable.
    default:
      unreachable(deed);
  }
}

function act(world: World, deed: Deed, now: Nanos, self: Cause): void {
  const name = 'cable' in deed ? deed.cable : deed.host;
  const number = world.numbers.get(name) ?? -1;
  const part = world.parts[number];
  seen.note(world.see, name, deed, self);
  if (part === undefined) return;
  if (part.kind === 'cable' && 'cable' in deed) {
    doTo(world, part, deed, self);
    rearm(world, number, now + 1);
  } else if (part.kind === 'computer' && 'host' in deed) {
    doInside(part.at, deed, self);
    rearm(world, number, now + 1);
  } else if (part.kind === 'outside' && deed.kind === 'frame') {
    const jack = world.parts.findIndex(
      (each) => each.kind === 'cable' && each.ends.includes(number),
    );
    if (jack >= 0) transmit(world, number, jack, deed.octets, self);
  }
}
