/** Which guesses a question can have, and which of them are right. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isGuess, isRight, type Guess, type Pattern, type Question } from '../../../simulator';
import { FRAME } from './stories';

const ARP: Pattern = { ...FRAME, frame: { ARP: {} } };
const optionsOf = (fits: readonly Pattern[]) =>
  fits.map((each, index) => ({ label: `option ${index}`, fits: each }));
const choice = (...fits: Pattern[]): Question => ({ kind: 'choice', options: optionsOf(fits) });
const order = (...fits: Pattern[]): Question => ({ kind: 'order', options: optionsOf(fits) });
const number = (of: Extract<Question, { kind: 'number' }>['of']): Question => ({
  kind: 'number',
  of,
  unit: 'its own',
});

describe('right and wrong', () => {
  const tolerant: Question = { kind: 'number', of: { timeTo: FRAME }, unit: 'µs', tolerance: 0.5 };
  const cellsOf = (...cells: string[]): Guess => ({ kind: 'cells', cells });
  const value = (number: number): Guess => ({ kind: 'number', value: number });
  test.each<[question: Question, guess: Guess, answer: Guess, right: boolean]>([
    [choice(FRAME, ARP), { kind: 'choice', option: null }, { kind: 'choice', option: null }, true],
    [choice(FRAME, ARP), { kind: 'choice', option: 0 }, { kind: 'choice', option: null }, false],
    [choice(FRAME, ARP), { kind: 'order', order: [0] }, { kind: 'choice', option: 0 }, false],
    [order(FRAME, ARP), { kind: 'order', order: [1, 0] }, { kind: 'order', order: [1, 0] }, true],
    [order(FRAME, ARP), { kind: 'order', order: [0, 1] }, { kind: 'order', order: [1, 0] }, false],
    [tolerant, value(5.79), value(5.29), true],
    [tolerant, value(4.79), value(5.29), true],
    [tolerant, value(5.8), value(5.29), false],
    [number({ timeTo: FRAME }), value(0.1 + 0.2), value(0.3), true],
    [number({ timeTo: FRAME }), value(5), value(6), false],
    [choice(FRAME), cellsOf('a0', 'a1'), cellsOf('a1', 'a0'), true],
    [choice(FRAME), cellsOf('a0'), cellsOf('a1', 'a0'), false],
    [choice(FRAME), cellsOf('a0', 'a0'), cellsOf('a1', 'a0'), false],
    [choice(FRAME), { kind: 'part', part: 'cable' }, { kind: 'part', part: 'client.nic' }, false],
  ])('%# %o', (question, guess, answer, right) => {
    expect(isRight(question, guess, answer)).toBe(right);
  });

  test.each<[question: Question, value: unknown, ok: boolean]>([
    [choice(FRAME, ARP), { kind: 'choice', option: 1 }, true],
    [choice(FRAME, ARP), { kind: 'choice', option: 2 }, false],
    [choice(FRAME, ARP), { kind: 'choice', option: 0.5 }, false],
    [choice(FRAME, ARP), { kind: 'number', value: 1 }, false],
    [order(FRAME, ARP), { kind: 'order', order: [0, 1] }, true],
    [order(FRAME, ARP), { kind: 'order', order: [0, 0] }, false],
    [order(FRAME, ARP), { kind: 'order', order: [0] }, false],
    [tolerant, { kind: 'number', value: NaN }, false],
    [tolerant, { kind: 'number', value: '5' }, false],
    [{ kind: 'part', fits: FRAME }, { kind: 'part', part: 'client.nic' }, true],
    [{ kind: 'part', fits: FRAME }, { kind: 'part', part: 7 }, false],
    [
      { kind: 'cells', of: { kind: 'registers', host: 'client' }, changedBy: FRAME },
      cellsOf('a0'),
      true,
    ],
    [
      { kind: 'cells', of: { kind: 'registers', host: 'client' }, changedBy: FRAME },
      cellsOf('a0', 'a0'),
      false,
    ],
  ])('%# a guess that a question can have', (question, given, ok) => {
    expect(isGuess(question, given)).toBe(ok);
  });

  test('of anything it is said whether it is a guess', () => {
    fc.assert(
      fc.property(
        fc.anything({ withNullPrototype: true }),
        fc.constantFrom(choice(FRAME), order(FRAME), tolerant),
        (given, question) => {
          expect(typeof isGuess(question, given)).toBe('boolean');
        },
      ),
    );
  });
});
