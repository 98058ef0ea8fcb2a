import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { createRawSnippet } from 'svelte';
import { expect, test, vi } from 'vitest';
import Tabs from '../../../src/ui/Tabs.svelte';

const tabs = [
  { value: 'log', name: 'Log' },
  { value: 'changes', name: 'Changes', badge: '2' },
  { value: 'laws', name: 'Laws', badge: '1 broken', alarming: true },
];
const children = createRawSnippet(() => ({ render: () => '<p>what is in it</p>' }));

function shown(value: string): { onchoose: ReturnType<typeof vi.fn> } {
  const onchoose = vi.fn();
  render(Tabs, { label: 'The run', tabs, value, onchoose, children });
  return { onchoose };
}

test('the chosen tab is the only stop of Tab, and names its panel', () => {
  shown('changes');
  const stops = screen.getAllByRole('tab').map(({ tabIndex }) => tabIndex);
  expect(stops).toEqual([-1, 0, -1]);
  expect(screen.getByRole('tab', { selected: true })).toHaveTextContent('Changes 2');
  expect(screen.getByRole('tabpanel', { name: 'Changes 2' })).toHaveTextContent('what is in it');
});

test.each([
  ['{ArrowRight}', 'laws', 'changes'],
  ['{ArrowLeft}', 'laws', 'log'],
  ['{ArrowRight}', 'log', 'laws'],
  ['{Home}', 'log', 'laws'],
  ['{End}', 'laws', 'log'],
])('%s goes to %s from %s', async (key, to, from) => {
  const { onchoose } = shown(from);
  screen.getByRole('tab', { selected: true }).focus();
  await userEvent.keyboard(key);
  expect(onchoose).toHaveBeenCalledWith(to);
  const name = tabs.find(({ value }) => value === to)?.name ?? '';
  expect(screen.getByRole('tab', { name: new RegExp(name) })).toHaveFocus();
});

test('folded away only the tabs are there; choosing one unfolds it', async () => {
  const [onchoose, onfold] = [vi.fn(), vi.fn()];
  render(Tabs, { label: 'The run', tabs, value: 'log', onchoose, children, folded: true, onfold });
  expect(screen.queryByRole('tabpanel')).toBeNull();
  await userEvent.click(screen.getByRole('tab', { name: 'Log' }));
  expect(onfold).toHaveBeenCalledWith(false);
  await userEvent.click(screen.getByRole('button', { name: 'Unfold: The run' }));
  expect(onfold).toHaveBeenCalledTimes(2);
});
