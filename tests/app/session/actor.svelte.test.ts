import { flushSync } from 'svelte';
import { expect, it } from 'vitest';
import { setup } from 'xstate';
import { reactiveActor } from '../../../src/session/actor.svelte';

const lamp = setup({ types: { events: {} as { type: 'press' } } }).createMachine({
  initial: 'dark',
  states: { dark: { on: { press: 'bright' } }, bright: { on: { press: 'dark' } } },
});

it('an effect that reads the snapshot runs again when the actor moves', () => {
  const actor = reactiveActor(lamp);
  const seen: unknown[] = [];
  const stop = $effect.root(() => {
    $effect(() => {
      seen.push(actor.snapshot.value);
    });
  });
  flushSync();
  actor.send({ type: 'press' });
  flushSync();
  expect(seen).toEqual(['dark', 'bright']);
  stop();
  actor.send({ type: 'press' });
  flushSync();
  expect(seen).toEqual(['dark', 'bright']);
});
