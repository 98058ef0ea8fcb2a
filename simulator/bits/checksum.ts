/**
 * The Internet checksum (RFC 1071): the ones' complement of the ones'-complement sum of 16-bit
 * big-endian words, an odd last octet padded with a zero. Sums can be added up piece by piece, as
 * long as every piece but the last has an even length.
 */

/** The unfolded sum of octets `from` to before `to`, added to `sum`. Below 2^48 for 64 KiB. */
export function addWords(sum: number, octets: Uint8Array, from = 0, to = octets.length): number {
  let total = sum;
  let i = from;
  for (; i + 1 < to; i += 2) total += ((octets[i] as number) << 8) | (octets[i + 1] as number);
  if (i < to) total += (octets[i] as number) << 8;
  return total;
}

/** Folds the carries in and complements: what goes into the header (0 to 0xffff). */
export function finish(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = (folded % 0x1_0000) + Math.floor(folded / 0x1_0000);
  return 0xffff - folded;
}

/** The checksum of a stretch. Over a stretch that holds its own right checksum it is 0. */
export function checksum(octets: Uint8Array, from = 0, to = octets.length): number {
  return finish(addWords(0, octets, from, to));
}
