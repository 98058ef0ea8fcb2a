import { describe, expect, test } from 'vitest';
import {
  commandOf,
  KEYS,
  obey,
  USUAL_KEYS,
  type Player,
  type Press,
} from '../../src/session/keyboard';

const press = (key: string, over: Partial<Press> = {}): Press => ({
  key,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  defaultPrevented: false,
  target: null,
  ...over,
});

/** Something with the focus that the selector list of `within` would find. */
const focused = (within: string): EventTarget =>
  ({
    closest: (selectors: string) => (selectors.split(', ').includes(within) ? {} : null),
  }) as never;

test('each key of the legend has its command, and no other', () => {
  expect(KEYS.map(({ key }) => [key, commandOf(press(key))])).toEqual([
    [' ', 'toggle'],
    ['ArrowRight', 'forward'],
    ['ArrowLeft', 'back'],
    ['ArrowUp', 'coarser'],
    ['ArrowDown', 'finer'],
    ['Home', 'start'],
    ['End', 'end'],
    ['[', 'slower'],
    [']', 'faster'],
    ['f', 'fill'],
    ['?', 'legend'],
  ]);
  expect(commandOf(press('a'))).toBeNull();
});

test('a key that writes a character acts only in the player; the others everywhere', () => {
  const outside = KEYS.filter(({ key }) => commandOf(press(key), USUAL_KEYS, () => false) !== null);
  expect(outside.map(({ key }) => key)).toEqual([
    ...[' ', 'ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown', 'Home', 'End'],
  ]);
});

test('a capital letter is the same key, and a chosen key takes the place of the usual one', () => {
  expect(commandOf(press('F'))).toBe('fill');
  const keys = { ...USUAL_KEYS, fill: 'w' };
  expect(commandOf(press('w'), keys)).toBe('fill');
  expect(commandOf(press('f'), keys)).toBeNull();
});

test.each<[string, Partial<Press>]>([
  ['with Ctrl', { ctrlKey: true }],
  ['with Alt', { altKey: true }],
  ['with Meta', { metaKey: true }],
  ['when somebody else has taken it', { defaultPrevented: true }],
  ['in a text field', { target: focused('input') }],
  ['in a text area', { target: focused('textarea') }],
  ['in a list of choices', { target: focused('select') }],
  ['in editable text', { target: focused('[contenteditable]:not([contenteditable="false"])') }],
])('no key means anything %s', (_, over) => {
  for (const { key } of KEYS) expect(commandOf(press(key, over))).toBeNull();
});

test('what has the focus keeps its own keys, and only those', () => {
  const button = { target: focused('button') };
  expect(commandOf(press(' ', button))).toBeNull();
  expect(commandOf(press('ArrowRight', button))).toBe('forward');
  const slider = { target: focused('[role="slider"]') };
  expect(commandOf(press('ArrowRight', slider))).toBeNull();
  expect(commandOf(press(' ', slider))).toBe('toggle');
});

describe('commands', () => {
  const done: string[] = [];
  const player: Player<string> = {
    grain: 'frame',
    grains: ['message', 'frame', 'event'],
    speed: 3,
    toggle: () => done.push('toggle'),
    step: (direction) => done.push(`step ${direction}`),
    toStart: () => done.push('start'),
    toEnd: () => done.push('end'),
    setGrain: (grain) => done.push(grain),
    setSpeed: (stop) => done.push(`speed ${stop}`),
  };

  test('are done to a player; the legend is the screen’s own', () => {
    const player_ = KEYS.map(({ command }) => obey(player, command));
    expect(player_).toEqual(KEYS.map(({ command }) => command !== 'legend' && command !== 'fill'));
    expect(done.splice(0)).toEqual([
      ...['toggle', 'step 1', 'step -1', 'message', 'event', 'start', 'end'],
      ...['speed 2', 'speed 4'],
    ]);
  });

  test('there is nothing coarser than the coarsest', () => {
    obey({ ...player, grain: 'message' }, 'coarser');
    obey({ ...player, grain: 'event' }, 'finer');
    expect(done).toEqual([]);
  });
});
