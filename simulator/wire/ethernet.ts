/**
 * Ethernet II frames (IEEE 802.3 §3, with the type field of §3.2.6) and the tag of 802.1Q §9.
 * Inside a computer a frame has no frame check sequence; on the cable it ends with one, and is at
 * least 64 octets long. What the type says is in the payload is for others to parse; padding stays
 * in the payload, because only the packet inside knows its own length.
 */
import type { Mac } from '../contract/address';
import { crc32 } from '../bits/crc';
import { read16, read48, write16, write48 } from '../bits/words';
import { accept, refuse, type Parsed } from './parsed';

/** Destination, source, type. */
export const HEADER_OCTETS = 14;
export const TAG_OCTETS = 4;
export const FCS_OCTETS = 4;
/** The shortest frame without its FCS; what is shorter is padded with zeros (§4.2.3.3). */
export const MINIMUM_OCTETS = 60;
/** The largest payload (§3.2.7): the MTU of a link. */
export const MTU_OCTETS = 1500;

export const TYPE = { ipv4: 0x0800, arp: 0x0806, vlan: 0x8100 } as const;

export type Header = {
  readonly destination: Mac;
  readonly source: Mac;
  /** EtherType; below 1536 it is the length field of an 802.3 frame. */
  readonly type: number;
  /** Priority, drop eligibility and VLAN of an 802.1Q tag, 16 bits; null without a tag. */
  readonly tag: number | null;
};

export type Frame = Header & { readonly payload: Uint8Array };

/** The header of a frame; its payload begins {@link headerOctetsOf} behind `from`. */
export function parseHeader(octets: Uint8Array, from = 0, to = octets.length): Parsed<Header> {
  if (to - from < HEADER_OCTETS) return refuse('shorter than an Ethernet header', to);
  const tagged = read16(octets, from + 12) === TYPE.vlan;
  const payloadFrom = from + HEADER_OCTETS + (tagged ? TAG_OCTETS : 0);
  if (payloadFrom > to) return refuse('shorter than a tagged Ethernet header', to);
  return accept({
    destination: read48(octets, from),
    source: read48(octets, from + 6),
    type: read16(octets, payloadFrom - 2),
    tag: tagged ? read16(octets, from + 14) : null,
  });
}

/** A frame without FCS. */
export function parse(octets: Uint8Array, from = 0, to = octets.length): Parsed<Frame> {
  const header = parseHeader(octets, from, to);
  if (!header.ok) return header;
  const payload = octets.subarray(from + headerOctetsOf(header.value), to);
  return accept({ ...header.value, payload });
}

/** A frame as it is on the cable; too short, or a wrong FCS, is refused. */
export function parseSealed(octets: Uint8Array, from = 0, to = octets.length): Parsed<Frame> {
  const end = to - FCS_OCTETS;
  if (end - from < MINIMUM_OCTETS) return refuse('shorter than 64 octets', to);
  if (crc32(octets, from, end) !== readFcs(octets, end)) return refuse('wrong FCS', end);
  return parse(octets, from, end);
}

/** The FCS that ends at `at + 4`: least significant octet first, as it leaves the shift register. */
export function readFcs(octets: Uint8Array, at: number): number {
  const high = ((octets[at + 3] as number) << 24) | ((octets[at + 2] as number) << 16);
  return (high | ((octets[at + 1] as number) << 8) | (octets[at] as number)) >>> 0;
}

export function headerOctetsOf(header: Header): number {
  return header.tag === null ? HEADER_OCTETS : HEADER_OCTETS + TAG_OCTETS;
}

/** Writes the header at `at`, in front of a payload that is there already. */
export function writeHeader(octets: Uint8Array, at: number, header: Header): void {
  write48(octets, at, header.destination);
  write48(octets, at + 6, header.source);
  let typeAt = at + 12;
  if (header.tag !== null) {
    write16(octets, typeAt, TYPE.vlan);
    write16(octets, typeAt + 2, header.tag);
    typeAt += TAG_OCTETS;
  }
  write16(octets, typeAt, header.type);
}

/** The frame without FCS and without padding, which the interface adds. */
export function emit(frame: Frame): Uint8Array {
  const headerOctets = headerOctetsOf(frame);
  const octets = new Uint8Array(headerOctets + frame.payload.length);
  writeHeader(octets, 0, frame);
  octets.set(frame.payload, headerOctets);
  return octets;
}

/** The frame `octets` (without FCS) as it leaves for the cable: padded, its FCS behind it. */
export function seal(octets: Uint8Array): Uint8Array {
  const end = Math.max(octets.length, MINIMUM_OCTETS);
  const sealed = new Uint8Array(end + FCS_OCTETS);
  sealed.set(octets);
  writeFcs(sealed);
  return sealed;
}

/** Makes the last four octets the FCS of all before them. */
export function writeFcs(octets: Uint8Array): void {
  const end = octets.length - FCS_OCTETS;
  const fcs = crc32(octets, 0, end);
  for (let i = 0; i < FCS_OCTETS; i++) octets[end + i] = fcs >>> (8 * i);
}
