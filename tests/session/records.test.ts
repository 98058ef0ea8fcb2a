import { describe, expect, test } from 'vitest';
import {
  compare,
  INSTRUCTION,
  OUTSIDE,
  type Move,
  type Note,
  type Position,
} from '../../simulator';
import { Records } from '../../src/session/records';

const note = (at: Position, part = 'client.os'): Note => ({
  ...{ id: '', at, fine: false, cause: null, part, kind: 'called', what: null },
});
const move = (at: Position, departNs: number, arriveNs: number): Move => ({
  ...{ id: '', at, fine: false, cause: null, kind: 'frame', from: 'client.nic', to: 'server.nic' },
  ...{ departNs, arriveNs, what: null },
});
const event = (timeNs: number, source = 0, n = timeNs + 1): Position => ({
  ...{ timeNs, source, n, micro: 0 },
});

/** What the records say of the one with this index. */
function told(records: Records, index: number): object {
  const of = records.holding(index);
  const here = index - of.first;
  return {
    at: records.position(of, here),
    departNs: records.departNs(of, here),
    arriveNs: records.arriveNs(of, here),
    kind: records.shapes[of.shape[here] ?? -1]?.kind,
  };
}

describe('a record says', () => {
  test.each<[string, Move | Note, number, number]>([
    ['when a note was said', note(event(70)), 70, 70],
    ['that nothing comes before time begins', note(event(-1)), 0, 0],
    ['when a move departs and arrives', move(event(70), 90, 4_000), 90, 4_000],
    ['that it takes days', move(event(70), 80, 9e14), 80, 9e14],
    ['that it departs in days', move(event(70), 8e14, 9e14), 8e14, 9e14],
    ['which instruction it is of', note(event(70, 1, INSTRUCTION)), 70, 70],
    ['which input it is of', note(event(70, OUTSIDE, 3)), 70, 70],
  ])('%s', (_, seen, departNs, arriveNs) => {
    const records = new Records();
    records.add(note(event(-1, 0, 0)));
    records.add(seen);
    expect(told(records, 1)).toEqual({ at: seen.at, departNs, arriveNs, kind: seen.kind });
  });
});

test('an event may lie in several segments', () => {
  const records = new Records();
  const many = 20_000;
  records.add(note(event(1)));
  for (let count = 0; count < many; count++) records.add(note(event(2)));
  records.add(note(event(3)));
  expect(records.segments.length).toBeGreaterThan(2);
  expect(records.length).toBe(many + 2);
  for (const index of [1, 2, 8_191, 8_192, 8_193, 16_384, many]) {
    const of = records.holding(index);
    expect(records.ordinal(of, index - of.first)).toBe(index - 1);
  }
  const last = records.holding(many + 1);
  expect(records.ordinal(last, many + 1 - last.first)).toBe(0);
});

test('more events than a segment holds', () => {
  const records = new Records();
  for (let timeNs = 0; timeNs < 10_000; timeNs++) records.add(note(event(timeNs)));
  for (const index of [0, 4_095, 4_096, 9_999])
    expect(told(records, index)).toMatchObject({ at: event(index), departNs: index });
});

test('more kinds of records than sixteen bits can number', () => {
  const records = new Records();
  for (let part = 0; part < 70_000; part++) records.add(note(event(part), `h${part}.os`));
  const of = records.holding(69_999);
  expect(records.shapes[of.shape[69_999 - of.first] ?? -1]?.from).toBe('h69999.os');
});

test.each([-1, 0, 4_095, 4_096, 8_000])(
  'what comes after %i is forgotten, and filled in anew',
  (lastNs) => {
    const [cut, fresh] = [new Records(), new Records()];
    const add = (records: Records, timeNs: number, flightNs: number): void => {
      records.add(move(event(timeNs), timeNs + 5, timeNs + 5 + flightNs));
      records.add(note(event(timeNs), 'server.os'));
    };
    for (let timeNs = 0; timeNs <= 9_000; timeNs++) add(cut, timeNs, timeNs > lastNs ? 6e9 : 7);
    cut.truncate(event(lastNs));
    expect(cut.length).toBe(2 * (lastNs + 1));
    for (let timeNs = 0; timeNs <= 9_000; timeNs++) {
      add(fresh, timeNs, 7);
      if (timeNs > lastNs) add(cut, timeNs, 7);
    }
    expect(cut.length).toBe(fresh.length);
    for (let index = 0; index < cut.length; index++)
      expect(told(cut, index)).toEqual(told(fresh, index));
    expect(cut.counts).toEqual(fresh.counts);
    expect(compare(event(lastNs), event(9_000))).toBeLessThan(0);
  },
);
