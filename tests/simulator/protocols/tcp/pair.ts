/** Two TCPs and a channel between them that does to each segment what a test says. */
import type { Plain } from '../../../../simulator/contract/plain';
import { MILLISECOND_NS, NEVER, type Nanos } from '../../../../simulator/contract/time';
import { before, distance } from '../../../../simulator/bits/words';
import {
  accept,
  open,
  refuse,
  sentence,
  step,
  RFC,
  ROWS,
  type Effect,
  type Input,
  type Note,
  type Opening,
  type Settings,
  type State,
  type Why,
} from '../../../../simulator/protocols/tcp';
import { emit, FLAG_NAMES, parse, type Segment } from '../../../../simulator/wire/tcp';

export type Name = 'client' | 'server';

/** How much later than usual, ms, each copy of a segment arrives; none: it is lost. */
export type Fate = readonly number[];
export type Channel = (from: Name, segment: Segment, n: number) => Fate;

export const LOST: Fate = [];
export const WHOLE: Fate = [0];

type Flight = {
  readonly to: Name;
  readonly atNs: Nanos;
  readonly n: number;
  readonly segment: Segment;
};

type Side = {
  state: State | null;
  readonly listens: boolean;
  readonly iss: number;
  readonly mss: number;
  readonly settings: Settings;
  /** What came of `read`. */
  readonly got: number[];
  ended: boolean;
  /** What `send` last took. */
  accepted: number;
  closed: Why | null;
  readonly told: Effect['kind'][];
};

export type Pair = {
  now: Nanos;
  readonly delayNs: number;
  readonly channel: Channel;
  readonly silent: boolean;
  readonly sides: Readonly<Record<Name, Side>>;
  flights: Flight[];
  n: number;
  steps: number;
  readonly lines: string[];
};

export type Options = {
  readonly channel?: Channel;
  readonly listens?: readonly Name[];
  readonly settings?: Partial<Record<Name, Partial<Settings>>>;
  readonly iss?: Readonly<Record<Name, number>>;
  readonly mss?: number;
  /** Without its story, for those who run thousands. */
  readonly silent?: boolean;
  /** One way. */
  readonly delayMs?: number;
};

const PORTS = { client: 49_152, server: 80 };
const endpoint = (name: Name): { address: number; port: number } => ({
  address: name === 'client' ? 0x0a00_0001 : 0x0a00_0002,
  port: PORTS[name],
});
const other = (name: Name): Name => (name === 'client' ? 'server' : 'client');

export function create(options: Options = {}): Pair {
  const side = (name: Name): Side => ({
    state: null,
    listens: (options.listens ?? ['server']).includes(name),
    iss: options.iss?.[name] ?? (name === 'client' ? 1000 : 5000),
    mss: options.mss ?? 1460,
    settings: { ...RFC, ...options.settings?.[name] },
    got: [],
    ended: false,
    accepted: 0,
    closed: null,
    told: [],
  });
  return {
    now: 0,
    delayNs: (options.delayMs ?? 10) * MILLISECOND_NS,
    channel: options.channel ?? (() => WHOLE),
    silent: options.silent ?? false,
    sides: { client: side('client'), server: side('server') },
    flights: [],
    n: 0,
    steps: 0,
    lines: [],
  };
}

const opening = (pair: Pair, name: Name): Opening => {
  const { iss, mss, settings } = pair.sides[name];
  return {
    local: endpoint(name),
    remote: endpoint(other(name)),
    iss,
    mss,
    now: pair.now,
    settings,
  };
};

/** A program calls. */
export function connect(pair: Pair, name: Name): void {
  carry(pair, name, open(opening(pair, name)));
}

/** A program, or the clock, asks something of its TCP. */
export function tell(pair: Pair, name: Name, input: Input): void {
  const { state } = pair.sides[name];
  if (state === null) throw new Error(`${name} has no connection`);
  if (input.kind !== 'wake' && input.kind !== 'segment')
    line(pair, name, () => `program: ${ask(input)}`);
  carry(pair, name, step(state, input, pair.now));
}

