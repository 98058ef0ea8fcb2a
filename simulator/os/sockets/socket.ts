/** Sockets as the kernel keeps them; calls that wait hang in their queues. */
import type { ErrorName } from '../../contract/call';
import { NONE } from '../../contract/outcome';
import type { Endpoint } from '../../contract/program';
import { NEVER, type Nanos } from '../../contract/time';
import type * as tcp from '../../protocols/tcp';
import type { Waiter } from '../waiter';

/** A message that nobody has read yet. */
export type Received = {
  readonly octets: Uint8Array;
  readonly peer: Endpoint;
  readonly ttl: number;
};

/**
 * A socket of messages: a UDP socket, or Linux's "ping socket" (echo requests out, their replies in;
 * the kernel sets the identifier).
 */
export type MessageSocket = {
  readonly kind: 'icmp' | 'datagram';
  readonly id: number;
  readonly owner: number;
  /** The UDP port, or the identifier of echo requests; 0 until bound or first used. */
  readonly number: number;
  readonly peer: Endpoint | null;
  readonly queue: readonly Received[];
  readonly queuedOctets: number;
  readonly readers: readonly Waiter[];
  /** Told once to the next call that reads. */
  readonly error: ErrorName | null;
};

/** A write that waits for room: what is left of it, and how much was taken before. */
export type Writer = {
  readonly waiter: Waiter;
  readonly rest: Uint8Array;
  readonly taken: number;
};

/** A listening socket's own things. */
export type Listening = {
  readonly machine: tcp.Listener;
  readonly backlog: number;
  /** Sockets of calls whose handshake is under way, and of those that wait for accept. */
  readonly embryos: readonly number[];
  readonly queue: readonly number[];
  readonly accepters: readonly Waiter[];
};

/**
 * A TCP socket: fresh, then listening or with a connection. It outlives its descriptor until the
 * connection is gone, so TIME-WAIT can be seen in the table.
 */
export type StreamSocket = {
  readonly kind: 'stream';
  readonly id: number;
  /** The process that has it, or had it. */
  readonly owner: number;
  /** A descriptor, or a listening socket's queue, still refers to it. */
  readonly held: boolean;
  /** The listening socket that it came out of, until it is accepted. */
  readonly parent: number | null;
  /** Where it was bound; null before. */
  readonly local: Endpoint | null;
  readonly listening: Listening | null;
  readonly connection: tcp.State | null;
  readonly connecter: Waiter | null;
  readonly readers: readonly Waiter[];
  readonly writers: readonly Writer[];
  /** Why the connection is gone; told once. */
  readonly error: ErrorName | null;
  /** When a connection that nobody holds is given up in FIN-WAIT-2. */
  readonly orphanUntilNs: Nanos;
};

export type Socket = MessageSocket | StreamSocket;

/** Neither bound nor connected. */
export const freshStream = (id: number, owner: number): StreamSocket => ({
  kind: 'stream',
  id,
  owner,
  held: true,
  parent: null,
  local: null,
  listening: null,
  connection: null,
  connecter: null,
  readers: NONE,
  writers: NONE,
  error: null,
  orphanUntilNs: NEVER,
});

/** With a connection that has taken a step; field by field, as every segment comes here. */
export const withConnection = (
  socket: StreamSocket,
  connection: tcp.State,
  error: ErrorName | null,
): StreamSocket => ({
  kind: 'stream',
  id: socket.id,
  owner: socket.owner,
  held: socket.held,
  parent: socket.parent,
  local: socket.local,
  listening: socket.listening,
  connection,
  connecter: socket.connecter,
  readers: socket.readers,
  writers: socket.writers,
  error,
  orphanUntilNs: socket.orphanUntilNs,
});
