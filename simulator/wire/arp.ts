/**
 * ARP for IPv4 over Ethernet (RFC 826): requests and replies. Other hardware, other protocols and
 * other operations are refused. The cache and when to ask are the protocol's.
 */
import type { Ipv4, Mac } from '../contract/address';
import { read16, read32, read48, write16, write32, write48 } from '../bits/words';
import { accept, refuse, type Parsed } from './parsed';

export const MESSAGE_OCTETS = 28;

const HARDWARE_ETHERNET = 1;
const PROTOCOL_IPV4 = 0x0800;
/** Hardware and protocol address length, as one 16-bit word. */
const LENGTHS = 0x0604;

export const OPERATION = { request: 1, reply: 2 } as const;

export type Operation = keyof typeof OPERATION;

export type Message = {
  readonly operation: Operation;
  readonly senderMac: Mac;
  readonly senderAddress: Ipv4;
  /** Without meaning in a request; by custom zero. */
  readonly targetMac: Mac;
  readonly targetAddress: Ipv4;
};

/** Octets behind the message are padding. */
export function parse(octets: Uint8Array, from = 0, to = octets.length): Parsed<Message> {
  if (to - from < MESSAGE_OCTETS) return refuse('shorter than an ARP message', to);
  if (read16(octets, from) !== HARDWARE_ETHERNET) return refuse('hardware not Ethernet', from);
  if (read16(octets, from + 2) !== PROTOCOL_IPV4) return refuse('protocol not IPv4', from + 2);
  if (read16(octets, from + 4) !== LENGTHS) return refuse('wrong address lengths', from + 4);
  const code = read16(octets, from + 6);
  if (code !== OPERATION.request && code !== OPERATION.reply)
    return refuse(`operation ${code} is neither request nor reply`, from + 6);
  return accept({
    operation: code === OPERATION.request ? 'request' : 'reply',
    senderMac: read48(octets, from + 8),
    senderAddress: read32(octets, from + 14),
    targetMac: read48(octets, from + 18),
    targetAddress: read32(octets, from + 24),
  });
}

/** The message after `headroomOctets` zeros for the header of the frame. */
export function emit(message: Message, headroomOctets = 0): Uint8Array {
  const at = headroomOctets;
  const octets = new Uint8Array(at + MESSAGE_OCTETS);
  write16(octets, at, HARDWARE_ETHERNET);
  write16(octets, at + 2, PROTOCOL_IPV4);
  write16(octets, at + 4, LENGTHS);
  write16(octets, at + 6, OPERATION[message.operation]);
  write48(octets, at + 8, message.senderMac);
  write32(octets, at + 14, message.senderAddress);
  write48(octets, at + 18, message.targetMac);
  write32(octets, at + 24, message.targetAddress);
  return octets;
}
