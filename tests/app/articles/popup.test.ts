/** Glossary links: a plain press opens the pop-up; every other goes to the glossary. */
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { dateInWords } from '../../../src/articles/lists';
import { termLink } from '../../../src/articles/popup';
import TermPopup from '../../../src/articles/TermPopup.svelte';

beforeEach(() => {
  document.body.innerHTML = '<p><a href="/glossary/#frame" data-term="frame">frames</a></p>';
  // jsdom has no popovers.
  if (!('showPopover' in HTMLElement.prototype))
    Object.assign(HTMLElement.prototype, { showPopover: vi.fn() });
});

const press = (over: MouseEventInit = {}): HTMLAnchorElement | null => {
  const link = document.querySelector('a')!;
  let found: HTMLAnchorElement | null = null;
  link.addEventListener('click', (event) => {
    found = termLink(event);
    event.preventDefault();
  });
  link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...over }));
  return found;
};

test.each([
  ['a plain press', {}, true],
  ['for another tab', { ctrlKey: true }, false],
  ['on a Mac', { metaKey: true }, false],
  ['for another window', { shiftKey: true }, false],
  ['to save it', { altKey: true }, false],
  ['of another button', { button: 1 }, false],
])('%s', (_, over, opens) => {
  expect(press(over) !== null).toBe(opens);
});

test('it says what the word means, and where more is', async () => {
  render(TermPopup, { within: '/write-ups/ping/' });
  await userEvent.click(screen.getByRole('link', { name: 'frames' }));
  await waitFor(() => expect(screen.getByText('Frame')).toHaveFocus(), { timeout: 5000 });
  expect(screen.getByRole('dialog', { hidden: true })).toHaveTextContent(
    'What travels over an Ethernet cable',
  );
  expect(screen.getByRole('link', { name: 'In the glossary', hidden: true })).toHaveAttribute(
    'href',
    '/glossary/#frame',
  );
});

test('a day in words is the same everywhere', () => {
  expect(dateInWords('2026-11-03')).toBe('3 November 2026');
});
