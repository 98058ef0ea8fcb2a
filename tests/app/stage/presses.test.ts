import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { doublePress } from '../../../src/stage/presses';

let stage: HTMLElement;
let part: HTMLElement;
let stop: () => void;
const twice = vi.fn();
const once = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  stage = document.createElement('div');
  part = document.createElement('button');
  stage.append(part);
  document.body.append(stage);
  part.addEventListener('click', once);
  stop = doublePress(stage, twice);
});
afterEach(() => {
  stop();
  stage.remove();
  vi.useRealTimers();
  vi.clearAllMocks();
});

function press(type: 'mouse' | 'touch', detail = 1, x = 10): void {
  const down = new Event('pointerdown', { bubbles: true });
  part.dispatchEvent(Object.assign(down, { pointerType: type }));
  part.dispatchEvent(
    new MouseEvent('click', { bubbles: true, cancelable: true, detail, clientX: x, clientY: 10 }),
  );
}

test('a mouse presses at once; its second press looks nearer and does not press again', () => {
  press('mouse');
  expect(once).toHaveBeenCalledTimes(1);
  press('mouse', 2);
  expect(once).toHaveBeenCalledTimes(1);
  expect(twice).toHaveBeenCalledExactlyOnceWith(part, { x: 10, y: 10 });
});

test('a finger’s press waits for a second, and then counts', () => {
  press('touch');
  expect(once).not.toHaveBeenCalled();
  vi.advanceTimersByTime(400);
  expect(once).toHaveBeenCalledTimes(1);
  expect(twice).not.toHaveBeenCalled();
});

test('two taps look nearer and press nothing', () => {
  press('touch');
  press('touch');
  vi.advanceTimersByTime(1000);
  expect(twice).toHaveBeenCalledTimes(1);
  expect(once).not.toHaveBeenCalled();
});

test('two presses at two places are two', () => {
  press('mouse');
  press('mouse', 1, 200);
  expect(twice).not.toHaveBeenCalled();
  expect(once).toHaveBeenCalledTimes(2);
});

test('two parts that lie close together are pressed one after the other', () => {
  part.dataset['part'] = 'client.cpu';
  const inner = document.createElement('button');
  inner.dataset['part'] = 'client.control';
  part.after(inner);
  inner.addEventListener('click', once);
  press('mouse');
  inner.dispatchEvent(
    new MouseEvent('click', {
      bubbles: true,
      cancelable: true,
      detail: 1,
      clientX: 25,
      clientY: 10,
    }),
  );
  expect(twice).not.toHaveBeenCalled();
  expect(once).toHaveBeenCalledTimes(2);
});

test('what a key or a screen reader presses is let through', () => {
  press('mouse', 0);
  press('mouse', 0);
  expect(once).toHaveBeenCalledTimes(2);
  expect(twice).not.toHaveBeenCalled();
});
