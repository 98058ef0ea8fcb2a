/** The socket calls: they find the socket behind the descriptor and hand on to its kind. */
import type { Endpoint, Reply, SocketKind } from '../../contract/program';
import { openFile } from '../processes';
import { bindIcmp, connectIcmp, createIcmp, receiveIcmp, sendIcmp } from '../sockets/icmp';
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
  if (kind === 'datagram') return fail('EPROTONOSUPPORT');
  const id = kind === 'icmp' ? createIcmp(turn, pid) : createStream(turn, pid);
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
  const error =
    socket.kind === 'icmp' ? bindIcmp(turn, socket, port) : bindStream(turn, socket, port);
  return error === null ? done(0) : fail(error);
}

export function listenCall(turn: Turn, pid: number, fd: number, backlog: number): Reply {
  const socket = socketAt(turn, pid, fd);
  if (typeof socket === 'string') return fail(socket);
  return socket.kind === 'icmp' ? fail('EOPNOTSUPP') : listenStream(turn, socket, backlog);
}

export function acceptCall(turn: Turn, waiter: Waiter, fd: number): Reply | null {
  const socket = socketAt(turn, waiter.process, fd);
  if (typeof socket === 'string') return fail(socket);
  return socket.kind === 'icmp' ? fail('EOPNOTSUPP') : acceptStream(turn, waiter, socket);
}

export function connectCall(turn: Turn, waiter: Waiter, fd: number, peer: Endpoint): Reply | null {
  const socket = socketAt(turn, waiter.process, fd);
  if (typeof socket === 'string') return fail(socket);
  if (socket.kind === 'icmp') return connectIcmp(turn, socket, peer);
  return connectStream(turn, waiter, socket, peer);
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
  if (socket.kind === 'icmp') return sendIcmp(turn, socket, octets, endpoint);
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
  return socket.kind === 'icmp'
    ? receiveIcmp(turn, waiter, socket, maxOctets)
    : readStream(turn, waiter, socket, maxOctets);
}
