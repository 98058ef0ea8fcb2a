/**
 * The way in: frames that the interface has stored go up through Ethernet, ARP and IP to whoever
 * they are for. Echo requests are answered here; what nobody takes is answered with an ICMP error
 * (RFC 1122 §3.2.2.1) or dropped with a note that says why.
 */
import { BROADCAST_MAC } from '../../contract/address';
import type { Ipv4 } from '../../contract/address';
import { REGISTER } from '../../contract/e1000';
import { CAUSES, storeRegister } from '../driver/rings';
import { giveBack, takeFrame } from '../driver/receive';
import { transmitted } from '../driver/transmit';
import * as icmp from '../../protocols/icmp';
import * as ip from '../../protocols/ip';
import { parse as parseArp } from '../../wire/arp';
import * as ethernet from '../../wire/ethernet';
import { emit as emitIcmp, type Message } from '../../wire/icmp';
import { PROTOCOL, type Packet } from '../../wire/ipv4';
import { receiveDatagram } from '../sockets/datagram';
import { deliverEchoReply } from '../sockets/icmp';
import { receiveSegment, wakeConnections } from '../sockets/segments';
import { isHeard, say, spend, spendCopy, type Turn } from '../turn';
import { reportError, reportLost } from './errors';
import { HEADROOM_OCTETS, resolve, sendPacket } from './output';

/** The interface has stored or sent frames. */
export function nicInterrupt(turn: Turn): void {
  // First of all, so that what comes from now on interrupts again.
  storeRegister(turn, REGISTER.ICR, CAUSES);
  spend(turn, turn.kernel.config.costs.kernel.interrupt, 'interrupt');
  const { receiveNext } = turn.kernel.rings;
  for (let frame = takeFrame(turn); frame !== null; frame = takeFrame(turn)) receive(turn, frame);
  giveBack(turn, receiveNext);
  transmitted(turn);
}

/** The protocols' timers. */
export function wakeNetwork(turn: Turn): void {
  wakeConnections(turn);
  if (turn.kernel.network.fragments.wakeAt <= turn.now) reassemble(turn, { kind: 'wake' });
  if (turn.kernel.network.arp.wakeAt > turn.now) return;
  for (const packet of resolve(turn, { kind: 'wake' })) reportLost(turn, packet);
}

/** Packets to ourselves, until there are no more. */
export function receiveLooped(turn: Turn): void {
  for (let packet = turn.looped.shift(); packet !== undefined; packet = turn.looped.shift())
    receivePacket(turn, packet, ethernet.HEADER_OCTETS, packet.length, false);
}

const ignore = (turn: Turn, protocol: string, why: string): void => {
  say(turn, { kind: 'ignored', protocol, why });
};

function receive(turn: Turn, octets: Uint8Array): void {
  spend(turn, turn.kernel.config.costs.kernel.frameIn, 'receive');
  spendCopy(turn, octets.length);
  const parsed = ethernet.parseHeader(octets);
  if (!parsed.ok) {
    ignore(turn, 'ethernet', parsed.why);
    return;
  }
  const { source, destination, type } = parsed.value;
  if (isHeard(turn))
    say(turn, { kind: 'received', source, destination, type, lengthOctets: octets.length });
  const from = ethernet.headerOctetsOf(parsed.value);
  if (type === ethernet.TYPE.ipv4) {
    receivePacket(turn, octets, from, octets.length, destination === BROADCAST_MAC);
  } else if (type === ethernet.TYPE.arp) {
    receiveArp(turn, octets.subarray(from));
  } else {
    ignore(turn, 'ethernet', `nobody here understands type 0x${type.toString(16)}`);
  }
}

function receiveArp(turn: Turn, payload: Uint8Array): void {
  const message = parseArp(payload);
  if (message.ok) resolve(turn, { kind: 'packet', message: message.value });
  else ignore(turn, 'arp', message.why);
}

function receivePacket(
  turn: Turn,
  octets: Uint8Array,
  from: number,
  to: number,
  toEverybody: boolean,
): void {
  const received = ip.receive(turn.kernel.network.ip, octets, from, to);
  if (received.kind === 'ignored') {
    ignore(turn, 'ip', received.why);
    return;
  }
  const { packet } = received;
  const broadcast = received.broadcast || toEverybody;
  if (ip.isFragment(packet)) reassemble(turn, { kind: 'fragment', packet, broadcast });
  else deliver(turn, packet, broadcast);
}

/** One input to reassembly: a packet that is whole goes on, one that never will be is told of. */
function reassemble(turn: Turn, input: ip.reassembly.Input): void {
  const next = ip.reassembly.step(turn.kernel.network.fragments, input, turn.now);
  turn.kernel.network = { ...turn.kernel.network, fragments: next.state };
  for (const note of next.notes) {
    if (note.kind === 'ignored') ignore(turn, 'ip', note.why);
    else say(turn, { kind: 'ip', note });
  }
  for (const effect of next.effects) {
    if (effect.kind === 'deliver') deliver(turn, effect.packet, effect.broadcast);
    else complain(turn, effect.first, 'time', effect.broadcast);
  }
}

function deliver(turn: Turn, packet: Packet, broadcast: boolean): void {
  if (packet.protocol === PROTOCOL.icmp) receiveIcmp(turn, packet, broadcast);
  else if (packet.protocol === PROTOCOL.tcp) receiveTcp(turn, packet, broadcast);
  else if (packet.protocol !== PROTOCOL.udp) complain(turn, packet, 'protocol', broadcast);
  else if (!receiveDatagram(turn, packet)) complain(turn, packet, 'port', broadcast);
}

/** A connection is between two hosts: never with everybody (RFC 9293 §3.9.2.3). */
function receiveTcp(turn: Turn, packet: Packet, broadcast: boolean): void {
  if (broadcast) ignore(turn, 'tcp', 'a segment to everybody');
  else receiveSegment(turn, packet);
}

function receiveIcmp(turn: Turn, packet: Packet, broadcast: boolean): void {
  const received = icmp.receive(packet, broadcast);
  switch (received.kind) {
    case 'ignored':
      ignore(turn, 'icmp', received.why);
      return;
    case 'answer':
      sendIcmp(turn, packet.source, received.message);
      return;
    case 'reply': {
      const peer = { address: packet.source, port: 0 };
      const message = { octets: packet.payload, peer, ttl: packet.ttl };
      deliverEchoReply(turn, received.message.identifier, message);
      return;
    }
    case 'error':
      reportError(turn, received.message);
  }
}

function sendIcmp(turn: Turn, destination: Ipv4, message: Message): void {
  const error = sendPacket(turn, emitIcmp(message, HEADROOM_OCTETS), destination, PROTOCOL.icmp);
  if (error !== null) ignore(turn, 'icmp', `the answer cannot be sent: ${error}`);
}

const CAUSES_OF = {
  port: 'portUnreachable',
  protocol: 'protocolUnreachable',
  time: 'reassemblyTimeExceeded',
} as const;

type Trouble = keyof typeof CAUSES_OF;

/** Nobody here takes the packet, or all of it never came: its source is told. */
function complain(turn: Turn, packet: Packet, what: Trouble, broadcast: boolean): void {
  const cause = CAUSES_OF[what];
  const answer = icmp.errorFor(turn.kernel.network.ip, packet, cause, broadcast);
  if (answer.kind === 'ignored') {
    ignore(turn, 'ip', answer.why);
    return;
  }
  if (what !== 'time')
    ignore(turn, 'ip', `nobody here takes protocol ${packet.protocol} at that ${what}`);
  sendIcmp(turn, answer.destination, answer.message);
}
