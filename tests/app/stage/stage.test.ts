import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { Moment } from '../../../src/session/protocol';
import { box } from '../../../src/layout/geometry';
import { processorBoxes } from '../../../src/layout/processor';
import Cpu from '../../../src/stage/Cpu.svelte';
import Stage from '../../../src/stage/Stage.svelte';
import { cable, flight, moment, move } from '../fixtures/moment';

function show(of: Moment, still = false) {
  const [onopen, onframe] = [vi.fn(), vi.fn()];
  const playhead = { shownNs: of.timeNs, phase: 1 };
  const opened = 'client.ram';
  const view = render(Stage, { moment: of, playhead, still, opened, onopen, onframe });
  return { ...view, onopen, onframe, user: userEvent.setup() };
}

test('every part is a named button that says what it is doing', () => {
  show(moment());
  for (const name of [
    'Computer A: operating system, ping running',
    'Computer A: CPU, running ping',
    'Computer A: RAM',
    'Computer A: NIC, 2 frames sent, 1 received',
    /Computer A: display, last line “64 octets from/,
    /Computer A: keyboard/,
    'Computer B: operating system, no process',
    'Computer B: CPU, idle',
    /^Ethernet cable, no frame under way/,
  ])
    expect(screen.getByRole('button', { name })).toBeInTheDocument();
  const ram = screen.getByRole('button', { name: 'Computer A: RAM' });
  expect(ram).toHaveAttribute('aria-expanded', 'true');
});

test('a processor that executes instructions has its control unit and its ALU as parts', async () => {
  const [a, b] = moment().hosts;
  const processor = { state: 'decode', operation: 'add' };
  const { user, onopen } = show(moment({ hosts: [{ ...a!, processor }, b!] }));
  await user.click(screen.getByRole('button', { name: 'Computer A: control unit, decode' }));
  expect(onopen).toHaveBeenLastCalledWith('client.control');
  screen.getByRole('button', { name: 'Computer A: ALU, add' }).focus();
  await user.keyboard('{Enter}');
  expect(onopen).toHaveBeenLastCalledWith('client.alu');
  expect(screen.queryByRole('button', { name: /Computer B: ALU/ })).not.toBeInTheDocument();
});

test('mouse and keyboard open a part', async () => {
  const { user, onopen } = show(moment());
  await user.click(screen.getByRole('button', { name: /Computer A: NIC/ }));
  expect(onopen).toHaveBeenLastCalledWith('client.nic');
  screen.getByRole('button', { name: /Computer B: CPU/ }).focus();
  await user.keyboard('{Enter}');
  expect(onopen).toHaveBeenLastCalledWith('server.cpu');
  screen.getByRole('button', { name: /Ethernet cable/ }).focus();
  await user.keyboard(' ');
  expect(onopen).toHaveBeenLastCalledWith('cable');
});

test('a frame says whose it is and how far it is, and can be pressed', async () => {
  const flying = moment({ timeNs: 12_930, cables: { cable: cable({ flights: [flight()] }) } });
  const { user, onframe } = show(flying);
  const name = 'Frame 0, ARP, from Computer A to Computer B, 50 % of the way';
  await user.click(screen.getByRole('button', { name }));
  expect(onframe.mock.lastCall?.slice(0, 2)).toEqual(['cable', 0]);
});

test('a cut cable and a raised interrupt line are said in words', () => {
  const [a, b] = moment().hosts;
  show(
    moment({ cables: { cable: cable({ cut: true }) }, hosts: [{ ...a!, interrupt: true }, b!] }),
  );
  expect(screen.getByRole('button', { name: 'Ethernet cable, cut' })).toBeInTheDocument();
  expect(screen.getByRole('button', { name: /NIC.*interrupt line raised/ })).toBeInTheDocument();
});

test('what travels is named on the map, standing still too', () => {
  show(moment({ moves: [move()] }), true);
  expect(screen.getByText('sendto')).toBeInTheDocument();
});

test.each([
  [96, 'regs'],
  [180, 'x0–31'],
])('on a processor %i wide the registers’ name fits: %s', (width, name) => {
  const at = box(0, 0, width, 120);
  render(Cpu, { at, inside: processorBoxes(at), busy: false, doing: 'idle' });
  expect(screen.getByText(name)).toBeInTheDocument();
});
