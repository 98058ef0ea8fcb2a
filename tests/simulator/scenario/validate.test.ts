/** What an author is told of a scenario that cannot be told: by chapter and field, of anything. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkScenario, complaintText, type Chapter, type Scenario } from '../../../simulator';
import {
  asks,
  behind,
  chapter,
  DMA,
  ECHO_REPLY,
  ECHO_REQUEST,
  FRAME,
  LOST,
  page,
  ping,
  SPEED,
  told,
} from './stories';

const CHOICE = {
  kind: 'choice' as const,
  options: [
    { label: 'the answer', fits: ECHO_REPLY },
    { label: 'the next request', fits: ECHO_REQUEST },
  ],
};

const sound = (scenario: Scenario): Scenario => ({
  ...told(scenario, [
    { ...chapter('begin', 'start'), room: 'client.nic', focus: ['cable', 'client.ram'] },
    chapter('sent', behind(FRAME, { then: DMA, withinNs: 5_000 }), asks(CHOICE, LOST)),
    chapter('on-its-way', { ...behind(FRAME, { after: 'begin' }), stand: 'halfway' }),
    chapter('end', 'end'),
  ]),
  knobs: [SPEED],
  charts: ['framesSent'],
});

const messagesOf = (scenario: unknown): string[] => checkScenario(scenario).map(complaintText);

test.each([ping, page])('nothing is wrong with $slug as it is, nor with a story', (scenario) => {
  expect(messagesOf(scenario)).toEqual([]);
  expect(messagesOf(sound(scenario))).toEqual([]);
});

test('whatever can be typed may be typed, from the start to the end', () => {
  const all = Array.from({ length: 0x7f - 0x20 }, (_, code) => String.fromCharCode(code + 0x20));
  const keyboard = [
    { atNs: 0, text: `${all.join('')}\t\n` },
    { atNs: ping.endsAtNs, text: 'a' },
    { atNs: ping.endsAtNs, text: 'b' },
  ];
  expect(messagesOf(withAt(sound(ping), 'world.hosts.0.keyboard', keyboard))).toEqual([]);
});

/** The same scenario with something else at a dotted path. */
function withAt(scenario: unknown, path: string, value: unknown): unknown {
  const [name = '', ...rest] = path.split('.');
  if (path === '') return value;
  const copy = Array.isArray(scenario) ? [...(scenario as unknown[])] : { ...(scenario as object) };
  Reflect.set(copy, name, withAt(Reflect.get(copy, name), rest.join('.'), value));
  return copy;
}

const Q = 'chapters.1.prediction.question';
const KEYS = 'world.hosts.0.keyboard';
const numberOf = (of: unknown, more: object = {}): unknown => ({
  kind: 'number',
  of,
  unit: 'ns',
  ...more,
});
const words = (from: number, count: number): unknown => ({
  kind: 'cells',
  of: { kind: 'words', host: 'client', from, count },
  changedBy: FRAME,
});