export const write = (pair: Pair, name: Name, text: string): void => {
  tell(pair, name, { kind: 'send', octets: new TextEncoder().encode(text) });
};

export const read = (pair: Pair, name: Name, maxOctets = 100_000): void => {
  tell(pair, name, { kind: 'read', maxOctets });
};

const wakeAt = (pair: Pair, name: Name): Nanos => pair.sides[name].state?.wakeAt ?? NEVER;

/** Runs all that is due up to and at `untilMs`; then it is that late. */
export function run(pair: Pair, untilMs: number): void {
  const untilNs = untilMs * MILLISECOND_NS;
  while (nextNs(pair) <= untilNs) once(pair);
  pair.now = Math.max(pair.now, untilNs);
}

/** Runs until nothing is due any more; throws when that does not come. */
export function settle(pair: Pair, stepsMax = 20_000): void {
  const limit = pair.steps + stepsMax;
  while (nextNs(pair) < NEVER) {
    once(pair);
    if (pair.steps > limit) throw new Error('it never ends');
  }
}

function nextNs(pair: Pair): Nanos {
  const arrival = pair.flights[0]?.atNs ?? NEVER;
  return Math.min(arrival, wakeAt(pair, 'client'), wakeAt(pair, 'server'));
}

function once(pair: Pair): void {
  pair.now = Math.max(pair.now, nextNs(pair));
  const [flight] = pair.flights;
  if (flight !== undefined && flight.atNs <= pair.now) {
    pair.flights = pair.flights.slice(1);
    land(pair, flight);
    return;
  }
  const name = wakeAt(pair, 'client') <= pair.now ? 'client' : 'server';
  tell(pair, name, { kind: 'wake' });
  if (wakeAt(pair, name) <= pair.now) throw new Error(`${name} would be woken for ever`);
}

function land(pair: Pair, { to, segment }: Flight): void {
  const side = pair.sides[to];
  if (side.state !== null) tell(pair, to, { kind: 'segment', segment });
  else if (side.listens) carry(pair, to, accept(segment, opening(pair, to)));
  else carry(pair, to, refuse(segment));
}

type Result = {
  readonly state: State | null;
  readonly effects: readonly Effect[];
  readonly notes: readonly Note[];
};

function carry(pair: Pair, name: Name, { state, effects, notes }: Result): void {
  const side = pair.sides[name];
  pair.steps += 1;
  if (state !== null) {
    check(side.state, state);
    freeze(state);
    side.state = state;
  }
  for (const note of notes) hear(pair, name, note);
  for (const effect of effects) perform(pair, name, effect);
}

/** A state moves along the rows of the table alone. */
function hear(pair: Pair, name: Name, note: Note): void {
  if (note.kind === 'changed') {
    const { from, event, to } = note;
    if (!ROWS.some((row) => row[0] === from && row[1] === event && row[2] === to))
      throw new Error(`${from} → ${to} by ${event} is not in the table`);
  }
  line(pair, name, () => sentence(note));
}

function perform(pair: Pair, name: Name, effect: Effect): void {
  const side = pair.sides[name];
  if (effect.kind === 'transmit') {
    launch(pair, name, effect.segment);
    return;
  }
  side.told.push(effect.kind);
  switch (effect.kind) {
    case 'deliver':
      side.got.push(...effect.octets);
      side.ended ||= effect.end;
      line(
        pair,
        name,
        () => `delivers ${textOf(effect.octets)}${effect.end ? ' and the end' : ''}`,
      );
      return;
    case 'accepted':
      side.accepted = effect.lengthOctets;
      return;
    case 'closed':
      side.closed = effect.why;
      line(pair, name, () => `tells the program: closed, ${effect.why}`);
      return;
    case 'connected':
    case 'readable':
    case 'writable':
      line(pair, name, () => `tells the program: ${effect.kind}`);
  }
}

