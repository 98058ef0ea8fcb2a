import { expect, test } from 'vitest';
import { shorten, wrap } from '../../../src/ui/text';
import { address, character, rate, size, time } from '../../../src/ui/units';

test.each([
  [-1, 'start'],
  [0, '0 ns'],
  [999, '999 ns'],
  [1_000, '1.000 µs'],
  [12_345, '12.345 µs'],
  [6_000_000, '6.000 ms'],
  [1_000_000_001, '1.000 s'],
])('%d ns reads %s', (ns, text) => {
  expect(time(ns)).toBe(text);
});

test('addresses, sizes, rates and characters', () => {
  expect(address(0x8000_0000)).toBe('0x80000000');
  expect([size(1), size(60), size(65_536), size(1_048_576)]).toEqual([
    '1 octet',
    '60 octets',
    '64 KiB',
    '1 MiB',
  ]);
  expect([rate(9600), rate(100e6), rate(1e9)]).toEqual(['9600 bit/s', '100 Mbit/s', '1 Gbit/s']);
  expect([0x41, 0x20, 0x1f, 0x7f].map(character).join('')).toBe('A ··');
});

test('text wraps at spaces, and within a word that is too long', () => {
  expect(wrap('64 octets from 10.0.0.2', 10)).toEqual(['64 octets', 'from', '10.0.0.2']);
  expect(wrap('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
  expect(wrap('', 5)).toEqual(['']);
  expect([shorten('running', 7), shorten('running', 4)]).toEqual(['running', 'run…']);
});
