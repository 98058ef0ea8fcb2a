/** The echo service (RFC 862) over UDP: each datagram goes back to whom it came from. */
import { NONE, type Outcome } from '../../contract/outcome';
import type { Plain } from '../../contract/plain';
import type { Program, ProgramEffect, ProgramInput, SystemCall } from '../../contract/program';
import { portOf } from './arguments';
import { ascii } from './text';

/** The port, and the descriptor once there is one. */
type State = { readonly port: number; readonly fd: number };
type Next = Outcome<State | null, ProgramEffect, never>;

const SOCKET = 0;
const BIND = 1;
const RECEIVE = 2;
const OTHER = 3;

const ERRORS = 2;
const MOST_OCTETS = 65_536;

const call = (tag: number, made: SystemCall): ProgramEffect => ({ kind: 'call', tag, call: made });

const next = (state: State | null, ...effects: readonly ProgramEffect[]): Next => ({
  state,
  effects,
  notes: NONE,
});

function giveUp(why: string): Next {
  const octets = ascii(`udp-echo: ${why}\n`);
  const said = call(OTHER, { kind: 'write', fd: ERRORS, octets });
  return next(null, said, call(OTHER, { kind: 'exit', status: 1 }));
}

const receive = (state: State): ProgramEffect =>
  call(RECEIVE, { kind: 'recvfrom', fd: state.fd, maxOctets: MOST_OCTETS });

function begin(given: Plain): Next {
  const port = portOf(given, 7);
  if (typeof port === 'string') return giveUp(port);
  return next({ port, fd: -1 }, call(SOCKET, { kind: 'socket', socket: 'datagram' }));
}

type Returned = Extract<ProgramInput, { kind: 'returned' }>;

function returned(state: State, { tag, reply }: Returned): Next {
  if (tag === OTHER) return next(state);
  // What the network says of an answer that could not be delivered is no reason to stop.
  if (!reply.ok) return tag === RECEIVE ? next(state, receive(state)) : giveUp(reply.error);
  if (tag === SOCKET) {
    const endpoint = { address: 0, port: state.port };
    const fd = reply.value;
    return next({ ...state, fd }, call(BIND, { kind: 'bind', fd, endpoint }));
  }
  const { octets, peer } = reply;
  if (octets === undefined || peer === undefined) return next(state, receive(state));
  const back = call(OTHER, { kind: 'sendto', fd: state.fd, octets, endpoint: peer });
  return next(state, back, receive(state));
}

function step(state: Plain, input: ProgramInput): Next {
  if (input.kind === 'start') return begin(input.arguments);
  const known = state as State | null;
  return known === null ? next(null) : returned(known, input);
}

export const UDP_ECHO: Program = { start: null, step };
