/**
 * After a connection has taken a step: calls that waited for it are answered, a finished handshake
 * goes to its listening socket, and what nobody needs any more leaves the table.
 */
import * as tcp from '../../protocols/tcp';
import { wake } from '../calls/answer';
import { done, fail, type Turn } from '../turn';
import { forget, orphan, streamAt } from './connection';
import { readNow, writeNow } from './data';
import { forgetConnection } from './ports';
import { settleChild } from './listening';
import type { StreamSocket, Writer } from './socket';
import { putSocket } from './table';

const SHAKING: ReadonlySet<tcp.Phase> = new Set<tcp.Phase>(['SYN-SENT', 'SYN-RECEIVED']);

export function settle(turn: Turn, id: number): void {
  const socket = streamAt(turn, id);
  if (socket === null || socket.connection === null) return;
  if (SHAKING.has(socket.connection.phase)) return;
  if (socket.parent !== null) settleChild(turn, socket, socket.parent);
  if (socket.connecter !== null) settleConnect(turn, socket);
  settleReaders(turn, id);
  settleWriters(turn, id);
  const settled = streamAt(turn, id);
  if (settled === null) return;
  if (!settled.held && settled.connection?.phase === 'CLOSED') forget(turn, settled);
  else orphan(turn, settled);
}

/** A call that failed leaves the socket as it was before, to be tried again. */
function settleConnect(turn: Turn, socket: StreamSocket): void {
  const { connecter, connection, error } = socket;
  if (connecter === null || connection === null) return;
  if (connection.phase !== 'CLOSED') {
    putSocket(turn, { ...socket, connecter: null });
    wake(turn, connecter, done(0), 'the connection is established');
    return;
  }
  forgetConnection(turn, connection.local, connection.remote);
  putSocket(turn, { ...socket, connecter: null, connection: null, error: null });
  wake(turn, connecter, fail(error ?? 'ECONNREFUSED'), 'there will be no connection');
}

function settleReaders(turn: Turn, id: number): void {
  for (;;) {
    const socket = streamAt(turn, id);
    const reader = socket?.readers[0];
    if (socket === null || reader === undefined) return;
    const { call } = reader;
    const reply = readNow(turn, socket, 'maxOctets' in call ? call.maxOctets : 0);
    if (reply === null) return;
    const left = streamAt(turn, id) ?? socket;
    putSocket(turn, { ...left, readers: left.readers.slice(1) });
    wake(turn, reader, reply, 'there is something to read');
  }
}

/** A writer is woken for all that it still has to write, or for a good part of the buffer. */
function mustWait({ connection }: StreamSocket, { rest }: Writer): boolean {
  if (connection === null || connection.phase === 'CLOSED') return false;
  const { send, settings } = connection;
  const room = settings.sendBufferOctets - send.buffer.length;
  return room < rest.length && !tcp.isRoomy(send, settings);
}

function settleWriters(turn: Turn, id: number): void {
  for (;;) {
    const socket = streamAt(turn, id);
    const writer = socket?.writers[0];
    if (socket === null || writer === undefined || mustWait(socket, writer)) return;
    const result = writeNow(turn, socket, writer.rest);
    const left = streamAt(turn, id) ?? socket;
    if (typeof result === 'number' && result < writer.rest.length) {
      const rest = writer.rest.subarray(result);
      const taken = writer.taken + result;
      putSocket(turn, { ...left, writers: left.writers.with(0, { ...writer, rest, taken }) });
      return;
    }
    putSocket(turn, { ...left, writers: left.writers.slice(1) });
    const total = typeof result === 'number' ? done(writer.taken + result) : result;
    // What was taken before the connection broke counts; the error is for the next call.
    const reply = writer.taken > 0 && !total.ok ? done(writer.taken) : total;
    wake(turn, writer.waiter, reply, 'there is room for all of it');
  }
}
