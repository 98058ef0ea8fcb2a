/**
 * Sockets of messages: what waits in them, and who waits for it. What a message is (an echo reply, a
 * UDP datagram) and whose it is, is for icmp.ts and datagram.ts.
 */
import type { ErrorName } from '../../contract/call';
import { NONE } from '../../contract/outcome';
import type { Endpoint, Reply } from '../../contract/program';
import { block, wake } from '../calls/answer';
import { done, fail, say, type Turn } from '../turn';
import type { Waiter } from '../waiter';
import type { MessageSocket, Received } from './socket';
import { newSocketId, putSocket } from './table';

/** SO_RCVBUF's default, net.core.rmem_default. */
const RECEIVE_OCTETS = 212_992;

export function createMessages(turn: Turn, owner: number, kind: MessageSocket['kind']): number {
  const id = newSocketId(turn);
  const fresh = { kind, id, owner, number: 0, peer: null, error: null };
  putSocket(turn, { ...fresh, queue: NONE, queuedOctets: 0, readers: NONE });
  return id;
}

/** The socket with what waits in it: a literal, because this is done for each message. */
function holding(
  { kind, id, owner, number, peer, error }: MessageSocket,
  queue: readonly Received[],
  queuedOctets: number,
  readers: readonly Waiter[],
): MessageSocket {
  return { kind, id, owner, number, peer, error, queue, queuedOctets, readers };
}

export function connectMessages(turn: Turn, socket: MessageSocket, peer: Endpoint): Reply {
  putSocket(turn, { ...socket, peer });
  return done(0);
}

export function receiveMessage(
  turn: Turn,
  waiter: Waiter,
  socket: MessageSocket,
  maxOctets: number,
): Reply | null {
  if (socket.error !== null) {
    putSocket(turn, { ...socket, error: null });
    return fail(socket.error);
  }
  const first = socket.queue[0];
  if (first === undefined) {
    putSocket(turn, holding(socket, socket.queue, 0, [...socket.readers, waiter]));
    return block(turn, waiter, 'a message');
  }
  const queuedOctets = socket.queuedOctets - first.octets.length;
  putSocket(turn, holding(socket, socket.queue.slice(1), queuedOctets, socket.readers));
  return replyOf(first, maxOctets);
}

/** What does not fit is cut off, as of every datagram socket. */
function replyOf({ octets, peer, ttl }: Received, maxOctets: number): Reply {
  const given = octets.length > maxOctets ? octets.subarray(0, maxOctets) : octets;
  return { ok: true, value: given.length, octets: given, peer, ttl };
}

const sizeAsked = ({ call }: Waiter): number => ('maxOctets' in call ? call.maxOctets : 0);

/** A message has come: whoever waits gets it, or it waits itself while there is room. */
export function deliverMessage(turn: Turn, socket: MessageSocket, received: Received): void {
  const reader = socket.readers[0];
  if (reader !== undefined) {
    const others = socket.readers.length === 1 ? NONE : socket.readers.slice(1);
    putSocket(turn, holding(socket, NONE, 0, others));
    wake(turn, reader, replyOf(received, sizeAsked(reader)), COMES[socket.kind]);
    return;
  }
  const queuedOctets = socket.queuedOctets + received.octets.length;
  if (queuedOctets > RECEIVE_OCTETS) {
    const protocol = PROTOCOLS[socket.kind];
    say(turn, { kind: 'ignored', protocol, why: 'the receive buffer is full' });
    return;
  }
  putSocket(turn, holding(socket, [...socket.queue, received], queuedOctets, socket.readers));
}

const COMES = { icmp: 'an echo reply came', datagram: 'a datagram came' };
const PROTOCOLS = { icmp: 'icmp', datagram: 'udp' };

/** What the network says about a message that this socket sent. */
export function failMessage(turn: Turn, socket: MessageSocket, error: ErrorName): void {
  const [reader, ...readers] = socket.readers;
  if (reader === undefined) {
    putSocket(turn, { ...socket, error });
    return;
  }
  putSocket(turn, { ...socket, readers });
  wake(turn, reader, fail(error), 'its message could not be delivered');
}
