/** Looking at the stage from nearer: controls, keys, breadcrumb, and what is asked of the engine. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeAll, expect, test, vi } from 'vitest';
import type { Answer } from '../../../simulator';
import type { Moment } from '../../../src/session/protocol';
import type { View } from '../../../src/session/view';
import Stage from '../../../src/stage/Stage.svelte';
import { arpRequest, cable, flight, moment, note } from '../fixtures/moment';

/** In a browser things have the sizes of its window; these tests count on the sizes of jsdom, which has none. */
const withoutSizes = navigator.userAgent.includes('jsdom');

// What is loaded late may take its time on a busy machine.
beforeAll(async () => {
  await import('../../../src/stage/closer');
}, 30_000);

function show(of: Moment, props: { view?: View | null; follow?: boolean } = {}) {
  const ask = { watch: vi.fn(), unwatch: vi.fn() };
  const onopen = vi.fn();
  const playhead = { shownNs: of.timeNs, phase: 1 };
  const fixed = { playhead, still: true, opened: null, ask, onopen, onframe: vi.fn() };
  const view = render(Stage, { moment: of, ...fixed, ...props });
  return { ...view, ask, onopen, user: userEvent.setup() };
}
const at = (part: string, k = 0.94): View => ({ part, x: 0.5, y: 0.5, k });
const way = async () => {
  const crumbs = await screen.findByRole('navigation', { name: 'Where the map is looked at' });
  return within(crumbs)
    .getAllByRole('button')
    .map((button) => button.textContent);
};
const drawing = () => screen.getByRole('group', { name: /^Map of/ }).querySelector(':scope > g');

test('a view leads to its part, and each step of the breadcrumb back', async () => {
  const { user } = show(moment(), { view: at('client.nic') });
  expect(await way()).toEqual(['World', 'Computer A', 'NIC']);
  expect(drawing()).toHaveAttribute('transform', expect.stringContaining('scale') as string);
  await user.click(screen.getByRole('button', { name: 'Computer A' }));
  expect(await way()).toEqual(['World', 'Computer A']);
  await user.click(screen.getByRole('button', { name: 'World' }));
  await waitFor(() => expect(screen.queryByRole('navigation')).not.toBeInTheDocument());
  expect(drawing()).not.toHaveAttribute('transform');
});

test('nearer, farther and everything', async () => {
  const { user } = show(moment());
  const press = (name: string) => user.click(screen.getByRole('button', { name }));
  expect(screen.getByRole('button', { name: 'Farther' })).toBeDisabled();
  await press('Nearer');
  await way();
  await press('Nearer');
  await waitFor(() => expect(drawing()?.getAttribute('transform')).toMatch(/scale\(2\.56/));
  await press('Farther');
  await waitFor(() => expect(drawing()?.getAttribute('transform')).toMatch(/scale\(1\.6/));
  await press('Everything');
  await waitFor(() => expect(drawing()).not.toHaveAttribute('transform'));
});

test('keys zoom, go into a part without opening it, and come back', async () => {
  const { user, onopen } = show(moment());
  screen.getByRole('button', { name: /^Computer B: RAM/ }).focus();
  await waitFor(async () => {
    await user.keyboard('{Shift>}{Enter}{/Shift}');
    expect(await way()).toEqual(['World', 'Computer B', 'RAM']);
  });
  onopen.mockClear();
  await user.keyboard('{Shift>}{Enter}{/Shift}');
  expect(onopen).not.toHaveBeenCalled();
  await user.keyboard('0');
  await waitFor(() => expect(screen.queryByRole('navigation')).not.toBeInTheDocument());
});

test('arrows on the stage move what is seen from near, and at the whole they are the player’s', async () => {
  const heard = vi.fn((event: KeyboardEvent) => event.defaultPrevented);
  window.addEventListener('keydown', heard);
  const { user } = show(moment(), { view: at('client') });
  await way();
  const stage = screen.getByRole('group', { name: /^Map of/ });
  stage.focus();
  const before = drawing()?.getAttribute('transform');
  await user.keyboard('{ArrowRight}');
  await waitFor(() => expect(drawing()?.getAttribute('transform')).not.toBe(before));
  await user.keyboard('0');
  await waitFor(() => expect(drawing()).not.toHaveAttribute('transform'));
  heard.mockClear();
  await user.keyboard('{ArrowRight}');
  expect(heard.mock.results.map(({ value }) => value as boolean)).toEqual([false]);
  window.removeEventListener('keydown', heard);
});

const os: Answer<'os'> = {
  processes: [],
  neighbours: [],
  sockets: [
    {
      id: 1,
      kind: 'stream',
      owner: 1,
      held: true,
      local: '10.0.0.1:48255',
      peer: '10.0.0.2:80',
      state: 'ESTABLISHED',
      receiveOctets: 612,
      sendOctets: 0,
      waitingToBeAccepted: 0,
      wakeAtNs: 0,
    },
  ],
};

test('the inside of a part is asked for while it is in view, and drawn when it is known', async () => {
  const { ask, user, rerender } = show(moment(), { view: at('client.os') });
  await waitFor(() =>
    expect(ask.watch).toHaveBeenCalledWith('stage:client.os', { view: 'os', part: 'client' }),
  );
  expect(screen.queryByText(/in 612/)).not.toBeInTheDocument();
  await rerender({ moment: moment({ answers: { 'stage:client.os': os } }) });
  expect(await screen.findByText(/in 612, out 0 octets/)).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Everything' }));
  await waitFor(() => expect(ask.unwatch).toHaveBeenCalledWith('stage:client.os'));
  expect(screen.queryByText(/in 612/)).not.toBeInTheDocument();
});

test.runIf(withoutSizes)('a frame on the cable shows its octets from near', async () => {
  const flying = moment({ timeNs: 12_930, cables: { cable: cable({ flights: [flight()] }) } });
  show(flying, { view: at('cable', 0.9) });
  await way();
  const frame = screen.getByRole('button', { name: /^Frame 0, ARP/ });
  await waitFor(() => expect(within(frame).getAllByText('ff')).toHaveLength(6));
  expect(within(frame).getByText(/^\+\d+$/)).toBeInTheDocument();
  const shown = within(frame).getAllByText(/^[0-9a-f]{2}$/).length;
  const rest = Number(within(frame).getByText(/^\+\d+$/).textContent);
  expect(shown + rest).toBe(arpRequest.length);
});

test.runIf(withoutSizes)(
  'who follows is taken to where something happens, and is left alone when it is in sight',
  async () => {
    const there = moment({ notes: [note({ part: 'server.nic' })] });
    const { rerender, container, user } = show(moment(), { follow: true });
    screen.getByRole('button', { name: /^Computer A: RAM/ }).focus();
    await waitFor(async () => {
      await user.keyboard('{Shift>}{Enter}{/Shift}');
      expect(await way()).toContain('RAM');
    });
    await rerender({ moment: there });
    await waitFor(async () => expect((await way())[1]).toBe('Computer B'));
    const before = container.querySelector('svg > g')?.getAttribute('transform');
    await rerender({ moment: { ...there, timeNs: there.timeNs + 1 } });
    expect(container.querySelector('svg > g')).toHaveAttribute('transform', before ?? '');
  },
);
