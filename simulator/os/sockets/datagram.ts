/** UDP sockets (RFC 768, RFC 1122 §4.1, udp(7)): a port, perhaps a peer, and datagrams that wait. */
import type { ErrorName } from '../../contract/call';
import type { Endpoint, Reply } from '../../contract/program';
import { get, remove, set } from '../../contract/table';
import { isBroadcast } from '../../protocols/ip';
import type { Packet } from '../../wire/ipv4';
import { emit, parse, PROTOCOL } from '../../wire/udp';
import { HEADROOM_OCTETS, sendPacket } from '../network/output';
import { done, fail, say, spendCopy, type Turn } from '../turn';
import { connectMessages, deliverMessage, failMessage } from './messages';
import { freePort } from './ports';
import type { MessageSocket } from './socket';
import { putSocket, removeSocket, socketOf } from './table';

/** What an IPv4 packet holds behind its header and that of UDP. */
const MOST_OCTETS = 65_507;

export function bindDatagram(turn: Turn, socket: MessageSocket, port: number): ErrorName | null {
  if (socket.number !== 0) return 'EINVAL';
  const { datagrams } = turn.kernel;
  const isTaken = (wanted: number): boolean => get(datagrams, wanted) !== undefined;
  const wanted = port === 0 ? freePort(turn, isTaken) : port;
  if (wanted === null || isTaken(wanted)) return 'EADDRINUSE';
  turn.kernel.datagrams = set(datagrams, wanted, socket.id);
  putSocket(turn, { ...socket, number: wanted });
  return null;
}

/** The socket with a port: a drawn one, when it has none yet. */
function bound(turn: Turn, socket: MessageSocket): MessageSocket | null {
  if (socket.number !== 0) return socket;
  if (bindDatagram(turn, socket, 0) !== null) return null;
  return socketOf(turn, socket.id) as MessageSocket;
}

export function connectDatagram(turn: Turn, socket: MessageSocket, peer: Endpoint): Reply {
  const own = bound(turn, socket);
  return own === null ? fail('EAGAIN') : connectMessages(turn, own, peer);
}

export function sendDatagram(
  turn: Turn,
  socket: MessageSocket,
  octets: Uint8Array,
  endpoint: Endpoint | null,
): Reply {
  const peer = endpoint ?? socket.peer;
  if (peer === null) return fail('EDESTADDRREQ');
  if (peer.port === 0) return fail('EINVAL');
  if (octets.length > MOST_OCTETS) return fail('EMSGSIZE');
  const { ip } = turn.kernel.network;
  // SO_BROADCAST would let it.
  if (isBroadcast(ip, peer.address)) return fail('EACCES');
  const own = bound(turn, socket);
  if (own === null) return fail('EAGAIN');
  spendCopy(turn, octets.length);
  const datagram = { sourcePort: own.number, destinationPort: peer.port, payload: octets };
  const packet = emit(datagram, ip.address, peer.address, HEADROOM_OCTETS);
  const error = sendPacket(turn, packet, peer.address, PROTOCOL);
  return error === null ? done(octets.length) : fail(error);
}

function socketOn(turn: Turn, port: number): MessageSocket | null {
  const id = get(turn.kernel.datagrams, port);
  const socket = id === undefined ? undefined : socketOf(turn, id);
  return socket?.kind === 'datagram' ? socket : null;
}

const same = (one: Endpoint, other: Endpoint): boolean =>
  one.address === other.address && one.port === other.port;

/** False when nobody has that port: then its sender is told, unless it went to everybody. */
export function receiveDatagram(turn: Turn, packet: Packet): boolean {
  const { payload, source, destination, ttl } = packet;
  const parsed = parse(payload, 0, payload.length, source, destination);
  if (!parsed.ok) {
    say(turn, { kind: 'ignored', protocol: 'udp', why: parsed.why });
    return true;
  }
  const { sourcePort, destinationPort, payload: octets } = parsed.value;
  const peer = { address: source, port: sourcePort };
  const socket = socketOn(turn, destinationPort);
  // A connected socket hears its peer alone (udp(7)).
  const isFor = socket !== null && (socket.peer === null || same(socket.peer, peer));
  if (isFor) deliverMessage(turn, socket, { octets, peer, ttl });
  return isFor;
}

/** What the network says of a datagram of ours: only who has one peer can know what it is about. */
export function failDatagram(turn: Turn, port: number, peer: Endpoint, error: ErrorName): void {
  const socket = socketOn(turn, port);
  if (socket?.peer != null && same(socket.peer, peer)) failMessage(turn, socket, error);
  else say(turn, { kind: 'ignored', protocol: 'udp', why: 'an error that concerns no socket' });
}

export function closeDatagram(turn: Turn, socket: MessageSocket): void {
  turn.kernel.datagrams = remove(turn.kernel.datagrams, socket.number);
  removeSocket(turn, socket.id);
}
