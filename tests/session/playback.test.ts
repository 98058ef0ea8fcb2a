import { describe, expect, test } from 'vitest';
import { createActor } from 'xstate';
import { playback, type PlaybackEvent } from '../../src/session/playback';
import type { Order } from '../../src/session/protocol';
import { clampStop, FIRST_STOP, SPEEDS } from '../../src/session/speeds';

/** Where the events lead, and what was ordered on the way. */
function after(...events: readonly PlaybackEvent[]): {
  state: string;
  orders: Order[];
  context: ReturnType<ReturnType<typeof createActor<typeof playback>>['getSnapshot']>['context'];
} {
  const actor = createActor(playback).start();
  const orders: Order[] = [];
  actor.on('order', ({ order }) => orders.push(order));
  for (const event of events) actor.send(event);
  const { value, context } = actor.getSnapshot();
  return { state: value, orders, context };
}

const opened: PlaybackEvent = { type: 'OPENED', grain: null };
const middle: PlaybackEvent = { type: 'MOMENT', atStart: false, atEnd: false };
const end: PlaybackEvent = { type: 'MOMENT', atStart: false, atEnd: true };
const start: PlaybackEvent = { type: 'MOMENT', atStart: true, atEnd: false };
const e = (
  type: Extract<
    PlaybackEvent,
    {
      type:
        | 'PLAY'
        | 'PAUSE'
        | 'STEP_FORWARD'
        | 'STEP_BACK'
        | 'SCRUB_START'
        | 'SCRUB_END'
        | 'UNDO'
        | 'SHOWN'
        | 'END'
        | 'REFUSED'
        | 'LOST';
    }
  >['type'],
): PlaybackEvent => ({ type });
const forward: Order = { kind: 'step', grain: 'event', direction: 1 };
const back: Order = { kind: 'step', grain: 'event', direction: -1 };

