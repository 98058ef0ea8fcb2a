/**
 * Hosts and cables on one clock: the run loop. Every event is the wake of a part; events run in the
 * order (time, number of the part, its own count), so a run is one run on every machine, whoever
 * watches. A part that was given something by another acts later than that moment, never at it.
 * Instructions are no events: a processor runs a stretch of them up to the next thing in the order
 * that is not its own.
 */
import { assert, unreachable } from '../contract/outcome';
import { COSTS } from '../contract/costs';
import { compare, INSTRUCTION, OUTSIDE, START, type Position } from '../contract/position';
import * as seen from '../contract/see';
import type { See } from '../contract/see';
import type { Id } from '../contract/seen';
import { NEVER, type Nanos } from '../contract/time';
import { streamOf } from '../bits/random';
import type { EngineName } from '../host/machine';
import * as computer from '../host/computer';
import * as outside from '../host/outside';
import { beginInside, stepInside, type Latches } from '../host/inside';
import { boundaryOf, receive, runBefore, typed, wake, wakeAt } from '../host/life';
import * as cable from '../link/cable';
import * as agenda from './agenda';
import type { Deed } from './input';
import type { CableSpec, WorldSpec } from './spec';

export type ComputerPart = { readonly kind: 'computer'; readonly at: computer.Computer };
export type OutsidePart = { readonly kind: 'outside'; readonly name: string; state: outside.State };
export type CablePart = {
  readonly kind: 'cable';
  readonly spec: CableSpec;
  /** Numbers of the parts at its two ends. */
  readonly ends: readonly [number, number];
  state: cable.State;
};
export type Part = ComputerPart | OutsidePart | CablePart;

export type Inside = { readonly number: number; readonly latches: Latches };

export type World = {
  readonly spec: WorldSpec;
  readonly parts: readonly Part[];
  readonly agenda: agenda.Agenda;
  /** For each part, how many events it made. */
  readonly counts: Float64Array;
  readonly see: See;
  /** Numbers of the hosts that have an instruction-level processor. */
  readonly processors: readonly number[];
  /** What was done last: everything up to and with it is done, nothing after it. */
  at: Position;
  /** The instruction that has begun and is not finished, while somebody takes micro-steps. */
  inside: Inside | null;
  /** Events done since the world began: pops of the agenda. */
  events: number;
  /** Pops and stretches: what running took, whoever asked; no part of a moment. */
  work: number;
  /** Inputs done since the world began. */
  inputs: number;
};

/** Nothing has happened yet; every part's first wake is armed. Whichever engine, one run. */
export function create(spec: WorldSpec, engine: EngineName = 'fast'): World {
  const see = seen.create();
  const numbers = new Map(spec.hosts.map((host, number) => [host.name, number]));
  const cables = spec.cables.map((each, index) => cablePart(spec, each, index, numbers));
  const parts: Part[] = [];
  const count = spec.hosts.length + cables.length;
  const world: World = {
    spec,
    parts,
    agenda: agenda.create(count),
    counts: new Float64Array(count),
    see,
    processors: spec.hosts.flatMap((host, number) =>
      host.kind === 'computer' && host.processor === 'rv32' ? [number] : [],
    ),
    at: START,
    inside: null,
    events: 0,
    work: 0,
    inputs: 0,
  };
  for (const host of spec.hosts) {
    const number = parts.length;
    if (host.kind === 'outside') {
      parts.push({ kind: 'outside', name: host.name, state: outside.START });
      continue;
    }
    const jack = cables.findIndex((part) => part.ends.includes(number));
    const bitsPerSecond = cables[jack]?.spec.bitsPerSecond ?? 100_000_000;
    const cableNumber = jack < 0 ? null : spec.hosts.length + jack;
    const at = computer.create(host, {
      number,
      engine,
      costs: COSTS,
      see,
      bitsPerSecond,
      stream: streamOf(spec.seed, host.name),
      transmit: (octets, cause) => {
        if (cableNumber !== null) transmit(world, number, cableNumber, octets, cause);
      },
    });
    parts.push({ kind: 'computer', at });
  }
  parts.push(...cables);
  for (let number = 0; number < parts.length; number++) rearm(world, number, 0);
  return world;
}

function cablePart(
  spec: WorldSpec,
  each: CableSpec,
  index: number,
  numbers: ReadonlyMap<string, number>,
): CablePart {
  const [a, b] = each.ends.map((name) => numbers.get(name));
  assert(a !== undefined && b !== undefined, `cable ${each.name} (${index}) joins two hosts`);
  const stream = streamOf(spec.seed, each.name);
  const state = cable.create(each.bitsPerSecond, each.lengthMetres, stream);
  return { kind: 'cable', spec: each, ends: [a, b], state };
}

