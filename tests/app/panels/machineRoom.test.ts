/** The CPU's room with moments of the real run. */
import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { scenarios } from '../../../src/catalogue';
import MachineRoom from '../../../src/panels/MachineRoom.svelte';
import { Engine } from '../../../src/session/engine';
import type { Moment } from '../../../src/session/protocol';
import { SIGNALS, type Answer, type MachineView } from '../../../simulator';
import { momentAfter } from '../../session/scenarios';
import { move } from '../fixtures/moment';

const page = scenarios.find(({ slug }) => slug === 'fetch-a-page')!;
const questions = { cpu: { view: 'processor', part: 'client' } } as const;

/** The moment of Computer A's processor after so many steps of each grain. */
function after(
  instructions: number,
  microSteps: number,
): { view: MachineView; moves: Moment['moves'] } {
  const engine = new Engine(page);
  const steps = [
    ...new Array<'instruction'>(instructions).fill('instruction'),
    ...new Array<'micro'>(microSteps).fill('micro'),
  ];
  const [moment] = steps
    .map((grain) => {
      const order = { kind: 'step', grain, direction: 1, host: 'client' } as const;
      return momentAfter(engine, order, questions);
    })
    .slice(-1);
  const view = moment?.answers['cpu'] as Extract<Answer<'processor'>, { kind: 'rv32' }>;
  return { view, moves: moment?.moves ?? [] };
}

const show = (instructions: number, microSteps: number): MachineView => {
  const { view, moves } = after(instructions, microSteps);
  render(MachineRoom, { view, before: null, host: 'client', moves });
  return view;
};

test('between instructions it shows what the ALU has just done, bit by bit', () => {
  // The second half of `la a2, …` is next: its first half has just left an address there.
  const view = show(5, 0);
  expect(view.alu).toMatchObject({ operation: 'add', result: view.registers[12]?.value });
  const table = screen.getByRole('region', { name: 'Operands and result' });
  const bits = (view.alu?.result ?? 0)
    .toString(2)
    .padStart(32, '0')
    .replace(/.{8}(?!$)/g, '$& ');
  expect(within(table).getByRole('row', { name: /^result/ })).toHaveTextContent(bits);
});

test('inside an instruction it tells the state and the signals that are on', () => {
  const view = show(8, 2);
  expect(view.inside?.state).toBe('executeImmediate');
  expect(screen.getByText('executeImmediate')).toBeInTheDocument();
  const signals = screen.getByLabelText('Control signals');
  const row = SIGNALS.find(({ state }) => state === 'executeImmediate');
  expect(signals).toHaveTextContent(`aluA ${row?.aluA ?? ''}`);
  expect(signals).not.toHaveTextContent('address');
});

test('the datapath tells each word that moved in this step, and its drawing has them', () => {
  const { view, moves } = after(8, 2);
  const { container } = render(MachineRoom, { view, before: null, host: 'client', moves });
  const drawing = screen.getByRole('img', { name: /^Datapath/ });
  const result = (view.inside?.result ?? 0).toString(16).padStart(8, '0');
  expect(drawing.getAttribute('aria-label')).toContain(`${result} from alu to result`);
  expect(container.querySelectorAll('.wire.used').length).toBeGreaterThan(3);
  expect(drawing).toHaveTextContent(result);
});

test.each(['cycle', 'instret', 'pmpaddr0', 'mepc'])('the datapath names %s, read here', (name) => {
  const { view } = after(8, 2);
  const what = { value: 0x2a };
  const read = { fine: true, kind: 'csr', from: `client.cpu.${name}`, to: 'client.cpu.data', what };
  const used = { ...read, from: 'client.cpu.csr', to: 'client.cpu.alu.a' };
  const moves = [move({ ...read, id: 'read' }), move({ ...used, id: 'used' })];
  const { container } = render(MachineRoom, { view, before: null, host: 'client', moves });
  const texts = [...container.querySelectorAll('text.mono')].map(({ textContent }) => textContent);
  expect(texts.filter((text) => text.endsWith('0000002a'))).toEqual([
    `${name.padEnd(8, ' ')} 0000002a`,
  ]);
});

test('the program is read as it was written or as it lies in RAM, at the same instruction', async () => {
  const view = show(8, 2);
  const program = screen.getByRole('region', { name: 'Program' });
  const current = (): HTMLElement =>
    within(program)
      .getAllByRole('listitem')
      .find((line) => line.getAttribute('aria-current') === 'step')!;
  const line = view.instruction?.line ?? 0;
  expect(line).toBeGreaterThan(0);
  expect(current()).toHaveTextContent(
    (view.program?.source.split('\n')[line - 1] ?? '?').trim().replace(/\s+/g, ' '),
  );
  await userEvent.click(screen.getByRole('radio', { name: 'In RAM' }));
  expect(current()).toHaveTextContent(view.instruction?.text ?? '?');
});

test('a program that the reader scrolled stays where it is until another line is current', async () => {
  const { view } = after(8, 1);
  const { rerender } = render(MachineRoom, { view, before: null, host: 'client' });
  const program = screen.getByRole('region', { name: 'Program' });
  program.scrollTop = 7;
  await rerender({ view: { ...view, cycles: view.cycles + 1 } });
  expect(program.scrollTop).toBe(7);
});

test('while the kernel works the line is marked with which the program goes on', () => {
  const engine = new Engine(page);
  const asks = { kind: 'step', grain: 'call', direction: 1, host: 'client' } as const;
  const moments = Array.from({ length: 12 }, () => momentAfter(engine, asks, questions));
  const waiting = moments
    .map(({ answers }) => answers['cpu'] as MachineView)
    .findLast(({ program }) => program?.resumesLine != null);
  const line = waiting?.program?.resumesLine ?? 0;
  const lines = waiting?.program?.source.split('\n') ?? [];
  expect(lines.slice(line - 2, line).join(' ')).toContain('ecall');
  render(MachineRoom, { view: waiting!, before: null, host: 'client' });
  expect(screen.getByText(/goes on with the marked line/)).toBeInTheDocument();
});

test('registers that changed are told apart in words, too', () => {
  const before = after(8, 0).view;
  const { view } = after(9, 0);
  render(MachineRoom, { view, before, host: 'client' });
  expect(screen.getAllByText(', changed').length).toBeGreaterThan(0);
});

test('so are control and status registers', () => {
  const before = after(9, 0).view;
  const csrs = before.csrs.map((csr) => (csr.name === 'mepc' ? { ...csr, value: 0x2a } : csr));
  render(MachineRoom, { view: { ...before, csrs }, before, host: 'client' });
  const facts = screen.getByLabelText('Control and status registers');
  expect(within(facts).getAllByText(', changed')).toHaveLength(1);
  expect(facts).toHaveTextContent('mepc 0000002a, changed');
});

test('the fields of a control and status register stand behind its name', async () => {
  const { view } = after(9, 0);
  const csrs = view.csrs.map((csr) => (csr.name === 'mcause' ? { ...csr, value: 8 } : csr));
  render(MachineRoom, { view: { ...view, csrs }, before: null, host: 'client' });
  const list = screen.getByRole('list', { name: 'Control and status registers' });
  await userEvent.click(within(list).getByText('mcause'));
  const fields = screen.getByRole('table', { name: 'Fields of mcause' });
  expect(fields).toHaveTextContent(/30:0\s*Code\s*8\s*system call from user mode/);
  expect(within(list).queryByRole('table', { name: 'Fields of mepc' })).toBeNull();
});
