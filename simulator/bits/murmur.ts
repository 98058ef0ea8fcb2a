/**
 * MurmurHash3_x86_128 (Appleby, 2011, public domain): the hash of a moment, of a page of RAM, and
 * of a part's name. Not for secrets. Answers four unsigned 32-bit words.
 */

export type Hash128 = readonly [number, number, number, number];

const C1 = 0x239b961b;
const C2 = 0xab0e9789;
const C3 = 0x38b34ae5;
const C4 = 0xa1e38b93;

const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

function mixLast(x: number): number {
  let h = x;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Little-endian word at `i`, with zeros past `end`. */
function word(octets: Uint8Array, i: number, end: number): number {
  let value = 0;
  for (let k = 3; k >= 0; k--) value = (value << 8) | (i + k < end ? (octets[i + k] as number) : 0);
  return value;
}

export function hash128(octets: Uint8Array, seed = 0, length = octets.length): Hash128 {
  let h1 = seed | 0;
  let h2 = h1;
  let h3 = h1;
  let h4 = h1;
  const whole = length - (length % 16);
  for (let i = 0; i < whole; i += 16) {
    h1 ^= Math.imul(rotate(Math.imul(word(octets, i, length), C1), 15), C2);
    h1 = (Math.imul(rotate(h1, 19) + h2, 5) + 0x561ccd1b) | 0;
    h2 ^= Math.imul(rotate(Math.imul(word(octets, i + 4, length), C2), 16), C3);
    h2 = (Math.imul(rotate(h2, 17) + h3, 5) + 0x0bcaa747) | 0;
    h3 ^= Math.imul(rotate(Math.imul(word(octets, i + 8, length), C3), 17), C4);
    h3 = (Math.imul(rotate(h3, 15) + h4, 5) + 0x96cd1c35) | 0;
    h4 ^= Math.imul(rotate(Math.imul(word(octets, i + 12, length), C4), 18), C1);
    h4 = (Math.imul(rotate(h4, 13) + h1, 5) + 0x32ac3b17) | 0;
  }
  // The tail: a word of zeros mixes to zero, so missing octets need no branch of their own.
  h1 ^= Math.imul(rotate(Math.imul(word(octets, whole, length), C1), 15), C2);
  h2 ^= Math.imul(rotate(Math.imul(word(octets, whole + 4, length), C2), 16), C3);
  h3 ^= Math.imul(rotate(Math.imul(word(octets, whole + 8, length), C3), 17), C4);
  h4 ^= Math.imul(rotate(Math.imul(word(octets, whole + 12, length), C4), 18), C1);
  return close(h1 ^ length, h2 ^ length, h3 ^ length, h4 ^ length);
}

function close(a: number, b: number, c: number, d: number): Hash128 {
  let h1 = (a + b + c + d) | 0;
  let h2 = mixLast((b + h1) | 0);
  let h3 = mixLast((c + h1) | 0);
  let h4 = mixLast((d + h1) | 0);
  h1 = mixLast(h1);
  h1 = (h1 + h2 + h3 + h4) | 0;
  h2 = (h2 + h1) | 0;
  h3 = (h3 + h1) | 0;
  h4 = (h4 + h1) | 0;
  return [h1 >>> 0, h2 >>> 0, h3 >>> 0, h4 >>> 0];
}

/** The hash of a text's UTF-16 units, each as two octets. */
export function hashText(text: string, seed = 0): Hash128 {
  const octets = new Uint8Array(text.length * 2);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    octets[2 * i] = unit & 255;
    octets[2 * i + 1] = unit >>> 8;
  }
  return hash128(octets, seed);
}

/** 16 hexadecimal digits: the first 64 bits. */
export function shortHex([a, b]: Hash128): string {
  return a.toString(16).padStart(8, '0') + b.toString(16).padStart(8, '0');
}
