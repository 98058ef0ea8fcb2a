/**
 * UDP datagrams (RFC 768): ports, length, checksum over the pseudo-header; a checksum of zero says
 * that there is none.
 */
import type { Ipv4 } from '../contract/address';
import { addWords, finish } from '../bits/checksum';
import { read16, write16 } from '../bits/words';
import { accept, refuse, type Parsed } from './parsed';
import { pseudoSum } from './pseudo';

export const PROTOCOL = 17;
export const HEADER_OCTETS = 8;

export type Datagram = {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly payload: Uint8Array;
};

/** A datagram from `source` to `destination`; a wrong checksum is refused. */
export function parse(
  octets: Uint8Array,
  from: number,
  to: number,
  source: Ipv4,
  destination: Ipv4,
): Parsed<Datagram> {
  if (to - from < HEADER_OCTETS) return refuse('shorter than a UDP header', to);
  const lengthOctets = read16(octets, from + 4);
  if (lengthOctets < HEADER_OCTETS) return refuse('length below 8', from + 4);
  const end = from + lengthOctets;
  if (end > to) return refuse('length beyond the end', from + 4);
  if (read16(octets, from + 6) !== 0) {
    const pseudo = pseudoSum(source, destination, PROTOCOL, lengthOctets);
    if (finish(addWords(pseudo, octets, from, end)) !== 0)
      return refuse('wrong UDP checksum', from + 6);
  }
  return accept({
    sourcePort: read16(octets, from),
    destinationPort: read16(octets, from + 2),
    payload: octets.subarray(from + HEADER_OCTETS, end),
  });
}

/** The datagram after `headroomOctets` zeros for the headers of lower layers. */
export function emit(
  datagram: Datagram,
  source: Ipv4,
  destination: Ipv4,
  headroomOctets = 0,
): Uint8Array {
  const at = headroomOctets;
  const lengthOctets = HEADER_OCTETS + datagram.payload.length;
  const octets = new Uint8Array(at + lengthOctets);
  write16(octets, at, datagram.sourcePort);
  write16(octets, at + 2, datagram.destinationPort);
  write16(octets, at + 4, lengthOctets);
  octets.set(datagram.payload, at + HEADER_OCTETS);
  const pseudo = pseudoSum(source, destination, PROTOCOL, lengthOctets);
  // A sum that comes out as zero is sent as all ones, the other zero of ones' complement.
  write16(octets, at + 6, finish(addWords(pseudo, octets, at)) || 0xffff);
  return octets;
}
