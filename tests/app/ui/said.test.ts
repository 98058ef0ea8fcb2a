import { render } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import Said from '../../../src/ui/Said.svelte';
import { isTold, keepTelling, keptTelling, TELLINGS } from '../../../src/session/telling';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

test('of what follows fast the first and the latest are said, a second apart, and then no longer', async () => {
  const { container, rerender } = render(Said, { text: 'one', on: true });
  const said = (): string | null => container.querySelector('[aria-live]')?.textContent ?? null;
  await vi.advanceTimersByTimeAsync(1);
  expect(said()).toBe('one');
  await rerender({ text: 'two' });
  await vi.advanceTimersByTimeAsync(400);
  await rerender({ text: 'three' });
  await vi.advanceTimersByTimeAsync(400);
  expect(said()).toBe('one');
  await vi.advanceTimersByTimeAsync(300);
  expect(said()).toBe('three');
  await vi.advanceTimersByTimeAsync(7_000);
  expect(said()).toBe('');
});

test('while it is off nothing is said, and then the latest', async () => {
  const { container, rerender } = render(Said, { text: 'one', on: false });
  const said = (): string | null => container.querySelector('[aria-live]')?.textContent ?? null;
  await vi.advanceTimersByTimeAsync(3_000);
  expect(said()).toBe('');
  await rerender({ text: 'two', on: true });
  await vi.advanceTimersByTimeAsync(1);
  expect(said()).toBe('two');
});

test.each([
  ['steps', false, true],
  ['steps', true, false],
  ['always', true, true],
  ['always', false, true],
  ['never', false, false],
  ['never', true, false],
] as const)('told %s, playing %s: %s', (telling, playing, told) => {
  expect(isTold(telling, playing)).toBe(told);
});

test('the choice is kept, and what is unknown is the usual one', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  for (const { value } of TELLINGS) {
    keepTelling(storage, value);
    expect(keptTelling(storage)).toBe(value);
  }
  kept.set('telling', 'loudly');
  expect(keptTelling(storage)).toBe('steps');
  expect(keptTelling(null)).toBe('steps');
});
