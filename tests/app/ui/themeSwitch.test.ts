import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import ThemeSwitch from '../../../src/ui/ThemeSwitch.svelte';

it('shows the theme and tells which one was chosen', async () => {
  const onchoose = vi.fn();
  render(ThemeSwitch, { theme: 'system', onchoose });
  expect(screen.getByLabelText('Theme')).toHaveDisplayValue('System');
  await userEvent.selectOptions(screen.getByLabelText('Theme'), 'Dark');
  expect(onchoose).toHaveBeenCalledExactlyOnceWith('dark');
});
