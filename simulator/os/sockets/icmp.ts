/**
 * ICMP datagram sockets as Linux has them (net/ipv4/ping.c): a process sends echo requests whose
 * identifier and checksum the kernel fills in, and gets the replies that carry its identifier.
 */
import type { ErrorName } from '../../contract/call';
import { NONE } from '../../contract/outcome';
import type { Endpoint, Reply } from '../../contract/program';
import { get, remove, set } from '../../contract/table';
import { checksum } from '../../bits/checksum';
import { drawBelow } from '../../bits/random';
import { octetsFor } from '../../bits/slab';
import { write16 } from '../../bits/words';
import * as icmp from '../../wire/icmp';
import { PROTOCOL } from '../../wire/ipv4';
import { block, wake } from '../calls/answer';
import { HEADROOM_OCTETS, sendPacket } from '../network/output';
import { done, fail, say, spendCopy, type Turn } from '../turn';
import type { Waiter } from '../waiter';
import type { IcmpSocket, Received } from './socket';
import { newSocketId, putSocket, removeSocket, socketOf } from './table';

/** SO_RCVBUF's default, net.core.rmem_default. */
const RECEIVE_OCTETS = 212_992;
const IDENTIFIERS = 0x1_0000;

export function createIcmp(turn: Turn, owner: number): number {
  const id = newSocketId(turn);
  const fresh = { kind: 'icmp', id, owner, identifier: 0, peer: null, error: null } as const;
  putSocket(turn, { ...fresh, queue: NONE, queuedOctets: 0, readers: NONE });
  return id;
}

/** The socket with what waits in it: a literal, because this is done for each message. */
function holding(
  { kind, id, owner, identifier, peer, error }: IcmpSocket,
  queue: readonly Received[],
  queuedOctets: number,
  readers: readonly Waiter[],
): IcmpSocket {
  return { kind, id, owner, identifier, peer, error, queue, queuedOctets, readers };
}

export function bindIcmp(turn: Turn, socket: IcmpSocket, identifier: number): ErrorName | null {
  if (socket.identifier !== 0) return 'EINVAL';
  const { pings } = turn.kernel;
  const wanted = identifier === 0 ? freeIdentifier(turn) : identifier;
  if (wanted === null || get(pings, wanted) !== undefined) return 'EADDRINUSE';
  turn.kernel.pings = set(pings, wanted, socket.id);
  putSocket(turn, { ...socket, identifier: wanted });
  return null;
}

/** Drawn, and then the next that is free; null when all are taken. */
function freeIdentifier(turn: Turn): number | null {
  const drawn = drawBelow(turn.kernel.stream, IDENTIFIERS - 1);
  turn.kernel.stream = drawn.stream;
  for (let tried = 0; tried < IDENTIFIERS - 1; tried++) {
    const identifier = 1 + ((drawn.value + tried) % (IDENTIFIERS - 1));
    if (get(turn.kernel.pings, identifier) === undefined) return identifier;
  }
  return null;
}

export function connectIcmp(turn: Turn, socket: IcmpSocket, peer: Endpoint): Reply {
  putSocket(turn, { ...socket, peer });
  return done(0);
}

export function sendIcmp(
  turn: Turn,
  socket: IcmpSocket,
  octets: Uint8Array,
  endpoint: Endpoint | null,
): Reply {
  const peer = endpoint ?? socket.peer;
  if (peer === null) return fail('EDESTADDRREQ');
  const isEcho = octets.length >= icmp.HEADER_OCTETS && octets[0] === icmp.TYPE.echo;
  if (!isEcho || octets[1] !== 0) return fail('EINVAL');
  const unbound = socket.identifier === 0 ? bindIcmp(turn, socket, 0) : null;
  if (unbound !== null) return fail('EAGAIN');
  const identifier = (socketOf(turn, socket.id) as IcmpSocket).identifier;
  spendCopy(turn, octets.length);
  const packet = octetsFor(HEADROOM_OCTETS + octets.length);
  packet.set(octets, HEADROOM_OCTETS);
  write16(packet, HEADROOM_OCTETS + 2, 0);
  write16(packet, HEADROOM_OCTETS + 4, identifier);
  write16(packet, HEADROOM_OCTETS + 2, checksum(packet, HEADROOM_OCTETS));
  const error = sendPacket(turn, packet, peer.address, PROTOCOL.icmp);
  return error === null ? done(octets.length) : fail(error);
}

export function receiveIcmp(
  turn: Turn,
  waiter: Waiter,
  socket: IcmpSocket,
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

/** An echo reply that carries some socket's identifier. */
export function deliverEchoReply(turn: Turn, identifier: number, received: Received): void {
  const id = get(turn.kernel.pings, identifier);
  const socket = id === undefined ? undefined : socketOf(turn, id);
  if (socket?.kind !== 'icmp') {
    say(turn, { kind: 'ignored', protocol: 'icmp', why: 'no socket has that identifier' });
    return;
  }
  const reader = socket.readers[0];
  if (reader !== undefined) {
    const others = socket.readers.length === 1 ? NONE : socket.readers.slice(1);
    putSocket(turn, holding(socket, NONE, 0, others));
    wake(turn, reader, replyOf(received, sizeAsked(reader)), 'an echo reply came');
    return;
  }
  const queuedOctets = socket.queuedOctets + received.octets.length;
  if (queuedOctets > RECEIVE_OCTETS) {
    say(turn, { kind: 'ignored', protocol: 'icmp', why: 'the receive buffer is full' });
    return;
  }
  putSocket(turn, holding(socket, [...socket.queue, received], queuedOctets, socket.readers));
}

/** What the network says about an echo request that this socket sent. */
export function failIcmp(turn: Turn, identifier: number, error: ErrorName): void {
  const id = get(turn.kernel.pings, identifier);
  const socket = id === undefined ? undefined : socketOf(turn, id);
  if (socket?.kind !== 'icmp') return;
  const [reader, ...readers] = socket.readers;
  if (reader === undefined) {
    putSocket(turn, { ...socket, error });
    return;
  }
  putSocket(turn, { ...socket, readers });
  wake(turn, reader, fail(error), 'its request could not be delivered');
}

export function closeIcmp(turn: Turn, socket: IcmpSocket): void {
  turn.kernel.pings = remove(turn.kernel.pings, socket.identifier);
  removeSocket(turn, socket.id);
}
