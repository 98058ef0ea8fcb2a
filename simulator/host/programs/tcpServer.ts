/**
 * What every modelled TCP server does: it listens on a port, accepts whoever connects, and serves
 * all its connections at once. What is said on a connection is its {@link Service}'s.
 */
import { NONE, type Outcome } from '../../contract/outcome';
import type { Plain } from '../../contract/plain';
import type {
  Program,
  ProgramEffect,
  ProgramInput,
  Reply,
  SystemCall,
} from '../../contract/program';
import { get, remove, set, type Table } from '../../contract/table';
import { ascii } from './text';

/** What a connection does next: octets to write, and then nothing more; or it reads on. */
export type Answer<C extends Plain> = {
  readonly state: C;
  readonly write: Uint8Array | null;
  /** Close, after what is to be written. */
  readonly isLast: boolean;
};

export type Service<C extends Plain> = {
  /** The name that its complaints begin with. */
  readonly name: string;
  readonly port: number;
  /** Cycles that it takes to look at an octet that came. */
  readonly cyclesPerOctet: number;
  readonly opened: C;
  /** Octets that came; none at the end of the stream. */
  readonly received: (state: C, octets: Uint8Array) => Answer<C>;
  /** All that was to be written is taken; `read` waits until this has nothing more to write. */
  readonly written: (state: C) => Answer<C>;
};

/** `isLast`: it is closed when what is being written is taken. */
type Connection<C extends Plain> = { readonly state: C; readonly isLast: boolean };

export type State<C extends Plain> = {
  readonly listener: number;
  readonly connections: Table<Connection<C>>;
};

type Next = Outcome<Plain, ProgramEffect, never>;

const BACKLOG = 128;
const READ_OCTETS = 65_536;
const ERRORS = 2;

/** Tags of calls: on no connection, and on one, told apart by its descriptor. */
const SOCKET = 0;
const BIND = 1;
const LISTEN = 2;
const ACCEPT = 3;
const OTHER = 4;
const ON_CONNECTION = 8;
const READ = 0;
const WRITE = 1;
const KINDS = 2;

const call = (tag: number, made: SystemCall): ProgramEffect => ({ kind: 'call', tag, call: made });

const onConnection = (fd: number, kind: number): number => ON_CONNECTION + fd * KINDS + kind;

const accept = (fd: number): ProgramEffect => call(ACCEPT, { kind: 'accept', fd });

const read = (fd: number): ProgramEffect =>
  call(onConnection(fd, READ), { kind: 'read', fd, maxOctets: READ_OCTETS });

const next = (state: Plain, ...effects: readonly ProgramEffect[]): Next => ({
  state,
  effects,
  notes: NONE,
});

function giveUp(service: { readonly name: string }, what: string, state: Plain): Next {
  const octets = ascii(`${service.name}: ${what}\n`);
  const said = call(OTHER, { kind: 'write', fd: ERRORS, octets });
  return next(state, said, call(OTHER, { kind: 'exit', status: 1 }));
}

/** The calls that lead to a listening socket, one after the other; then the first accept. */
function setUp<C extends Plain>(
  service: Service<C>,
  state: State<C>,
  tag: number,
  reply: Reply,
): Next {
  const names = ['socket', 'bind', 'listen'];
  if (!reply.ok) return giveUp(service, `${names[tag]}: ${reply.error}`, state);
  if (tag === SOCKET) {
    const fd = reply.value;
    const endpoint = { address: 0, port: service.port };
    return next({ ...state, listener: fd }, call(BIND, { kind: 'bind', fd, endpoint }));
  }
  const fd = state.listener;
  if (tag === BIND) return next(state, call(LISTEN, { kind: 'listen', fd, backlog: BACKLOG }));
  return next(state, accept(fd));
}

/** Somebody connected: the next may come, and this one is read. */
function accepted<C extends Plain>(service: Service<C>, state: State<C>, reply: Reply): Next {
  if (!reply.ok) {
    // A caller that is gone already is no reason to stop; with no descriptors left it is.
    if (reply.error === 'ECONNABORTED') return next(state, accept(state.listener));
    return giveUp(service, `accept: ${reply.error}`, state);
  }
  const connection = { state: service.opened, isLast: false };
  const connections = set(state.connections, reply.value, connection);
  return next({ ...state, connections }, accept(state.listener), read(reply.value));
}

/** The descriptor may be another connection's as soon as the kernel has closed it. */
function hangUp<C extends Plain>(state: State<C>, fd: number): Next {
  const connections = remove(state.connections, fd);
  return next({ ...state, connections }, call(OTHER, { kind: 'close', fd }));
}

/** What the service answers: it is written, or the connection closes, or more is read. */
function obey<C extends Plain>(state: State<C>, fd: number, answer: Answer<C>): Next {
  const { write: octets, isLast } = answer;
  const isSilent = octets === null || octets.length === 0;
  if (isSilent && isLast) return hangUp(state, fd);
  const connections = set(state.connections, fd, { state: answer.state, isLast });
  const after = { ...state, connections };
  if (isSilent) return next(after, read(fd));
  return next(after, call(onConnection(fd, WRITE), { kind: 'write', fd, octets }));
}

/** On a connection that is broken there is nothing to do but to close it. */
function served<C extends Plain>(
  service: Service<C>,
  state: State<C>,
  tag: number,
  reply: Reply,
): Next {
  const [fd, kind] = [Math.floor((tag - ON_CONNECTION) / KINDS), (tag - ON_CONNECTION) % KINDS];
  const connection = get(state.connections, fd);
  if (connection === undefined) return next(state);
  if (!reply.ok) return hangUp(state, fd);
  if (kind === WRITE) {
    if (connection.isLast) return hangUp(state, fd);
    return obey(state, fd, service.written(connection.state));
  }
  const octets = reply.octets ?? new Uint8Array(0);
  const done = obey(state, fd, service.received(connection.state, octets));
  const cycles = octets.length * service.cyclesPerOctet;
  if (cycles === 0) return done;
  return { ...done, effects: [{ kind: 'compute', cycles }, ...done.effects] };
}

/**
 * A program out of a service. `from` reads what the scenario's author gave as arguments; what it
 * cannot use it answers with a sentence, and the program ends with it.
 */
export function tcpServer<C extends Plain>(from: (given: Plain) => Service<C> | string): Program {
  type Known = { readonly given: Plain; readonly serving: State<C> } | null;
  const within = (given: Plain, { state, effects, notes }: Next): Next => {
    return { state: { given, serving: state }, effects, notes };
  };
  const step = (state: Plain, input: ProgramInput): Next => {
    if (input.kind === 'start') {
      const service = from(input.arguments);
      if (typeof service === 'string') return giveUp({ name: 'server' }, service, null);
      const serving: State<C> = { listener: -1, connections: null };
      const socket = call(SOCKET, { kind: 'socket', socket: 'stream' });
      return within(input.arguments, next(serving, socket));
    }
    const known = state as Known;
    const service = known === null ? '' : from(known.given);
    if (known === null || typeof service === 'string') return next(state);
    const { tag, reply } = input;
    if (tag === OTHER) return next(state);
    if (tag >= ON_CONNECTION)
      return within(known.given, served(service, known.serving, tag, reply));
    if (tag === ACCEPT) return within(known.given, accepted(service, known.serving, reply));
    return within(known.given, setUp(service, known.serving, tag, reply));
  };
  return { start: null, step };
}
