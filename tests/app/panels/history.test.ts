import { render, screen } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import History from '../../../src/panels/History.svelte';
import { client, moment } from '../fixtures/moment';

test.each([
  [null, false],
  [{ state: null, operation: null }, true],
])('where programs are %j inside, editing one is offered: %s', (processor, offered) => {
  const shown = moment({ hosts: [{ ...client, processor }] });
  render(History, { moment: shown, onseek: vi.fn(), onundo: vi.fn() });
  const nothing = screen.getByText(/^Nothing: this is the run as it was written/);
  if (offered) expect(nothing).toHaveTextContent('or a CPU to edit its program.');
  else expect(nothing).toHaveTextContent(/corrupt a frame\.$/);
});
