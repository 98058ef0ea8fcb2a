/** The plain text area that gives way to the editor when that is loaded. */
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import CodeEditor from '../../src/ui/CodeEditor.svelte';

test('who is in the plain text when the editor comes stays at the same place', async () => {
  render(CodeEditor, { label: 'Code', text: 'one\ntwo\n', marks: [], onchange: vi.fn() });
  const plain = screen.getByRole<HTMLTextAreaElement>('textbox');
  plain.focus();
  plain.setSelectionRange(6, 6);
  await waitFor(() => expect(document.activeElement).toHaveClass('cm-content'));
  await userEvent.keyboard('!');
  await waitFor(() => expect(screen.getByRole('textbox').textContent).toBe('onetw!o'));
});
