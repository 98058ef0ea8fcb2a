/**
 * IPv4 packets (RFC 791 §3.1): header with checksum, options as opaque octets, fragment fields.
 * Which addresses are acceptable, reassembly, and the time to live are the protocol's.
 */
import type { Ipv4 } from '../contract/address';
import { checksum } from '../bits/checksum';
import { read16, read32, write16, write32 } from '../bits/words';
import { accept, refuse, type Parsed } from './parsed';

/** Without options. */
export const HEADER_OCTETS = 20;

export const PROTOCOL = { icmp: 1, tcp: 6, udp: 17 } as const;

export type Header = {
  readonly source: Ipv4;
  readonly destination: Ipv4;
  readonly protocol: number;
  readonly ttl: number;
  /** DSCP and ECN (RFC 2474, RFC 3168), one octet. */
  readonly service: number;
  readonly identification: number;
  readonly dontFragment: boolean;
  readonly moreFragments: boolean;
  /** Where this fragment's payload lies in the whole, octets; a multiple of 8. */
  readonly fragmentOffset: number;
  /** Padded to whole 32-bit words, at most 40 octets. */
  readonly options: Uint8Array;
};

export type Packet = Header & { readonly payload: Uint8Array };

export const NO_OPTIONS = new Uint8Array(0);

const DONT_FRAGMENT = 0x4000;
const MORE_FRAGMENTS = 0x2000;
const OFFSET_MASK = 0x1fff;

/** Octets behind the total length are padding of the frame. A wrong checksum is refused. */
export function parse(octets: Uint8Array, from = 0, to = octets.length): Parsed<Packet> {
  if (to - from < HEADER_OCTETS) return refuse('shorter than an IPv4 header', to);
  const first = octets[from] as number;
  if (first >>> 4 !== 4) return refuse(`version ${first >>> 4} is not 4`, from);
  const headerEnd = from + (first & 15) * 4;
  if (headerEnd < from + HEADER_OCTETS) return refuse('header length below 5', from);
  const end = from + read16(octets, from + 2);
  if (end < headerEnd) return refuse('total length below the header length', from + 2);
  if (end > to) return refuse('total length beyond the end', from + 2);
  if (checksum(octets, from, headerEnd) !== 0) return refuse('wrong header checksum', from + 10);
  const fragment = read16(octets, from + 6);
  const plain = headerEnd === from + HEADER_OCTETS;
  return accept({
    source: read32(octets, from + 12),
    destination: read32(octets, from + 16),
    protocol: octets[from + 9] as number,
    ttl: octets[from + 8] as number,
    service: octets[from + 1] as number,
    identification: read16(octets, from + 4),
    dontFragment: (fragment & DONT_FRAGMENT) !== 0,
    moreFragments: (fragment & MORE_FRAGMENTS) !== 0,
    fragmentOffset: (fragment & OFFSET_MASK) * 8,
    options: plain ? NO_OPTIONS : octets.subarray(from + HEADER_OCTETS, headerEnd),
    payload: octets.subarray(headerEnd, end),
  });
}

export function headerOctetsOf(header: Header): number {
  return HEADER_OCTETS + header.options.length;
}

/** Writes the header at `at`, in front of a payload that is there already and ends before `end`. */
export function writeHeader(
  octets: Uint8Array,
  at: number,
  header: Header,
  end = octets.length,
): void {
  const headerOctets = headerOctetsOf(header);
  const fragment =
    (header.dontFragment ? DONT_FRAGMENT : 0) |
    (header.moreFragments ? MORE_FRAGMENTS : 0) |
    (header.fragmentOffset >>> 3);
  octets[at] = 0x40 | (headerOctets / 4);
  octets[at + 1] = header.service;
  write16(octets, at + 2, end - at);
  write16(octets, at + 4, header.identification);
  write16(octets, at + 6, fragment);
  octets[at + 8] = header.ttl;
  octets[at + 9] = header.protocol;
  write16(octets, at + 10, 0);
  write32(octets, at + 12, header.source);
  write32(octets, at + 16, header.destination);
  if (header.options.length > 0) octets.set(header.options, at + HEADER_OCTETS);
  write16(octets, at + 10, checksum(octets, at, at + headerOctets));
}

/** The packet after `headroomOctets` zeros for the header of the frame. */
export function emit(packet: Packet, headroomOctets = 0): Uint8Array {
  const payloadFrom = headroomOctets + headerOctetsOf(packet);
  const octets = new Uint8Array(payloadFrom + packet.payload.length);
  octets.set(packet.payload, payloadFrom);
  writeHeader(octets, headroomOctets, packet);
  return octets;
}
