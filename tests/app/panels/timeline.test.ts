import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { scenario as page } from '../../../scenarios/fetch-a-page/scenario';
import { scenario as ping } from '../../../scenarios/ping/scenario';
import type { Scenario } from '../../../simulator';
import Timeline from '../../../src/panels/Timeline.svelte';
import { Selection } from '../../../src/session/selection.svelte';
import type { Happening } from '../../../src/session/happenings';
import type { Mark, Order, Reply } from '../../../src/session/protocol';
import { office } from '../../session/office';

/** In a browser things have the sizes of its window; these tests count on the sizes of jsdom, which has none. */
const withoutSizes = navigator.userAgent.includes('jsdom');

type Ask = (order: Order) => Promise<Reply>;

const ALL = { kinds: null, parts: null };

/** What happens in the whole run: asked until it was looked through. */
async function happenings(ask: Ask, endsAtNs: number): Promise<readonly Happening[]> {
  for (;;) {
    const order = { fromNs: 0, toNs: endsAtNs, filter: ALL, columns: 1, most: 2000, fine: false };
    const reply = await ask({ kind: 'window', ...order });
    if (reply.kind === 'window' && reply.window.doneToNs >= endsAtNs)
      return reply.window.each ?? [];
  }
}

/** A session of a real run, without playback. */
async function opened(scenario: Scenario) {
  const ask = await office(scenario);
  const each = await happenings(ask, scenario.endsAtNs);
  const marks = each.map(({ at, departNs: timeNs }): Mark => {
    return { at, timeNs, kind: 'frame', label: '' };
  });
  const session = {
    ...{ playheadNs: 0, marks, markedToNs: scenario.endsAtNs, runId: 1 },
    selection: new Selection(),
    ask: vi.fn(ask),
    seek: vi.fn(),
  };
  return { session, each };
}

async function shown(scenario: Scenario, room: string | null = null) {
  const { session, each } = await opened(scenario);
  const { world: wiring, endsAtNs } = scenario;
  const { container } = render(Timeline, { wiring, endsAtNs, session, room });
  await waitFor(() => expect(marksIn()).not.toHaveLength(0), { timeout: 5000 });
  return { session, each, container };
}

const diagram = (): HTMLElement => screen.getByRole('group', { name: /^Timeline\./ });
const marksIn = (): HTMLElement[] => within(diagram()).queryAllByRole('button');
const windowNow = (): string | null =>
  screen.getByRole('slider', { name: 'Window of the timeline' }).getAttribute('aria-valuetext');
const focused = (): string => document.activeElement?.getAttribute('aria-label') ?? '';

let user: ReturnType<typeof userEvent.setup>;
beforeEach(() => {
  user = userEvent.setup();
});

