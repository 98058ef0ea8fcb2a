import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import Story from '../../../src/panels/Story.svelte';
import { aheadOf } from '../../../src/panels/story';
import type { LessonView } from '../../../src/session/lesson';
import type { Reached } from '../../../src/session/protocol';
import { CHAPTERS, lesson } from '../fixtures/lesson';

const reached = (id: string, state: Reached['state']): Reached => ({
  id,
  state,
  at: null,
  timeNs: 0,
});

function show(over: Partial<LessonView> = {}) {
  const told = lesson(over);
  return { told, user: userEvent.setup(), ...render(Story, { lesson: told }) };
}
const next = (): HTMLElement => screen.getByRole('button', { name: /^(Next|Begin)$/ });

test.each([
  [-1, 'The story, in 3 chapters', 'First: Enter is pressed'],
  [0, '1 of 3 · Enter is pressed', 'Next: The system call'],
  [1, '2 of 3 · The system call', 'Next: The frame leaves'],
  [2, '3 of 3 · The frame leaves', 'This is the last chapter.'],
])('chapter %s is headed %j, and says %j', (index, heading, ahead) => {
  show({ index });
  expect(screen.getByRole('heading', { name: heading })).toBeVisible();
  expect(screen.getByText(ahead)).toBeVisible();
});

test('a scenario without a story has no card', () => {
  show({ chapters: [], index: -1 });
  expect(screen.queryByRole('region')).not.toBeInTheDocument();
});

test('Next and Back go on and back by key, and Next keeps the focus', async () => {
  const { user, told, rerender } = show({ index: 1 });
  next().focus();
  await user.keyboard('{Enter}');
  expect(told.next).toHaveBeenCalledOnce();
  await rerender({ lesson: lesson({ index: 2 }) });
  expect(next()).toHaveFocus();
  expect(next()).toHaveAttribute('aria-disabled', 'true');
  await user.click(screen.getByRole('button', { name: 'Back' }));
  expect(told.back).not.toHaveBeenCalled();
});

test('after the last chapter there is none to go to', async () => {
  const { user, told } = show({ index: 2 });
  await user.click(next());
  expect(told.next).not.toHaveBeenCalled();
  expect(told.goTo).not.toHaveBeenCalled();
});

test('before the first chapter there is none to go back to', async () => {
  const { user, told } = show({ index: -1 });
  await user.click(screen.getByRole('button', { name: 'Back' }));
  expect(told.back).not.toHaveBeenCalled();
  await user.click(next());
  expect(told.next).toHaveBeenCalledOnce();
});

test.each<[string, Reached[], string | null, string[]]>([
  ['nothing is known yet', [], 'call', []],
  ['the next one is being looked for', [reached('call', 'looking')], 'call', []],
  ['the next one does not come', [reached('call', 'missing')], 'frame', ['call']],
  ['none comes', ['call', 'frame'].map((id) => reached(id, 'missing')), null, ['call', 'frame']],
])('where %s, Next leads to what does come', (_, known, id, skipped) => {
  const ahead = aheadOf(lesson({ reached: known }));
  expect(ahead.next?.id ?? null).toBe(id);
  expect(ahead.skipped.map((entry) => entry.id)).toEqual(skipped);
});

test('a chapter that a changed run does not come to is passed over, and that is said', async () => {
  const { user, told } = show({ reached: [reached('call', 'missing')] });
  expect(screen.getByText('Not reached in this run:').parentElement).toHaveTextContent(
    'Not reached in this run: “The system call”. Next: The frame leaves',
  );
  await user.click(next());
  expect(told.goTo).toHaveBeenCalledWith('frame');
  expect(told.next).not.toHaveBeenCalled();
});

test('the contents say of each chapter what became of it, and lead to it', async () => {
  const { user, told } = show({
    index: 1,
    seen: new Set(['enter', 'call']),
    reached: [reached('frame', 'missing')],
  });
  const summary = screen.getByText('Contents');
  await user.click(summary);
  const list = within(screen.getByRole('list'));
  const of = (title: RegExp): HTMLElement => list.getByRole('button', { name: title });
  expect(of(/Enter is pressed/)).toHaveTextContent('seen');
  expect(of(/system call/)).toHaveAttribute('aria-current', 'step');
  expect(of(/system call/)).toHaveTextContent('you are here, asks a question');
  expect(of(/frame/)).toHaveTextContent('not reached in this run');
  expect(of(/frame/)).toBeDisabled();
  expect(screen.getByText('2 of 3 chapters seen')).toBeVisible();
  await user.click(of(/Enter/));
  expect(told.goTo).toHaveBeenCalledWith('enter');
  const details = summary.closest('details');
  expect(details).not.toHaveAttribute('open');
});

test('Escape closes the contents, and a press elsewhere too', async () => {
  const { user } = show();
  const summary = screen.getByText('Contents');
  const details = summary.closest('details')!;
  await user.click(summary);
  await user.keyboard('{Escape}');
  expect(details).not.toHaveAttribute('open');
  await user.click(summary);
  expect(details).toHaveAttribute('open');
  await user.click(screen.getByRole('heading'));
  expect(details).not.toHaveAttribute('open');
});

test('answers can be saved once there are some', async () => {
  const guess = { kind: 'choice', option: 0 } as const;
  const given = { chapter: 'call', question: '?', guess, right: true, answer: guess };
  const { user, told } = show({ answers: [given] });
  await user.click(screen.getByText('Contents'));
  await user.click(screen.getByRole('button', { name: 'Save my answers (1)' }));
  expect(told.save).toHaveBeenCalledOnce();
});

test('while somebody explores there is one line, and the way back gives the focus to the chapter', async () => {
  const { user, told, rerender } = show({ mode: 'exploring', index: 2 });
  expect(screen.queryByRole('heading')).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Back to the story: chapter 3' }));
  expect(told.resume).toHaveBeenCalledOnce();
  await rerender({ lesson: lesson({ index: 2 }) });
  expect(screen.getByRole('heading')).toHaveFocus();
});

test('a story that goes on by itself takes no focus', async () => {
  const { rerender } = show({ mode: 'exploring' });
  await rerender({ lesson: lesson() });
  expect(screen.getByRole('heading')).not.toHaveFocus();
});

test('a long text can be unfolded', async () => {
  const chapter = { ...CHAPTERS[0]!, text: 'A long text. '.repeat(30) };
  const { user } = show({ chapter });
  const more = screen.getByText('Read on');
  expect(more).toHaveAttribute('aria-expanded', 'false');
  await user.click(more);
  expect(screen.getByText('Less')).toHaveAttribute('aria-expanded', 'true');
});

test('a chapter is told aloud when it changes, politely', () => {
  show();
  expect(screen.getByRole('heading').parentElement).toHaveAttribute('aria-live', 'polite');
});
