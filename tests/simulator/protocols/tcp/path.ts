/**
 * A bulk transfer between two TCPs over a path with bandwidth, delay, a queue and losses, and
 * nothing else: no kernels, no costs. What ns-3 calls a point-to-point link with a sink.
 */
import { drawChance, streamOf } from '../../../../simulator/bits/random';
import { NEVER, type Nanos } from '../../../../simulator/contract/time';
import {
  accept,
  open,
  step,
  RFC,
  type Effect,
  type Input,
  type Opening,
  type Settings,
  type State,
} from '../../../../simulator/protocols/tcp';
import type { Segment } from '../../../../simulator/wire/tcp';
import { headerOctetsOf } from '../../../../simulator/wire/tcp';

export type Path = {
  readonly octets: number;
  readonly mss?: number;
  readonly bitsPerSecond: number;
  /** One way. */
  readonly delayNs: number;
  /** Of a million data segments, how many are lost at random. */
  readonly loss?: number;
  readonly seed?: number;
  /** Packets that wait for the line, each way; more are dropped from the tail. */
  readonly queuePackets?: number;
  readonly client?: Partial<Settings>;
  readonly server?: Partial<Settings>;
  /** Called with the sender's state after each of its steps. */
  readonly watch?: (state: State, now: Nanos) => void;
  readonly untilNs?: Nanos;
};

export type Transfer = {
  /** From the SYN to the last octet's arrival. */
  readonly tookNs: Nanos;
  readonly megabitsPerSecond: number;
  readonly segments: number;
  readonly lost: number;
  readonly dropped: number;
  readonly whole: boolean;
};

/** Ethernet and IP around a segment: header, FCS, preamble, gap (IEEE 802.3), and 20 of IPv4. */
const AROUND_OCTETS = 14 + 4 + 8 + 12 + 20;

type Line = { freeNs: Nanos; readonly waiting: Nanos[] };
type Flight = { readonly atNs: Nanos; readonly segment: Segment };

const PERIOD = 251;
const chunk = Uint8Array.from({ length: 65_536 + PERIOD }, (_, at) => at % PERIOD);

/** First in, first out: a queue whose front moves. */
type Queue = { items: Flight[]; front: number };

const nextOf = ({ items, front }: Queue): Nanos => items[front]?.atNs ?? NEVER;

function take(queue: Queue): Flight {
  const item = queue.items[queue.front] as Flight;
  queue.front += 1;
  if (queue.front > 4096) {
    queue.items = queue.items.slice(queue.front);
    queue.front = 0;
  }
  return item;
}

type Name = 'client' | 'server';

type Side = {
  state: State | null;
  readonly line: Line;
  readonly arriving: Queue;
};

type World = {
  readonly path: Path;
  now: Nanos;
  segments: number;
  lost: number;
  dropped: number;
  /** Octets that the program wrote, and that the other one read. */
  written: number;
  got: number;
  whole: boolean;
  stream: ReturnType<typeof streamOf>;
  readonly sides: Readonly<Record<Name, Side>>;
};

const ENDS = {
  client: { address: 1, port: 40_000 },
  server: { address: 2, port: 9 },
};
const otherOf = (name: Name): Name => (name === 'client' ? 'server' : 'client');

const sideOf = (): Side => ({
  state: null,
  line: { freeNs: 0, waiting: [] },
  arriving: { items: [], front: 0 },
});

const openingOf = ({ path, now }: World, name: Name): Opening => ({
  local: ENDS[name],
  remote: ENDS[otherOf(name)],
  iss: name === 'client' ? 1000 : 5000,
  mss: path.mss ?? 1460,
  now,
  settings: { ...RFC, ...path[name] },
});

function isLost(world: World, from: Name, segment: Segment): boolean {
  const { loss = 0 } = world.path;
  if (loss === 0 || from === 'server' || segment.payload.length === 0) return false;
  const drawn = drawChance(world.stream, loss);
  world.stream = drawn.stream;
  return drawn.value;
}

