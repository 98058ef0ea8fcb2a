import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { Input, Knob } from '../../../simulator';
import Changes from '../../../src/panels/Changes.svelte';

const knob = (name: string, of: 'cable' | 'cost'): Knob => ({
  name,
  title: `The ${name}`,
  means: '',
  range: { kind: 'number', unit: 'ms', least: 0, most: 9, step: 1, preset: 3 },
  sets: of === 'cost' ? { of, cost: name } : { of, cable: 'cable', field: 'bitsPerSecond' },
});
const inputs: readonly Input[] = [
  { atNs: 12_345, deed: { kind: 'fault', cable: 'cable', fault: { kind: 'drop' } } },
  { atNs: 20_000, deed: { kind: 'cut', cable: 'cable' } },
];

function show(over: Record<string, unknown> = {}) {
  const on = { onseek: vi.fn(), onundo: vi.fn(), onturn: vi.fn() };
  render(Changes, {
    inputs,
    sources: { client: 'nop' },
    knobs: [knob('cost', 'cost'), knob('rate', 'cable'), knob('other', 'cost')],
    values: { cost: 5, rate: 7, other: 3 },
    editable: true,
    undoable: true,
    titles: { client: 'Computer A' },
    ...on,
    ...over,
  });
  return { ...on, user: userEvent.setup() };
}

test('everything that was changed is listed, what was set at the start first', () => {
  show();
  expect(screen.getByRole('heading')).toHaveTextContent('What did I change?');
  const rows = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(rows).toHaveLength(4);
  expect(rows[0]).toContain('The cost: 5 ms instead of 3 ms.');
  expect(rows[1]).toContain('The program of Computer A was edited.');
  expect(rows[2]).toContain('You dropped the next frame on the cable.');
  expect(rows[3]).toContain('You cut the cable.');
});

test('each leads to its time and is undone by itself, the last by one button', async () => {
  const { user, onseek, onundo, onturn } = show();
  await user.click(screen.getByRole('button', { name: 'Go to 12.345 µs' }));
  expect(onseek).toHaveBeenCalledWith(12_345);
  await user.click(screen.getByRole('button', { name: 'Undo: You cut the cable.' }));
  expect(onundo.mock.lastCall).toEqual([1]);
  screen.getByRole('button', { name: 'Undo the last' }).focus();
  await user.keyboard('{Enter}');
  expect(onundo.mock.lastCall).toEqual([]);
  await user.click(screen.getByRole('button', { name: /^Undo: The cost/ }));
  expect(onturn).toHaveBeenCalledWith('cost', 3);
});

test.each([
  [true, 'Back to the run before'],
  [false, null],
])('where nothing was changed and undoable is %s', (undoable, button) => {
  show({ inputs: [], sources: {}, values: {}, undoable });
  expect(screen.getByText(/^Nothing: this is the run as it was written/)).toBeVisible();
  const buttons = screen.queryAllByRole('button').map(({ textContent }) => textContent.trim());
  expect(buttons).toEqual(button === null ? [] : [button]);
});
