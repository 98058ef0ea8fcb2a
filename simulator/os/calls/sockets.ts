/** The socket calls: they find the socket behind the descriptor and hand on to its kind. */
import type { Endpoint, Reply, SocketKind } from '../../contract/program';
import { openFile } from '../processes';
import { bindIcmp, connectIcmp, createIcmp, receiveIcmp, sendIcmp } from '../sockets/icmp';
import { socketAt } from '../sockets/table';
import { done, fail, type Turn } from '../turn';
import type { Waiter } from '../waiter';

export function socketCall(turn: Turn, pid: number, kind: SocketKind): Reply {
  if (kind !== 'icmp') return fail('EPROTONOSUPPORT');
  const fd = openFile(turn, pid, { kind: 'socket', id: createIcmp(turn, pid) });
  return fd === null ? fail('EMFILE') : done(fd);
}

export function bindCall(turn: Turn, pid: number, fd: number, endpoint: Endpoint): Reply {
  const socket = socketAt(turn, pid, fd);
  if (typeof socket === 'string') return fail(socket);
  const { address } = endpoint;
  if (address !== 0 && address !== turn.kernel.config.ip) return fail('EADDRNOTAVAIL');
  const error = bindIcmp(turn, socket, endpoint.port);
  return error === null ? done(0) : fail(error);
}

export function listenCall(turn: Turn, pid: number, fd: number): Reply {
  const socket = socketAt(turn, pid, fd);
  if (typeof socket === 'string') return fail(socket);
  return fail('EOPNOTSUPP');
}

export function acceptCall(turn: Turn, waiter: Waiter, fd: number): Reply | null {
  const socket = socketAt(turn, waiter.process, fd);
  if (typeof socket === 'string') return fail(socket);
  return fail('EOPNOTSUPP');
}

export function connectCall(turn: Turn, waiter: Waiter, fd: number, peer: Endpoint): Reply | null {
  const socket = socketAt(turn, waiter.process, fd);
  if (typeof socket === 'string') return fail(socket);
  return connectIcmp(turn, socket, peer);
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
  return sendIcmp(turn, socket, octets, endpoint);
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
  return receiveIcmp(turn, waiter, socket, maxOctets);
}
