/** 32-bit words and big-endian fields of octets. Unsigned results are 0 to 2^32-1. */

export const read16 = (octets: Uint8Array, at: number): number =>
  ((octets[at] as number) << 8) | (octets[at + 1] as number);

export const read32 = (octets: Uint8Array, at: number): number =>
  ((read16(octets, at) << 16) | read16(octets, at + 2)) >>> 0;

export const read48 = (octets: Uint8Array, at: number): number =>
  read16(octets, at) * 0x1_0000_0000 + read32(octets, at + 2);

export function write16(octets: Uint8Array, at: number, value: number): void {
  octets[at] = value >>> 8;
  octets[at + 1] = value;
}

export function write32(octets: Uint8Array, at: number, value: number): void {
  write16(octets, at, value >>> 16);
  write16(octets, at + 2, value);
}

export function write48(octets: Uint8Array, at: number, value: number): void {
  write16(octets, at, Math.floor(value / 0x1_0000_0000));
  write32(octets, at + 2, value % 0x1_0000_0000);
}

/** True when sequence number `a` comes before `b` (RFC 9293 §3.4, arithmetic modulo 2^32). */
export const before = (a: number, b: number): boolean => ((a - b) | 0) < 0;

/** `a + b` modulo 2^32. */
export const add32 = (a: number, b: number): number => (a + b) >>> 0;

/** `a - b` modulo 2^32, as a signed distance. */
export const distance = (a: number, b: number): number => (a - b) | 0;

/** `value` shifted to the left by up to 30 bits, without an overflow. */
export const shifted = (value: number, bits: number): number => value * (1 << bits);

/** A copy with one bit flipped; bits are counted from the lowest of the first octet. */
export function flipBit(octets: Uint8Array, bit: number): Uint8Array {
  const copy = octets.slice();
  const at = Math.floor(bit / 8);
  copy[at] = (copy[at] as number) ^ (1 << (bit % 8));
  return copy;
}
