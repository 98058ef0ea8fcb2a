import { fireEvent, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';
import type { Knob, KnobValues } from '../../../simulator';
import Knobs from '../../../src/panels/Knobs.svelte';
import { knobNumber, knobWords } from '../../../src/panels/knobs';

const range = { kind: 'number', unit: 'ms', least: 1, most: 9, step: 2, preset: 5 } as const;
const option = (value: string): { value: string; label: string } => ({
  value,
  label: value.toUpperCase(),
});
const RATE: Knob = {
  name: 'rate',
  title: 'Line rate',
  means: 'How fast.',
  range: { ...range, unit: 'Mbit/s', least: 0, most: 100, step: 10, preset: 50 },
  sets: { of: 'cable', cable: 'cable', field: 'bitsPerSecond' },
};
const COUNT: Knob = {
  ...RATE,
  name: 'count',
  title: 'Requests',
  range: { kind: 'switch', preset: true },
  sets: { of: 'cost', cost: 'a' },
};
const KIND: Knob = {
  ...COUNT,
  name: 'kind',
  title: 'Kind',
  range: { kind: 'choice', preset: 'a', options: ['a', 'b', 'c'].map(option) },
};
const MANY: Knob = {
  ...COUNT,
  name: 'many',
  title: 'Many',
  range: { kind: 'choice', preset: 'a', options: ['a', 'b', 'c', 'd'].map(option) },
};

function show(knobs: readonly Knob[], values: KnobValues = {}) {
  const onturn = vi.fn();
  return { ...render(Knobs, { knobs, values, onturn }), onturn, user: userEvent.setup() };
}

test('each says what it means, and when it acts', () => {
  show([RATE, COUNT]);
  const [rate, count] = screen.getAllByRole('listitem');
  expect(rate).toHaveTextContent('Line rate acts at once How fast.');
  expect(count).toHaveTextContent('Requests begins the run again');
});

describe('a range', () => {
  test('turns when it is let go, not on the way', async () => {
    const { onturn } = show([RATE]);
    const slider = screen.getByRole('slider', { name: 'Line rate' });
    expect(slider).toHaveAttribute('aria-valuetext', '50 Mbit/s');
    for (const value of ['60', '70', '80']) await fireEvent.input(slider, { target: { value } });
    expect(onturn).not.toHaveBeenCalled();
    expect(screen.getByRole('textbox')).toHaveValue('80');
    await fireEvent.change(slider);
    expect(onturn.mock.calls).toEqual([['rate', 80]]);
  });

  test('takes a typed number, and says what is wrong with another', async () => {
    const { user, onturn } = show([RATE]);
    const field = screen.getByRole('textbox', { name: 'Line rate' });
    await user.clear(field);
    await user.type(field, '500{Enter}');
    await user.tab();
    expect(screen.getByRole('alert')).toHaveTextContent('Type a number from 0 to 100 Mbit/s.');
    expect(field).toHaveAccessibleDescription(/Type a number/);
    expect(onturn).not.toHaveBeenCalled();
    await user.clear(field);
    await user.type(field, '72');
    await user.tab();
    expect(onturn.mock.calls).toEqual([['rate', 70]]);
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  test.each([
    ['5', 5],
    ['6', 7],
    ['8.9', 9],
    [' 1 ', 1],
  ])('%j stands at the nearest step, %d', (text, value) => {
    expect(knobNumber(range, text)).toEqual({ ok: true, value });
  });

  test.each(['', '0', '10', 'x', 'Infinity', '5,5'])('%j is refused', (text) => {
    const read = knobNumber(range, text);
    expect(!read.ok && read.why).toBe('Type a number from 1 to 9 ms.');
  });

  test('fractions stand where they are written', () => {
    const fine = { ...range, least: 0, most: 1, step: 0.1 };
    expect(knobNumber(fine, '0.3')).toEqual({ ok: true, value: 0.3 });
  });
});

test('a switch and a choice turn by keys', async () => {
  const { user, onturn } = show([COUNT, KIND]);
  await user.click(screen.getByRole('radio', { name: 'off' }));
  expect(onturn).toHaveBeenLastCalledWith('count', false);
  screen.getByRole('radio', { name: 'A' }).focus();
  await user.keyboard('{ArrowRight}');
  expect(onturn).toHaveBeenLastCalledWith('kind', 'b');
});

test('many choices are a list', async () => {
  const { user, onturn } = show([MANY]);
  await user.selectOptions(screen.getByRole('combobox', { name: 'Many' }), 'D');
  expect(onturn).toHaveBeenLastCalledWith('many', 'd');
});

test('what was turned goes back to its preset; what was not offers nothing', async () => {
  const { user, onturn } = show([RATE, COUNT, KIND], { rate: 20, count: false, kind: 'a' });
  expect(screen.getAllByRole('button')).toHaveLength(2);
  await user.click(screen.getByRole('button', { name: 'Back to 50 Mbit/s: Line rate' }));
  expect(onturn).toHaveBeenLastCalledWith('rate', 50);
  await user.click(screen.getByRole('button', { name: 'Back to on: Requests' }));
  expect(onturn).toHaveBeenLastCalledWith('count', true);
});

test.each([
  [RATE, 20, '20 Mbit/s'],
  [COUNT, false, 'off'],
  [KIND, 'b', 'B'],
  [KIND, 'z', 'z'],
] as const)('%#: it is said as %s', (knob, value, words) => {
  expect(knobWords(knob, value)).toBe(words);
});

test('a scenario without knobs says so', () => {
  show([]);
  expect(screen.getByText('There is nothing to turn in this scenario.')).toBeVisible();
});
