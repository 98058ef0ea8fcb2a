import { expect, test } from 'vitest';
import { alone, octetsFor } from '../../../simulator/bits/slab';

test('every stretch is zeroed and given out once', () => {
  const all = Array.from({ length: 2000 }, (_, index) => octetsFor(1 + (index % 100)));
  all.forEach((octets, index) => {
    expect(octets.every((octet) => octet === 0)).toBe(true);
    octets.fill(index);
  });
  all.forEach((octets, index) => {
    expect(octets.every((octet) => octet === index % 256)).toBe(true);
  });
});

test('what is long has a buffer of its own', () => {
  expect(octetsFor(4096).buffer.byteLength).toBe(4096);
});

test('data for another thread takes no more octets along than its own', () => {
  const octets = octetsFor(3);
  octets.set([1, 2, 3]);
  const sent = alone({ list: [{ octets }, null, 'x', 4], whole: Uint8Array.of(9) });
  expect(sent).toEqual({ list: [{ octets }, null, 'x', 4], whole: Uint8Array.of(9) });
  const [first] = sent.list;
  expect(typeof first === 'object' ? first?.octets.buffer.byteLength : 0).toBe(3);
});
