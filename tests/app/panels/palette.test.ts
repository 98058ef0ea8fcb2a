import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';
import FrameMenu from '../../../src/panels/FrameMenu.svelte';
import OsRoom from '../../../src/panels/OsRoom.svelte';
import Palette from '../../../src/panels/Palette.svelte';
import { bitTyped, offersOf, type Target } from '../../../src/panels/palette';
import PartMenu from '../../../src/panels/PartMenu.svelte';
import RamRoom from '../../../src/panels/RamRoom.svelte';
import { osAnswer, ramAnswer } from '../fixtures/answers';
import { cable, moment } from '../fixtures/moment';

const ALL = ['drop', 'corrupt', 'delay', 'duplicate', 'cut', 'flip', 'kill'];
const FRAME: Target = { kind: 'frame', cable: 'cable', frame: 3, lengthOctets: 64 };

function show(target: Target, allowed = ALL) {
  const ondeed = vi.fn();
  render(Palette, { props: { target, allowed, label: 'Faults', ondeed } });
  return { ondeed, user: userEvent.setup() };
}

test.each<[string, Target, string[], string[]]>([
  ['a frame', FRAME, ALL, ['drop', 'duplicate', 'corrupt', 'delay']],
  ['a frame of a scenario that offers one', FRAME, ['drop', 'cut'], ['drop']],
  ['a cable', { kind: 'cable', cable: 'cable', cut: false }, ALL, ['cut']],
  ['a cable that is not to be cut', { kind: 'cable', cable: 'cable', cut: false }, ['drop'], []],
  ['a process', { kind: 'process', host: 'client', process: 1, name: 'sh' }, ALL, ['kill']],
  ['a process that is safe', { kind: 'process', host: 'client', process: 1, name: 'sh' }, [], []],
  ['an octet that is safe', { kind: 'octet', host: 'a', address: 0, value: 1 }, ['drop'], []],
])('%s', (_, target, allowed, ids) => {
  expect(offersOf(target, allowed).map(({ id }) => id)).toEqual(ids);
});

test('nothing on offer leaves nothing on the screen', () => {
  show(FRAME, []);
  expect(screen.queryByRole('group')).not.toBeInTheDocument();
});

