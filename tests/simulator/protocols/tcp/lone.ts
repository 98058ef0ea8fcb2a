/** One TCP whose peer is written by hand: the tests say every number. */
import { NEVER } from '../../../../simulator/contract/time';
import {
  accept,
  open,
  step,
  RFC,
  type Effect,
  type Input,
  type Phase,
  type Settings,
  type State,
} from '../../../../simulator/protocols/tcp';
import { flags, type Flags, type Segment } from '../../../../simulator/wire/tcp';

export const ISS = 1000;
export const PEER = 5000;
const LOCAL = { address: 0x0a00_0001, port: 49_152 };
const REMOTE = { address: 0x0a00_0002, port: 80 };

export const OPENING = { local: LOCAL, remote: REMOTE, iss: ISS, mss: 1460, now: 0 };

type Fields = Partial<Omit<Segment, 'flags'>>;

/** What the peer sends: `say('syn ack', { sequence: PEER })`. */
export function say(names: string, fields: Fields = {}): Segment {
  return {
    sourcePort: REMOTE.port,
    destinationPort: LOCAL.port,
    sequence: PEER + 1,
    acknowledgment: ISS + 1,
    flags: flags(...(names.split(' ').filter((name) => name !== '') as (keyof Flags)[])),
    window: 1000,
    urgent: 0,
    mss: null,
    payload: new Uint8Array(0),
    ...fields,
  };
}

export const text = (words: string): Uint8Array => new TextEncoder().encode(words);

export type Lone = {
  state: State;
  effects: readonly Effect[];
  now: number;
  readonly log: string[];
};

export function tell(lone: Lone, input: Input): Lone {
  const { state, effects, notes } = step(lone.state, input, lone.now);
  lone.state = state;
  lone.effects = effects;
  lone.log.push(...notes.map((note) => ('why' in note ? `${note.kind} ${note.why}` : note.kind)));
  return lone;
}

export const hear = (lone: Lone, names: string, fields?: Fields): Lone =>
  tell(lone, { kind: 'segment', segment: say(names, fields) });

/** Waits until it wants to be woken, and wakes it; false when it does not want to. */
export function wake(lone: Lone): boolean {
  if (lone.state.wakeAt === NEVER) return false;
  lone.now = lone.state.wakeAt;
  tell(lone, { kind: 'wake' });
  return true;
}

/** What went out in the last step. */
export const sent = (lone: Lone): Segment[] =>
  lone.effects.flatMap((effect) => (effect.kind === 'transmit' ? [effect.segment] : []));

export function calling(settings: Partial<Settings> = {}): Lone {
  const { state, effects } = open({ ...OPENING, settings: { ...RFC, ...settings } });
  return { state, effects, now: 0, log: [] };
}

export function called(settings: Partial<Settings> = {}, fields: Fields = {}): Lone {
  const syn = say('syn', { sequence: PEER, acknowledgment: 0, ...fields });
  const { state, effects } = accept(syn, { ...OPENING, settings: { ...RFC, ...settings } });
  if (state === null) throw new Error('the call was not taken');
  return { state, effects, now: 0, log: [] };
}

export const established = (settings: Partial<Settings> = {}, fields: Fields = {}): Lone =>
  hear(calling(settings), 'syn ack', { sequence: PEER, mss: 1460, ...fields });

/** How to get to each state but LISTEN, which is no connection's. */
const WAYS: Readonly<Record<Exclude<Phase, 'LISTEN'>, () => Lone>> = {
  CLOSED: () => tell(calling(), { kind: 'abort' }),
  'SYN-SENT': () => calling(),
  'SYN-RECEIVED': () => called(),
  ESTABLISHED: () => established(),
  'FIN-WAIT-1': () => tell(established(), { kind: 'close' }),
  'FIN-WAIT-2': () => hear(inPhase('FIN-WAIT-1'), 'ack', { acknowledgment: ISS + 2 }),
  'CLOSE-WAIT': () => hear(established(), 'fin ack'),
  CLOSING: () => hear(inPhase('FIN-WAIT-1'), 'fin ack'),
  'LAST-ACK': () => tell(inPhase('CLOSE-WAIT'), { kind: 'close' }),
  'TIME-WAIT': () => hear(inPhase('FIN-WAIT-2'), 'fin ack', { acknowledgment: ISS + 2 }),
};

export function inPhase(phase: Exclude<Phase, 'LISTEN'>): Lone {
  return WAYS[phase]();
}

/** The next number the machine wants. */
export const wanted = (lone: Lone): number =>
  lone.state.phase === 'SYN-SENT' ? PEER : lone.state.receive.nxt;
