import { expect, test } from 'vitest';
import type { Move } from '../../../simulator';
import { inWaves } from '../../../src/session/waves';
import { at, move } from '../fixtures/moment';

const word = (id: string, kind: string, n = 1): Move =>
  move({ id, kind, at: at(10, n), fine: true, from: 'client.cpu.a', to: 'client.cpu.alu.a' });

const fetchAndAdd = [
  word('address', 'address'),
  word('a', 'operand'),
  word('b', 'operand'),
  word('sum', 'result'),
];

test.each([
  [0, [0, 0, 0, 0], ['address']],
  [0.5, [1, 0.5, 0.5, 0], ['a', 'b']],
  [1, [1, 1, 1, 1], ['sum']],
])('after %d of the step both operands are equally far', (phase, shares, current) => {
  const shown = inWaves(fetchAndAdd, phase);
  shares.forEach((share, i) => expect(shown[i]?.share).toBeCloseTo(share === 0.5 ? 0.5 : share));
  expect(shown.filter((each) => each.current).map((each) => each.move.id)).toEqual(current);
});

test('what happened earlier goes first, whatever the order in which it was told', () => {
  const shown = inWaves([word('later', 'result', 2), move({ id: 'first', at: at(10, 1) })], 0.25);
  expect(shown.map((each) => [each.move.id, each.share])).toEqual([
    ['first', 0.5],
    ['later', 0],
  ]);
});

test('of more than can be followed only what leaves the processor is shown', () => {
  const many = Array.from({ length: 40 }, (_, n) => word(`w${n}`, 'word', n + 1));
  const shown = inWaves([...many, move({ id: 'call', at: at(10, 50) })], 0.5);
  expect(shown.map((each) => [each.move.id, each.share])).toEqual([['call', 0.5]]);
});

test('nothing is shown of nothing', () => expect(inWaves([], 1)).toEqual([]));
