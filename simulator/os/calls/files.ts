/** read, write and close: the console and stream sockets alike. */
import type { Reply } from '../../contract/program';
import { fileOf, forgetFile } from '../processes';
import { closeSocket } from '../sockets/close';
import { done, fail, order, spendCopy, type Turn } from '../turn';
import type { Waiter } from '../waiter';
import { readConsole } from './console';
import { receiveCall, sendCall } from './sockets';

export function readFile(turn: Turn, waiter: Waiter, fd: number, maxOctets: number): Reply | null {
  const file = fileOf(turn, waiter.process, fd);
  if (file === null) return fail('EBADF');
  return file.kind === 'console'
    ? readConsole(turn, waiter, maxOctets)
    : receiveCall(turn, waiter, fd, maxOctets);
}

export function writeFile(
  turn: Turn,
  waiter: Waiter,
  fd: number,
  octets: Uint8Array,
): Reply | null {
  const file = fileOf(turn, waiter.process, fd);
  if (file === null) return fail('EBADF');
  if (file.kind === 'socket') return sendCall(turn, waiter, fd, octets, null);
  spendCopy(turn, octets.length);
  order(turn, { kind: 'print', octets });
  return done(octets.length);
}

export function closeFile(turn: Turn, pid: number, fd: number): Reply {
  const file = fileOf(turn, pid, fd);
  if (file === null) return fail('EBADF');
  forgetFile(turn, pid, fd);
  if (file.kind === 'socket') closeSocket(turn, file.id);
  return done(0);
}
