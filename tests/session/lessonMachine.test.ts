import { expect, test } from 'vitest';
import { createActor, type EventFromLogic } from 'xstate';
import { lessonMachine } from '../../src/session/lessonMachine';

type Event = EventFromLogic<typeof lessonMachine>;

/** Three chapters; the second asks something. */
const opened: Event = { type: 'OPENED', asks: [false, true, false], index: -1, atStart: true };
const evidence = { answer: null, why: null, witnesses: [], inputs: [] };
const guess = { kind: 'number', value: 1 } as const;
const at = (index: number): Event => ({ type: 'ARRIVED', index });
const e = (type: 'NEXT' | 'BACK' | 'RESUME' | 'LEFT' | 'ANSWER' | 'AGAIN' | 'UNKNOWN'): Event => ({
  type,
});
const asked: readonly Event[] = [opened, e('NEXT'), at(1)];
const answered: readonly Event[] = [
  ...asked,
  { type: 'CHOOSE', guess },
  e('ANSWER'),
  { type: 'FORESEEN', evidence, right: false },
];

function after(events: readonly Event[]): readonly [state: unknown, index: number, told: string[]] {
  const actor = createActor(lessonMachine).start();
  const told: string[] = [];
  actor.on('*', (said) => told.push(`${said.type} ${said.index}`));
  for (const event of events) actor.send(event);
  const { value, context } = actor.getSnapshot();
  return [value, context.index, told];
}

test.each<[string, readonly Event[], unknown, number, readonly string[]]>([
  ['begins at the start', [opened], { story: 'reading' }, 0, []],
  [
    'goes on when that was asked for too early',
    [e('NEXT'), opened],
    { story: 'going' },
    1,
    ['chapter 1'],
  ],
  ['has no story', [{ ...opened, asks: [] }], 'absent', -1, []],
  [
    'waits where somebody opened another moment',
    [{ ...opened, atStart: false }],
    'exploring',
    -1,
    [],
  ],
  ['goes on where it was left', [{ ...opened, index: 1 }], { story: 'going' }, 1, ['chapter 1']],
  ['begins anew after its end', [{ ...opened, index: 2 }], { story: 'reading' }, 0, []],
  [
    'waits where it was left when a link leads elsewhere',
    [{ ...opened, index: 1, atStart: false }],
    'exploring',
    1,
    [],
  ],
  ['goes on', [opened, e('NEXT')], { story: 'going' }, 1, ['chapter 1']],
  ['asks where a chapter asks', asked, { story: 'asking' }, 1, ['chapter 1']],
  ['arrives by playing, too', [opened, at(2)], { story: 'reading' }, 2, []],
  ['goes back', [opened, at(2), e('BACK')], { story: 'going' }, 1, ['chapter 1']],
  ['goes nowhere behind the last', [opened, at(2), e('NEXT')], { story: 'reading' }, 2, []],
  ['goes nowhere before the first', [opened, e('BACK')], { story: 'reading' }, 0, []],
  [
    'goes to none that is not there',
    [opened, { type: 'GO', index: 7 }],
    { story: 'reading' },
    0,
    [],
  ],
  ['is left', [opened, e('LEFT')], 'exploring', 0, []],
  ['is come back to', [opened, e('LEFT'), e('RESUME')], { story: 'going' }, 0, ['chapter 0']],
  [
    'answers nothing without a guess',
    [...asked, e('ANSWER')],
    { story: 'asking' },
    1,
    ['chapter 1'],
  ],
  [
    'looks ahead for an answer',
    [...asked, { type: 'CHOOSE', guess }, e('ANSWER')],
    { story: 'looking' },
    1,
    ['chapter 1', 'foresee 1'],
  ],
  ['knows', answered, { story: 'answered' }, 1, ['chapter 1', 'foresee 1']],
  ['asks again', [...answered, e('AGAIN')], { story: 'asking' }, 1, ['chapter 1', 'foresee 1']],
  [
    'still knows when somebody comes back from looking',
    [...answered, e('LEFT'), e('RESUME'), at(1)],
    { story: 'answered' },
    1,
    ['chapter 1', 'foresee 1', 'chapter 1'],
  ],
  [
    'forgets in another chapter',
    [...answered, e('NEXT'), at(2), e('BACK'), at(1)],
    { story: 'asking' },
    1,
    ['chapter 1', 'foresee 1', 'chapter 2', 'chapter 1'],
  ],
  [
    'asks on when it could not look',
    [...asked, { type: 'CHOOSE', guess }, e('ANSWER'), e('UNKNOWN')],
    { story: 'asking' },
    1,
    ['chapter 1', 'foresee 1'],
  ],
])('a lesson %s', (_, events, state, index, told) => {
  expect(after(events)).toEqual([state, index, told]);
});