/** The name of a part, which begins its path. */
export function nameOf(part: Part): string {
  switch (part.kind) {
    case 'computer':
      return part.at.spec.name;
    case 'outside':
      return part.name;
    case 'cable':
      return part.spec.name;
    default:
      return unreachable(part);
  }
}

/** Asks a part when it wakes, no sooner than `soonestNs`. */
function rearm(world: World, number: number, soonestNs: Nanos): void {
  const part = world.parts[number] as Part;
  let atNs: Nanos = NEVER;
  if (part.kind === 'computer') atNs = wakeAt(part.at);
  else if (part.kind === 'cable') atNs = cable.wakeAt(part.state);
  agenda.arm(world.agenda, number, atNs === NEVER ? NEVER : Math.max(atNs, soonestNs));
}

/** The end of `part` where host `number` is. */
const endOfHost = (part: CablePart, number: number): cable.End => (part.ends[0] === number ? 0 : 1);

function transmit(
  world: World,
  host: number,
  number: number,
  octets: Uint8Array,
  cause: Id | null,
): void {
  const part = world.parts[number] as CablePart;
  const id = seen.nextId(world.see);
  const from = endOfHost(part, host);
  const now = world.at.timeNs;
  const next = cable.step(part.state, { kind: 'transmit', from, octets, cause: id }, now);
  part.state = next.state;
  for (const note of next.notes) {
    if (note.kind === 'departed') recordFrame(world, part, note.flight, cause);
    else seen.note(world.see, part.spec.name, note, id);
  }
  rearm(world, number, now + 1);
}

