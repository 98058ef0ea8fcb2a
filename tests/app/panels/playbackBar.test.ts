import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import PlaybackBar from '../../../src/panels/PlaybackBar.svelte';
import { SPEEDS } from '../../../src/session/speeds';
import { moment } from '../fixtures/moment';

function show(playing = false, over = {}) {
  const calls = {
    toggle: vi.fn(),
    step: vi.fn(),
    toStart: vi.fn(),
    scrubStart: vi.fn(),
    scrub: vi.fn(),
    toEnd: vi.fn(),
    scrubEnd: vi.fn(),
    setGrain: vi.fn(),
    setSpeed: vi.fn(),
    setTempo: vi.fn(),
    undo: vi.fn(),
  };
  const player = {
    ...calls,
    playing,
    grain: 'event' as const,
    grains: ['frame', 'call', 'event'] as const,
    tempo: 'step' as const,
    speeds: SPEEDS.step,
    speed: 1,
    marks: [],
    playheadNs: 12_000.7,
  };
  const [onlink, onlegend] = [vi.fn(), vi.fn()];
  render(PlaybackBar, { player, moment: moment(over), onlink, onlegend });
  return { ...calls, onlink, onlegend, user: userEvent.setup() };
}

test('every control does what its name says', async () => {
  const { user, ...calls } = show();
  await user.click(screen.getByRole('button', { name: 'Play' }));
  expect(calls.toggle).toHaveBeenCalledOnce();
  await user.click(screen.getByRole('button', { name: 'Step back' }));
  await user.click(screen.getByRole('button', { name: 'Step forward' }));
  expect(calls.step.mock.calls).toEqual([[-1], [1]]);
  await user.click(screen.getByRole('button', { name: 'To the end' }));
  expect(calls.toEnd).toHaveBeenCalledOnce();
  await user.selectOptions(screen.getByRole('combobox', { name: 'Step' }), 'system call');
  expect(calls.setGrain).toHaveBeenCalledWith('call');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Speed' }), '4 steps a second');
  expect(calls.setSpeed).toHaveBeenCalledWith(3);
  await user.click(screen.getByRole('radio', { name: 'by time' }));
  expect(calls.setTempo).toHaveBeenCalledWith('time');
  await user.click(screen.getByRole('button', { name: 'Copy a link to this moment' }));
  expect(calls.onlink).toHaveBeenCalledOnce();
  await user.click(screen.getByRole('button', { name: 'Legend and keys' }));
  expect(calls.onlegend).toHaveBeenCalledOnce();
});

test('there is nothing to undo, and nothing before the start', () => {
  show(false, { atStart: true });
  expect(screen.getByRole('button', { name: 'Undo my last change' })).toBeDisabled();
  expect(screen.getByRole('button', { name: 'Step back' })).toBeDisabled();
  expect(screen.getByText(/Press play, or step forward/)).toBeInTheDocument();
});

test('what can be undone is, also when nothing stands in the list of changes', async () => {
  const { user, undo } = show(false, { undoable: true, inputs: [], sources: {} });
  await user.click(screen.getByRole('button', { name: 'Undo my last change' }));
  expect(undo).toHaveBeenCalledOnce();
});

test('the sentence is heard step by step', async () => {
  show();
  const heard = await screen.findByText(/calls sendto/, { selector: '[aria-live]' });
  expect(heard).toHaveAttribute('aria-live', 'polite');
});

test('while playing the button pauses', () => {
  show(true);
  expect(screen.getByRole('button', { name: 'Pause' })).toBeEnabled();
  expect(screen.getAllByText(/calls sendto/)).toHaveLength(1);
});

test('the scrubber says its time in words', () => {
  show();
  const slider = screen.getByRole('slider', { name: 'Time in the run' });
  expect(slider).toHaveAttribute('aria-valuetext', '12.000 µs of 6.000 ms');
});
