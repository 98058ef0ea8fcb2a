/** The engine's side of a lesson: chapters, what will come, knobs, comparing, and stops on the way. */
import { describe, expect, test } from 'vitest';
import {
  compare,
  endOf,
  format,
  hash,
  START,
  type Deed,
  type Input,
  type Scenario,
} from '../../simulator';
import { undoOf } from '../../src/session/change';
import { Engine } from '../../src/session/engine';
import type { Evidence, Moment, Order, Reached, Stand } from '../../src/session/protocol';
import { finished, momentAfter, page, ping, replyTo } from './scenarios';

const chapter = (engine: Engine, id: string): Moment =>
  momentAfter(engine, { kind: 'chapter', id });

function reachedOf(engine: Engine): readonly Reached[] {
  while (!engine.outlook.finished) engine.outlook.proceed();
  const { reply } = engine.outlook;
  return reply.kind === 'chapters' ? reply.reached : [];
}

function evidence(engine: Engine, id: string): Evidence {
  const reply = replyTo(engine, { kind: 'foresee', id });
  if (reply.kind !== 'evidence') throw new Error(JSON.stringify(reply));
  return reply.evidence;
}

function undo(inputs: readonly Input[], index: number): Extract<Order, { kind: 'undo' }> {
  const order = undoOf(inputs, index);
  if (order.kind !== 'undo') throw new Error('it is in the list');
  return order;
}

const standOf = (engine: Engine, id: string): Stand => {
  const found = reachedOf(engine).find((each) => each.id === id);
  if (!found?.at) throw new Error(`${id} is not reached`);
  return { at: found.at, timeNs: found.timeNs };
};

describe('chapters', () => {
  test('each is gone to, in its order, and shows what happened there', () => {
    const engine = new Engine(page);
    let before = START;
    for (const { id, stop } of page.chapters) {
      const moment = chapter(engine, id);
      const stand = standOf(engine, id);
      expect(moment.timeNs, id).toBe(stand.timeNs);
      expect(format(moment.at), id).toBe(format(stand.at));
      if (stop !== 'start') {
        expect(compare(moment.at, before), id).toBeGreaterThan(0);
        expect(moment.moves.length + moment.notes.length, id).toBeGreaterThan(0);
      }
      before = moment.at;
    }
  });

  test('the same moment is had by seeking', () => {
    const engine = new Engine(page);
    for (const { id } of page.chapters.slice(1)) {
      chapter(engine, id);
      const there = hash(engine.world);
      const { at } = standOf(engine, id);
      momentAfter(engine, { kind: 'seek', to: endOf(page.endsAtNs) });
      momentAfter(engine, { kind: 'seek', to: at });
      expect(hash(engine.world), id).toBe(there);
    }
  });

  test('are steps of their own, both ways', () => {
    const engine = new Engine(page);
    const step = (direction: 1 | -1): Moment =>
      momentAfter(engine, { kind: 'step', grain: 'chapter', direction });
    const there = page.chapters.slice(1).map(() => step(1).timeNs);
    expect(there).toEqual(page.chapters.slice(1).map(({ id }) => standOf(engine, id).timeNs));
    expect(step(1).atEnd).toBe(true);
    const back = page.chapters.slice(1).map(() => step(-1).timeNs);
    expect(back).toEqual(there.toReversed());
    expect(step(-1).atStart).toBe(true);
  });

  test.each([
    ['an unknown one', 'no-such', /no chapter “no-such”/],
    ['one that does not come in a changed run', 'handshake', /does not come in this run/],
  ])('%s is refused, and the moment stays', (_, id, why) => {
    const engine = new Engine(page);
    momentAfter(engine, { kind: 'seek', to: 10_000 });
    momentAfter(engine, { kind: 'deed', deed: { kind: 'cut', cable: 'cable' } });
    const before = engine.moment({});
    const reply = replyTo(engine, { kind: 'chapter', id });
    expect(reply).toMatchObject({ kind: 'refused', why: expect.stringMatching(why) as string });
    expect(engine.moment({})).toEqual(before);
  });

  test('a change is looked through again, and taking it back too', () => {
    const engine = new Engine(page);
    const authored = reachedOf(engine);
    expect(authored.map(({ state }) => state)).toEqual(page.chapters.map(() => 'found'));
    momentAfter(engine, { kind: 'seek', to: 10_000 });
    momentAfter(engine, { kind: 'deed', deed: { kind: 'cut', cable: 'cable' } });
    expect(reachedOf(engine).find(({ id }) => id === 'handshake')?.state).toBe('missing');
    momentAfter(engine, { kind: 'undo' });
    expect(reachedOf(engine)).toEqual(authored);
  });
});

