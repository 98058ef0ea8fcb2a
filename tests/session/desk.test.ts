import { describe, expect, test, vi } from 'vitest';
import { START, type Scenario } from '../../simulator';
import { Desk } from '../../src/session/desk';
import { Engine } from '../../src/session/engine';
// Loaded beforehand: a desk that waits for it would look as if it had settled.
import '../../src/session/link';
import type { Mark, Moment, Order, Post } from '../../src/session/protocol';
import { opened, momentAfter, ping } from './scenarios';

/** A desk whose time passes a millisecond at every look, and whose bell is rung by hand. */
function office(scenarios: readonly Scenario[] = [ping]): {
  readonly posts: Post[];
  readonly send: (order: Order) => number;
  readonly ring: () => boolean;
  readonly settle: () => Promise<void>;
} {
  const posts: Post[] = [];
  const bells: (() => void)[] = [];
  let nowMs = 0;
  let id = 0;
  const desk = new Desk({
    scenarios,
    post: (post) => posts.push(structuredClone(post)),
    soon: (go) => bells.push(go),
    nowMs: () => (nowMs += 1),
  });
  const ring = (): boolean => {
    const go = bells.shift();
    go?.();
    return go !== undefined;
  };
  const settle = async (): Promise<void> => {
    for (let idle = 0; idle < 20; idle = ring() ? 0 : idle + 1)
      await new Promise((resolve) => setTimeout(resolve, 0));
  };
  const send = (order: Order): number => {
    id += 1;
    desk.receive({ id, order, questions: {} });
    return id;
  };
  return { posts, send, ring, settle };
}

const answers = (posts: readonly Post[]): (number | null)[] =>
  posts.filter(({ id }) => id !== null).map(({ id }) => id);

const momentIn = (posts: readonly Post[]): Moment => {
  const reply = posts.findLast(({ reply: { kind } }) => kind === 'moment')?.reply;
  if (reply?.kind !== 'moment') throw new Error('no moment was answered');
  return reply.moment;
};

const open: Order = { kind: 'open', slug: 'ping', link: null };

