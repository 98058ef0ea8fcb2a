/** The editor of a program, and the list of changes that tells of it. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import Changes from '../../src/panels/Changes.svelte';
import ProgramEditor from '../../src/panels/ProgramEditor.svelte';
import type { AssemblyError } from '../../simulator';

const authored = 'start:  li a0, 1 # one\n        ecall\n';
const error: AssemblyError = {
  line: 2,
  column: 9,
  lengthColumns: 5,
  message: 'There is no instruction `ecal`.',
  remedy: 'Did you mean `ecall`?',
};

type Said = readonly AssemblyError[] | null;

function show(over: { draft?: string | null; running?: string; says?: Said } = {}) {
  const { draft = null, running = authored, says = [] } = over;
  const ondraft = vi.fn();
  const onclose = vi.fn();
  const onrun = vi.fn(() => Promise.resolve(says));
  const why = 'The simulator had to be started again.';
  const props = { title: 'Computer B', name: 'server', running, authored, draft, why };
  const view = render(ProgramEditor, { ...props, ondraft, onclose, onrun });
  return { ...view, ondraft, onclose, onrun, user: userEvent.setup() };
}

const code = (): Promise<HTMLElement> =>
  waitFor(() => {
    const found = screen.getByRole('textbox', { name: 'Source of server.s' });
    expect(found).toHaveClass('cm-content');
    return found;
  });
const button = (name: string): HTMLElement => screen.getByRole('button', { name });

test('what runs is shown in colours, and a program that assembles runs and closes it', async () => {
  const { user, onrun, onclose } = show();
  expect(await code()).toHaveTextContent('start: li a0, 1 # one');
  const comment = within(await code()).getByText('# one');
  expect(getComputedStyle(comment).fontStyle).toBe('italic');
  await user.click(button('Assemble and run'));
  expect(onrun).toHaveBeenCalledWith(authored);
  expect(onclose).toHaveBeenCalledOnce();
});

test('errors are listed with their remedy, each leads to its place, and the text stays', async () => {
  const draft = authored.replace('ecall', 'ecal');
  const { user, onclose, rerender } = show({ draft, says: [error] });
  expect(screen.getByText(/Not run yet/)).toBeInTheDocument();
  const editor = await code();
  await user.click(button('Assemble and run'));
  const list = await screen.findByRole('alert', { name: 'What the assembler says' });
  expect(list).toHaveTextContent('There is no instruction `ecal`. Did you mean `ecall`?');
  expect(onclose).not.toHaveBeenCalled();
  await user.click(within(list).getByRole('button', { name: '2:9' }));
  expect(document.activeElement).toBe(editor);
  expect(editor).toHaveTextContent('ecal');
  expect(list).not.toHaveTextContent('You have changed the text since');
  await rerender({ draft: `${draft}nop` });
  expect(list).toHaveTextContent('You have changed the text since');
});

test('of very many errors the first are listed, and none once the original is back', async () => {
  const says = Array.from({ length: 5000 }, (_, i) => ({ ...error, line: i + 1 }));
  const { user } = show({ draft: 'ecal\n'.repeat(5000), says });
  await code();
  await user.click(button('Assemble and run'));
  const list = await screen.findByRole('alert', { name: 'What the assembler says' });
  expect(list).toHaveTextContent('5000 places do not assemble.');
  expect(list).toHaveTextContent('Here are the first 50.');
  expect(within(list).getAllByRole('button')).toHaveLength(50);
  await user.click(button('Back to the original text'));
  expect(list).not.toBeInTheDocument();
});

test('a run that was refused is told with the reason, and the text stays', async () => {
  const { user, onclose } = show({ says: null });
  await user.click(button('Assemble and run'));
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'The simulator had to be started again.',
  );
  expect(onclose).not.toHaveBeenCalled();
});

test('the original comes back into the editor, and is no draft when it is what runs', async () => {
  const { user, ondraft, rerender } = show({ draft: 'nop\n' });
  expect(await code()).toHaveTextContent('nop');
  await user.click(button('Back to the original text'));
  expect(ondraft).toHaveBeenLastCalledWith(null);
  await rerender({ draft: null });
  expect(await code()).toHaveTextContent('ecall');
  expect(button('Back to the original text')).toBeDisabled();
});

test('edited programs are among what was changed, and can be undone', async () => {
  const onundo = vi.fn();
  const titles = { server: 'Computer B' };
  const props = { inputs: [], editable: true, undoable: true, titles, onseek: vi.fn(), onundo };
  const { rerender } = render(Changes, { ...props, sources: { server: 'nop' } });
  expect(screen.getByRole('listitem')).toHaveTextContent('The program of Computer B was edited.');
  await userEvent.click(screen.getByRole('button', { name: 'Undo the last' }));
  expect(onundo).toHaveBeenCalledOnce();
  // A run that was begun again as it was written still has one before it.
  await rerender({ sources: {} });
  await userEvent.click(screen.getByRole('button', { name: 'Back to the run before' }));
  expect(onundo).toHaveBeenCalledTimes(2);
  await rerender({ undoable: false });
  expect(screen.queryByRole('button')).toBeNull();
});
