/** The rooms inside a processor with moments of the real run. */
import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { TRANSITIONS, type Answer, type Grain } from '../../../simulator';
import { scenario } from '../../../scenarios/fetch-a-page/scenario';
import AluRoom from '../../../src/panels/AluRoom.svelte';
import ControlRoom from '../../../src/panels/ControlRoom.svelte';
import { placeOf } from '../../../src/panels/parts';
import ProcessorRooms from '../../../src/panels/ProcessorRooms.svelte';
import { Engine } from '../../../src/session/engine';
import { momentAfter } from '../../session/scenarios';

type View = Extract<Answer<'processor'>, { kind: 'rv32' }>;

const questions = { cpu: { view: 'processor', part: 'client' } } as const;

/** What Computer A's processor shows after 8 instructions and each of `count` micro-steps. */
function views(count: number): View[] {
  const engine = new Engine(scenario);
  const step = (grain: Grain): View => {
    const order = { kind: 'step', grain, direction: 1, host: 'client' } as const;
    return momentAfter(engine, order, questions).answers['cpu'] as View;
  };
  for (let i = 0; i < 8; i++) step('instruction');
  return Array.from({ length: count }, () => step('micro'));
}

test('the control unit marks the live state, its row of signals, and the ways out of it', () => {
  const taken: string[] = [];
  for (const [i, view] of views(3).entries()) {
    // The way that was marked before is the one that it went.
    if (i > 0) expect(view.inside?.state).toBe(taken[i - 1]);
    const state = view.inside?.state ?? '';
    expect(state).not.toBe('');
    const { unmount } = render(ControlRoom, { view, before: null });
    const states = within(screen.getByRole('list', { name: 'States' })).getAllByRole('listitem');
    const live = states.filter((item) => item.getAttribute('aria-current') === 'step');
    expect(live.map(({ textContent }) => textContent.trim())).toEqual([`● ${state}`]);
    const rows = within(screen.getByRole('table')).getAllByRole('row');
    const marked = rows.filter((row) => row.getAttribute('aria-current') === 'step');
    expect(marked).toHaveLength(1);
    expect(marked[0]).toHaveTextContent(state);
    const ways = within(screen.getByRole('list', { name: `Ways out of ${state}` }));
    const told = ways.getAllByRole('listitem').map(({ textContent }) => textContent.trim());
    const own = told.filter((way) => way.endsWith(', this instruction’s way'));
    expect(own).toHaveLength(1);
    taken.push(own[0]?.split(' → ')[1]?.split(',')[0] ?? '');
    expect(told.map((way) => way.split(',')[0])).toEqual(
      TRANSITIONS.filter(({ from }) => from === state).map(({ on, to }) => `${on} → ${to}`),
    );
    unmount();
  }
});

test('the ALU shows the bits of its adder, and the gates of the bit that is chosen', async () => {
  const view = views(1)[0] as View;
  const { a, b, result, operation } = view.alu ?? { a: 0, b: 0, result: -1, operation: 'none' };
  expect([operation, result]).toEqual(['add', (a + b) >>> 0]);
  render(AluRoom, { view });
  const row = screen.getByRole('row', { name: /^sum/ });
  const bits = within(row).getAllByRole('cell');
  expect(bits.map(({ textContent }) => textContent).join('')).toBe(
    result.toString(2).padStart(32, '0'),
  );
  for (const bit of [0, 2, 31]) {
    await userEvent.click(screen.getByRole('button', { name: `bit ${bit}` }));
    const sum = Math.floor(result / Number(1n << BigInt(bit))) % 2;
    const name = new RegExp(`^Gates of bit ${bit}: .*sum \\(xor\\) ${sum}`);
    expect(screen.getByRole('img', { name })).toBeInTheDocument();
  }
});

test('an ALU of which nothing is known says so', () => {
  render(AluRoom, { view: { ...(views(1)[0] as View), alu: null } });
  expect(screen.getByText(/has not been used in this step/)).toBeInTheDocument();
});

test('buttons lead from one room of a processor to another', async () => {
  const onpart = vi.fn();
  render(ProcessorRooms, { place: { owner: 'client', kind: 'cpu' }, onpart });
  await userEvent.click(screen.getByRole('button', { name: 'CPU' }));
  expect(onpart).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole('button', { name: 'ALU' }));
  expect(onpart).toHaveBeenCalledWith('client.alu');
  expect(placeOf('client.alu', ['client'], [])).toEqual({ owner: 'client', kind: 'alu' });
});
