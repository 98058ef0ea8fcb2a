import { expect, test } from 'vitest';
import { cameraCommand } from '../../../src/stage/cameraKeys';

const press = (key: string, held: Partial<KeyboardEvent> = {}) => ({
  key,
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  ...held,
});
const near = { onStage: true, near: true };

test.each([
  ['+', {}, 'zoom'],
  ['=', {}, 'zoom'],
  ['-', {}, 'zoom'],
  ['0', {}, 'whole'],
  ['ArrowLeft', {}, 'pan'],
  ['Enter', { shiftKey: true }, 'into'],
  ['Enter', {}, undefined],
  ['+', { ctrlKey: true }, undefined],
  ['0', { metaKey: true }, undefined],
  [' ', {}, undefined],
])('“%s” with %o means %s', (key, held, kind) => {
  expect(cameraCommand(press(key, held), near)?.kind).toBe(kind);
});

test.each([
  ['upon a part they step in time', { onStage: false, near: true }, {}, undefined],
  [
    'with Shift they move what is seen there too',
    { onStage: false, near: true },
    { shiftKey: true },
    'pan',
  ],
  ['at the whole there is nothing to move', { onStage: true, near: false }, {}, undefined],
])('arrows: %s', (_, where, held, kind) => {
  expect(cameraCommand(press('ArrowRight', held), where)?.kind).toBe(kind);
});
