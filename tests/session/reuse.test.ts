import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reuse } from '../../src/session/reuse';

test('what is equal stays the same object, at every depth', () => {
  const before = { hosts: [{ name: 'a', lines: ['x'] }, { name: 'b' }], at: { n: 1 } };
  const after = { hosts: [{ name: 'a', lines: ['x'] }, { name: 'c' }], at: { n: 1 } };
  const reused = reuse(before, after);
  expect(reused).toEqual(after);
  expect(reused.hosts[0]).toBe(before.hosts[0]);
  expect(reused.hosts[1]).not.toBe(before.hosts[1]);
  expect(reused.at).toBe(before.at);
  expect(reuse(before, structuredClone(before))).toBe(before);
});

test('a key that came or went makes another object, though all others are equal', () => {
  expect(reuse({ a: 1, b: undefined }, { a: 1 })).not.toHaveProperty('b');
  expect(reuse<object>({ a: 1 }, { a: 1, b: undefined })).toHaveProperty('b');
  expect(reuse([1, 2], [1])).toEqual([1]);
});

test('what has another id is taken as it comes', () => {
  const [before, after] = [
    { id: 'a', what: { n: 1 } },
    { id: 'b', what: { n: 1 } },
  ];
  expect(reuse<object>(before, after)).toBe(after);
  const again = { id: 'a', what: { n: 2 }, at: { n: 1 } };
  expect(reuse<object>({ ...before, at: { n: 1 } }, again)).toEqual(again);
});

test('octets are compared one by one, and long ones taken as they come', () => {
  const octets = Uint8Array.of(1, 2, 3);
  expect(reuse(octets, Uint8Array.of(1, 2, 3))).toBe(octets);
  expect(reuse(octets, Uint8Array.of(1, 2, 4))).toEqual(Uint8Array.of(1, 2, 4));
  const long = new Uint8Array(5000);
  expect(reuse(long, long.slice())).not.toBe(long);
});

test('whatever is plain data, the answer equals what came', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
      const kept = structuredClone(before);
      expect(reuse(before, after)).toEqual(after);
      expect(reuse(before, structuredClone(before))).toEqual(before);
      expect(before).toEqual(kept);
    }),
  );
});