function launch(pair: Pair, from: Name, segment: Segment): void {
  const to = other(from);
  const fate = pair.channel(from, segment, pair.n);
  pair.n += 1;
  const lost = fate.length === 0 ? '  (lost)' : '';
  line(pair, from, () => `--> ${describeSegment(segment)}${lost}`);
  fate.forEach((extraMs, copy) => {
    const atNs = pair.now + pair.delayNs + extraMs * MILLISECOND_NS;
    pair.flights.push({ to, atNs, n: pair.n + copy / 10, segment: overTheWire(from, segment) });
  });
  pair.flights.sort((a, b) => a.atNs - b.atNs || a.n - b.n);
}

/**
 * What holds after every step. An old segment that was overtaken by one with the same numbers may
 * take back window that is used already; but nothing new goes beyond it.
 */
function check(old: State | null, { send, receive }: State): void {
  const inFlight = distance(send.nxt, send.una);
  if (inFlight < 0) throw new Error('SND.NXT lies before SND.UNA');
  if (old !== null && before(old.send.nxt, send.nxt) && inFlight > send.window)
    throw new Error(`${inFlight} in flight, but the window is ${send.window}`);
  if (before(send.max, send.nxt)) throw new Error('SND.NXT was never sent');
  if (before(receive.edge, receive.nxt)) throw new Error('more was taken than was offered');
  receive.pieces.forEach((piece, index) => {
    const low = receive.pieces[index - 1];
    const from = low === undefined ? receive.nxt : low.sequence + low.octets.length;
    if (low === undefined && distance(piece.sequence, from) <= 0) throw new Error('not joined');
    if (distance(piece.sequence, from) < 0) throw new Error('pieces overlap');
  });
}

/** A moment never changes: whoever tries throws. */
export function freeze(value: Plain | undefined): void {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
  if (Object.isFrozen(value)) return;
  Object.freeze(value);
  Object.values(value).forEach(freeze);
}

const textOf = (octets: Uint8Array): string =>
  octets.length > 40 ? `${octets.length} octets` : JSON.stringify(new TextDecoder().decode(octets));

function ask(input: Input): string {
  if (input.kind === 'send') return `send ${textOf(input.octets)}`;
  if (input.kind === 'set') return `set ${JSON.stringify(input.settings)}`;
  return input.kind === 'read' ? `read up to ${input.maxOctets}` : input.kind;
}

/** As the peer reads it out of its octets. */
function overTheWire(from: Name, segment: Segment): Segment {
  const [source, destination] = [endpoint(from).address, endpoint(other(from)).address];
  const octets = emit(segment, source, destination);
  const parsed = parse(octets, 0, octets.length, source, destination);
  if (!parsed.ok) throw new Error(parsed.why);
  return parsed.value;
}

export function describeSegment(segment: Segment): string {
  const names = FLAG_NAMES.filter((name) => segment.flags[name]).map((name) => name.toUpperCase());
  const { sequence, acknowledgment, window, mss, windowScale, payload } = segment;
  return [
    `[${names.join(' ')}] seq ${sequence}`,
    ...(segment.flags.ack ? [`ack ${acknowledgment}`] : []),
    `win ${window}`,
    ...(mss === null ? [] : [`mss ${mss}`]),
    ...(windowScale === undefined ? [] : [`scale ${windowScale}`]),
    ...(payload.length === 0 ? [] : [textOf(payload)]),
  ].join(' ');
}

function line(pair: Pair, name: Name, text: () => string): void {
  if (pair.silent) return;
  const ms = Math.round(pair.now / MILLISECOND_NS);
  pair.lines.push(`${String(ms).padStart(7)} ms  ${name}  ${text()}`);
}

/** The story so far. */
export const story = (pair: Pair): string => `${pair.lines.join('\n')}\n`;

/** A pair whose handshake is over; the story begins after it. */
export function established(options: Options = {}): Pair {
  const pair = create(options);
  connect(pair, 'client');
  run(pair, 100);
  pair.lines.length = 0;
  return pair;
}