describe('going on as far as a chapter', () => {
  const ids = page.chapters.map(({ id }) => id).slice(1);

  test.each(ids)('by steps, to %s and not beyond', (id) => {
    const engine = new Engine(page);
    const until = standOf(engine, id);
    momentAfter(engine, { kind: 'seek', to: Math.max(0, until.at.timeNs - 2_000) });
    let moment = engine.moment({});
    for (let steps = 0; moment.timeNs < until.timeNs || compare(moment.at, until.at) < 0; steps++) {
      expect(steps).toBeLessThan(200);
      moment = momentAfter(engine, { kind: 'step', grain: 'event', direction: 1, until });
    }
    expect([format(moment.at), moment.timeNs]).toEqual([format(until.at), until.timeNs]);
    expect(moment.hosts).toEqual(chapter(new Engine(page), id).hosts);
  });

  test('by time', () => {
    const engine = new Engine(page);
    const until = standOf(engine, 'octets-on-the-cable');
    momentAfter(engine, { kind: 'seek', to: 20_000 });
    const moment = momentAfter(engine, { kind: 'advance', toNs: 300_000, until });
    expect([format(moment.at), moment.timeNs]).toEqual([format(until.at), until.timeNs]);
    expect(moment.cables['cable']?.flights).toHaveLength(1);
  });
});

describe('what will come', () => {
  const engine = new Engine(page);

  test.each([
    ['waiting', { kind: 'choice', option: 2 }],
    ['system-call', { kind: 'order', order: [2, 1, 0, 3] }],
    ['the-request', { kind: 'number', value: 133 }],
    ['one-instruction', { kind: 'cells', cells: ['s2'] }],
    ['the-answer', { kind: 'choice', option: 1 }],
  ])('%s is answered by running ahead, and the playhead stays', (id, answer) => {
    momentAfter(engine, { kind: 'seek', to: 100_000 });
    const before = engine.moment({});
    const found = evidence(engine, id);
    expect(found).toMatchObject({ answer, why: null });
    expect(found.witnesses.length).toBeGreaterThan(0);
    for (const { sentence } of found.witnesses) expect(sentence).toMatch(/\.$/);
    expect(engine.moment({})).toEqual(before);
  });

  test('what is supposed is in the log of the fork, and its moment can be shown', () => {
    const { inputs, witnesses } = evidence(engine, 'the-answer');
    expect(inputs).toMatchObject([{ deed: { kind: 'fault', fault: { kind: 'drop' } } }]);
    const fork = engine.with(inputs);
    const seen = witnesses.at(-1);
    expect(seen?.timeNs).toBeGreaterThan(page.endsAtNs);
    const there = momentAfter(fork, { kind: 'seek', to: seen?.at ?? 0 });
    expect(there.timeNs).toBe(seen?.timeNs);
  });
});

describe('two runs', () => {
  test('stand at the same time, with what differs', () => {
    const engine = new Engine(page);
    momentAfter(engine, { kind: 'seek', to: 40_000 });
    momentAfter(engine, { kind: 'deed', deed: { kind: 'cut', cable: 'cable' } });
    finished(engine.compare(new Engine(page), 'As it was written'));
    const { beside } = momentAfter(engine, { kind: 'seek', to: 60_000 });
    expect(beside).toMatchObject({ title: 'As it was written', sinceNs: 40_000 });
    expect(beside?.moment).toMatchObject({ timeNs: 60_000, inputs: [], beside: null });
    expect(beside?.differs).toEqual(expect.arrayContaining(['client.os', 'client.nic', 'cable']));
    const before = momentAfter(engine, { kind: 'seek', to: 30_000 }).beside;
    expect([before?.differs, before?.sinceNs]).toEqual([[], null]);
    const step = momentAfter(engine, { kind: 'step', grain: 'frame', direction: 1 });
    expect(step.beside?.moment.timeNs).toBe(step.timeNs);
    finished(engine.compare(null, ''));
    expect(engine.moment({}).beside).toBeNull();
  });
});

