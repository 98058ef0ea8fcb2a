import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';
import { dissect } from '../../../simulator';
import CableRoom from '../../../src/panels/CableRoom.svelte';
import ConsoleRoom from '../../../src/panels/ConsoleRoom.svelte';
import CpuRoom from '../../../src/panels/CpuRoom.svelte';
import Dissection from '../../../src/panels/Dissection.svelte';
import { framesOnAll } from '../../../src/panels/frames';
import NicRoom from '../../../src/panels/NicRoom.svelte';
import OsRoom from '../../../src/panels/OsRoom.svelte';
import { placeOf } from '../../../src/panels/parts';
import RamRoom from '../../../src/panels/RamRoom.svelte';
import {
  consoleAnswer,
  nicAnswer,
  osAnswer,
  processorAnswer,
  ramAnswer,
} from '../fixtures/answers';
import { arpRequest, cable, flight, moment, move, note } from '../fixtures/moment';

const nothing = (): void => undefined;

describe('the network interface', () => {
  test('shows registers with their meaning, and marks what changed', () => {
    const before = { ...nicAnswer, registers: { ...nicAnswer.registers, TDT: 2 } };
    render(NicRoom, { view: nicAnswer, before, onaddress: nothing });
    const tail = screen.getByRole('row', { name: /TDT/ });
    expect(tail).toHaveTextContent('3, changed');
    expect(screen.getByRole('row', { name: /ICR/ })).toHaveTextContent('frame sent');
    expect(screen.getByRole('row', { name: /RCTL/ })).not.toHaveTextContent('changed');
    expect(screen.getByRole('row', { name: /RAH/ })).toHaveTextContent('0x80000a00');
    expect(screen.getByRole('row', { name: /TDLEN/ })).toHaveTextContent('TDLEN512');
  });

  test('says of each ring who owns what, and leads to its memory', async () => {
    const onaddress = vi.fn();
    render(NicRoom, { view: nicAnswer, before: null, onaddress });
    const name = 'Transmit ring: 32 descriptors, head 2, tail 3, 1 with the interface, 2 done';
    expect(screen.getByRole('img', { name })).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: '0x800ef220' }));
    expect(onaddress).toHaveBeenCalledWith(0x800e_f220);
  });
});

