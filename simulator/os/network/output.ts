/**
 * The way out: a packet gets its IP header, its next hop and the neighbour's MAC address, and goes
 * to the driver as a frame. Each layer writes its header into the headroom in front of what is
 * there already, so the payload is copied once.
 */
import { BROADCAST_MAC, network as networkOf, type Ipv4, type Mac } from '../../contract/address';
import type { ErrorName } from '../../contract/call';
import { NONE } from '../../contract/outcome';
import * as arp from '../../protocols/arp';
import * as ip from '../../protocols/ip';
import { emit as emitArp } from '../../wire/arp';
import * as ethernet from '../../wire/ethernet';
import * as ipv4 from '../../wire/ipv4';
import { transmit } from '../driver/transmit';
import { isHeard, say, spend, spendCopy, type Turn } from '../turn';

/** What a packet leaves free in front of its payload. */
export const HEADROOM_OCTETS = ethernet.HEADER_OCTETS + ipv4.HEADER_OCTETS;

/** The length field has 16 bits. */
const LONGEST_PACKET_OCTETS = 65_535;

const LOOPBACK: Ipv4 = 0x7f00_0000;

/** Sends `packet`, whose payload begins behind the headroom. */
export function sendPacket(
  turn: Turn,
  packet: Uint8Array,
  destination: Ipv4,
  protocol: number,
): ErrorName | null {
  const lengthOctets = packet.length - ethernet.HEADER_OCTETS;
  if (lengthOctets > LONGEST_PACKET_OCTETS) return 'EMSGSIZE';
  const { kernel } = turn;
  const { network } = kernel;
  const isOurs = destination === network.ip.address;
  const fits = lengthOctets <= ethernet.MTU_OCTETS || isOurs;
  // TCP's segments are made to fit, and are told when they do not (RFC 1191).
  if (!fits && protocol === ipv4.PROTOCOL.tcp) return 'EMSGSIZE';
  kernel.identification = ip.nextIdentification(kernel.identification);
  const header = ip.header(network.ip, destination, protocol, kernel.identification);
  if (!fits) return sendFragments(turn, { ...header, dontFragment: false }, packet);
  ipv4.writeHeader(packet, ethernet.HEADER_OCTETS, header);
  return dispatch(turn, packet, destination);
}

/** A message that is longer than the link carries (RFC 1122 §3.3.3). */
function sendFragments(turn: Turn, header: ipv4.Header, packet: Uint8Array): ErrorName | null {
  const whole = { ...header, payload: packet.subarray(HEADROOM_OCTETS) };
  for (const each of ip.fragment(whole, ethernet.MTU_OCTETS)) {
    const octets = ipv4.emit(each, ethernet.HEADER_OCTETS);
    const error = dispatch(turn, octets, header.destination);
    if (error !== null) return error;
  }
  return null;
}

/** A packet whose header is written finds its way. */
function dispatch(turn: Turn, packet: Uint8Array, destination: Ipv4): ErrorName | null {
  const { network } = turn.kernel;
  if (destination === network.ip.address) {
    turn.looped.push(packet);
    return null;
  }
  const nextHop = routeTo(turn, destination);
  if (nextHop === null) return 'ENETUNREACH';
  const mac = ip.isBroadcast(network.ip, nextHop)
    ? BROADCAST_MAC
    : arp.lookup(network.arp, nextHop, turn.now);
  if (mac === null) resolve(turn, { kind: 'resolve', address: nextHop, packet });
  else sendFrame(turn, packet, mac, ethernet.TYPE.ipv4);
  return null;
}

/** There is no loopback interface: 127.0.0.0/8 leads nowhere. */
function routeTo({ kernel }: Turn, destination: Ipv4): Ipv4 | null {
  if (networkOf(destination, 8) === LOOPBACK) return null;
  return ip.route(kernel.network.ip, destination);
}

export function hasRoute(turn: Turn, destination: Ipv4): boolean {
  return routeTo(turn, destination) !== null;
}

/** One input to address resolution; answers the packets for which nobody was found. */
export function resolve(turn: Turn, input: arp.Input): readonly Uint8Array[] {
  const next = arp.step(turn.kernel.network.arp, input, turn.now);
  turn.kernel.network = { ...turn.kernel.network, arp: next.state };
  for (const note of next.notes) say(turn, { kind: 'arp', note });
  let lost: readonly Uint8Array[] = NONE;
  for (const effect of next.effects) {
    if (effect.kind === 'transmit') {
      const frame = emitArp(effect.message, ethernet.HEADER_OCTETS);
      sendFrame(turn, frame, effect.destinationMac, ethernet.TYPE.arp);
    } else if (effect.kind === 'send') {
      // It waited in the cache, so older moments hold it: the header goes into a copy.
      sendFrame(turn, effect.packet.slice(), effect.mac, ethernet.TYPE.ipv4);
    } else {
      lost = [...lost, ...effect.packets];
    }
  }
  return lost;
}

function sendFrame(turn: Turn, frame: Uint8Array, destination: Mac, type: number): void {
  const source = turn.kernel.network.mac;
  ethernet.writeHeader(frame, 0, { destination, source, type, tag: null });
  spend(turn, turn.kernel.config.costs.kernel.frameOut, 'transmit');
  spendCopy(turn, frame.length);
  if (isHeard(turn))
    say(turn, { kind: 'sent', source, destination, type, lengthOctets: frame.length });
  transmit(turn, frame);
}