describe('the desk', () => {
  test('opens a scenario at its start, and tells the marks of the whole run afterwards', async () => {
    const { posts, send, settle } = office();
    send(open);
    await settle();
    expect(posts[0]).toMatchObject({ id: 1, reply: { kind: 'moment', moment: { timeNs: -1 } } });
    const last = posts.findLast(({ reply }) => reply.kind === 'marks')?.reply;
    expect(last).toMatchObject({ kind: 'marks', doneToNs: ping.endsAtNs });
    const kinds = last?.kind === 'marks' ? last.marks.map(({ kind }) => kind) : [];
    expect(kinds.filter((kind) => kind === 'frame')).toHaveLength(8);
    expect(kinds.at(-1)).toBe('exit');
    expect(kinds).toContain('print');
  });

  test('of seeks that wait only the last is answered; a step between them is done', async () => {
    const { posts, send, settle } = office();
    send(open);
    await settle();
    posts.length = 0;
    send({ kind: 'look' });
    send({ kind: 'seek', to: 1000 });
    send({ kind: 'seek', to: 2000 });
    const step = send({ kind: 'step', grain: 'event', direction: 1 });
    send({ kind: 'advance', toNs: 40_000 });
    const last = send({ kind: 'seek', to: 30_000 });
    await settle();
    expect(answers(posts)).toEqual([4, step, last]);
    expect(momentIn(posts).timeNs).toBe(30_000);
  });

  test('a seek that is under way gives way to a later one', async () => {
    const { posts, send, ring, settle } = office();
    send(open);
    await settle();
    posts.length = 0;
    send({ kind: 'seek', to: ping.endsAtNs });
    ring();
    const underWay = answers(posts).length === 0;
    const last = send({ kind: 'seek', to: 20_000 });
    await settle();
    if (underWay) expect(answers(posts)).toEqual([last]);
    expect(momentIn(posts)).toMatchObject({ timeNs: 20_000 });
  });

  test('a link leads back to its moment, room and grain', async () => {
    const { posts, send, settle } = office();
    send(open);
    send({ kind: 'seek', to: 900_000 });
    send({ kind: 'deed', deed: { kind: 'fault', cable: 'cable', fault: { kind: 'drop' } } });
    send({ kind: 'step', grain: 'frame', direction: 1 });
    send({ kind: 'link', room: 'client.ram', grain: 'frame' });
    await settle();
    const there = momentIn(posts);
    const said = posts.find(({ reply: { kind } }) => kind === 'link')?.reply;
    const link = said?.kind === 'link' ? said.link : '';
    const other = office();
    other.send({ kind: 'open', slug: 'elsewhere', link });
    await other.settle();
    expect(other.posts[0]?.reply).toMatchObject({
      kind: 'moment',
      opened: { notice: null, room: 'client.ram', grain: 'frame' },
    });
    const { at, timeNs, inputs, hosts, cables, log } = there;
    expect(momentIn(other.posts)).toMatchObject({ at, timeNs, inputs, hosts, cables, log });
  });

  test('a damaged link opens the start and says why', async () => {
    const { posts, send, settle } = office();
    send({ ...open, link: 'AAAAAAAAAAAA' });
    await settle();
    expect(posts[0]?.reply).toMatchObject({
      moment: { timeNs: -1 },
      opened: { notice: expect.stringMatching(/damaged.*start of the scenario/) as string },
    });
  });

  test.each<[string, Order, RegExp]>([
    ['before anything is open', { kind: 'look' }, /No scenario is open/],
    ['a link of nothing', { kind: 'link', room: null, grain: 'event' }, /No scenario is open/],
    ['what is not there', { kind: 'open', slug: 'x', link: null }, /no scenario called x/],
    [
      'a place in what is not there',
      { kind: 'reopen', place: { slug: 'x', seed: 1, inputs: [], at: START, timeNs: 0 } },
      /no scenario called x/,
    ],
  ])('refuses %s', async (_, order, why) => {
    const { posts, send, settle } = office();
    send(order);
    await settle();
    expect(posts).toEqual([
      { id: 1, reply: { kind: 'refused', why: expect.stringMatching(why) as string } },
    ]);
  });

  test('opens the place of an engine that was lost', async () => {
    const engine = opened();
    const there = momentAfter(engine, { kind: 'seek', to: 50_000 });
    const { posts, send, settle } = office();
    send({ kind: 'reopen', place: engine.place() });
    await settle();
    expect(momentIn(posts)).toMatchObject({ at: there.at, timeNs: 50_000, log: there.log });
  });

  test('a defect is told of, the moment stays, and work goes on', async () => {
    const { posts, send, settle } = office();
    send(open);
    send({ kind: 'seek', to: 50_000 });
    await settle();
    posts.length = 0;
    const begin = vi.spyOn(Engine.prototype, 'begin').mockImplementationOnce(function* () {
      yield;
      throw new Error('broken invariant: planted');
    });
    const bad = send({ kind: 'step', grain: 'event', direction: 1 });
    const good = send({ kind: 'look' });
    await settle();
    begin.mockRestore();
    expect(posts[0]).toEqual({
      id: bad,
      reply: {
        kind: 'refused',
        why: expect.stringContaining('broken invariant: planted') as string,
      },
    });
    expect(answers(posts)).toEqual([bad, good]);
    expect(momentIn(posts).timeNs).toBe(50_000);
  });

  test('after a deed the marks before it stay, each once, and those after it are new', async () => {
    const { posts, send, settle } = office();
    send(open);
    await settle();
    const marksIn = (all: readonly Post[]): readonly Mark[] => {
      const reply = all.findLast(({ reply: { kind } }) => kind === 'marks')?.reply;
      return reply?.kind === 'marks' ? reply.marks : [];
    };
    const before = marksIn(posts);
    const cutNs = 1_500_000;
    send({ kind: 'seek', to: cutNs });
    send({ kind: 'deed', deed: { kind: 'cut', cable: 'cable' } });
    await settle();
    const after = marksIn(posts);
    const early = (marks: readonly Mark[]): Mark[] => marks.filter(({ timeNs }) => timeNs < cutNs);
    expect(early(after)).toEqual(early(before));
    expect(early(after).length).toBeGreaterThan(10);
    const late = after.filter(({ timeNs }) => timeNs >= cutNs).map(({ kind }) => kind);
    expect(late).toContain('input');
    expect(late).toContain('lost');
    expect(late).toContain('exit');
  });
});
