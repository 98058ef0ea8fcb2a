/** TCP sockets: what the socket calls do with them (tcp(7), and the pages of section 2). */
import type { ErrorName } from '../../contract/call';
import { NONE } from '../../contract/outcome';
import type { Endpoint, Reply } from '../../contract/program';
import { draw32 } from '../../bits/random';
import * as tcp from '../../protocols/tcp';
import { block, wake } from '../calls/answer';
import { hasRoute } from '../network/output';
import { done, fail, spendCopy, type Turn } from '../turn';
import type { Waiter } from '../waiter';
import { apply, forget, MSS_OCTETS, streamAt } from './connection';
import { readNow, writeNow } from './data';
import { acceptNow, startListening, stopListening } from './listening';
import { ephemeralPort, isPortTaken, registerConnection } from './ports';
import { settle } from './settle';
import { freshStream, type StreamSocket } from './socket';
import { newSocketId, putSocket, removeSocket } from './table';

export function createStream(turn: Turn, owner: number): number {
  const id = newSocketId(turn);
  putSocket(turn, freshStream(id, owner));
  return id;
}

export function bindStream(turn: Turn, socket: StreamSocket, port: number): ErrorName | null {
  if (socket.local !== null || socket.connection !== null) return 'EINVAL';
  const local = port === 0 ? ephemeralPort(turn, null) : port;
  if (local === null || isPortTaken(turn, local)) return 'EADDRINUSE';
  putSocket(turn, { ...socket, local: { address: turn.kernel.config.ip, port: local } });
  return null;
}

export function listenStream(turn: Turn, socket: StreamSocket, backlog: number): Reply {
  if (socket.connection !== null) return fail('EINVAL');
  const error = socket.local === null ? bindStream(turn, socket, 0) : null;
  if (error !== null) return fail(error);
  const bound = streamAt(turn, socket.id) ?? socket;
  if (bound.local === null) return fail('EADDRINUSE');
  startListening(turn, bound, bound.local, backlog);
  return done(0);
}

export function acceptStream(turn: Turn, waiter: Waiter, socket: StreamSocket): Reply | null {
  const { listening } = socket;
  if (listening === null) return fail('EINVAL');
  if (listening.queue.length > 0) return acceptNow(turn, waiter.process, socket);
  const accepters = [...listening.accepters, waiter];
  putSocket(turn, { ...socket, listening: { ...listening, accepters } });
  return block(turn, waiter, 'somebody who connects');
}

export function connectStream(
  turn: Turn,
  waiter: Waiter,
  socket: StreamSocket,
  remote: Endpoint,
): Reply | null {
  if (socket.connection !== null || socket.listening !== null) return fail('EISCONN');
  if (!hasRoute(turn, remote.address)) return fail('ENETUNREACH');
  const port = socket.local?.port ?? ephemeralPort(turn, remote);
  if (port === null) return fail('EADDRNOTAVAIL');
  const local = { address: turn.kernel.config.ip, port };
  const drawn = draw32(turn.kernel.stream);
  turn.kernel.stream = drawn.stream;
  const opening = { local, remote, iss: drawn.value, mss: MSS_OCTETS, now: turn.now };
  registerConnection(turn, socket.id, local, remote);
  const blocked = block(turn, waiter, 'the answer to its SYN');
  apply(
    turn,
    { ...socket, connecter: waiter },
    tcp.open({ ...opening, settings: turn.kernel.config.tcp }),
  );
  settle(turn, socket.id);
  return blocked;
}

export function readStream(
  turn: Turn,
  waiter: Waiter,
  socket: StreamSocket,
  maxOctets: number,
): Reply | null {
  // Behind those that wait already, or octets would be given out of turn.
  const reply = socket.readers.length > 0 ? null : readNow(turn, socket, maxOctets);
  if (reply !== null) return reply;
  putSocket(turn, { ...socket, readers: [...socket.readers, waiter] });
  return block(turn, waiter, 'octets from the other side');
}

export function writeStream(
  turn: Turn,
  waiter: Waiter,
  socket: StreamSocket,
  octets: Uint8Array,
): Reply | null {
  spendCopy(turn, octets.length);
  const result = socket.writers.length > 0 ? 0 : writeNow(turn, socket, octets);
  if (typeof result !== 'number') return result;
  if (result === octets.length) return done(result);
  const left = streamAt(turn, socket.id) ?? socket;
  const writer = { waiter, rest: octets.subarray(result), taken: result };
  putSocket(turn, { ...left, writers: [...left.writers, writer] });
  return block(turn, waiter, 'room in the send buffer');
}

/** The descriptor is gone; the connection ends in its own time. */
export function closeStream(turn: Turn, socket: StreamSocket): void {
  if (socket.listening !== null) {
    stopListening(turn, socket, socket.listening);
    return;
  }
  const { connection } = socket;
  if (connection === null) {
    removeSocket(turn, socket.id);
    return;
  }
  const { connecter, readers, writers } = socket;
  const waiters = [...readers, ...writers.map((writer) => writer.waiter)];
  if (connecter !== null) waiters.push(connecter);
  const loose = { ...socket, held: false, connecter: null, readers: NONE, writers: NONE };
  putSocket(turn, loose);
  if (connection.phase === 'CLOSED') {
    forget(turn, loose);
  } else {
    // What was not read is lost, and the peer must not believe otherwise (RFC 2525 §2.17).
    const kind = connection.receive.buffer.length > 0 ? 'abort' : 'close';
    apply(turn, loose, tcp.step(connection, { kind }, turn.now));
    settle(turn, socket.id);
  }
  for (const waiter of waiters) wake(turn, waiter, fail('EBADF'), 'the socket was closed');
}
