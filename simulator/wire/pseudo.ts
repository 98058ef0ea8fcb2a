/**
 * The pseudo-header that the checksums of TCP (RFC 9293 §3.1) and UDP (RFC 768) also cover: source
 * and destination address, protocol, length. It binds a segment to the packet that carries it.
 */
import type { Ipv4 } from '../contract/address';

/** Its sum of 16-bit words, for `addWords`. `lengthOctets` is that of header and payload. */
export function pseudoSum(
  source: Ipv4,
  destination: Ipv4,
  protocol: number,
  lengthOctets: number,
): number {
  const sourceWords = (source >>> 16) + (source & 0xffff);
  const destinationWords = (destination >>> 16) + (destination & 0xffff);
  return sourceWords + destinationWords + protocol + lengthOctets;
}