/** Puts a segment behind what waits for the line; it leaves when the line is free. */
function launch(world: World, from: Name, segment: Segment): void {
  const { path, now } = world;
  const { line } = world.sides[from];
  world.segments += 1;
  while (line.waiting[0] !== undefined && line.waiting[0] <= now) line.waiting.shift();
  if (line.waiting.length >= (path.queuePackets ?? 10_000)) {
    world.dropped += 1;
    return;
  }
  const frame = AROUND_OCTETS + headerOctetsOf(segment) + segment.payload.length;
  const startNs = Math.max(now, line.freeNs);
  line.freeNs = startNs + (frame * 8 * 1e9) / path.bitsPerSecond;
  line.waiting.push(startNs);
  if (isLost(world, from, segment)) {
    world.lost += 1;
    return;
  }
  const atNs = Math.round(line.freeNs + path.delayNs);
  world.sides[otherOf(from)].arriving.items.push({ atNs, segment });
}

function obey(world: World, name: Name, effects: readonly Effect[]): void {
  for (const effect of effects) {
    if (effect.kind === 'transmit') launch(world, name, effect.segment);
    if (effect.kind === 'accepted') world.written += effect.lengthOctets;
    if (effect.kind === 'deliver') hear(world, effect.octets);
  }
}

/** Every 97th octet is looked at: no two in a row are alike, and 97 divides no segment. */
function hear(world: World, octets: Uint8Array): void {
  for (let at = 0; at < octets.length; at += 97)
    world.whole &&= octets[at] === (world.got + at) % PERIOD;
  world.got += octets.length;
}

function tell(world: World, name: Name, input: Input): void {
  const side = world.sides[name];
  if (side.state === null) return;
  const next = step(side.state, input, world.now);
  side.state = next.state;
  obey(world, name, next.effects);
  if (name === 'client') world.path.watch?.(next.state, world.now);
  if (next.effects.some(({ kind }) => kind === 'readable'))
    tell(world, name, { kind: 'read', maxOctets: 10_000_000 });
}

/** The program writes as much as is taken. */
function write(world: World): void {
  const { path, sides } = world;
  while (world.written < path.octets) {
    const { state } = sides.client;
    if (state === null || state.phase !== 'ESTABLISHED') return;
    const room = state.settings.sendBufferOctets - state.send.buffer.length;
    const length = Math.min(room, path.octets - world.written, 65_536);
    if (length <= 0) return;
    const from = world.written % PERIOD;
    tell(world, 'client', { kind: 'send', octets: chunk.subarray(from, from + length) });
  }
}

function land(world: World, name: Name): void {
  const side = world.sides[name];
  const { segment } = take(side.arriving);
  if (side.state !== null) {
    tell(world, name, { kind: 'segment', segment });
  } else {
    const next = accept(segment, openingOf(world, name));
    side.state = next.state;
    obey(world, name, next.effects);
  }
  if (name === 'client') write(world);
}

/** What is due next happens; false when it is too late. */
function once(world: World): boolean {
  const { path, sides } = world;
  const wakes = { client: sides.client.state?.wakeAt, server: sides.server.state?.wakeAt };
  const arrives = { client: nextOf(sides.client.arriving), server: nextOf(sides.server.arriving) };
  const wakeNs = Math.min(wakes.client ?? NEVER, wakes.server ?? NEVER);
  const soonest = Math.min(arrives.client, arrives.server, wakeNs);
  if (soonest > (path.untilNs ?? 3_600_000_000_000)) return false;
  world.now = Math.max(world.now, soonest);
  if (arrives.server <= world.now) land(world, 'server');
  else if (arrives.client <= world.now) land(world, 'client');
  else tell(world, wakes.client === soonest ? 'client' : 'server', { kind: 'wake' });
  return true;
}

export function transfer(path: Path): Transfer {
  const sides = { client: sideOf(), server: sideOf() };
  const counts = { now: 0, segments: 0, lost: 0, dropped: 0, written: 0, got: 0, whole: true };
  const world: World = { path, sides, ...counts, stream: streamOf(path.seed ?? 1, 'loss') };
  const first = open(openingOf(world, 'client'));
  sides.client.state = first.state;
  obey(world, 'client', first.effects);
  while (world.got < path.octets && once(world));
  const { now, segments, lost, dropped, got, whole } = world;
  const megabitsPerSecond = (got * 8) / (now / 1000);
  const isWhole = whole && got === path.octets;
  return { tookNs: now, megabitsPerSecond, segments, lost, dropped, whole: isWhole };
}