describe('memory', () => {
  test('marks the octets that differ from the moment before', () => {
    render(RamRoom, { view: ramAnswer(1), before: ramAnswer(0), onaddress: nothing });
    expect(screen.getByRole('button', { name: 'octet 0: 01, changed' })).toBeInTheDocument();
    expect(screen.getByText(/3 of these octets changed/)).toBeInTheDocument();
  });

  test('jumps to an address, and says what is wrong with one that is not there', async () => {
    const [user, onaddress] = [userEvent.setup(), vi.fn()];
    render(RamRoom, { view: ramAnswer(), before: null, onaddress });
    const field = screen.getByLabelText('Address');
    await user.type(field, 'ffff{Enter}');
    expect(screen.getByRole('alert')).toHaveTextContent('RAM lies from 0x80000000 to 0x800fffff');
    expect(onaddress).not.toHaveBeenCalled();
    await user.clear(field);
    await user.type(field, '0x80001000{Enter}');
    expect(onaddress).toHaveBeenCalledWith(0x8000_1000);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('its octets are one stop of Tab, and arrow keys move among them', async () => {
    const user = userEvent.setup();
    render(RamRoom, { view: ramAnswer(), before: null, onaddress: nothing });
    screen.getByRole('button', { name: 'octet 0: 00' }).focus();
    await user.keyboard('{ArrowRight}{ArrowDown}');
    expect(screen.getByRole('button', { name: 'octet 9: 00' })).toHaveFocus();
  });
});

test('the operating system shows processes, sockets, neighbours and calls', () => {
  render(OsRoom, { view: osAnswer, calls: [], onseek: nothing });
  expect(screen.getByText('recvfrom')).toBeInTheDocument();
  expect(screen.getByRole('cell', { name: '02:00:00:00:00:0b' })).toBeInTheDocument();
  expect(screen.getByRole('cell', { name: '10.0.0.1 identifier 1' })).toBeInTheDocument();
});

test('the processor says plainly that programs are modelled', () => {
  render(CpuRoom, {
    view: processorAnswer,
    timeNs: 12_000,
    doing: 'running ping',
    lines: [],
    onseek: nothing,
  });
  expect(screen.getByText('modelled')).toBeInTheDocument();
  expect(screen.getByText('13.000 µs')).toBeInTheDocument();
});

test('a line can be typed at the console', async () => {
  const ontype = vi.fn();
  render(ConsoleRoom, { view: consoleAnswer, title: 'Computer A', ontype });
  await userEvent.type(screen.getByLabelText(/Type a line/), 'hello{Enter}');
  expect(ontype).toHaveBeenCalledWith(new TextEncoder().encode('hello\n'));
});

describe('the cable', () => {
  const flying = moment({ cables: { cable: cable({ flights: [flight()] }) } });
  const show = (of = flying) => {
    const ondeed = vi.fn();
    render(CableRoom, {
      name: 'cable',
      view: of.cables['cable']!,
      frames: framesOnAll({}, of)['cable'] ?? [],
      titles: { client: 'Computer A', server: 'Computer B' },
      allowed: ['drop', 'corrupt', 'delay', 'duplicate', 'cut'],
      chosen: null,
      onchoose: nothing,
      ondeed,
      onsave: nothing,
    });
    return { ondeed, user: userEvent.setup() };
  };

  test('lists what went before a leap, and says of a lost frame that it is', () => {
    const { number, octets, departNs, arriveNs } = flight();
    const told = { number, octets, departNs, arriveNs, faults: ['drop'], from: 0 };
    const left = move({
      kind: 'frame',
      from: 'client.nic',
      to: 'server.nic',
      what: { cable: 'cable', number, octets },
      departNs,
      arriveNs,
    });
    const why = 'a fault dropped it';
    const lost = note({ part: 'cable', kind: 'lost', what: { flight: told, why } });
    show(moment({ timeNs: 900_000, passed: { moves: [left], notes: [lost] } }));
    expect(screen.getByRole('button', { name: /^0 / })).toHaveTextContent(`lost: ${why}, drop`);
  });

  test('one of which nothing is known any more says so, and one that was never used', () => {
    show(moment({ cables: { cable: cable({ sent: 40 }) } }));
    expect(screen.getByText(/long ago: step back/)).toBeInTheDocument();
  });

  test('does a fault to the frame that is under way', async () => {
    const { user, ondeed } = show();
    await user.click(screen.getByRole('button', { name: 'Drop' }));
    expect(ondeed).toHaveBeenCalledWith({
      kind: 'fault',
      cable: 'cable',
      fault: { kind: 'drop' },
      frame: 0,
    });
  });

  test('does it to the next frame when none is, and can be cut', async () => {
    const { user, ondeed } = show(moment());
    await user.click(screen.getByRole('button', { name: 'Corrupt' }));
    expect(ondeed).toHaveBeenCalledWith({
      kind: 'fault',
      cable: 'cable',
      fault: { kind: 'corrupt' },
    });
    await user.click(screen.getByRole('button', { name: 'Cut the cable' }));
    expect(ondeed).toHaveBeenLastCalledWith({ kind: 'cut', cable: 'cable' });
  });
});

test('a field lights its octets, and an octet its field', async () => {
  const user = userEvent.setup();
  render(Dissection, { octets: arpRequest, layers: dissect(arpRequest) });
  const octets = within(screen.getByRole('grid', { name: 'Octets of the frame' }));
  const sender = screen.getByRole('button', { name: /^Sender IP/ });
  await user.click(sender);
  await user.unhover(sender);
  expect(octets.getAllByRole('button', { name: /lit/ })).toHaveLength(4);
  await user.click(octets.getByRole('button', { name: /^octet 12:/ }));
  expect(screen.getByRole('button', { name: /^Type/ })).toHaveAttribute('aria-pressed', 'true');
});

test.each([
  ['client.nic', { owner: 'client', kind: 'nic' }],
  ['server.keyboard', { owner: 'server', kind: 'console' }],
  ['cable', { owner: 'cable', kind: 'cable' }],
  ['client.rom', null],
  ['nobody.nic', null],
  ['', null],
])('the path %j leads to %j', (path, place) => {
  expect(placeOf(path, ['client', 'server'], ['cable'])).toEqual(place);
});
