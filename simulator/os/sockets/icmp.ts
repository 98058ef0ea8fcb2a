/**
 * ICMP datagram sockets as Linux has them (net/ipv4/ping.c): a process sends echo requests whose
 * identifier and checksum the kernel fills in, and gets the replies that carry its identifier.
 */
import type { ErrorName } from '../../contract/call';
import type { Endpoint, Reply } from '../../contract/program';
import { get, remove, set } from '../../contract/table';
import { checksum } from '../../bits/checksum';
import { drawBelow } from '../../bits/random';
import { octetsFor } from '../../bits/slab';
import { write16 } from '../../bits/words';
import * as icmp from '../../wire/icmp';
import { PROTOCOL } from '../../wire/ipv4';
import { HEADROOM_OCTETS, sendPacket } from '../network/output';
import { done, fail, say, spendCopy, type Turn } from '../turn';
import { deliverMessage, failMessage } from './messages';
import type { MessageSocket, Received } from './socket';
import { putSocket, removeSocket, socketOf } from './table';

const IDENTIFIERS = 0x1_0000;

export function bindIcmp(turn: Turn, socket: MessageSocket, identifier: number): ErrorName | null {
  if (socket.number !== 0) return 'EINVAL';
  const { pings } = turn.kernel;
  const wanted = identifier === 0 ? freeIdentifier(turn) : identifier;
  if (wanted === null || get(pings, wanted) !== undefined) return 'EADDRINUSE';
  turn.kernel.pings = set(pings, wanted, socket.id);
  putSocket(turn, { ...socket, number: wanted });
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

export function sendIcmp(
  turn: Turn,
  socket: MessageSocket,
  octets: Uint8Array,
  endpoint: Endpoint | null,
): Reply {
  const peer = endpoint ?? socket.peer;
  if (peer === null) return fail('EDESTADDRREQ');
  const isEcho = octets.length >= icmp.HEADER_OCTETS && octets[0] === icmp.TYPE.echo;
  if (!isEcho || octets[1] !== 0) return fail('EINVAL');
  const unbound = socket.number === 0 ? bindIcmp(turn, socket, 0) : null;
  if (unbound !== null) return fail('EAGAIN');
  const { number } = socketOf(turn, socket.id) as MessageSocket;
  spendCopy(turn, octets.length);
  const packet = octetsFor(HEADROOM_OCTETS + octets.length);
  packet.set(octets, HEADROOM_OCTETS);
  write16(packet, HEADROOM_OCTETS + 2, 0);
  write16(packet, HEADROOM_OCTETS + 4, number);
  write16(packet, HEADROOM_OCTETS + 2, checksum(packet, HEADROOM_OCTETS));
  const error = sendPacket(turn, packet, peer.address, PROTOCOL.icmp);
  return error === null ? done(octets.length) : fail(error);
}

function socketWith(turn: Turn, identifier: number): MessageSocket | null {
  const id = get(turn.kernel.pings, identifier);
  const socket = id === undefined ? undefined : socketOf(turn, id);
  return socket?.kind === 'icmp' ? socket : null;
}

/** An echo reply that carries some socket's identifier. */
export function deliverEchoReply(turn: Turn, identifier: number, received: Received): void {
  const socket = socketWith(turn, identifier);
  if (socket !== null) deliverMessage(turn, socket, received);
  else say(turn, { kind: 'ignored', protocol: 'icmp', why: 'no socket has that identifier' });
}

/** What the network says about an echo request that this socket sent. */
export function failIcmp(turn: Turn, identifier: number, error: ErrorName): void {
  const socket = socketWith(turn, identifier);
  if (socket !== null) failMessage(turn, socket, error);
}

export function closeIcmp(turn: Turn, socket: MessageSocket): void {
  turn.kernel.pings = remove(turn.kernel.pings, socket.number);
  removeSocket(turn, socket.id);
}
