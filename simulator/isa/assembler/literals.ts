/** Numbers, characters and strings as GNU as writes them ("Using as", §3.6 "Constants"). */

/** Longer ones are beyond 64 bits in every base, and slow to read. */
const LONGEST_NUMBER = 70;

/** The value of up to 15 decimal digits without a leading zero, or -1. */
function shortDecimal(text: string): number {
  if (text.length > 15 || (text.charCodeAt(0) === 48 && text.length > 1)) return -1;
  let value = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** A whole number in base 16, 2, 8 or 10, or null. */
export function numberOf(text: string): bigint | null {
  const short = shortDecimal(text);
  if (short >= 0) return BigInt(short);
  if (text.length > LONGEST_NUMBER) return null;
  if (/^0[xX][0-9a-fA-F]+$/.test(text) || /^0[bB][01]+$/.test(text)) return BigInt(text);
  if (/^0[0-7]+$/.test(text)) return BigInt(`0o${text.slice(1)}`);
  return /^[1-9][0-9]*$/.test(text) ? BigInt(text) : null;
}

const ESCAPES: ReadonlyMap<string, number> = new Map([
  ['b', 8],
  ['t', 9],
  ['n', 10],
  ['v', 11],
  ['f', 12],
  ['r', 13],
  ['"', 34],
  ["'", 39],
  ['\\', 92],
]);

/** What an escape stands for and how many units it takes, from after its backslash. */
type Escape = { readonly value: number; readonly length: number };

function escapeAt(text: string, at: number): Escape | null {
  const rest = text.slice(at, at + 3);
  const octal = /^[0-7]{1,3}/.exec(rest)?.[0];
  if (octal !== undefined) return { value: parseInt(octal, 8) & 255, length: octal.length };
  const hex = /^x[0-9a-fA-F]{1,2}/.exec(rest)?.[0];
  if (hex !== undefined) return { value: parseInt(hex.slice(1), 16), length: hex.length };
  const value = ESCAPES.get(rest.slice(0, 1));
  return value === undefined ? null : { value, length: 1 };
}

/** Appends the UTF-8 form of a code point (RFC 3629 §3). */
function pushUtf8(octets: number[], point: number): void {
  if (point < 0x80) octets.push(point);
  else if (point < 0x800) octets.push(0xc0 | (point >> 6), 0x80 | (point & 63));
  else if (point < 0x1_0000) {
    octets.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
  } else {
    octets.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63));
    octets.push(0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
  }
}

export type Text =
  | { readonly ok: true; readonly octets: readonly number[] }
  /** `at` is the index of the backslash that starts no known escape. */
  | { readonly ok: false; readonly at: number };

/** The octets between the quotes of `literal`, which has one at each end. */
export function octetsOf(literal: string): Text {
  const octets: number[] = [];
  for (let at = 1; at < literal.length - 1;) {
    const point = literal.codePointAt(at) as number;
    if (point !== 92) {
      pushUtf8(octets, point);
      at += point > 0xffff ? 2 : 1;
      continue;
    }
    const escape = escapeAt(literal, at + 1);
    if (escape === null) return { ok: false, at };
    octets.push(escape.value);
    at += 1 + escape.length;
  }
  return { ok: true, octets };
}

/** The value of a character such as `'a'`, `'\n'` or, as GNU as allows, `'a`; or null. */
export function characterAt(source: string, at: number): Escape | null {
  const point = source.codePointAt(at + 1);
  if (point === undefined || point === 10 || point === 39) return null;
  const escape = point === 92 ? escapeAt(source, at + 2) : null;
  if (point === 92 && escape === null) return null;
  const units = point > 0xffff ? 2 : 1;
  const length = 1 + (escape === null ? units : 1 + escape.length);
  const isClosed = source[at + length] === "'";
  return { value: escape?.value ?? point, length: length + (isClosed ? 1 : 0) };
}
