/** The socket table, and from a process's descriptor to its socket. */
import type { ErrorName } from '../../contract/call';
import { get, remove, set } from '../../contract/table';
import { fileOf } from '../processes';
import type { Turn } from '../turn';
import type { Socket } from './socket';

export function socketOf(turn: Turn, id: number): Socket | undefined {
  return get(turn.kernel.sockets, id);
}

export function putSocket(turn: Turn, socket: Socket): void {
  turn.kernel.sockets = set(turn.kernel.sockets, socket.id, socket);
}

export function removeSocket(turn: Turn, id: number): void {
  turn.kernel.sockets = remove(turn.kernel.sockets, id);
}

export function newSocketId(turn: Turn): number {
  const id = turn.kernel.nextSocket;
  turn.kernel.nextSocket = id + 1;
  return id;
}

/** The socket behind a descriptor, or why there is none. */
export function socketAt(turn: Turn, pid: number, fd: number): Socket | ErrorName {
  const file = fileOf(turn, pid, fd);
  if (file === null) return 'EBADF';
  if (file.kind !== 'socket') return 'ENOTSOCK';
  return socketOf(turn, file.id) ?? 'EBADF';
}
