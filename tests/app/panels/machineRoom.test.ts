/** The CPU's room with moments of the real run. */
import { render, screen, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { scenarios } from '../../../src/catalogue';
import MachineRoom from '../../../src/panels/MachineRoom.svelte';
import { Engine } from '../../../src/session/engine';
import type { Moment } from '../../../src/session/protocol';
import type { MachineView } from '../../../simulator';

const page = scenarios.find(({ slug }) => slug === 'fetch-a-page')!;
const questions = { cpu: { view: 'processor', part: 'client' } } as const;

/** The processor of Computer A after so many steps of each grain. */
function viewAfter(instructions: number, microSteps: number): MachineView {
  const engine = new Engine(page);
  const steps = [
    ...new Array<'instruction'>(instructions).fill('instruction'),
    ...new Array<'micro'>(microSteps).fill('micro'),
  ];
  let moment: Moment = engine.moment(questions);
  for (const grain of steps) {
    const work = engine.begin({ kind: 'step', grain, direction: 1, host: 'client' }, questions);
    let turn = work.next();
    while (turn.done !== true) turn = work.next();
    if (turn.value.kind === 'moment') moment = turn.value.moment;
  }
  const view = moment.answers['cpu'];
  if (view === null || view === undefined || !('registers' in view) || !('csrs' in view))
    throw new Error('a processor answers');
  return view;
}

test('between instructions it shows what the ALU has just done, wire by wire', () => {
  const view = viewAfter(8, 0);
  expect(view.alu).toMatchObject({ operation: 'add', result: view.registers[11]?.value });
  render(MachineRoom, { view, before: null });
  const table = screen.getByRole('region', { name: 'ALU, bit by bit' });
  const row = (name: string): HTMLElement =>
    within(table).getByRole('row', { name: RegExp(`^${name}`) });
  const bits = (view.alu?.result ?? 0)
    .toString(2)
    .padStart(32, '0')
    .replace(/.{8}(?!$)/g, '$& ');
  expect(row('sum')).toHaveTextContent(bits);
  expect(row('result')).toHaveTextContent(bits);
});

test('inside an instruction the control unit’s state is marked among its signals', () => {
  const view = viewAfter(8, 2);
  expect(view.inside?.state).toBe('executeImmediate');
  render(MachineRoom, { view, before: null });
  const signals = screen.getByRole('region', { name: 'Control signals' });
  const marked = within(signals)
    .getAllByRole('row')
    .filter((row) => row.ariaCurrent === 'step' || row.getAttribute('aria-current') === 'step');
  expect(marked).toHaveLength(1);
  expect(marked[0]).toHaveTextContent(/executeImmediate.*a.*immediate.*row.*result/);
});

test('registers that changed are told apart in words, too', () => {
  const before = viewAfter(8, 0);
  const view = viewAfter(9, 0);
  render(MachineRoom, { view, before });
  expect(screen.getAllByText(', changed').length).toBeGreaterThan(0);
});
