import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decode, encode, type Decoder } from '../../src/cli/frames';

const frames = fc.array(fc.uint8Array({ minLength: 1, maxLength: 80 }), { maxLength: 8 });

test('frames come out as they went in, however the stream is cut', () => {
  fc.assert(
    fc.property(frames, fc.array(fc.nat(50), { minLength: 1 }), (sent, cuts) => {
      const stream = Uint8Array.from(sent.flatMap((frame) => [...encode(frame)]));
      const decoder: Decoder = { rest: new Uint8Array(0) };
      const received: Uint8Array[] = [];
      let at = 0;
      for (let turn = 0; at < stream.length; turn++) {
        const size = 1 + (cuts[turn % cuts.length] ?? 0);
        received.push(...(decode(decoder, stream.subarray(at, at + size)) ?? []));
        at += size;
      }
      expect(received).toEqual(sent);
      expect(decoder.rest).toHaveLength(0);
    }),
  );
});

test('a tail that is not whole waits', () => {
  const decoder: Decoder = { rest: new Uint8Array(0) };
  const two = Uint8Array.of(...encode(Uint8Array.of(1, 2)), 0, 0, 0, 2, 9);
  expect(decode(decoder, two)).toEqual([Uint8Array.of(1, 2)]);
  expect(decode(decoder, Uint8Array.of(8))).toEqual([Uint8Array.of(9, 8)]);
});

test('an empty frame says nothing, a length that no frame has is refused', () => {
  const decoder: Decoder = { rest: new Uint8Array(0) };
  expect(decode(decoder, Uint8Array.of(0, 0, 0, 0))).toEqual([]);
  expect(decode(decoder, Uint8Array.of(0, 0, 6, 0))).toBeNull();
});
