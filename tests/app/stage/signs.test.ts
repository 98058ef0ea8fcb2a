import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { NO_SIGN, NO_SIGNS, signOf } from '../../../src/stage/signs';
import Stage from '../../../src/stage/Stage.svelte';
import { pickedFrame } from '../../../src/session/picked';
import { Selection } from '../../../src/session/selection.svelte';
import { cable, client, flight, moment, server } from '../fixtures/moment';

test.each([
  ['client.nic', 'client.nic', true, true],
  ['client.os', 'client.os.tcp', true, true],
  ['client.os', 'client.process.1', true, true],
  ['client.display', 'client.console', true, true],
  ['client.nic', 'client.os', true, false],
  ['client.os', 'server.os', true, false],
  ['client.os', 'client.osx', true, false],
  ['client.cpu', 'client', true, false],
  ['client.cpu', 'client.alu', true, false],
  ['client.cpu', 'client.alu', false, true],
  ['cable', 'cable', true, true],
])('at %s, a chapter about %s points (core drawn: %s): %s', (part, path, withCore, pointed) => {
  const none = NO_SIGN;
  const focused = signOf(part, { ...NO_SIGNS, focus: [path] }, withCore);
  expect(focused).toEqual({ ...none, pointed });
  const marked = signOf(part, { ...NO_SIGNS, marked: new Set([path]) }, withCore);
  expect(marked).toEqual({ ...none, differs: pointed });
  const picked = signOf(part, { ...NO_SIGNS, picked: [path] }, withCore);
  expect(picked).toEqual({ ...none, picked: pointed });
});

function show() {
  const [onopen, onframe, onmenu] = [vi.fn(), vi.fn(), vi.fn()];
  const core = { ...client, processor: { state: null, operation: null } };
  render(Stage, {
    moment: moment({ hosts: [core, server] }),
    playhead: { shownNs: 12_000, phase: 1 },
    still: false,
    opened: null,
    focus: ['client.alu', 'cable', 'server.alu'],
    marked: new Set(['server.display', 'cable']),
    onopen,
    onframe,
    onmenu,
  });
  return { onopen, onmenu, user: userEvent.setup() };
}

test('what the story points at and what differs is said in words', () => {
  show();
  for (const name of [
    /^Computer A: ALU.*, the story points at it$/,
    /^Ethernet cable.*, the story points at it, differs$/,
    /^Computer B: display.*, differs$/,
    // Its ALU is not drawn.
    /^Computer B: CPU.*, the story points at it$/,
  ])
    expect(screen.getByRole('button', { name })).toBeInTheDocument();
  expect(screen.getByRole('button', { name: /^Computer A: CPU, running ping$/ })).toBeVisible();
});

describe('what can be done to a part is asked for', () => {
  beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }));
  afterEach(() => void vi.useRealTimers());
  const nic = (): HTMLElement => screen.getByRole('button', { name: /^Computer A: NIC/ });

  test('by the other mouse button', async () => {
    const { onmenu } = show();
    expect(await fireEvent.contextMenu(nic())).toBe(false);
    expect(onmenu.mock.lastCall?.[0]).toBe('client.nic');
  });

  test.each(['{ContextMenu}', '{Shift>}{F10}{/Shift}'])('by the key %s', async (keys) => {
    const { user, onmenu, onopen } = show();
    screen.getByRole('button', { name: /^Ethernet cable/ }).focus();
    await user.keyboard(keys);
    expect(onmenu.mock.lastCall?.[0]).toBe('cable');
    expect(onopen).not.toHaveBeenCalled();
  });

  test('by a finger that stays, and then the part does not open', async () => {
    const { onmenu, onopen } = show();
    await fireEvent.pointerDown(nic(), { pointerType: 'touch' });
    vi.advanceTimersByTime(600);
    expect(onmenu).toHaveBeenCalledOnce();
    await fireEvent.pointerUp(nic());
    await fireEvent.click(nic());
    expect(onopen).not.toHaveBeenCalled();
    await fireEvent.click(nic());
    expect(onopen).toHaveBeenCalledOnce();
  });

  test.each([
    ['leaves', 'pointerUp'],
    ['moves on', 'pointerMove'],
  ] as const)('not by a finger that %s', async (_, event) => {
    const { onmenu } = show();
    await fireEvent.pointerDown(nic(), { pointerType: 'touch', clientX: 5, clientY: 5 });
    await fireEvent[event](nic(), { clientX: 40, clientY: 5 });
    vi.advanceTimersByTime(600);
    expect(onmenu).not.toHaveBeenCalled();
  });
});

test('what is picked is seen at its parts, and a frame that is touched is hinted at', async () => {
  const selection = new Selection();
  const frame = flight();
  render(Stage, {
    moment: moment({ cables: { cable: cable({ flights: [frame] }) } }),
    playhead: { shownNs: 12_000, phase: 1 },
    ...{ still: false, opened: null, selection, onopen: vi.fn(), onframe: vi.fn() },
  });
  const drawn = screen.getByRole('button', { name: /^Frame 0/ });
  await fireEvent.pointerEnter(drawn);
  expect(selection.hinted).toEqual({
    id: frame.id,
    at: { timeNs: 10_000, source: 0, n: 1, micro: 0 },
    parts: ['client.nic', 'server.nic'],
  });
  await fireEvent.pointerLeave(drawn);
  expect(selection.hinted).toBeNull();
  selection.pick(pickedFrame(frame));
  await waitFor(() => expect(drawn).toHaveClass('picked'));
  expect(screen.getByRole('button', { name: /^Computer B: NIC.*, picked$/ })).toBeVisible();
  expect(screen.queryByRole('button', { name: /^Computer B: RAM.*, picked$/ })).toBeNull();
});
