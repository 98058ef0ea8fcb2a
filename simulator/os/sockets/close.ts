/** The last descriptor of a socket was closed. */
import type { Turn } from '../turn';
import { closeDatagram } from './datagram';
import { closeIcmp } from './icmp';
import { closeStream } from './stream';
import { socketOf } from './table';

export function closeSocket(turn: Turn, id: number): void {
  const socket = socketOf(turn, id);
  if (socket === undefined) return;
  if (socket.kind === 'stream') closeStream(turn, socket);
  else if (socket.kind === 'icmp') closeIcmp(turn, socket);
  else closeDatagram(turn, socket);
}