test('micro-steps to a chapter that stops inside an instruction leave none out', () => {
  const engine = new Engine(page);
  const until = reachedOf(engine).find(({ at }) => (at?.micro ?? 0) > 1);
  if (!until?.at) throw new Error('a chapter stops inside an instruction');
  const stand: Stand = { at: until.at, timeNs: until.timeNs };
  const { at } = stand;
  momentAfter(engine, { kind: 'seek', to: { ...at, n: at.n - 1, micro: 0 } });
  const step = { kind: 'step', grain: 'micro', direction: 1, until: stand } as const;
  const stood = Array.from({ length: at.micro }, () => momentAfter(engine, step).at);
  expect(stood).toEqual(stood.map((_, index) => ({ ...at, micro: index + 1 })));
});

test('each change is taken back by itself', () => {
  const engine = new Engine(ping);
  const deeds = ['drop', 'duplicate'] as const;
  for (const [n, kind] of deeds.entries()) {
    momentAfter(engine, { kind: 'seek', to: 1_000 * (n + 1) });
    momentAfter(engine, { kind: 'deed', deed: { kind: 'fault', cable: 'cable', fault: { kind } } });
  }
  const kinds = ({ inputs }: Moment): unknown[] =>
    inputs.map(({ deed }) => (deed.kind === 'fault' ? deed.fault.kind : null));
  const left = momentAfter(engine, undo(engine.inputs, 0));
  expect(kinds(left)).toEqual(['duplicate']);
  expect(kinds(momentAfter(engine, { kind: 'undo' }))).toEqual([]);
  expect(replyTo(engine, { kind: 'undo' })).toMatchObject({ kind: 'refused' });
});

describe('a change is taken back once, however often that was ordered', () => {
  const type = (letter: number): Deed => ({
    kind: 'type',
    host: 'client',
    octets: Uint8Array.of(letter),
  });
  const [A, B] = [type(65), type(66)];
  test.each<[what: string, log: readonly Deed[], index: number, left: readonly Deed[]]>([
    ['the first', [A, B], 0, [B]],
    ['one at the same time with other octets', [A, A, B], 2, [A, A]],
    ['the first of two that are alike', [A, A], 0, [A]],
    ['the last of two that are alike', [A, B, A], 2, [A, B]],
  ])('%s', (_, log, index, left) => {
    const engine = new Engine(ping);
    momentAfter(engine, { kind: 'seek', to: 1_000 });
    for (const deed of log) momentAfter(engine, { kind: 'deed', deed });
    // Both were pressed at the moment on show before the first was answered; they came as copies.
    const ordered = structuredClone(undo(engine.inputs, index));
    expect(momentAfter(engine, ordered).inputs.map(({ deed }) => deed)).toEqual(left);
    const reply = replyTo(engine, ordered);
    expect(reply).toMatchObject({ kind: 'moment', moment: { inputs: engine.inputs } });
    expect(engine.inputs.map(({ deed }) => deed)).toEqual(left);
  });

  test('one that is not in the list is none', () => {
    expect(undoOf([], 0)).toEqual({ kind: 'look' });
  });
});

describe('a broken law', () => {
  /** A frame that is too short comes in from outside: no network interface would send it. */
  const outside: Scenario = {
    ...ping,
    chapters: [],
    world: {
      ...ping.world,
      hosts: [
        ping.world.hosts[0] as (typeof ping.world.hosts)[0],
        { kind: 'outside', name: 'server', title: 'Outside' },
      ],
    },
  };
  const short = {
    atNs: 5_000,
    deed: { kind: 'frame', host: 'server', octets: new Uint8Array(20) },
  };

  test('stops time where it is broken first, and names its witnesses', () => {
    const engine = new Engine(outside, [short as never]);
    reachedOf(engine);
    const moment = momentAfter(engine, { kind: 'advance', toNs: 2_000_000 });
    expect(moment.timeNs).toBe(5_000);
    expect(moment.broken).toMatchObject({ timeNs: 5_000, verdict: { name: 'frame-size' } });
    expect(moment.broken?.verdict.witnesses).toHaveLength(2);
    expect(momentAfter(engine, { kind: 'seek', to: 4_000 }).broken).toBeNull();
  });
});
