import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LINK_ETHERNET, type Capture } from '../../../simulator/wire/pcapng/format';
import { parse } from '../../../simulator/wire/pcapng/read';
import { emit, emitFrame, emitHead } from '../../../simulator/wire/pcapng/write';
import { fromHex } from './captured';
import { accepted } from './layers';

const capture: fc.Arbitrary<Capture> = fc
  .array(
    fc.record({
      name: fc.string({ maxLength: 8 }).map((text) => `${text}→`),
      linkType: fc.constant(LINK_ETHERNET),
      fcsOctets: fc.option(fc.constant(4)),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .chain((interfaces) =>
    fc.record({
      interfaces: fc.constant(interfaces),
      frames: fc.array(
        fc.record({
          interface: fc.nat({ max: interfaces.length - 1 }),
          timeNs: fc.maxSafeNat(),
          octets: fc.uint8Array({ maxLength: 70 }),
          direction: fc.constantFrom(null, 'inbound' as const, 'outbound' as const),
          comment: fc.option(fc.string({ maxLength: 8 }).map((text) => `${text}→`)),
        }),
        { maxLength: 5 },
      ),
    }),
  );

test('what was written is read', () => {
  fc.assert(
    fc.property(capture, (value) => {
      expect(accepted(parse(emit(value)))).toEqual(value);
      const pieces = [emitHead(value.interfaces), ...value.frames.map(emitFrame)];
      expect(pieces.flatMap((piece) => [...piece])).toEqual([...emit(value)]);
    }),
  );
});

const one: Capture = {
  interfaces: [{ name: 'a', linkType: LINK_ETHERNET, fcsOctets: 4 }],
  frames: [
    {
      interface: 0,
      timeNs: 0x1_0000_0002,
      octets: Uint8Array.of(1, 2, 3, 4, 5),
      direction: 'outbound',
      comment: null,
    },
  ],
};

// Laid out by hand after draft-ietf-opsawg-pcapng §4.1, §4.2, §4.3.
test('octet by octet', () => {
  expect(emit(one)).toEqual(
    fromHex(
      [
        '0a0d0d0a 30000000 4d3c2b1a 0100 0000 ffffffffffffffff',
        '0400 0b00 6175746f63686974656374 00 00000000 30000000',
        '01000000 30000000 0100 0000 00000000',
        '0200 0100 61000000 0900 0100 09000000 0d00 0100 04000000 00000000 30000000',
        '06000000 34000000 00000000 01000000 02000000 05000000 05000000 0102030405000000',
        '0200 0400 02000000 00000000 34000000',
      ].join(''),
    ),
  );
});

test('big-endian, microseconds, blocks that are not understood, two sections', () => {
  const section = '0a0d0d0a 0000001c 1a2b3c4d 0001 0000 ffffffffffffffff 0000001c';
  const statistics = '00000005 00000010 01020304 00000010';
  const port = '00000001 00000014 0001 0000 00000000 00000014';
  const frame = '00000006 00000024 00000000 00000000 000f4241 00000001 00000001 aa000000 00000024';
  const whole = fromHex([section, port, statistics, frame, section, port, frame].join(''));
  const { interfaces, frames } = accepted(parse(whole));
  expect(interfaces).toEqual(
    [1, 2].map(() => ({ name: '', linkType: LINK_ETHERNET, fcsOctets: null })),
  );
  expect(frames.map((some) => [some.interface, some.timeNs])).toEqual([
    [0, 1_000_001_000],
    [1, 1_000_001_000],
  ]);
});

test('a resolution in powers of two', () => {
  const octets = emit(one);
  // 2^-10 seconds: 4294967298 ticks are 4194304 s and two 1024ths.
  octets[76] = 0x8a;
  expect(accepted(parse(octets)).frames[0]?.timeNs).toBe(4_194_304_001_953_125);
});

describe('refused', () => {
  const octets = emit(one);
  function changed(at: number, value: number): Uint8Array {
    const copy = octets.slice();
    copy[at] = value;
    return copy;
  }
  test.each([
    { what: 'nothing', found: parse(new Uint8Array(0)), why: 'no section header' },
    { what: 'no capture', found: parse(changed(0, 1)), why: 'no section header' },
    { what: 'byte order', found: parse(changed(8, 0)), why: 'no byte-order magic' },
    { what: 'version 2', found: parse(changed(12, 2)), why: 'a version that is not 1' },
    { what: 'length 49', found: parse(changed(4, 49)), why: 'a block of 49 octets' },
    { what: 'length 8', found: parse(changed(4, 8)), why: 'a block of 8 octets' },
    {
      what: 'lengths differ',
      found: parse(changed(44, 44)),
      why: 'a block whose two lengths differ',
    },
    {
      what: 'cut',
      found: parse(octets.subarray(0, octets.length - 4)),
      why: 'a block of 52 octets',
    },
    { what: 'a stump', found: parse(octets.subarray(0, 52)), why: 'a block without an end' },
    { what: 'interface 1', found: parse(changed(104, 1)), why: 'a packet of an unknown interface' },
    { what: 'packet too long', found: parse(changed(116, 21)), why: 'a packet beyond its block' },
    { what: 'option too long', found: parse(changed(134, 99)), why: 'an option beyond its block' },
  ])('$what', ({ found, why }) => {
    expect(found).toMatchObject({ ok: false, why });
  });
});

test('anything is answered', () => {
  const octets = emit(one);
  const changes = fc.array(fc.tuple(fc.nat({ max: octets.length - 1 }), fc.nat({ max: 255 })));
  fc.assert(
    fc.property(changes, fc.nat({ max: octets.length }), (list, length) => {
      const copy = octets.slice();
      for (const [at, value] of list) copy[at] = value;
      const found = parse(copy.subarray(0, length));
      if (!found.ok) expect(found.at).toBeLessThanOrEqual(length);
    }),
    { numRuns: 500 },
  );
});