describe('playback', () => {
  test.each<[string, readonly PlaybackEvent[], string, readonly Order[]]>([
    ['waits for the engine', [e('PLAY'), e('STEP_FORWARD')], 'loading', []],
    [
      'does then what it was asked for, in order, and nothing that cannot be done',
      [e('STEP_BACK'), e('STEP_FORWARD'), { type: 'SEEK', to: 700 }, opened],
      'paused',
      [forward, { kind: 'seek', to: 700 }],
    ],
    [
      'does it, and then plays',
      [e('PLAY'), { type: 'SEEK', to: 700 }, opened],
      'playing',
      [{ kind: 'seek', to: 700 }],
    ],
    [
      'does it once',
      [{ type: 'SEEK', to: 700 }, opened, e('LOST'), opened],
      'paused',
      [{ kind: 'seek', to: 700 }],
    ],
    ['does nothing that can no longer be', [e('STEP_FORWARD'), e('LOST'), opened], 'paused', []],
    ['plays once it is there', [e('PLAY'), opened], 'playing', []],
    ['plays not when that was taken back', [e('PLAY'), e('PAUSE'), opened], 'paused', []],
    ['is paused once a moment is there', [opened], 'paused', []],
    ['plays', [opened, middle, e('PLAY')], 'playing', []],
    ['pauses', [opened, middle, e('PLAY'), e('PAUSE')], 'paused', []],
    [
      'goes to a chapter although the scrubber is held',
      [opened, e('SCRUB_START'), { type: 'ORDER', order: { kind: 'chapter', id: 'x' } }],
      'paused',
      [{ kind: 'chapter', id: 'x' }],
    ],
    ['pauses at the end', [opened, middle, e('PLAY'), end, e('END')], 'paused', []],
    [
      'plays from the start when it is at the end',
      [opened, end, e('PLAY')],
      'playing',
      [{ kind: 'seek', to: { timeNs: -1, source: 0, n: 0, micro: 0 } }],
    ],
    [
      'plays from the start while the last step is still shown',
      [opened, middle, e('STEP_FORWARD'), end, e('PLAY')],
      'playing',
      [forward, { kind: 'seek', to: { timeNs: -1, source: 0, n: 0, micro: 0 } }],
    ],
    ['steps', [opened, middle, e('STEP_FORWARD')], 'stepping', [forward]],
    ['steps back', [opened, middle, e('STEP_BACK')], 'stepping', [back]],
    ['rests after a step', [opened, middle, e('STEP_FORWARD'), e('SHOWN')], 'paused', [forward]],
    [
      'does not wait for a step to be shown',
      [opened, middle, e('STEP_FORWARD'), e('STEP_FORWARD')],
      'stepping',
      [forward, forward],
    ],
    ['has no step after the end', [opened, end, e('STEP_FORWARD')], 'paused', []],
    ['has no step before the start', [opened, start, e('STEP_BACK')], 'paused', []],
    ['stops playing for a step', [opened, middle, e('PLAY'), e('STEP_BACK')], 'stepping', [back]],
    ['does not insist when refused', [opened, middle, e('PLAY'), e('REFUSED')], 'paused', []],
    [
      'seeks while it plays on',
      [opened, middle, e('PLAY'), { type: 'SEEK', to: 7 }],
      'playing',
      [{ kind: 'seek', to: 7 }],
    ],
    [
      'scrubs',
      [opened, middle, e('SCRUB_START'), { type: 'SEEK', to: 7 }],
      'scrubbing',
      [{ kind: 'seek', to: 7 }],
    ],
    ['rests after scrubbing', [opened, middle, e('SCRUB_START'), e('SCRUB_END')], 'paused', []],
    [
      'plays on after scrubbing',
      [opened, middle, e('PLAY'), e('SCRUB_START'), e('SCRUB_END')],
      'playing',
      [],
    ],
    [
      'does what is asked',
      [opened, middle, { type: 'DEED', deed: { kind: 'cut', cable: 'c' } }],
      'paused',
      [{ kind: 'deed', deed: { kind: 'cut', cable: 'c' } }],
    ],
    ['undoes it', [opened, middle, e('PLAY'), e('UNDO')], 'playing', [{ kind: 'undo' }]],
    ['waits for an engine that was lost', [opened, middle, e('PLAY'), e('LOST')], 'loading', []],
    ['comes back after that', [opened, middle, e('LOST'), opened], 'paused', []],
    ['says that it failed', [opened, { type: 'FAILED', why: 'x' }, e('PLAY')], 'failed', []],
  ])('%s', (_, events, state, orders) => {
    const { state: there, orders: given } = after(...events);
    expect({ state: there, orders: given }).toEqual({ state, orders });
  });

  test('keeps grain, tempo and a speed for each tempo', () => {
    const { context, orders } = after(
      { type: 'OPENED', grain: 'frame' },
      middle,
      { type: 'SPEED', stop: 99 },
      { type: 'TEMPO', tempo: 'time' },
      { type: 'SPEED', stop: -5 },
      { type: 'GRAIN', grain: 'call' },
      e('STEP_FORWARD'),
    );
    expect(context).toMatchObject({ grain: 'call', tempo: 'time', stops: { step: 4, time: 0 } });
    expect(orders).toEqual([{ ...forward, grain: 'call' }]);
  });
});

test('speeds go up, from 10^-9 to 1 by time, and are named', () => {
  for (const stops of Object.values(SPEEDS))
    expect(stops.map(({ value }) => value)).toEqual(
      stops.map(({ value }) => value).toSorted((a, b) => a - b),
    );
  expect(SPEEDS.time[0]).toEqual({ value: 1e-9, label: '1 ns = 1 s' });
  expect(SPEEDS.time.at(-1)).toEqual({ value: 1, label: '1 s = 1 s' });
  expect(SPEEDS.time[FIRST_STOP.time]?.label).toBe('5 µs = 1 s');
  expect(SPEEDS.step.map(({ value }) => value)).toEqual([0.5, 1, 2, 4, 8]);
  expect([clampStop('step', 1.7), clampStop('step', 99), clampStop('time', -1)]).toEqual([1, 4, 0]);
});
