import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import Compare from '../../../src/pages/Compare.svelte';
import { ownLines } from '../../../src/panels/compared';
import type { Beside, LogLine } from '../../../src/session/protocol';
import { at, cable, flight, moment } from '../fixtures/moment';

const line = (timeNs: number, sentence: string): LogLine => ({
  id: `${timeNs}.0.1.0.c0`,
  at: at(timeNs),
  timeNs,
  part: 'cable',
  kind: 'arrived',
  sentence,
});
const shared = line(10, 'Frame 0 leaves.');
const lost = line(20, 'Frame 0 is lost.');
const arrives = line(30, 'Frame 0 arrives.');

function show(over: Partial<Beside> = {}) {
  const on = { onopen: vi.fn(), onseek: vi.fn(), onback: vi.fn() };
  const flying = { cable: cable({ flights: [flight()] }) };
  const beside: Beside = {
    moment: moment({ log: [shared, arrives], cables: flying }),
    title: 'As it was written',
    differs: ['cable', 'server.nic'],
    sinceNs: 20,
    ...over,
  };
  const shown = moment({ log: [shared, lost] });
  const playhead = { shownNs: 12_000, phase: 1 };
  render(Compare, { moment: shown, beside, playhead, still: false, opened: null, ...on });
  const run = (name: string) => within(screen.getByRole('region', { name }));
  return { ...on, run, user: userEvent.setup() };
}

test('both runs are drawn at the same time, under their names', () => {
  const { run } = show();
  expect(screen.getByRole('heading', { level: 2 })).toHaveTextContent('Two runs at 12.000 µs');
  const changed = run('This run').getByRole('button', { name: /^Ethernet cable/ });
  expect(changed).toHaveAccessibleName('Ethernet cable, no frame under way, differs');
  const other = run('As it was written').getByRole('button', { name: /^Ethernet cable/ });
  expect(other).toHaveAccessibleName('Ethernet cable, 1 frame under way, differs');
});

test('the parts that differ are listed, marked in both, and lead to their rooms', async () => {
  const { run, user, onopen } = show();
  expect(screen.getByText(/2 parts differ:/)).toBeVisible();
  for (const name of ['This run', 'As it was written']) {
    const nic = run(name).getByRole('button', { name: /^Computer B: NIC.*, differs$/ });
    expect(nic).toBeInTheDocument();
    expect(run(name).queryByRole('button', { name: /^Computer A.*differs/ })).toBeNull();
  }
  await user.click(within(screen.getByRole('status')).getByText('Computer B: NIC'));
  expect(onopen).toHaveBeenCalledWith('server.nic');
});

test.each<[string, Partial<Beside>, RegExp]>([
  ['one part', { differs: ['cable'] }, /1 part differs:/],
  ['none', { differs: [], sinceNs: null }, /no part of them differs/],
])('when %s differs, it says so', (_, over, words) => {
  show(over);
  expect(screen.getByText(words)).toBeVisible();
});

test('where they part can be gone to; where they do not, it is not offered', async () => {
  const { user, onseek } = show();
  expect(screen.getByText('First differ at 20 ns')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Go there' }));
  expect(onseek).toHaveBeenCalledWith(20);
});

test('without a difference there is nowhere to go', () => {
  show({ differs: [], sinceNs: null });
  expect(screen.queryByRole('button', { name: 'Go there' })).not.toBeInTheDocument();
});

test('lines that only one of them has are marked in words', async () => {
  const { run, user, onseek } = show();
  const changed = run('This run').getAllByRole('listitem');
  expect(changed[0]).toHaveTextContent('only in this run: cable Frame 0 is lost.');
  expect(changed[1]).not.toHaveTextContent('only in this run');
  const other = run('As it was written');
  expect(other.getAllByRole('listitem')[0]).toHaveTextContent('only in this run');
  // A place of the other run is none of this one: its time is.
  await user.click(other.getByRole('button', { name: 'Go to 30 ns' }));
  expect(onseek).toHaveBeenLastCalledWith(30);
});

test('a key leads back to one', async () => {
  const { user, onback } = show();
  screen.getByRole('button', { name: 'Back to one' }).focus();
  await user.keyboard('{Enter}');
  expect(onback).toHaveBeenCalledOnce();
});

test.each<[string, LogLine[], LogLine[], string[]]>([
  ['the same lines', [shared, lost], [shared, lost], []],
  ['a line more', [shared, lost], [shared], [lost.id]],
  ['another sentence at the same place', [{ ...lost, sentence: '?' }], [lost], [lost.id]],
  ['nothing to compare with', [shared], [], [shared.id]],
  ['lines from before the other log begins', [shared, lost], [lost], []],
])('%s', (_, log, other, own) => {
  expect([...ownLines(log, other)]).toEqual(own);
});
