import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';
import { guessWords, type Guess, type Prediction, type Question } from '../../../simulator';
import GatePanel from '../../../src/panels/Gate.svelte';
import { firstOrder, moved, numberOf } from '../../../src/panels/gates';
import { partNames } from '../../../src/panels/parts';
import type { Gate } from '../../../src/session/lesson';
import { asking, evidence, predictionOf, QUESTIONS } from '../fixtures/lesson';
import { client, server } from '../fixtures/moment';

const parts = partNames([client, server], ['cable']);

/** As the session would: what is chosen comes back as the gate's guess. */
function show(kind: Question['kind'], over: Partial<Gate> = {}, more: Partial<Prediction> = {}) {
  const on = { onanswer: vi.fn(), onagain: vi.fn(), onwitness: vi.fn() };
  const onchoose = vi.fn();
  const prediction = { ...predictionOf(kind), ...more };
  const gate = { ...asking, ...over };
  const view = render(GatePanel, { prediction, gate, parts, onchoose, ...on });
  onchoose.mockImplementation((guess: Guess) => void view.rerender({ gate: { ...gate, guess } }));
  return { ...on, onchoose, user: userEvent.setup(), ...view };
}
const answer = (): HTMLElement => screen.getByRole('button', { name: 'Answer' });

test.each<[Question['kind'], string]>([
  ['choice', 'Choose one of them first.'],
  ['number', 'Type a number first.'],
  ['part', 'Press a part on the map, or choose one from the list.'],
  ['cells', 'Mark at least one first.'],
])('%s: without a guess nothing is answered, and it says so', async (kind, why) => {
  const { user, onanswer } = show(kind);
  await user.click(answer());
  expect(screen.getByRole('alert')).toHaveTextContent(why);
  expect(onanswer).not.toHaveBeenCalled();
});

test('a choice is made by keys, and "none of these" is one', async () => {
  const { user, onchoose, onanswer } = show('choice');
  await user.tab();
  await user.keyboard(' ');
  expect(onchoose).toHaveBeenLastCalledWith({ kind: 'choice', option: 0 });
  await user.click(screen.getByRole('radio', { name: 'None of these' }));
  expect(onchoose).toHaveBeenLastCalledWith({ kind: 'choice', option: null });
  expect(screen.getByRole('radio', { name: 'None of these' })).toBeChecked();
  await user.click(answer());
  expect(onanswer).toHaveBeenCalledOnce();
});

describe('a number', () => {
  test.each([
    ['5.86', 5.86],
    [' 1 000 ', 1000],
    ['-3', -3],
    ['1e3', 1000],
    ['0x10', 16],
  ])('%j is %d', (text, value) => {
    expect(numberOf(text)).toEqual({ ok: true, value });
  });

  test.each([
    ['', 'Type a number first.'],
    ['  ', 'Type a number first.'],
    ['5,86', 'Write it with a point: 5.86.'],
    ['soon', '“soon” is not a number'],
    ['Infinity', '“Infinity” is not a number'],
  ])('%j is none, and it says why', (text, why) => {
    const read = numberOf(text);
    expect(!read.ok && read.why).toContain(why);
  });

  test('has its unit beside it, and what spoils it takes back the guess', async () => {
    const { user, onchoose, onanswer } = show('number');
    const field = screen.getByRole('textbox', { name: 'What comes next?' });
    expect(screen.getByText('± 0.5 counts as right')).toBeVisible();
    await user.type(field, '5.8');
    expect(onchoose).toHaveBeenLastCalledWith({ kind: 'number', value: 5.8 });
    await user.type(field, 'x{Enter}');
    expect(screen.getByRole('alert')).toHaveTextContent('“5.8x” is not a number');
    expect(field).toHaveAccessibleDescription(/is not a number/);
    expect(onanswer).not.toHaveBeenCalled();
    await user.type(field, '{Backspace}{Enter}');
    expect(onanswer).toHaveBeenCalledOnce();
  });
});

test('a part is pressed on the map or chosen from the list', async () => {
  const { user, onchoose, rerender } = show('part');
  await user.selectOptions(screen.getByRole('combobox'), 'Computer B: NIC');
  expect(onchoose).toHaveBeenLastCalledWith({ kind: 'part', part: 'server.nic' });
  await rerender({ gate: { ...asking, guess: { kind: 'part', part: 'cable' } } });
  expect(screen.getByText('Ethernet cable', { selector: 'strong' })).toBeVisible();
  expect(screen.getByRole('combobox')).toHaveValue('cable');
});

describe('an order', () => {
  test('begins in an order that gives nothing away, and can be answered as it stands', async () => {
    expect(firstOrder(QUESTIONS.order.options)).toEqual([1, 0, 2]);
    const { user, onchoose, onanswer } = show('order');
    await user.click(answer());
    expect(onchoose).toHaveBeenLastCalledWith({ kind: 'order', order: [1, 0, 2] });
    expect(onanswer).toHaveBeenCalledOnce();
  });

  test.each([
    [0, 2, ['b', 'c', 'a']],
    [2, 0, ['c', 'a', 'b']],
    [1, 9, ['a', 'c', 'b']],
    [1, -4, ['b', 'a', 'c']],
  ])('from %i to %i', (from, to, order) => {
    expect(moved(['a', 'b', 'c'], from, to)).toEqual(order);
  });

  test('is changed by buttons and by arrow keys, and the focus goes with what moves', async () => {
    const { user, onchoose } = show('order');
    await user.click(screen.getByRole('button', { name: 'Move down: call' }));
    expect(onchoose).toHaveBeenLastCalledWith({ kind: 'order', order: [0, 1, 2] });
    const key = screen.getByRole('button', { name: /^key, 1 of 3/ });
    key.focus();
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(onchoose).toHaveBeenLastCalledWith({ kind: 'order', order: [1, 2, 0] });
    expect(screen.getByRole('button', { name: /^key, 3 of 3/ })).toHaveFocus();
    expect(screen.getByText('key: now 3 of 3')).toBeInTheDocument();
    await user.keyboard('{ArrowDown}');
    expect(onchoose).toHaveBeenCalledTimes(3);
  });
});

