import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import Keys from '../../../src/panels/Keys.svelte';
import { USUAL_KEYS } from '../../../src/session/keyboard';

test('pressing the name of a key asks for another, and takes it', async () => {
  const onchange = vi.fn();
  render(Keys, { keys: USUAL_KEYS, onchange });
  const button = screen.getByRole('button', { name: /^Slower: \[/ });
  await userEvent.click(button);
  expect(button).toHaveTextContent('press a key');
  await userEvent.keyboard('w');
  expect(onchange).toHaveBeenCalledWith({ ...USUAL_KEYS, slower: 'w' });
});

test('one that is taken is refused, with why; Escape leaves it as it was', async () => {
  const onchange = vi.fn();
  render(Keys, { keys: USUAL_KEYS, onchange });
  await userEvent.click(screen.getByRole('button', { name: /^Slower/ }));
  await userEvent.keyboard('f');
  expect(screen.getByRole('status')).toHaveTextContent('already means “The player takes');
  await userEvent.keyboard('{Escape}');
  expect(screen.getByRole('button', { name: /^Slower/ })).toHaveTextContent('[');
  expect(onchange).not.toHaveBeenCalled();
});

test('other keys can be given up for the usual ones', async () => {
  const onchange = vi.fn();
  render(Keys, { keys: { ...USUAL_KEYS, fill: 'w' }, onchange });
  await userEvent.click(screen.getByRole('button', { name: 'The usual keys' }));
  expect(onchange).toHaveBeenCalledWith(USUAL_KEYS);
});
