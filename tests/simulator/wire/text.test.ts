import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromUtf8, toUtf8 } from '../../../simulator/wire/text';

/** The platform's decoder: null where it finds an error. */
function decoded(octets: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    return null;
  }
}

/** Of each length of UTF-8, without halves of pairs. */
const character = fc
  .oneof(fc.nat({ max: 0x7f }), fc.nat({ max: 0x7ff }), fc.nat({ max: 0x10ffff }))
  .filter((point) => point < 0xd800 || point > 0xdfff)
  .map((point) => String.fromCodePoint(point));
const anyText = fc.array(character, { maxLength: 20 }).map((list) => list.join(''));

test('UTF-8 as the platform encodes it', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(toUtf8(text)).toEqual(new TextEncoder().encode(text));
      expect(fromUtf8(toUtf8(text))).toBe(text);
    }),
  );
});

test('the first and the last of each length', () => {
  const text = '\0\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff\u{10000}\u{10ffff}';
  expect(toUtf8(text)).toEqual(new TextEncoder().encode(text));
  expect(fromUtf8(toUtf8(text))).toBe(text);
});

test.each([
  { what: 'a stray continuation', octets: [0x80] },
  { what: 'overlong NUL', octets: [0xc0, 0x80] },
  { what: 'overlong of three', octets: [0xe0, 0x9f, 0xbf] },
  { what: 'overlong of four', octets: [0xf0, 0x8f, 0xbf, 0xbf] },
  { what: 'half of a pair', octets: [0xed, 0xa0, 0x80] },
  { what: 'beyond Unicode', octets: [0xf4, 0x90, 0x80, 0x80] },
  { what: 'cut short', octets: [0xe2, 0x82] },
  { what: 'five octets', octets: [0xf8, 0x88, 0x80, 0x80, 0x80] },
])('replaced: $what', ({ octets }) => {
  expect(fromUtf8(Uint8Array.from(octets))).toBe('\ufffd'.repeat(octets.length));
});

test('what the platform refuses is replaced, and all else is the same', () => {
  const lead = fc.constantFrom(
    0x41,
    0x80,
    0xbf,
    0xc2,
    0xe0,
    0xe2,
    0xed,
    0xef,
    0xf0,
    0xf4,
    0x90,
    0x9f,
  );
  fc.assert(
    fc.property(fc.array(lead, { maxLength: 8 }), (list) => {
      const octets = Uint8Array.from(list);
      const expected = decoded(octets);
      if (expected === null) expect(fromUtf8(octets)).toContain('\ufffd');
      else expect(fromUtf8(octets)).toBe(expected);
    }),
    { numRuns: 1000 },
  );
});
