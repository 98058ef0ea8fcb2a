/** Reading from and writing to a connection, as far as that is possible at once. */
import type { Reply } from '../../contract/program';
import * as tcp from '../../protocols/tcp';
import { fail, type Turn } from '../turn';
import { apply } from './connection';
import type { StreamSocket } from './socket';
import { putSocket } from './table';

/** The error that ended the connection, told once; null when there is none to tell. */
function takeError(turn: Turn, socket: StreamSocket): Reply | null {
  if (socket.error === null) return null;
  putSocket(turn, { ...socket, error: null });
  return fail(socket.error);
}

/** Null: nothing is there yet. No octets: the peer has said everything. */
export function readNow(turn: Turn, socket: StreamSocket, maxOctets: number): Reply | null {
  const { connection } = socket;
  if (connection === null) return takeError(turn, socket) ?? fail('ENOTCONN');
  const { phase, receive } = connection;
  if (maxOctets === 0) return { ok: true, value: 0, octets: new Uint8Array(0) };
  if (receive.buffer.length === 0) {
    if (phase === 'CLOSED') {
      const error = takeError(turn, socket);
      if (error !== null) return error;
    } else if (!receive.ended) return null;
  }
  const next = tcp.step(connection, { kind: 'read', maxOctets }, turn.now);
  apply(turn, socket, next);
  const delivered = next.effects.find((effect) => effect.kind === 'deliver');
  const octets = delivered?.octets ?? new Uint8Array(0);
  return { ok: true, value: octets.length, octets };
}

/** How many octets were taken, or why none can be. */
export function writeNow(turn: Turn, socket: StreamSocket, octets: Uint8Array): number | Reply {
  const { connection } = socket;
  const error = takeError(turn, socket);
  if (error !== null) return error;
  // Linux also sends SIGPIPE; here it counts as ignored.
  if (connection === null || connection.phase === 'CLOSED' || connection.send.finAt !== null)
    return fail('EPIPE');
  const next = tcp.step(connection, { kind: 'send', octets }, turn.now);
  apply(turn, socket, next);
  const accepted = next.effects.find((effect) => effect.kind === 'accepted');
  return accepted?.lengthOctets ?? 0;
}
