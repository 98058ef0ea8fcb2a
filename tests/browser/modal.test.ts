/** What is closed gives the focus back, however it goes, and goes only when somebody means it. */
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import Legend from '../../src/panels/Legend.svelte';
import { USUAL_KEYS } from '../../src/session/keyboard';

const KEYS = {
  ...{ keys: USUAL_KEYS, onkeys: vi.fn() },
  ...{ telling: 'steps' as const, ontelling: vi.fn() },
};

let opener: HTMLButtonElement;
beforeEach(() => {
  opener = document.body.appendChild(document.createElement('button'));
  opener.focus();
});
afterEach(() => opener.remove());

test.each<[string, (view: ReturnType<typeof render<typeof Legend>>) => unknown]>([
  ['is closed', ({ rerender }) => rerender({ open: false })],
  ['leaves the page while it is open', ({ unmount }) => unmount()],
])('a dialog that %s gives the focus back', async (_, go) => {
  const view = render(Legend, { ...KEYS, open: true, onclose: vi.fn() });
  expect(screen.getByRole('dialog')).toContainElement(document.activeElement as HTMLElement);
  await go(view);
  expect(document.activeElement).toBe(opener);
});

test('a press beside it closes it, but not one that began inside to mark text', async () => {
  const onclose = vi.fn();
  render(Legend, { ...KEYS, open: true, onclose });
  const dialog = screen.getByRole('dialog');
  const user = userEvent.setup();
  await user.pointer([
    { keys: '[MouseLeft>]', target: screen.getByRole('heading', { level: 2 }) },
    { target: dialog },
    { keys: '[/MouseLeft]' },
  ]);
  expect(onclose).not.toHaveBeenCalled();
  await user.click(dialog);
  expect(onclose).toHaveBeenCalledOnce();
});
