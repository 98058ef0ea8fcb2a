/** The last descriptor of a socket was closed. */
import type { Turn } from '../turn';
import { closeIcmp } from './icmp';
import { socketOf } from './table';

export function closeSocket(turn: Turn, id: number): void {
  const socket = socketOf(turn, id);
  if (socket === undefined) return;
  closeIcmp(turn, socket);
}
