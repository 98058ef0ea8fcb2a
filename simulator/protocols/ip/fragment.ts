/** Taking a packet apart that is longer than a link carries (RFC 791 §3.2, RFC 815). */
import { NO_OPTIONS, HEADER_OCTETS, type Header, type Packet } from '../../wire/ipv4';

/** The copy flag of an option's type (RFC 791 §3.1): it goes into every fragment. */
const COPIED = 128;
const END_OF_OPTIONS = 0;
const NO_OPERATION = 1;

/** Those options that every fragment carries, padded to whole words. */
function copiedOptions(options: Uint8Array): Uint8Array {
  const kept: number[] = [];
  for (let at = 0; at < options.length && options[at] !== END_OF_OPTIONS;) {
    const type = options[at] as number;
    const lengthOctets = type === NO_OPERATION ? 1 : (options[at + 1] ?? 0);
    if (lengthOctets < 1 || (type !== NO_OPERATION && lengthOctets < 2)) break;
    if (type >= COPIED) kept.push(...options.subarray(at, at + lengthOctets));
    at += lengthOctets;
  }
  if (kept.length === 0) return NO_OPTIONS;
  while (kept.length % 4 !== 0) kept.push(END_OF_OPTIONS);
  return Uint8Array.from(kept);
}

/**
 * The fragments of a packet, none longer than `mtuOctets` (at least 68, RFC 791), in order; itself
 * when it fits. A fragment is taken apart as well as a whole.
 */
export function fragment(packet: Packet, mtuOctets: number): readonly Packet[] {
  const { payload, options, moreFragments, fragmentOffset } = packet;
  if (HEADER_OCTETS + options.length + payload.length <= mtuOctets) return [packet];
  const later = copiedOptions(options);
  const fragments: Packet[] = [];
  for (let at = 0; at < payload.length;) {
    const carried = at === 0 ? options : later;
    const room = mtuOctets - HEADER_OCTETS - carried.length;
    const isLast = payload.length - at <= room;
    const length = isLast ? payload.length - at : room - (room % 8);
    const header: Header = {
      ...packet,
      options: carried,
      moreFragments: !isLast || moreFragments,
      fragmentOffset: fragmentOffset + at,
    };
    fragments.push({ ...header, payload: payload.subarray(at, at + length) });
    at += length;
  }
  return fragments;
}