test('cells are one stop of Tab, marked and unmarked, in their own order', async () => {
  const { user, onchoose, onanswer } = show('cells');
  await user.tab();
  await user.keyboard('{ArrowRight}{ArrowRight} ');
  expect(onchoose).toHaveBeenLastCalledWith({ kind: 'cells', cells: ['0x80001008'] });
  await user.click(screen.getByRole('button', { name: '0x80001000' }));
  const both = ['0x80001000', '0x80001008'];
  expect(onchoose).toHaveBeenLastCalledWith({ kind: 'cells', cells: both });
  for (const name of both) await user.click(screen.getByRole('button', { name }));
  await user.click(answer());
  expect(screen.getByRole('alert')).toHaveTextContent('Mark at least one first.');
  expect(onanswer).not.toHaveBeenCalled();
});

test('while the engine looks ahead nothing can be changed', () => {
  show('choice', { phase: 'looking', guess: { kind: 'choice', option: 0 } });
  expect(answer()).toBeDisabled();
  expect(screen.getByText('The engine runs ahead to find out…')).toBeVisible();
});

test('what is supposed is said first', () => {
  show('choice', {}, { given: { words: 'the next frame is lost', deeds: [] } });
  expect(screen.getByText('Suppose: the next frame is lost.')).toBeVisible();
});

describe('answered', () => {
  const guess = { kind: 'choice', option: 1 } as const;

  test.each([
    [true, 'Right', '1'],
    [false, 'Not this time', '0'],
  ])('%s is said in words, with what the engine found', async (right, words) => {
    const { user, onagain } = show('choice', {
      phase: 'answered',
      guess,
      right,
      evidence: evidence(),
    });
    expect(screen.getByText(words)).toBeVisible();
    expect(screen.getByText('The engine ran ahead and found').nextElementSibling).toHaveTextContent(
      'the kernel',
    );
    expect(screen.getByText('You said').nextElementSibling).toHaveTextContent('the cable');
    expect(screen.getByText('It is the nearest.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(onagain).toHaveBeenCalledOnce();
  });

  test('each witness can be seen', async () => {
    const { user, onwitness } = show('choice', {
      phase: 'answered',
      guess,
      right: false,
      evidence: evidence(),
    });
    expect(screen.getByText('15.860 µs')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'See it happen: Frame 0 arrives.' }));
    expect(onwitness).toHaveBeenCalledWith(1);
  });

  test('when the engine could not find out, it says why', () => {
    const why = 'nothing of that kind happens';
    const none = evidence({ answer: null, why, witnesses: [] });
    show('choice', { phase: 'answered', guess, right: null, evidence: none });
    expect(screen.getByText('The engine could not find out')).toBeVisible();
    expect(screen.getByText(why)).toBeVisible();
    expect(screen.queryByText('The engine ran ahead and found')).not.toBeInTheDocument();
  });

  test('the focus stays in the question when its fields go', async () => {
    const { user, rerender } = show('choice', { guess });
    await user.click(answer());
    await rerender({ gate: { phase: 'looking', guess, evidence: null, right: null } });
    await rerender({ gate: { phase: 'answered', guess, evidence: evidence(), right: false } });
    expect(screen.getByRole('region', { name: 'What comes next?' })).toHaveFocus();
  });
});

test.each<[Question['kind'], Guess, string]>([
  ['choice', { kind: 'choice', option: null }, 'None of these'],
  ['order', { kind: 'order', order: [2, 0, 1] }, '1. print; 2. key; 3. call'],
  ['part', { kind: 'part', part: 'client.nic' }, 'Computer A: NIC'],
  ['part', { kind: 'part', part: 'nobody' }, 'nobody'],
  ['number', { kind: 'number', value: 5.860000000001 }, '5.86 µs'],
  ['cells', { kind: 'cells', cells: [] }, 'none'],
  ['cells', { kind: 'cells', cells: ['a0', 'sp'] }, 'a0, sp'],
])('%s: %j reads %j', (kind, guess, words) => {
  expect(guessWords(guess, QUESTIONS[kind], parts)).toBe(words);
});

test('parts inside a processor are named only where there are some', () => {
  expect(parts).toHaveProperty(['client.cpu'], 'Computer A: CPU');
  expect(parts).not.toHaveProperty(['client.alu']);
  const processor = { state: null, operation: null };
  const names = partNames([{ ...client, processor }], ['one', 'two']);
  expect(names).toHaveProperty(['client.alu'], 'Computer A: ALU');
  expect(names).toHaveProperty(['two'], 'Ethernet cable two');
});