describe('each mistake is named by chapter and field', () => {
  test.each<[path: string, value: unknown, said: string]>([
    ['slug', 'Fetch a page', 'Fetch a page, slug'],
    ['slug', 'Ping', 'lower case'],
    ['version', 0, 'ping, version'],
    ['title', ' ', 'ping, title'],
    ['endsAtNs', 6e9, 'from 1 to 5000000000'],
    ['endsAtNs', NaN, 'not NaN'],
    ['faults.0', 'steal', 'there is no "steal"; there are: drop'],
    ['invariants.0', 'frame-sizes', 'ping, invariants'],
    ['measures.0', 'frames', 'ping, measures'],
    ['charts.0', 'frames', 'ping, charts'],
    ['world.hosts', [], 'ping, world.hosts'],
    ['world.hosts.1.name', 'client', 'world.hosts: "client" is there twice'],
    ['world.cables.0.ends.1', 'printer', 'world.cables.0.ends: there is no "printer"'],
    ['world.cables.0.delayNs', -1, 'world.cables.0.delayNs: '],
    ['world.cables.0.lossPerMillion', 1_000_001, 'world.cables.0.lossPerMillion: '],
    ['world.cables.0.bursts', { beginPerMillion: 1 }, 'world.cables.0.bursts.endPerMillion: '],
    ['world.hosts.0.tcp', 'windows', 'world.hosts.0.tcp: there is no "windows"'],
    ['world.hosts.0.tcp', 7, 'world.hosts.0.tcp: must be the name of a profile, or settings'],
    ['world.hosts.0.tcp', { speed: 1 }, 'world.hosts.0.tcp.speed: there is no such setting'],
    ['world.hosts.0.tcp', { nagle: 1 }, 'world.hosts.0.tcp.nagle: must be true or false'],
    ['world.hosts.0.tcp', { congestion: 'vegas' }, 'world.hosts.0.tcp.congestion: there is no'],
    ['world.hosts.0.tcp', { initialRtoNs: -1 }, 'world.hosts.0.tcp.initialRtoNs: '],
    [
      KEYS,
      'Enter',
      'world.hosts.0.keyboard: on the keyboard of client, must be a list, not "Enter"',
    ],
    [KEYS, ['\n'], 'ping, world.hosts.0.keyboard.0: on the keyboard of client, a press must be'],
    [KEYS, [{ atNs: 5, text: '' }], 'keyboard.0.text: on the keyboard of client, must be a text'],
    [KEYS, [{ atNs: 5 }], 'keyboard.0.text: on the keyboard of client, must be a text'],
    [
      KEYS,
      [{ atNs: 5, text: 'naïve' }],
      'keyboard.0.text: on the keyboard of client, "ï" is on no',
    ],
    [KEYS, [{ atNs: 5, text: 'go 🐌' }], '"🐌" is on no simulated keyboard'],
    [KEYS, [{ atNs: 5, text: 'ls\r\n' }], '"\\r" is on no simulated keyboard'],
    [
      KEYS,
      [{ atNs: -1, text: 'a' }],
      'keyboard.0.atNs: on the keyboard of client, must be a whole',
    ],
    [KEYS, [{ atNs: 2_500_001, text: 'a' }], 'from 0 to 2500000, not 2500001'],
    [KEYS, [{ atNs: 0.5, text: 'a' }], 'keyboard.0.atNs'],
    [
      KEYS,
      [
        { atNs: 8, text: 'a' },
        { atNs: 7, text: 'b' },
      ],
      'keyboard.1.atNs: on the keyboard of client, the soonest is first: 7 comes after 8',
    ],
    [
      'world.hosts.1',
      { kind: 'outside', name: 'server', title: 'B', keyboard: [] },
      'there is none',
    ],
    ['world.costs', { 'kernel.coffee': 3 }, 'world.costs.kernel.coffee'],
    ['chapters.1.id', 'a chapter', 'chapter a chapter, id'],
    ['chapters.1.id', 'begin', 'another chapter has it'],
    ['chapters.1.id', undefined, 'chapter #2, id'],
    ['chapters.1.text', '', 'chapter sent, text'],
    ['chapters.0.room', 'client.attic', 'chapter begin, room: there is no "client.attic"'],
    ['chapters.0.focus.0', 'wire', 'chapter begin, focus: there is no "wire"'],
    ['chapters.0.grain', 'minute', 'chapter begin, grain'],
    ['chapters.0.stop', 'middle', 'chapter begin, stop: must be "start"'],
    ['chapters.1.stop.after', 'end', 'stop.after: there is no earlier chapter "end"'],
    ['chapters.1.stop.after', 'sent', 'stop.after'],
    ['chapters.1.stop.nth', 0, 'stop.nth'],
    ['chapters.1.stop.thenNth', 1.5, 'stop.thenNth'],
    ['chapters.1.stop.withinNs', 0, 'stop.withinNs: must be more than 0'],
    ['chapters.1.stop.then', undefined, 'stop.then: is missing'],
    ['chapters.1.stop.stand', 'between', 'stop.stand'],
    ['chapters.2.stop.coarse', { see: 'note', kind: 'arrived' }, 'nothing is halfway of it'],
    ['chapters.1.stop.coarse', undefined, 'stop.coarse: must be an object'],
    ['chapters.1.stop.coarse.see', 'sound', 'stop.coarse.see'],
    ['chapters.1.stop.coarse.kind', '', 'stop.coarse.kind'],
    ['chapters.1.stop.coarse.fine', true, 'goes to "then"'],
    ['chapters.1.stop.coarse.form', 'client', 'stop.coarse.form: there is no such field'],
    ['chapters.1.stop.coarse.part', 'client', 'a move has no such field'],
    ['chapters.1.stop.coarse.from', 'client.attic', 'no part "client.attic"'],
    ['chapters.1.stop.coarse.what', { 'call..kind': 1 }, 'no dotted path'],
    ['chapters.1.stop.coarse.what', { call: {} }, 'stop.coarse.what.call'],
    ['chapters.1.stop.coarse.frame', { TCP: { SYN: true } }, 'stop.coarse.frame.TCP.SYN'],
    ['chapters.1.prediction.ask', '', 'prediction.ask'],
    ['chapters.1.prediction.given.deeds', [], 'prediction.given.deeds'],
    ['chapters.1.prediction.given.deeds.0.cable', 'wire', 'given.deeds.0.cable'],
    ['chapters.1.prediction.given.deeds.0.fault.kind', 'eat', 'given.deeds.0.fault.kind'],
    [Q, { kind: 'essay' }, 'prediction.question.kind'],
    [`${Q}.options`, [CHOICE.options[0]], 'must have 2 or more'],
    [`${Q}.options.1.label`, 'the answer', '"the answer" is there twice'],
    [Q, numberOf({ timeTo: FRAME }, { tolerance: -1 }), 'question.tolerance'],
    [Q, numberOf({ timeTo: FRAME }, { divisor: 0 }), 'question.divisor'],
    [Q, numberOf({ timeTo: FRAME, count: FRAME }), 'must have one of'],
    [Q, numberOf({ value: FRAME }), 'question.of.at'],
    [Q, words(0x8000_0002, 1), 'multiple of 4'],
    [Q, words(0x800f_fffc, 2), 'RAM has no more than 1 from there'],
    [Q, words(0, 1), 'question.of.from'],
    [
      Q,
      { kind: 'cells', of: { kind: 'registers', host: 'client' }, changedBy: FRAME },
      'no registers',
    ],
    ['knobs.0.name', 'line rate', 'knobs.0.name'],
    ['knobs.0.range.least', 2000, 'knobs.0.range.least'],
    ['knobs.0.range.least', 0, 'cannot have 0 there'],
    ['knobs.0.range.preset', 105, 'in steps of 10'],
    ['knobs.0.range.preset', 200, 'the world has 100000000, the preset stands for 200000000'],
    ['knobs.0.range', { kind: 'choice', options: [], preset: 'a' }, 'knobs.0.range.options'],
    ['knobs.0.range', { kind: 'switch', preset: true }, 'cannot replace 100000000'],
    ['knobs.0.sets', { of: 'cost', cost: 'kernel.coffee' }, 'nothing of the kind'],
    ['knobs.0.sets.cable', 'wire', 'knobs.0.sets.cable'],
    ['knobs.1', SPEED, '"speed" is there twice'],
  ])('%s = %o: %s', (path, value, said) => {
    const found = messagesOf(withAt(sound(ping), path, value));
    expect(
      found.some((message) => message.includes(said)),
      found.join('\n'),
    ).toBe(true);
  });
});

