import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  compare,
  endOf,
  format,
  INSTRUCTION,
  OUTSIDE,
  parse,
  START,
  type Position,
} from '../../../simulator/contract/position';

const position: fc.Arbitrary<Position> = fc.record({
  timeNs: fc.nat(Number.MAX_SAFE_INTEGER),
  source: fc.oneof(fc.nat(5000), fc.constant(OUTSIDE)),
  n: fc.oneof(fc.nat(1_000_000), fc.constant(INSTRUCTION)),
  micro: fc.nat(40),
});

test('a position reads back as it was written', () => {
  fc.assert(
    fc.property(position, (at) => {
      expect(parse(format(at))).toEqual(at);
    }),
  );
});

test('positions are totally ordered', () => {
  fc.assert(
    fc.property(position, position, position, (a, b, c) => {
      expect(Math.sign(compare(a, b))).toBe(-Math.sign(compare(b, a)) + 0);
      if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
    }),
  );
});

test.each([
  ['the start comes before everything', START, { timeNs: 0, source: 0, n: 0, micro: 0 }],
  [
    'an instruction comes after its host’s events of that time',
    { timeNs: 5, source: 1, n: 900, micro: 0 },
    { timeNs: 5, source: 1, n: INSTRUCTION, micro: 0 },
  ],
  [
    'an input comes after every part',
    { timeNs: 5, source: 4999, n: INSTRUCTION, micro: 3 },
    { timeNs: 5, source: OUTSIDE, n: 1, micro: 0 },
  ],
  [
    'the end of a time comes after its inputs',
    { timeNs: 5, source: OUTSIDE, n: 7, micro: 0 },
    endOf(5),
  ],
])('%s', (_, earlier, later) => {
  expect(compare(earlier, later)).toBeLessThan(0);
});

test.each([
  '',
  '1.2.3',
  '1.2.3.4.5',
  'x.0.0.0',
  '1.i.0.0',
  '1.2.o.0',
  '1.2.3.-4',
  '99999999999999999.0.0.0',
])('"%s" is not a position', (text) => {
  expect(parse(text)).toBeNull();
});