describe('a fault', () => {
  test('is done by keys, to the frame that was meant', async () => {
    const { user, ondeed } = show(FRAME);
    await user.tab();
    await user.keyboard('{Enter}');
    const deed = { kind: 'fault', cable: 'cable', fault: { kind: 'drop' }, frame: 3 };
    expect(ondeed).toHaveBeenLastCalledWith(deed);
  });

  test('delays by the time that was chosen', async () => {
    const { user, ondeed } = show({ kind: 'frame', cable: 'cable' });
    await user.selectOptions(screen.getByRole('combobox', { name: 'by' }), '10 ms');
    await user.click(screen.getByRole('button', { name: 'Delay' }));
    const fault = { kind: 'delay', delayNs: 10_000_000 };
    expect(ondeed).toHaveBeenLastCalledWith({ kind: 'fault', cable: 'cable', fault });
  });

  test('flips the bit that was chosen, or any, and no other', async () => {
    const { user, ondeed } = show(FRAME);
    const corrupt = screen.getByRole('button', { name: 'Corrupt' });
    await user.click(corrupt);
    expect(ondeed.mock.lastCall?.[0]).toHaveProperty('fault', { kind: 'corrupt' });
    const field = screen.getByRole('textbox', { name: 'bit' });
    await user.type(field, '511');
    await user.click(corrupt);
    expect(ondeed.mock.lastCall?.[0]).toHaveProperty('fault', { kind: 'corrupt', bit: 511 });
    await user.type(field, '2');
    expect(screen.getByRole('alert')).toHaveTextContent('Type a bit from 0 to 511');
    expect(corrupt).toBeDisabled();
  });

  test.each([
    ['', null],
    [' 0 ', 0],
    ['511', 511],
    ['512', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['x', undefined],
  ])('the bit %j of 64 octets is %s', (text, bit) => {
    expect(bitTyped(text, 64)).toBe(bit);
  });
});

test('a cable that is cut can be mended', async () => {
  const { user, ondeed } = show({ kind: 'cable', cable: 'cable', cut: true });
  await user.click(screen.getByRole('button', { name: 'Mend the cable' }));
  expect(ondeed).toHaveBeenCalledWith({ kind: 'mend', cable: 'cable' });
});

test('an octet shows its bits, the highest first, and each flips', async () => {
  const { user, ondeed } = show({ kind: 'octet', host: 'client', address: 0x8000_0001, value: 6 });
  const names = screen.getAllByRole('button').map(({ textContent }) => textContent.trim());
  expect(names.slice(5)).toEqual(['bit 2: 1', 'bit 1: 1', 'bit 0: 0']);
  await user.click(screen.getByRole('button', { name: 'bit 2: 1' }));
  const deed = { kind: 'flip', host: 'client', address: 0x8000_0001, bit: 2 };
  expect(ondeed).toHaveBeenCalledWith(deed);
});

describe('in the rooms', () => {
  test('an octet of memory is picked, and a bit of it flipped', async () => {
    const [ondeed, user] = [vi.fn(), userEvent.setup()];
    const doing = { host: 'client', allowed: ALL, ondeed };
    render(RamRoom, { view: ramAnswer(), before: null, onaddress: vi.fn(), ...doing });
    await user.click(screen.getByRole('button', { name: 'octet 2: 02' }));
    await user.click(screen.getByRole('button', { name: 'bit 1: 1' }));
    const deed = { kind: 'flip', host: 'client', address: 0x8000_0002, bit: 1 };
    expect(ondeed).toHaveBeenCalledWith(deed);
  });

  test('memory that is not to be touched offers nothing', async () => {
    const user = userEvent.setup();
    const doing = { host: 'client', allowed: ['drop'], ondeed: vi.fn() };
    render(RamRoom, { view: ramAnswer(), before: null, onaddress: vi.fn(), ...doing });
    await user.click(screen.getByRole('button', { name: 'octet 2: 02' }));
    expect(screen.queryByRole('button', { name: /^bit/ })).not.toBeInTheDocument();
  });

  test('a process is killed', async () => {
    const ondeed = vi.fn();
    const doing = { host: 'client', allowed: ALL, ondeed };
    render(OsRoom, { view: osAnswer, calls: [], onseek: vi.fn(), ...doing });
    await userEvent.click(screen.getByRole('button', { name: 'Kill ping' }));
    expect(ondeed).toHaveBeenCalledWith({ kind: 'kill', host: 'client', process: 1 });
  });
});

describe('on the map', () => {
  function menu(path: string, allowed = ALL) {
    const on = { ondeed: vi.fn(), onopen: vi.fn(), onclose: vi.fn() };
    const at = { x: 100, y: 100 };
    render(PartMenu, { path, moment: moment(), at, within: 800, allowed, ...on });
    return { ...on, user: userEvent.setup(), box: within(screen.getByRole('dialog')) };
  }

  test.each([
    ['cable', 'Ethernet cable', 'Cut the cable'],
    ['client.os', 'Computer A: operating system', 'Kill ping'],
    ['server.ram', 'Computer B: RAM', 'bit 0'],
    ['client.nic', 'Computer A: NIC', 'Look inside'],
  ])('%s is named and offers what applies', (path, title, offered) => {
    const { box } = menu(path);
    expect(screen.getByRole('dialog', { name: title })).toHaveFocus();
    expect(box.getByRole('button', { name: offered })).toBeVisible();
  });

  test('what cannot be done is said', () => {
    const { box } = menu('client.nic');
    expect(box.getByText('From outside, nothing can be done to it.')).toBeVisible();
  });

  test('an octet is named by its address', async () => {
    const { box, user, ondeed } = menu('client.ram');
    const field = box.getByLabelText('Flip a bit of the octet at');
    await user.clear(field);
    expect(box.getByText('Type an address in hexadecimal.')).toBeVisible();
    await user.type(field, '80001000');
    await user.click(box.getByRole('button', { name: 'bit 7' }));
    const deed = { kind: 'flip', host: 'client', address: 0x8000_1000, bit: 7 };
    expect(ondeed).toHaveBeenCalledWith(deed);
  });

  test('it leads into the room, and Escape closes it and gives the focus back', async () => {
    const opener = document.body.appendChild(document.createElement('button'));
    opener.focus();
    const { box, user, onopen, onclose } = menu('cable');
    await user.click(box.getByRole('button', { name: 'Look inside' }));
    expect(onopen).toHaveBeenCalledWith('cable');
    await user.keyboard('{Escape}');
    expect(onclose).toHaveBeenCalledOnce();
    opener.remove();
  });

  test('a menu that goes gives the focus back', () => {
    const opener = document.body.appendChild(document.createElement('button'));
    opener.focus();
    const on = { ondeed: vi.fn(), onlook: vi.fn(), onclose: vi.fn() };
    const frame = { cable: 'cable', number: 0, octets: new Uint8Array(64) };
    const { unmount } = render(FrameMenu, {
      ...frame,
      ...on,
      at: { x: 0, y: 0 },
      within: 800,
      allowed: ALL,
    });
    expect(screen.getByRole('dialog', { name: 'Frame 0' })).toHaveFocus();
    unmount();
    expect(opener).toHaveFocus();
    opener.remove();
  });

  test('a cut cable is offered to be mended', () => {
    const on = { ondeed: vi.fn(), onopen: vi.fn(), onclose: vi.fn() };
    const severed = moment({ cables: { cable: cable({ cut: true }) } });
    const at = { x: 0, y: 0 };
    render(PartMenu, { path: 'cable', moment: severed, at, within: 800, allowed: ALL, ...on });
    expect(screen.getByRole('button', { name: 'Mend the cable' })).toBeVisible();
  });
});
