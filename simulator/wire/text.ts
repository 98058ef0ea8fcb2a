/**
 * Text in octets: ISO 8859-1, in which one octet is one character, for the heads of HTTP; and UTF-8
 * (RFC 3629) for the comments of captures. What is not UTF-8 decodes to U+FFFD, octet by octet.
 */

export function latin1(octets: Uint8Array, from = 0, to = octets.length): string {
  let text = '';
  for (let i = from; i < to; i++) text += String.fromCharCode(octets[i] as number);
  return text;
}

/** Characters above U+00FF lose their high bits: the caller has refused them. */
export function fromLatin1(text: string): Uint8Array {
  const octets = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) octets[i] = text.charCodeAt(i);
  return octets;
}

export function toUtf8(text: string): Uint8Array {
  const octets: number[] = [];
  for (const character of text) pushCodePoint(octets, character.codePointAt(0) as number);
  return Uint8Array.from(octets);
}

function pushCodePoint(octets: number[], point: number): void {
  const low = (shift: number): number => 0x80 | ((point >>> shift) & 0x3f);
  if (point < 0x80) octets.push(point);
  else if (point < 0x800) octets.push(0xc0 | (point >>> 6), low(0));
  else if (point < 0x1_0000) octets.push(0xe0 | (point >>> 12), low(6), low(0));
  else octets.push(0xf0 | (point >>> 18), low(12), low(6), low(0));
}

export function fromUtf8(octets: Uint8Array): string {
  let text = '';
  for (let at = 0; at < octets.length;) {
    const [point, lengthOctets] = codePoint(octets, at);
    text += String.fromCodePoint(point);
    at += lengthOctets;
  }
  return text;
}

const REPLACEMENT: readonly [number, number] = [0xfffd, 1];
/** The smallest code point that needs a form of so many octets; below, the form is overlong. */
const LEAST = [0, 0, 0x80, 0x800, 0x1_0000];

function codePoint(octets: Uint8Array, at: number): readonly [number, number] {
  const first = octets[at] as number;
  if (first < 0x80) return [first, 1];
  const lengthOctets = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc0 || first >= 0xf8 || at + lengthOctets > octets.length) return REPLACEMENT;
  let point = first & (0x7f >>> lengthOctets);
  for (let i = 1; i < lengthOctets; i++) {
    const next = octets[at + i] as number;
    if (next >>> 6 !== 2) return REPLACEMENT;
    point = (point << 6) | (next & 0x3f);
  }
  return allowed(point, lengthOctets) ? [point, lengthOctets] : REPLACEMENT;
}

/** Not overlong, not beyond Unicode, not half of a UTF-16 pair. */
function allowed(point: number, lengthOctets: number): boolean {
  if (point < (LEAST[lengthOctets] as number) || point > 0x10ffff) return false;
  return point < 0xd800 || point > 0xdfff;
}