describe('the timeline', () => {
  test('has a lane for each host and a name for each thing that happened', async () => {
    const { each, container } = await shown(ping);
    const names = [...container.querySelectorAll('.row .name')].map((name) => name.textContent);
    expect(names).toEqual(['Computer A', 'Cable', 'Computer B']);
    const usual = each.filter(({ kind }) => !['call', 'return', 'trap', 'switched'].includes(kind));
    expect(marksIn()).toHaveLength(usual.length);
    expect(
      within(diagram()).getByRole('button', {
        name: /^Computer A sends a frame: ICMP echo request .* seq 1, 26.865 µs to 35.765 µs$/,
      }),
    ).toHaveClass('line');
    expect(diagram()).toHaveAccessibleName(
      `Timeline. ${usual.length} events from the start to 2.500 ms, on 3 lanes.`,
    );
  });

  test('a press picks what happened and leads there', async () => {
    const { session, each } = await shown(ping);
    const arp = each.find(({ kind }) => kind === 'frame');
    const mark = within(diagram()).getByRole('button', { name: /sends a frame: ARP who has/ });
    await fireEvent.pointerDown(mark, { button: 0 });
    await fireEvent.pointerUp(mark, { button: 0 });
    expect(session.seek).toHaveBeenCalledWith(arp?.at);
    expect(session.selection.picked).toMatchObject({
      id: arp?.id,
      parts: ['client.nic', 'server.nic'],
    });
    await waitFor(() => expect(mark).toHaveAttribute('aria-pressed', 'true'));
  });

  test('what is picked elsewhere is marked here, with what led to it', async () => {
    const { session, each, container } = await shown(ping);
    const reply = each.find(({ sentence }) => sentence.includes('ARP 10.0.0.2 is at'));
    const { id, at } = reply!;
    session.selection.pick({ id, at, parts: ['server.nic'] });
    await waitFor(() => expect(container.querySelector('.picked')).not.toBeNull());
    expect(container.querySelector('.picked')).toHaveAttribute('data-id', id);
    expect(container.querySelectorAll('.cause').length).toBeGreaterThan(0);
  });

  test('Tab reaches one of them, the arrows the others, Enter picks', async () => {
    const { session } = await shown(ping);
    expect(marksIn().filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
    marksIn()
      .find(({ tabIndex }) => tabIndex === 0)
      ?.focus();
    const first = focused();
    expect(session.selection.hinted).not.toBeNull();
    await user.keyboard('{ArrowRight}');
    const second = focused();
    expect(second).not.toBe(first);
    expect(document.activeElement).toHaveAttribute('tabindex', '0');
    await user.keyboard('{ArrowLeft}');
    expect(focused()).toBe(first);
    await user.keyboard('{End}');
    expect(focused()).toMatch(/exits|ends/);
    await user.keyboard('{Home}{ArrowDown}');
    expect(focused()).toMatch(/Computer B|ARP|driver|arrives|reaches/);
    await user.keyboard('{Enter}');
    expect(session.seek).toHaveBeenCalledOnce();
    await user.keyboard('{Escape}');
    expect(session.selection.picked).toBeNull();
  });

  test('keys and buttons zoom, and what is in the window is asked for', async () => {
    const { session } = await shown(page);
    expect(windowNow()).toBe('0 ns to 420.000 µs of 420.000 µs');
    session.ask.mockClear();
    await user.click(screen.getByRole('button', { name: 'Zoom in' }));
    expect(windowNow()).toBe('0 ns to 210.000 µs of 420.000 µs');
    await waitFor(() => {
      const windows = session.ask.mock.calls.map(([order]) => order);
      expect(windows).toContainEqual(expect.objectContaining({ fromNs: 0, toNs: 210_000 }));
    });
    diagram().focus();
    await user.keyboard('0');
    expect(windowNow()).toBe('0 ns to 420.000 µs of 420.000 µs');
    expect(screen.getByRole('button', { name: 'Show the whole run' })).toBeDisabled();
  });

  test.runIf(withoutSizes)(
    'a drag over the lanes with Shift zooms to what was brushed',
    async () => {
      await shown(page);
      const drawing = diagram();
      drawing.setPointerCapture = vi.fn();
      await fireEvent.pointerDown(drawing, { button: 0, clientX: 60, shiftKey: true });
      await fireEvent.pointerMove(drawing, { clientX: 140 });
      expect(drawing.querySelector('.brush')).toHaveAttribute('width', '80');
      await fireEvent.pointerUp(drawing, { clientX: 140 });
      expect(drawing.querySelector('.brush')).toBeNull();
      expect(windowNow()).not.toMatch(/^0 ns/);
    },
  );

  test.runIf(withoutSizes)('two fingers that part look nearer, and press nothing', async () => {
    const { session } = await shown(page);
    const drawing = diagram();
    drawing.setPointerCapture = vi.fn();
    const finger = (pointerId: number, clientX: number): PointerEventInit => ({
      ...{ button: 0, pointerType: 'touch', isPrimary: pointerId === 1 },
      ...{ pointerId, clientX },
    });
    await fireEvent.pointerDown(drawing, finger(1, 100));
    await fireEvent.pointerDown(drawing, finger(2, 160));
    await fireEvent.pointerMove(drawing, finger(1, 70));
    await fireEvent.pointerMove(drawing, finger(2, 190));
    await fireEvent.pointerUp(drawing, finger(1, 70));
    await fireEvent.pointerUp(drawing, finger(2, 190));
    const [, from = '', to = ''] = /^(\S+) .s to (\S+) µs of/.exec(windowNow() ?? '') ?? [];
    expect(Number(to) - Number(from)).toBeCloseTo(210, -1);
    expect(session.seek).not.toHaveBeenCalled();
    expect(session.selection.picked).toBeNull();
  });

  test('what is picked elsewhere comes in sight', async () => {
    const { session, each } = await shown(page);
    await user.click(screen.getByRole('button', { name: 'Zoom in' }));
    expect(windowNow()).toBe('0 ns to 210.000 µs of 420.000 µs');
    const last = each.at(-1)!;
    session.selection.pick({ id: last.id, at: last.at, parts: [last.from] });
    await waitFor(() => expect(windowNow()).toMatch(/to 420.000 µs of/));
  });

  test('the strip of the whole run shows no more than what is chosen', async () => {
    const { container } = await shown(ping);
    const drawn = (): number =>
      container.querySelector('.overview .bins')?.getAttribute('d')?.match(/M/g)?.length ?? 0;
    await waitFor(() => expect(drawn()).toBeGreaterThan(0));
    const all = drawn();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Show' }), 'Frames');
    await waitFor(() => expect(drawn()).toBeLessThan(all));
    expect(drawn()).toBeGreaterThan(0);
  });

  test('the wheel with Ctrl zooms at the pointer, without it the page scrolls', async () => {
    await shown(page);
    const plain = new WheelEvent('wheel', { deltaY: -100, bubbles: true, cancelable: true });
    diagram().dispatchEvent(plain);
    expect(plain.defaultPrevented).toBe(false);
    expect(windowNow()).toMatch(/to 420.000 µs of/);
    await fireEvent.wheel(diagram(), { deltaY: -300, ctrlKey: true, clientX: 140 });
    expect(windowNow()).not.toMatch(/to 420.000 µs of/);
  });

  test('silence is folded until one does not want that', async () => {
    const { container } = await shown(ping);
    const fold = await screen.findByRole('checkbox', { name: 'Fold silence' });
    await waitFor(() => expect(container.querySelectorAll('.lanes .fold')).toHaveLength(3));
    await user.click(fold);
    expect(container.querySelectorAll('.lanes .fold')).toHaveLength(0);
  });

  test('kinds and parts are left out, the lanes with them', async () => {
    const { each } = await shown(ping);
    const count = (of: (happening: Happening) => boolean): number => each.filter(of).length;
    await user.selectOptions(screen.getByRole('combobox', { name: 'Show' }), 'Frames');
    const frames = ['frame', 'arrived', 'sent', 'received'];
    const wanted = count(({ kind }) => frames.includes(kind));
    await waitFor(() => expect(marksIn()).toHaveLength(wanted));
    await user.click(screen.getByRole('button', { name: 'Filter' }));
    const kinds = within(screen.getByRole('group', { name: 'Kinds' }));
    await user.click(kinds.getByRole('button', { name: /^Frames/ }));
    await user.click(kinds.getByRole('button', { name: /^Interrupts/ }));
    await waitFor(() => expect(marksIn()).toHaveLength(count(({ kind }) => kind === 'interrupt')));
    const parts = within(screen.getByRole('group', { name: 'Parts' }));
    await user.click(parts.getByRole('button', { name: 'Computer B' }));
    const ofB = count(({ kind, to }) => kind === 'interrupt' && to.startsWith('server.'));
    await waitFor(() => expect(marksIn()).toHaveLength(ofB));
  });

  test('the part whose room is open can be the only one', async () => {
    const { each } = await shown(ping, 'client.nic');
    await user.click(screen.getByRole('button', { name: 'Filter' }));
    await user.click(screen.getByRole('button', { name: /^Only client/ }));
    const own = each.filter(({ from, to }) => [from, to].includes('client.nic'));
    await waitFor(() => expect(marksIn()).toHaveLength(own.length));
  });

  test.runIf(withoutSizes)('by layers and by parts there are other lanes', async () => {
    const { container } = await shown(ping);
    const names = (): (string | null)[] =>
      [...container.querySelectorAll('.row .name')].map((name) => name.textContent);
    await user.click(screen.getByRole('radio', { name: 'Layers' }));
    // In jsdom nothing has a height: the first lanes are all that is in sight.
    expect(names()[1]).toMatch(/transport$/);
    expect(marksIn().length).toBeGreaterThan(10);
    await user.click(screen.getByRole('radio', { name: 'Parts' }));
    expect(names()[0]).toMatch(/console$/);
    expect(names()[1]).toMatch(/process 1$/);
  });

  test('inside the parts, there is more', async () => {
    const { each } = await shown(ping);
    const show = screen.getByRole('combobox', { name: 'Show' });
    await user.selectOptions(show, 'Inside the parts too');
    await user.click(screen.getByRole('button', { name: 'Zoom in' }));
    await user.click(screen.getByRole('button', { name: 'Zoom in' }));
    await waitFor(
      () => expect(within(diagram()).queryAllByRole('button', { name: /DMA/ })).not.toEqual([]),
      { timeout: 4000 },
    );
    expect(each.some(({ kind }) => kind === 'dma')).toBe(false);
  });

  test('nothing is asked before a run is open', async () => {
    const { session } = await opened(ping);
    session.ask.mockClear();
    const { world: wiring, endsAtNs } = ping;
    render(Timeline, { wiring, endsAtNs, session: { ...session, runId: 0 } });
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(session.ask).not.toHaveBeenCalled();
    expect(diagram()).toHaveAccessibleName(/Looking at the run/);
  });
});