function recordFrame(world: World, part: CablePart, flight: cable.Flight, cause: Id | null): void {
  if (world.see.sink === null) return;
  const to = part.ends[flight.from === 0 ? 1 : 0];
  const from = part.ends[flight.from];
  seen.move(world.see, {
    id: flight.cause ?? '',
    kind: 'frame',
    cause,
    from: `${nameOf(world.parts[from] as Part)}.nic`,
    to: `${nameOf(world.parts[to] as Part)}.nic`,
    departNs: flight.departNs,
    arriveNs: flight.arriveNs,
    what: { cable: part.spec.name, number: flight.number, octets: flight.octets },
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
    for (const note of next.notes) seen.note(world.see, host.name, note, flight.cause);
  }
}

function wakePart(world: World, number: number, now: Nanos): void {
  const part = world.parts[number] as Part;
  if (part.kind === 'computer') wake(part.at, now);
  else if (part.kind === 'cable') stepCable(world, part, { kind: 'wake' }, now, null);
  rearm(world, number, now);
}

function stepCable(
  world: World,
  part: CablePart,
  input: cable.Input,
  now: Nanos,
  cause: Id | null,
): void {
  const next = cable.step(part.state, input, now);
  part.state = next.state;
  for (const note of next.notes)
    seen.note(world.see, part.spec.name, note, 'flight' in note ? note.flight.cause : cause);
  for (const effect of next.effects) deliver(world, part, effect.flight, now);
}

/** Where the next wake will be; null when nobody will wake by itself. */
function nextWake(world: World): Position | null {
  const number = agenda.first(world.agenda);
  const timeNs = world.agenda.atNs[number] as number;
  if (timeNs === NEVER) return null;
  return { timeNs, source: number, n: (world.counts[number] as number) + 1, micro: 0 };
}

/** The first instruction boundary of any processor but `except`'s. */
function nextInstruction(world: World, except = -1): Position | null {
  let first: Position | null = null;
  for (const number of world.processors) {
    if (number === except) continue;
    const timeNs = boundaryOf((world.parts[number] as ComputerPart).at);
    if (timeNs === NEVER || (first !== null && timeNs >= first.timeNs)) continue;
    first = { timeNs, source: number, n: INSTRUCTION, micro: 0 };
  }
  return first;
}

function sooner(a: Position | null, b: Position | null): Position | null {
  if (a === null || b === null) return a ?? b;
  return compare(a, b) <= 0 ? a : b;
}

/**
 * Where the next event or instruction will be, or the end of the one that has begun; null when
 * nothing will ever happen by itself.
 */
export function next(world: World): Position | null {
  if (world.inside !== null) return { ...world.at, micro: 0 };
  return sooner(nextWake(world), nextInstruction(world));
}

/** The longest stretch of instructions without a look at the caller: 1 ms of virtual time. */
const STRETCH_NS = 1_000_000;

/** Instructions of processor `number` that come up to and with `until`. */
function runProcessor(world: World, number: number, until: Position): void {
  const part = world.parts[number] as ComputerPart;
  const last = { timeNs: until.timeNs, source: number, n: INSTRUCTION, micro: 0 };
  const untilNs = until.timeNs + (compare(last, until) <= 0 ? 1 : 0);
  const beforeNs = Math.min(untilNs, boundaryOf(part.at) + STRETCH_NS);
  const timeNs = runBefore(part.at, beforeNs);
  instructionDone(world, number, timeNs);
}

/** Everything of processor `number` that begins up to and with `timeNs` is done. */
function instructionDone(world: World, number: number, timeNs: Nanos): void {
  world.at = { timeNs, source: number, n: INSTRUCTION, micro: 0 };
  world.work += 1;
  // What the kernel ordered of a device happens after it was ordered.
  rearm(world, number, timeNs + 1);
}

/** Does the next event or instruction, which {@link next} said to be at `at`. */
export function pop(world: World, at: Position): void {
  assert(compare(at, world.at) > 0, 'events run in order');
  if (world.inside !== null) {
    while (world.inside !== null) microStep(world);
    return;
  }
  if (at.n === INSTRUCTION) {
    runProcessor(world, at.source, at);
    return;
  }
  world.at = at;
  world.counts[at.source] = at.n;
  world.events += 1;
  world.work += 1;
  seen.enter(world.see, at);
  wakePart(world, at.source, at.timeNs);
}

/** Begins the instruction at `at`; false when what happens there is indivisible (kernel work). */
export function enterInstruction(world: World, at: Position): boolean {
  if (world.inside !== null || at.n !== INSTRUCTION) return false;
  const latches = beginInside((world.parts[at.source] as ComputerPart).at);
  if (latches === null) return false;
  world.inside = { number: at.source, latches };
  world.at = { ...at, micro: 0 };
  return true;
}

/** One micro-step of the instruction that has begun; its words on the way are fine moves. */
export function microStep(world: World): void {
  assert(world.inside !== null, 'an instruction has begun');
  const { number, latches } = world.inside;
  const { at } = world.parts[number] as ComputerPart;
  const micro = latches.steps + 1;
  const position = { timeNs: world.at.timeNs, source: number, n: INSTRUCTION, micro };
  seen.enter(world.see, position);
  const done = stepInside(at, latches);
  if (!done) {
    world.at = position;
    return;
  }
  world.inside = null;
  instructionDone(world, number, position.timeNs);
}

/**
 * Does the next event up to and with `until`, or a stretch of instructions that nothing interrupts;
 * false when there is none.
 */
export function proceed(world: World, until: Position): boolean {
  if (world.inside !== null) return finish(world, until);
  const wakes = nextWake(world);
  const instruction = nextInstruction(world);
  const at = sooner(wakes, instruction);
  if (at === null || compare(at, until) > 0) return false;
  if (at.n !== INSTRUCTION) {
    pop(world, at);
    return true;
  }
  const others = sooner(wakes, nextInstruction(world, at.source));
  const limit = others === null || compare(until, others) < 0 ? until : justBefore(others);
  runProcessor(world, at.source, limit);
  return true;
}

function finish(world: World, until: Position): boolean {
  const end = { ...world.at, micro: 0 };
  if (compare(end, until) > 0) return false;
  pop(world, end);
  return true;
}

/** The last position before `at`. */
const justBefore = (at: Position): Position => ({ ...at, n: at.n - 1 });

/** Does what somebody outside does, at `atNs`, after everything else then; {@link advance} first. */
export function apply(world: World, deed: Deed, atNs: Nanos): void {
  const at = { timeNs: atNs, source: OUTSIDE, n: world.inputs + 1, micro: 0 };
  assert(compare(at, world.at) > 0, 'an input comes after what was done');
  world.at = at;
  world.inputs += 1;
  seen.enter(world.see, at);
  act(world, deed, atNs, seen.nextId(world.see));
}

function partNamed(world: World, name: string): number {
  return world.parts.findIndex((part) => nameOf(part) === name);
}

function act(world: World, deed: Deed, now: Nanos, id: Id): void {
  const name = 'cable' in deed ? deed.cable : deed.host;
  const number = partNamed(world, name);
  const part = world.parts[number];
  seen.note(world.see, name, deed, id);
  if (part === undefined) return;
  if (part.kind === 'cable' && deed.kind !== 'type' && deed.kind !== 'frame') {
    stepCable(world, part, deed, now, id);
    rearm(world, number, now + 1);
  } else if (part.kind === 'computer' && deed.kind === 'type') {
    typed(part.at, deed.octets, now);
    rearm(world, number, now + 1);
  } else if (part.kind === 'outside' && deed.kind === 'frame') {
    const jack = world.parts.findIndex(
      (each) => each.kind === 'cable' && each.ends.includes(number),
    );
    if (jack >= 0) transmit(world, number, jack, deed.octets, id);
  }
}
