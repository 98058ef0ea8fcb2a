/** Two runs on one clock, with everything passed as between the screen and its worker. */
import { expect, test } from 'vitest';
import type { Beside, Order, Reply } from '../../src/session/protocol';
import { momentIn, office } from './office';
import { ping } from './scenarios';

const cloned = (ask: (order: Order) => Promise<Reply>) => async (order: Order) =>
  structuredClone(momentIn(await ask(structuredClone(order))));

const sinceOf = (beside: Beside | null): number | null => beside?.sinceNs ?? null;

const drop: Order = {
  kind: 'deed',
  deed: { kind: 'fault', cable: 'cable', fault: { kind: 'drop' } },
};
const cut: Order = { kind: 'deed', deed: { kind: 'cut', cable: 'cable' } };
const authored: Order = { kind: 'compare', branch: { kind: 'authored' } };

test('what both did is not where they part, though it came over in a letter', async () => {
  const ask = cloned(await office(ping));
  await ask({ kind: 'seek', to: 5_000 });
  const { inputs } = await ask(drop);
  await ask({ kind: 'seek', to: 900_000 });
  await ask(cut);
  const branch = { kind: 'inputs', inputs, title: 'Without the cut' } as const;
  const { beside } = await ask({ kind: 'compare', branch });
  expect(sinceOf(beside)).toBe(900_000);
});

test('what is done while they are compared parts them where it was done', async () => {
  const ask = cloned(await office(ping));
  await ask({ kind: 'seek', to: 900_000 });
  await ask(authored);
  const { beside } = await ask(cut);
  expect(sinceOf(beside)).toBe(900_000);
  const undone = await ask({ kind: 'undo' });
  expect(sinceOf(undone.beside)).toBeNull();
});

test('runs that were made of other things part at the start, whatever was done later', async () => {
  const ask = cloned(await office(ping));
  await ask({ kind: 'knob', name: 'cable-length', value: 20_000 });
  await ask({ kind: 'seek', to: 900_000 });
  await ask(cut);
  const { beside } = await ask(authored);
  expect(sinceOf(beside)).toBe(0);
});
