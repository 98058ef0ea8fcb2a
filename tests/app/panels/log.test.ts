/** The log over a real run: what it asks is answered by the engine's desk. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { scenario as ping } from '../../../scenarios/ping/scenario';
import { scenario as quiet } from '../../../scenarios/fetch-a-page/scenario';
import type { Position, Scenario } from '../../../simulator';
import Log from '../../../src/panels/Log.svelte';
import type { HistoryLine, Order, Reply } from '../../../src/session/protocol';
import { Selection } from '../../../src/session/selection.svelte';
import { office } from '../../session/office';
import { moment } from '../fixtures/moment';
import { holder } from './logHolder.svelte';

const ROW_PX = 36;
const VIEW_PX = 360;

beforeEach(() => {
  // jsdom lays nothing out: rows and the list have these heights.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockImplementation(function (
    this: HTMLElement,
  ) {
    return this.getAttribute('role') === 'listbox' ? VIEW_PX : ROW_PX;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

const names = { client: 'Computer A', server: 'Computer B', cable: 'Ethernet cable' };

async function show(scenario: Scenario = ping, room: string | null = null) {
  const order = await office(scenario);
  const seek = vi.fn<(to: Position | number) => void>();
  const session = holder({
    moment: moment(),
    runId: 1,
    markedToNs: 0,
    room,
    selection: new Selection(),
    ask: (wanted: Order): Promise<Reply | null> => order(wanted),
    seek,
  });
  const stand = async (to: Position | number): Promise<void> => {
    const reply = await order({ kind: 'seek', to });
    if (reply.kind === 'moment') session.moment = reply.moment;
    flushSync();
  };
  await stand(scenario.endsAtNs);
  const shown = render(Log, { session, slug: 'ping', names, endsAtNs: scenario.endsAtNs });
  const told = async (text: RegExp): Promise<void> =>
    waitFor(
      () => {
        expect(screen.getAllByRole('status')[0]).toHaveTextContent(text);
      },
      { timeout: 8_000 },
    );
  await told(/^\d+ lines? up to now$/);
  const reply = await order({
    kind: 'lines',
    filter: { kinds: null, parts: null },
    text: '',
    offset: 0,
    count: 5_000,
  });
  const lines: readonly HistoryLine[] = reply.kind === 'lines' ? reply.lines : [];
  return { session, seek, stand, told, order, lines, shown, user: userEvent.setup() };
}

const textOf = (blob: Blob): Promise<string> =>
  new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.readAsText(blob);
  });

const list = (): HTMLElement => screen.getByRole('listbox');
const rows = (): HTMLElement[] => within(list()).queryAllByRole('option');

test('all lines are counted, some dozens are drawn, and the playhead’s is in sight', async () => {
  const { lines } = await show();
  expect(lines.length).toBeGreaterThan(60);
  expect(list()).toHaveAccessibleName(`Log, ${lines.length} lines`);
  await waitFor(() => expect(rows().at(-1)).toHaveTextContent(lines.at(-1)!.sentence));
  expect(rows().length).toBeLessThan(40);
  const last = rows().at(-1)!;
  expect(last).toHaveAttribute('aria-posinset', String(lines.length));
  expect(last).toHaveAttribute('aria-setsize', String(lines.length));
  expect(last).toHaveAttribute('aria-current', 'step');
});

test('what lies ahead is told only when it is asked for', async () => {
  const { lines, stand, told, user } = await show();
  const middle = lines[50]!;
  await stand(middle.at);
  const upTo = lines.filter(({ timeNs }) => timeNs <= middle.timeNs).length;
  await told(new RegExp(`^(5\\d|${upTo}) lines up to now$`));
  const shown = Number.parseInt(screen.getAllByRole('status')[0]!.textContent, 10);
  expect(rows().at(-1)).toHaveAttribute('aria-posinset', String(shown));
  await user.click(screen.getByRole('checkbox', { name: 'Show what lies ahead' }));
  await told(new RegExp(`^${lines.length} lines$`));
  const ahead = rows().filter((row) => row.classList.contains('ahead'));
  expect(ahead.length).toBeGreaterThan(0);
  expect(Number(ahead[0]!.getAttribute('aria-posinset'))).toBe(shown + 1);
});

test('it is one stop of the Tab key; arrows go along it and Enter goes to the moment', async () => {
  const { lines, user, seek, session } = await show();
  list().focus();
  flushSync();
  const active = (): HTMLElement | null =>
    document.getElementById(list().getAttribute('aria-activedescendant') ?? '');
  expect(active()).toHaveAttribute('aria-posinset', String(lines.length));
  await user.keyboard('{ArrowUp}{ArrowUp}');
  expect(active()).toHaveAttribute('aria-posinset', String(lines.length - 2));
  expect(session.selection.hinted?.id).toBe(lines.at(-3)!.id);
  await user.keyboard('{Home}');
  await waitFor(() => expect(active()).toHaveTextContent(lines[0]!.sentence));
  expect(active()).toHaveAttribute('aria-posinset', '1');
  await user.keyboard('{PageDown}');
  expect(active()).toHaveAttribute('aria-posinset', '10');
  await user.keyboard('{Enter}');
  expect(seek).toHaveBeenCalledWith(lines[9]!.at);
  expect(session.selection.picked?.id).toBe(lines[9]!.id);
  await user.click(screen.getByRole('button', { name: 'Back to now' }));
  expect(active()).toHaveAttribute('aria-posinset', String(lines.length));
});

test('a search leaves its hits; keys go from one to the next; its chip takes it away', async () => {
  const { lines, user, told, session } = await show();
  const hits = lines.filter(({ sentence }) => sentence.toLowerCase().includes('arp'));
  expect(hits.length).toBeGreaterThan(1);
  list().focus();
  await user.keyboard('/');
  expect(screen.getByRole('searchbox')).toHaveFocus();
  await user.keyboard('ARP');
  await told(new RegExp(`^${hits.length} lines up to now$`));
  await user.keyboard('{Enter}{Enter}');
  await waitFor(() => expect(session.selection.picked?.id).toBe(hits[1]!.id));
  await user.keyboard('{Shift>}{Enter}{/Shift}');
  await waitFor(() => expect(session.selection.picked?.id).toBe(hits[0]!.id));
  await user.click(screen.getByRole('button', { name: 'Remove: “ARP”' }));
  await told(new RegExp(`^${lines.length} lines`));
});

test('kinds and parts are chosen with their counts, and are taken away by chips', async () => {
  const { lines, user, told } = await show();
  await user.click(screen.getByText('Kind'));
  const frames = lines.filter(({ kind }) => kind === 'frame').length;
  const box = await screen.findByRole('checkbox', { name: `frame ${frames}` });
  await user.click(box);
  await told(new RegExp(`^${frames} lines up to now$`));
  // A line that is still on its way from the engine is a row with three dots.
  await waitFor(() => {
    for (const row of rows()) expect(row).toHaveTextContent(/frame|ARP|ICMP|echo/i);
  });
  await user.click(screen.getByRole('button', { name: 'Remove: frame' }));
  await told(new RegExp(`^${lines.length} lines`));
});

test('of a room that is open, only its part can be shown; what is empty says so', async () => {
  const { lines, user, told } = await show(ping, 'client');
  await user.click(screen.getByRole('button', { name: 'Only Computer A' }));
  const of = (path: string): boolean => path === 'client' || path.startsWith('client.');
  const own = lines.filter(({ part, to }) => of(part) || of(to)).length;
  expect(own).toBeLessThan(lines.length);
  await told(new RegExp(`^${own} lines up to now$`));
  await user.type(screen.getByRole('searchbox'), 'no such words');
  expect(await screen.findByText('No line of the run is like that.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Show all lines' }));
  await told(new RegExp(`^${lines.length} lines`));
});

test('what is picked leads to its cause, and from there to what came of it', async () => {
  const { lines, user, session, seek } = await show();
  const effect = lines.find(({ cause }) => cause !== null && !cause.startsWith('in.'))!;
  session.selection.pick({
    id: effect.id,
    at: effect.at,
    parts: [effect.part],
  });
  expect(await screen.findByText(effect.sentence, { selector: 'section p' })).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'What led to this' }));
  await waitFor(() => expect(session.selection.picked?.id).toBe(effect.cause));
  expect(seek).toHaveBeenCalled();
  await user.click(screen.getByRole('button', { name: 'What came of it' }));
  await waitFor(() => {
    const told = screen.queryByRole('list', { name: 'What came of it' });
    if (told === null) expect(session.selection.picked?.id).toBe(effect.id);
    else expect(told).toHaveTextContent(effect.sentence);
  });
});

test('of another run nothing stays that was known of this one', async () => {
  const { session, lines, told } = await show();
  const other = await office(quiet);
  await other({ kind: 'seek', to: quiet.endsAtNs });
  session.ask = other;
  session.runId = 2;
  await told(/^\d+ lines up to now$/);
  await waitFor(() => expect(list()).not.toHaveAccessibleName(`Log, ${lines.length} lines`));
});

test.each([
  ['Text', 'ping-log.txt', /^ *[\d.]+ ns {2}|^ *[\d.]+ µs {2}/],
  ['CSV (table)', 'ping-log.csv', /^time \(ns\),part,to,kind,sentence/],
  ['JSON lines', 'ping-log.jsonl', /^\{"timeNs":/],
])('what passes is saved as %s', async (format, file, start) => {
  const { user, lines } = await show();
  const blobs: Blob[] = [];
  const downloads: string[] = [];
  URL.createObjectURL = (blob: Blob) => `blob:${blobs.push(blob)}`;
  URL.revokeObjectURL = vi.fn();
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    downloads.push(this.download);
  });
  await user.click(screen.getByText('Save as'));
  await user.click(screen.getByRole('button', { name: format }));
  await screen.findByText(`Saved ${lines.length} lines up to now.`);
  expect(downloads).toEqual([file]);
  const text = await textOf(blobs[0]!);
  expect(text).toMatch(start);
  const rowsInIt = text.split('\n').filter((row) => row !== '').length;
  expect(rowsInIt).toBe(lines.length + (file.endsWith('csv') ? 1 : 0));
});

test('hovering hints', async () => {
  const { user, session, lines } = await show();
  await waitFor(() => expect(rows().at(-1)).toHaveTextContent(lines.at(-1)!.sentence));
  await user.hover(rows().at(-1)!);
  expect(session.selection.hinted?.id).toBe(lines.at(-1)!.id);
  await user.unhover(rows().at(-1)!);
  expect(session.selection.hinted).toBeNull();
});
