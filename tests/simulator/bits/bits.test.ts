import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical, hashPlain } from '../../../simulator/bits/canonical';
import { checksum } from '../../../simulator/bits/checksum';
import { crc32 } from '../../../simulator/bits/crc';
import { hash128, hashText } from '../../../simulator/bits/murmur';
import { draw32, drawBelow, drawChance, streamOf } from '../../../simulator/bits/random';
import { add32, before, distance, flipBit, read48, write48 } from '../../../simulator/bits/words';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('CRC-32', () => {
  // Check values of the catalogue of parametrised CRC algorithms (CRC-32/ISO-HDLC), and zlib's.
  test.each([
    ['', 0],
    ['123456789', 0xcbf43926],
    ['The quick brown fox jumps over the lazy dog', 0x414fa339],
  ])('of "%s"', (text, expected) => {
    expect(crc32(ascii(text))).toBe(expected);
  });

  test('agrees with one bit at a time, for every stretch', () => {
    const slow = (octets: Uint8Array): number => {
      let crc = 0xffff_ffffn;
      for (const octet of octets) {
        crc ^= BigInt(octet);
        for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ 0xedb88320n : crc >> 1n;
      }
      return Number(crc ^ 0xffff_ffffn);
    };
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(60), fc.nat(60), (octets, a, b) => {
        const from = Math.min(a, b, octets.length);
        const to = Math.min(Math.max(a, b), octets.length);
        expect(crc32(octets, from, to)).toBe(slow(octets.subarray(from, to)));
      }),
    );
  });
});

describe('Internet checksum', () => {
  test('of the example of RFC 1071 §3', () => {
    // The sum there is ddf2; the checksum is its complement.
    expect(checksum(Uint8Array.of(0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7))).toBe(0x220d);
  });

  test('over a stretch with its own checksum is zero', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 90 }), (octets) => {
        const even = octets.length % 2 === 0 ? octets : Uint8Array.of(...octets, 0);
        const sum = checksum(even);
        expect(checksum(Uint8Array.of(...even, sum >> 8, sum & 255))).toBe(0);
      }),
    );
  });
});

describe('MurmurHash3_x86_128', () => {
  // SMHasher's own check: the hashes of {}, {0}, {0,1}… with falling seeds, hashed together.
  test('has the verification value of the reference implementation, 0xB3ECE62A', () => {
    const keys = Uint8Array.from({ length: 256 }, (_, index) => index);
    const all = new DataView(new ArrayBuffer(256 * 16));
    for (let length = 0; length < 256; length++) {
      const hash = hash128(keys, 256 - length, length);
      hash.forEach((word, index) => {
        all.setUint32(length * 16 + index * 4, word, true);
      });
    }
    expect(hash128(new Uint8Array(all.buffer))[0]).toBe(0xb3ec_e62a);
  });

  test('each octet and the length count', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat(), (octets, pick) => {
        const other = flipBit(octets, pick % (octets.length * 8));
        expect(hash128(other)).not.toEqual(hash128(octets));
        expect(hash128(Uint8Array.of(...octets, 0))).not.toEqual(hash128(octets));
      }),
    );
  });

  test('a prefix can be hashed without copying', () => {
    const octets = ascii('a longer text than one block of sixteen');
    expect(hash128(octets, 3, 21)).toEqual(hash128(octets.slice(0, 21), 3));
    expect(hashText('a')).not.toEqual(hashText('b'));
  });
});

describe('canonical form', () => {
  test('does not depend on the order of fields, nor on absent ones', () => {
    const b = { x: 1, y: [null, true, 'é'] };
    const a = { y: [null, true, 'é'], gone: undefined, x: 1 };
    expect(canonical(a)).toEqual(canonical(b));
  });

  test('leaves out what led to something', () => {
    expect(hashPlain({ x: 1, cause: 'a' })).toEqual(hashPlain({ x: 1, cause: null }));
  });

  test('tells different values apart', () => {
    const values = [
      null,
      false,
      true,
      0,
      1,
      '',
      '0',
      '1',
      [],
      [[]],
      [0],
      [null],
      {},
      { a: null },
      { a: {} },
      { a: 1, b: 2 },
      { ab: 1 },
      Uint8Array.of(),
      Uint8Array.of(0),
      Uint8Array.of(1),
      ['a', 'b'],
      ['ab'],
      -1,
      0.5,
    ];
    const forms = values.map((value) => canonical(value).join());
    expect(new Set(forms).size).toBe(values.length);
  });
});

describe('random streams', () => {
  test('are the same for the same seed and name, and others for others', () => {
    const first = (seed: number, name: string): number => draw32(streamOf(seed, name)).value;
    expect(first(1, 'cable')).toBe(first(1, 'cable'));
    const draws = [
      first(1, 'cable'),
      first(2, 'cable'),
      first(1, 'client'),
      first(2 ** 40, 'cable'),
    ];
    expect(new Set(draws).size).toBe(draws.length);
  });

  test('draw every value below the limit about equally often', () => {
    let stream = streamOf(7, 'dice');
    const seen = new Array<number>(6).fill(0);
    for (let turn = 0; turn < 60_000; turn++) {
      const drawn = drawBelow(stream, 6);
      stream = drawn.stream;
      seen[drawn.value] = (seen[drawn.value] ?? 0) + 1;
    }
    // Chi-squared with 5 degrees of freedom: 20.5 is passed once in a thousand seeds.
    const chi = seen.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chi).toBeLessThan(20.5);
  });

  test('a chance of none and of all are certain', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        expect(drawChance(streamOf(seed, 'x'), 0).value).toBe(false);
        expect(drawChance(streamOf(seed, 'x'), 1_000_000).value).toBe(true);
      }),
    );
  });
});

test('sequence numbers wrap around', () => {
  expect(before(0xffff_fff0, 5)).toBe(true);
  expect(before(5, 0xffff_fff0)).toBe(false);
  expect(add32(0xffff_ffff, 2)).toBe(1);
  expect(distance(1, 0xffff_ffff)).toBe(2);
});

test('a 48-bit field reads back', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 48 - 1), (value) => {
      const octets = new Uint8Array(8);
      write48(octets, 1, value);
      expect(read48(octets, 1)).toBe(value);
    }),
  );
});
