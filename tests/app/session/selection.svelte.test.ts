import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import type { HistoryLine } from '../../../src/session/protocol';
import { pickedHappening, pickedLine } from '../../../src/session/picked';
import { Selection, type Picked } from '../../../src/session/selection.svelte';
import { at } from '../fixtures/moment';

const one: Picked = { id: '10.0.1.0.c0', at: at(10), parts: ['client'] };
const other: Picked = { ...one, id: '20.0.1.0.c0', at: at(20) };

test('who draws what is picked and hinted hears of both, and of another run', () => {
  const selection = new Selection();
  const seen: (readonly (string | undefined)[])[] = [];
  const stop = $effect.root(() => {
    $effect(() => void seen.push([selection.picked?.id, selection.hinted?.id]));
  });
  flushSync();
  selection.pick(one);
  flushSync();
  selection.hint(other);
  flushSync();
  selection.clear();
  flushSync();
  stop();
  expect(seen).toEqual([
    [undefined, undefined],
    [one.id, undefined],
    [one.id, other.id],
    [undefined, undefined],
  ]);
});

const line: HistoryLine = {
  id: '10.0.1.0.c0',
  at: at(10),
  timeNs: 10,
  part: 'client.nic',
  to: 'cable',
  kind: 'frame',
  sentence: 'A frame.',
  cause: '5.0.1.0.c2',
};

test.each([
  ['cable', ['client.nic', 'cable']],
  ['client.nic', ['client.nic']],
])('what arrives at %s is about %s', (to, parts) => {
  const { id } = line;
  expect(pickedLine({ ...line, to })).toEqual({ id, at: at(10), parts });
  const happening = { ...line, to, from: line.part, departNs: 10, arriveNs: 20, move: true };
  expect(pickedHappening(happening)).toEqual({ id, at: at(10), parts });
});
