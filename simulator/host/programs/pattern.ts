/** Octets that programs send each other to be counted and compared: octet i is i modulo 251. */

export const PATTERN_CHUNK_OCTETS = 65_536;

/** A prime, so that a segment that is lost, doubled or out of place never goes unseen. */
const PERIOD = 251;

const PATTERN = Uint8Array.from({ length: PATTERN_CHUNK_OCTETS + PERIOD }, (_, at) => at % PERIOD);

/** At most {@link PATTERN_CHUNK_OCTETS} octets from the one at `from` on; nobody may change them. */
export function chunkOf(from: number, lengthOctets: number): Uint8Array {
  const start = from % PERIOD;
  return PATTERN.subarray(start, start + lengthOctets);
}
