/** Editing a program while the simulator is still assembling it. */
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { AssemblyError } from '../../simulator';
import { scenarios } from '../../src/catalogue';
import Editing from '../../src/pages/Editing.svelte';
import { restingMoment } from '../../src/pages/resting';

const scenario = scenarios.find(({ slug }) => slug === 'fetch-a-page')!;
const moment = restingMoment(scenario);

/** The editor of the server's program; what the simulator answers is given later. */
function show() {
  const [onrun, onclose] = [vi.fn(), vi.fn()];
  let answer: (errors: readonly AssemblyError[] | null) => void = () => undefined;
  const program = vi.fn(
    () => new Promise<readonly AssemblyError[] | null>((resolve) => (answer = resolve)),
  );
  const props = {
    scenario,
    moment,
    host: 'server',
    session: { message: null, program },
    onrun,
    onclose,
  };
  const view = render(Editing, props);
  const said = async (errors: readonly AssemblyError[] | null): Promise<void> => {
    answer(errors);
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return { ...view, onrun, onclose, said, program, user: userEvent.setup() };
}

const code = (): Promise<HTMLElement> =>
  waitFor(() => {
    const found = screen.getByRole('textbox', { name: 'Source of server.s' });
    expect(found).toHaveClass('cm-content');
    return found;
  });
const button = (name: string): HTMLElement => screen.getByRole('button', { name });

test('an answer that comes after the editor was closed closes no other', async () => {
  const { user, rerender, said, onrun, onclose } = show();
  await user.click(button('Assemble and run'));
  await rerender({ host: null });
  await rerender({ host: 'client' });
  await said([]);
  expect(onrun).toHaveBeenCalledWith('Computer B');
  expect(onclose).not.toHaveBeenCalled();
});

test('what is typed while it is assembled is not lost', async () => {
  const { user, said, onclose } = show();
  const editor = await code();
  await user.click(editor);
  await user.keyboard('first');
  await user.click(button('Assemble and run'));
  await user.click(editor);
  await user.keyboard('second');
  await said([]);
  expect(onclose).not.toHaveBeenCalled();
  expect(editor).toHaveTextContent('second');
  expect(screen.getByText(/Not run yet/)).toBeInTheDocument();
});

test('what was run is no draft any more', async () => {
  const { user, said, onclose, rerender, program } = show();
  await user.click(await code());
  await user.keyboard('first');
  await user.click(button('Assemble and run'));
  const [[, source]] = program.mock.calls as unknown as [[string, string]];
  await rerender({ moment: { ...moment, sources: { server: source } } });
  await said([]);
  expect(onclose).toHaveBeenCalledOnce();
  expect(screen.queryByText(/Not run yet/)).not.toBeInTheDocument();
});
