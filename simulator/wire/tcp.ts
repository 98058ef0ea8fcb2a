/**
 * TCP segments (RFC 9293 §3.1): header, options, payload, checksum over the pseudo-header. What a
 * segment means, and which options belong into which segment, is for the protocol to say.
 */
import { octetsFor } from '../bits/slab';
import type { Ipv4 } from '../contract/address';
import { addWords, finish } from '../bits/checksum';
import { read16, read32, write16, write32 } from '../bits/words';
import { accept, refuse, type Parsed } from './parsed';
import { pseudoSum } from './pseudo';
import { NO_OPTIONS, optionOctetsOf, parseOptions, writeOptions, type Options } from './tcpOptions';

export const PROTOCOL = 6;
/** Without options. */
export const HEADER_OCTETS = 20;

/** Control bits, from the lowest on (RFC 9293 §3.1, RFC 3168 §6.1). */
export const FLAG_NAMES = ['fin', 'syn', 'rst', 'psh', 'ack', 'urg', 'ece', 'cwr'] as const;

export type Flags = { readonly [name in (typeof FLAG_NAMES)[number]]: boolean };

export type Segment = {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly sequence: number;
  readonly acknowledgment: number;
  readonly flags: Flags;
  readonly window: number;
  /** Urgent pointer; means something only with `flags.urg`. */
  readonly urgent: number;
  readonly payload: Uint8Array;
} & Options;

/** One frozen record for each value of the flags' octet, so that parsing makes none. */
const FLAGS: readonly Flags[] = Array.from({ length: 256 }, (_, octet) =>
  Object.freeze(flagsOf(octet)),
);

function flagsOf(octet: number): Flags {
  const pairs = FLAG_NAMES.map((name, bit) => [name, (octet & (1 << bit)) !== 0]);
  return Object.fromEntries(pairs) as Flags;
}

function octetOf(flags: Flags): number {
  let octet = 0;
  for (let bit = 0; bit < FLAG_NAMES.length; bit++)
    if (flags[FLAG_NAMES[bit] as keyof Flags]) octet |= 1 << bit;
  return octet;
}

/** The flags with the names given set, all others clear: `flags('syn', 'ack')`. */
export function flags(...set: readonly (keyof Flags)[]): Flags {
  const octet = set.reduce((sum, name) => sum | (1 << FLAG_NAMES.indexOf(name)), 0);
  return FLAGS[octet] as Flags;
}

/** A segment from `source` to `destination`; a wrong checksum is refused. */
export function parse(
  octets: Uint8Array,
  from: number,
  to: number,
  source: Ipv4,
  destination: Ipv4,
): Parsed<Segment> {
  const available = to - from;
  if (available < HEADER_OCTETS) return refuse('shorter than a TCP header', to);
  const headerOctets = ((octets[from + 12] as number) >>> 4) * 4;
  if (headerOctets < HEADER_OCTETS) return refuse('data offset below 5', from + 12);
  if (headerOctets > available) return refuse('data offset beyond the end', from + 12);
  const pseudo = pseudoSum(source, destination, PROTOCOL, available);
  if (finish(addWords(pseudo, octets, from, to)) !== 0)
    return refuse('wrong TCP checksum', from + 16);
  const payloadFrom = from + headerOctets;
  const options = parseOptions(octets, from + HEADER_OCTETS, payloadFrom);
  if (!options.ok) return options;
  const plain: Segment = {
    sourcePort: read16(octets, from),
    destinationPort: read16(octets, from + 2),
    sequence: read32(octets, from + 4),
    acknowledgment: read32(octets, from + 8),
    flags: FLAGS[octets[from + 13] as number] as Flags,
    window: read16(octets, from + 14),
    urgent: read16(octets, from + 18),
    mss: null,
    payload: octets.subarray(payloadFrom, to),
  };
  return accept(options.value === NO_OPTIONS ? plain : { ...plain, ...options.value });
}

/** Octets of the header with the options that `segment` carries. */
export function headerOctetsOf(segment: Options): number {
  return HEADER_OCTETS + optionOctetsOf(segment);
}

/** The segment after `headroomOctets` octets that are left zero for the headers of lower layers. */
export function emit(
  segment: Segment,
  source: Ipv4,
  destination: Ipv4,
  headroomOctets = 0,
): Uint8Array {
  const headerOctets = headerOctetsOf(segment);
  const octets = octetsFor(headroomOctets + headerOctets + segment.payload.length);
  write16(octets, headroomOctets, segment.sourcePort);
  write16(octets, headroomOctets + 2, segment.destinationPort);
  write32(octets, headroomOctets + 4, segment.sequence);
  write32(octets, headroomOctets + 8, segment.acknowledgment);
  octets[headroomOctets + 12] = (headerOctets / 4) << 4;
  octets[headroomOctets + 13] = octetOf(segment.flags);
  write16(octets, headroomOctets + 14, segment.window);
  write16(octets, headroomOctets + 18, segment.urgent);
  const optionsAt = headroomOctets + HEADER_OCTETS;
  writeOptions(octets, optionsAt, headroomOctets + headerOctets, segment);
  octets.set(segment.payload, headroomOctets + headerOctets);
  const pseudo = pseudoSum(source, destination, PROTOCOL, octets.length - headroomOctets);
  write16(octets, headroomOctets + 16, finish(addWords(pseudo, octets, headroomOctets)));
  return octets;
}
