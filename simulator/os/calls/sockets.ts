/** The socket calls: they find the socket behind the descriptor and hand on to its kind. */
import type { ErrorName } from '../../contract/call';
import type { Endpoint, Reply, SocketKind } from '../../contract/program';
import { openFile } from '../processes';
import { bindDatagram, connectDatagram, sendDatagram } from '../sockets/datagram';
import { bindIcmp, sendIcmp } from '../sockets/icmp';
import { connectMessages, createMessages, receiveMessage } from '../sockets/messages';
import type { Socket } from '../sockets/socket';
import {
  acceptStream,
  bindStream,
  connectStream,
  createStream,
  listenStream,
  readStream,
  writeStream,
} from '../sockets/stream';
import { removeSocket, socketAt } from '../sockets/table';
import { done, fail, type Turn } from '../turn';
import type { Waiter } from '../waiter';

export function socketCall(turn: Turn, pid: number, kind: SocketKind): Reply {
  const id = kind === 'stream' ? createStream(turn, pid) : createMessages(turn, pid, kind);
  const fd = openFile(turn, pid, { kind: 'socket', id });
  if (fd !== null) return done(fd);
  removeSocket(turn, id);
  return fail('EMFILE');
}

export function bindCall(turn: Turn, pid: number, fd: number, endpoint: Endpoint): Reply {
  const socket = socketAt(turn, pid, fd);
  if (typeof socket === 'string') return fail(socket);
  const { address } = endpoint;
  if (address !== 0 && address !== turn.kernel.config.ip) return fail('EADDRNOTAVAIL');
  const { port } = endpoint;
  const error = bindTo(turn, socket, port);
  return error === null ? done(0) : fail(error);
}

function bindTo(turn: Turn, socket: Socket, port: number): ErrorName | null {
  if (socket.kind === 'stream') return bindStream(turn, socket, port);
  const bind = socket.kind === 'icmp' ? bindIcmp : bindDatagram;
  return bind(turn, socket, port);
}

export function listenCall(turn: Turn, pid: number, fd: number, backlog: number): Reply {
  const socket = socketAt(turn, pid, fd);
  if (typeof socket === 'string') return fail(socket);
  return socket.kind === 'stream' ? listenStream(turn, socket, backlog) : fail('EOPNOTSUPP');
}

export function acceptCall(turn: Turn, waiter: Waiter, fd: number): Reply | null {
  const socket = socketAt(turn, waiter.process, fd);
  if (typeof socket === 'string') return fail(socket);
  return socket.kind === 'stream' ? acceptStream(turn, waiter, socket) : fail('EOPNOTSUPP');
}

export function connectCall(turn: Turn, waiter: Waiter, fd: number, peer: Endpoint): Reply | null {
  const socket = socketAt(turn, waiter.process, fd);
  if (typeof socket === 'string') return fail(socket);
  if (socket.kind === 'stream') return connectStream(turn, waiter, socket, peer);
  const connect = socket.kind === 'icmp' ? connectMessages : connectDatagram;
  return connect(turn, socket, peer);
}

/** sendto(2); write(2) is the same without an address. */
export function sendCall(
  turn: Turn,
  waiter: Waiter,
  fd: number,
  octets: Uint8Array,
  endpoint: Endpoint | null,
): Reply | null {
  const socket = socketAt(turn, waiter.process, fd);
  if (typeof socket === 'string') return fail(socket);
  if (socket.kind !== 'stream') {
    const send = socket.kind === 'icmp' ? sendIcmp : sendDatagram;
    return send(turn, socket, octets, endpoint);
  }
  if (endpoint !== null) return fail('EISCONN');
  return writeStream(turn, waiter, socket, octets);
}

/** recvfrom(2); read(2) is the same without an address. */
export function receiveCall(
  turn: Turn,
  waiter: Waiter,
  fd: number,
  maxOctets: number,
): Reply | null {
  const socket = socketAt(turn, waiter.process, fd);
  if (typeof socket === 'string') return fail(socket);
  return socket.kind === 'stream'
    ? readStream(turn, waiter, socket, maxOctets)
    : receiveMessage(turn, waiter, socket, maxOctets);
}