test('what is wrong in one chapter is told of that chapter alone', () => {
  const complaints = checkScenario(withAt(sound(ping), 'chapters.1.stop.nth', 'two'));
  expect(complaints).toEqual([
    expect.objectContaining({ scenario: 'ping', chapter: 'sent', field: 'stop.nth' }),
  ]);
});

describe('anything may be given', () => {
  const paths = (value: unknown, prefix = '', depth = 0): string[] =>
    typeof value !== 'object' || value === null || value instanceof Uint8Array || depth > 9
      ? [prefix]
      : Object.entries(value).flatMap(([name, each]) => [
          ...(prefix === '' ? [] : [prefix]),
          ...paths(each, prefix === '' ? name : `${prefix}.${name}`, depth + 1),
        ]);
  const all = [...new Set(paths(sound(ping)))];

  test('something wild', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (value) => {
        expect(checkScenario(value).length).toBeGreaterThan(0);
      }),
    );
  });

  test('a scenario with something wild in one place', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...all),
        fc.anything({ withNullPrototype: true, withBigInt: true }),
        (path, value) => {
          expect(() => checkScenario(withAt(sound(ping), path, value))).not.toThrow();
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

test('a chapter that is no object is one complaint after another, and no throw', () => {
  const chapters = [null, 3, 'start', []] as unknown as Chapter[];
  expect(messagesOf({ ...ping, chapters }).join()).toContain('chapter #4');
});
