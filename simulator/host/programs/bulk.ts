/**
 * A client that writes so many octets to a TCP port and then closes (octet i is i modulo 251): what
 * a bulk transfer is measured with. It says how many it wrote and how long the writing took.
 */
import { formatIpv4, parseIpv4 } from '../../contract/address';
import { NONE, type Outcome } from '../../contract/outcome';
import type { Plain } from '../../contract/plain';
import type {
  Endpoint,
  Program,
  ProgramEffect,
  ProgramInput,
  Reply,
  SystemCall,
} from '../../contract/program';
import type { Nanos } from '../../contract/time';
import { fieldsOf, wholeOf } from './arguments';
import { chunkOf, PATTERN_CHUNK_OCTETS } from './pattern';
import { ascii, milliseconds } from './text';

type Arguments = {
  readonly endpoint: Endpoint;
  readonly octets: number;
  /** How long it waits before it connects: a server may have to begin first. */
  readonly delayNs: number;
};

type State = {
  readonly asked: Arguments;
  readonly fd: number;
  readonly written: number;
  readonly connectedAtNs: Nanos;
};

type Next = Outcome<State | null, ProgramEffect, never>;

const SLEEP = 1;
const SOCKET = 2;
const CONNECT = 3;
const WRITE = 4;
const OTHER = 5;

const OUTPUT = 1;
const ERRORS = 2;

const call = (tag: number, made: SystemCall): ProgramEffect => ({ kind: 'call', tag, call: made });

const next = (state: State | null, ...effects: readonly ProgramEffect[]): Next => ({
  state,
  effects,
  notes: NONE,
});

function say(words: string, fd: number, status: number): readonly ProgramEffect[] {
  const said = call(OTHER, { kind: 'write', fd, octets: ascii(`bulk: ${words}\n`) });
  return [said, call(OTHER, { kind: 'exit', status })];
}

/** A text says what is wrong. */
function parseArguments(given: Plain): Arguments | string {
  const fields = fieldsOf(given);
  const { destination } = fields ?? {};
  const address = typeof destination === 'string' ? parseIpv4(destination) : null;
  if (fields === null || address === null) return 'its destination is an IPv4 address';
  const port = wholeOf(fields, 'port', 9, 1, 65_535);
  if (port === null) return 'its port is a whole number from 1 to 65535';
  const octets = wholeOf(fields, 'octets', 1_000_000, 0, Number.MAX_SAFE_INTEGER);
  if (octets === null) return 'its octets are a whole number, 0 or more';
  const delayNs = wholeOf(fields, 'delayNs', 0, 0, Number.MAX_SAFE_INTEGER);
  if (delayNs === null) return 'its delayNs is a whole number, 0 or more';
  return { endpoint: { address, port }, octets, delayNs };
}

function begin(given: Plain): Next {
  const asked = parseArguments(given);
  if (typeof asked === 'string') return next(null, ...say(asked, ERRORS, 2));
  const state: State = { asked, fd: -1, written: 0, connectedAtNs: 0 };
  return next(state, call(SLEEP, { kind: 'nanosleep', delayNs: asked.delayNs }));
}

function writeOn(state: State, now: Nanos): Next {
  const { asked, fd, written, connectedAtNs } = state;
  if (written < asked.octets) {
    const length = Math.min(PATTERN_CHUNK_OCTETS, asked.octets - written);
    return next(state, call(WRITE, { kind: 'write', fd, octets: chunkOf(written, length) }));
  }
  const took = milliseconds(now - connectedAtNs);
  const peer = `${formatIpv4(asked.endpoint.address)}:${asked.endpoint.port}`;
  const close = call(OTHER, { kind: 'close', fd });
  return next(null, close, ...say(`${written} octets to ${peer} in ${took} ms`, OUTPUT, 0));
}

const CALLS: Readonly<Record<number, string>> = {
  [SLEEP]: 'nanosleep',
  [SOCKET]: 'socket',
  [CONNECT]: 'connect',
  [WRITE]: 'write',
};

function returned(state: State, tag: number, reply: Reply, now: Nanos): Next {
  if (!reply.ok) return next(null, ...say(`${CALLS[tag]}: ${reply.error}`, ERRORS, 1));
  if (tag === SLEEP) return next(state, call(SOCKET, { kind: 'socket', socket: 'stream' }));
  if (tag === SOCKET) {
    const fd = reply.value;
    const connect = call(CONNECT, { kind: 'connect', fd, endpoint: state.asked.endpoint });
    return next({ ...state, fd }, connect);
  }
  if (tag === CONNECT) return writeOn({ ...state, connectedAtNs: now }, now);
  return writeOn({ ...state, written: state.written + reply.value }, now);
}

function step(state: Plain, input: ProgramInput, now: Nanos): Next {
  if (input.kind === 'start') return begin(input.arguments);
  const known = state as State | null;
  // When it has said its last word only those calls return.
  return known === null ? next(null) : returned(known, input.tag, input.reply, now);
}

export const BULK: Program = { start: null, step };
