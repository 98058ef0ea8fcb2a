/**
 * TCP segments (RFC 9293 §3.1): header, options, payload, checksum over the pseudo-header. What a
 * segment means, and which options belong into which segment, is for the protocol to say.
 */
import { octetsFor } from '../bits/slab';
import type { Ipv4 } from '../contract/address';
import { addWords, finish } from '../bits/checksum';
import { read16, read32, write16, write32 } from '../bits/words';
import { accept, refuse, type Parsed, type Refusal } from './parsed';
import { pseudoSum } from './pseudo';

export const PROTOCOL = 6;
/** Without options. */
export const HEADER_OCTETS = 20;
/** Data offset is four bits of 32-bit words. */
const LONGEST_HEADER_OCTETS = 60;

/** Control bits, from the lowest on (RFC 9293 §3.1, RFC 3168 §6.1). */
export const FLAG_NAMES = ['fin', 'syn', 'rst', 'psh', 'ack', 'urg', 'ece', 'cwr'] as const;

export type Flags = { readonly [name in (typeof FLAG_NAMES)[number]]: boolean };

/** The values of options; null where a segment does not carry one. */
export type Options = {
  /** Maximum segment size that the sender wants to receive, octets. */
  readonly mss: number | null;
};

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

type OptionRow = {
  readonly kind: number;
  readonly name: keyof Options;
  /** Of the whole option: kind, length and value. */
  readonly lengthOctets: number;
  readonly read: (octets: Uint8Array, at: number) => number;
  readonly write: (octets: Uint8Array, at: number, value: number) => void;
};

const END_OF_OPTIONS = 0;
const NO_OPERATION = 1;

/** The options that are understood; all others are skipped by their length (MUST-6). */
const OPTIONS: readonly OptionRow[] = [
  { kind: 2, name: 'mss', lengthOctets: 4, read: read16, write: write16 },
];

const NO_OPTIONS: Options = { mss: null };

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
  return accept({
    sourcePort: read16(octets, from),
    destinationPort: read16(octets, from + 2),
    sequence: read32(octets, from + 4),
    acknowledgment: read32(octets, from + 8),
    flags: FLAGS[octets[from + 13] as number] as Flags,
    window: read16(octets, from + 14),
    urgent: read16(octets, from + 18),
    mss: options.value.mss,
    payload: octets.subarray(payloadFrom, to),
  });
}

/** An illegal length is refused: it cannot be known where the next option begins (MUST-7). */
function parseOptions(octets: Uint8Array, from: number, to: number): Parsed<Options> {
  if (from === to) return NOTHING;
  const found: { -readonly [name in keyof Options]: Options[name] } = { ...NO_OPTIONS };
  let at = from;
  while (at < to && octets[at] !== END_OF_OPTIONS) {
    const kind = octets[at] as number;
    if (kind === NO_OPERATION) {
      at += 1;
      continue;
    }
    const lengthOctets = optionLength(octets, at, to);
    if (typeof lengthOctets !== 'number') return lengthOctets;
    const row = OPTIONS.find((option) => option.kind === kind);
    if (row !== undefined) {
      if (row.lengthOctets !== lengthOctets)
        return refuse(`option ${kind} with a length of ${lengthOctets}`, at + 1);
      found[row.name] = row.read(octets, at + 2);
    }
    at += lengthOctets;
  }
  return accept(found);
}

const NOTHING = accept(NO_OPTIONS);

/** The length of the option at `at`, which is neither of the two that have none. */
export function optionLength(octets: Uint8Array, at: number, to: number): number | Refusal {
  if (at + 1 >= to) return refuse('an option without a length', at);
  const lengthOctets = octets[at + 1] as number;
  if (lengthOctets < 2) return refuse(`an option with a length of ${lengthOctets}`, at + 1);
  if (at + lengthOctets > to) return refuse('an option beyond the header', at + 1);
  return lengthOctets;
}

/** Octets of the header with the options that `segment` carries. */
export function headerOctetsOf(segment: Options): number {
  let total = HEADER_OCTETS;
  for (const row of OPTIONS) if (segment[row.name] !== null) total += row.lengthOctets;
  return Math.min(Math.ceil(total / 4) * 4, LONGEST_HEADER_OCTETS);
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
  writeOptions(octets, headroomOctets + HEADER_OCTETS, segment);
  octets.set(segment.payload, headroomOctets + headerOctets);
  const pseudo = pseudoSum(source, destination, PROTOCOL, octets.length - headroomOctets);
  write16(octets, headroomOctets + 16, finish(addWords(pseudo, octets, headroomOctets)));
  return octets;
}

/** What is left up to the next word stays zero: the end-of-options option (RFC 9293 §3.1). */
function writeOptions(octets: Uint8Array, from: number, segment: Options): void {
  let at = from;
  for (const row of OPTIONS) {
    const value = segment[row.name];
    if (value === null) continue;
    octets[at] = row.kind;
    octets[at + 1] = row.lengthOctets;
    row.write(octets, at + 2, value);
    at += row.lengthOctets;
  }
}
