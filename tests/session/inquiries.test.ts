/** How questions about the history get along with orders, with other questions and with changes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { run as history, type Deed } from '../../simulator';
import { Chronicle } from '../../src/session/chronicle';
import { Desk } from '../../src/session/desk';
import { Engine } from '../../src/session/engine';
import type { Filter, Happening, Window } from '../../src/session/happenings';
import type { Inquiry, Order, Post, Reply } from '../../src/session/protocol';
import { finished, page, ping, replyTo } from './scenarios';

const ALL: Filter = { kinds: null, parts: null };
const WINDOW: Inquiry & { kind: 'window' } = {
  kind: 'window',
  ...{ fromNs: 0, toNs: 1e9, filter: ALL, columns: 10, most: 5_000, fine: false },
};
const LINES: Inquiry & { kind: 'lines' } = {
  kind: 'lines',
  ...{ filter: ALL, text: '', offset: 0, count: 1_000 },
};
const EXPORT: Inquiry & { kind: 'export' } = {
  kind: 'export',
  ...{ filter: ALL, text: '', as: 'tsv', upToNow: false },
};

/** So that a machine that is busy with other things fails nothing. */
const PATIENCE_MS = 120_000;

const DROP: Deed = { kind: 'fault', cable: 'cable', fault: { kind: 'drop' } };

/** A desk that works a slice each time its bell is rung. */
function office(): {
  readonly posts: Post[];
  readonly send: (order: Order) => number;
  readonly settle: () => Promise<void>;
} {
  const posts: Post[] = [];
  const bells: (() => void)[] = [];
  let nowMs = 0;
  let id = 0;
  const desk = new Desk({
    scenarios: [ping],
    post: (post) => posts.push(structuredClone(post)),
    soon: (go) => bells.push(go),
    nowMs: () => (nowMs += 1),
  });
  const settle = async (): Promise<void> => {
    for (let idle = 0; idle < 20;) {
      const go = bells.shift();
      idle = go === undefined ? idle + 1 : 0;
      go?.();
      await new Promise((resolve) => setTimeout(resolve, go === undefined ? 2 : 0));
    }
  };
  const send = (order: Order): number => {
    id += 1;
    desk.receive({ id, order, questions: {} });
    return id;
  };
  return { posts, send, settle };
}

const OPEN: Order = { kind: 'open', slug: 'ping', link: null };

const replyIn = (posts: readonly Post[], id: number): Reply | undefined =>
  posts.find((post) => post.id === id)?.reply;

const windowIn = (posts: readonly Post[], id: number): Window => {
  const reply = replyIn(posts, id);
  if (reply?.kind !== 'window') throw new Error(JSON.stringify(reply));
  return reply.window;
};

describe('at the desk', () => {
  test('orders are carried out first, and short questions before long ones', async () => {
    const { posts, send, settle } = office();
    send(OPEN);
    await settle();
    posts.length = 0;
    const file = send(EXPORT);
    const window = send(WINDOW);
    const seek = send({ kind: 'seek', to: 900_000 });
    await settle();
    expect(posts.filter(({ id }) => id !== null).map(({ id }) => id)).toEqual([seek, window, file]);
  });

  test('a later question of one view makes the earlier one pointless, of another view not', async () => {
    const { posts, send, settle } = office();
    send(OPEN);
    await settle();
    const first = send(WINDOW);
    const beside = send({ ...WINDOW, view: 'room' });
    const lines = send(LINES);
    const last = send({ ...WINDOW, toNs: 500_000 });
    await settle();
    const kinds = [first, beside, lines, last].map((id) => replyIn(posts, id)?.kind);
    expect(kinds).toEqual(['superseded', 'window', 'lines', 'window']);
    expect(windowIn(posts, last).toNs).toBe(500_000);
  });

  test('no moment is told of, and the one on show stays', async () => {
    const { posts, send, settle } = office();
    send(OPEN);
    send({ kind: 'seek', to: 900_000 });
    await settle();
    const before = posts.findLast(({ reply }) => reply.kind === 'moment')?.reply;
    posts.length = 0;
    send({ ...WINDOW, fine: true, toNs: 200_000 });
    send({ ...LINES, text: 'process' });
    send(EXPORT);
    await settle();
    expect(posts.map(({ reply }) => reply.kind).toSorted()).toEqual(['export', 'lines', 'window']);
    const look = send({ kind: 'look' });
    await settle();
    expect(replyIn(posts, look)).toEqual(before);
  });

  test('what was asked before a deed is answered of the run with it', async () => {
    const { posts, send, settle } = office();
    send(OPEN);
    await settle();
    send({ kind: 'seek', to: 10_000 });
    const file = send(EXPORT);
    send({ kind: 'deed', deed: DROP });
    await settle();
    const window = send(WINDOW);
    await settle();
    const reply = replyIn(posts, file);
    const text = reply?.kind === 'export' ? new TextDecoder().decode(reply.octets) : '';
    expect(text).toContain('Somebody drops the next frame');
    expect(windowIn(posts, window).each?.some(({ kind }) => kind === 'lost')).toBe(true);
  });

  test('without a scenario it is refused', async () => {
    const { posts, send, settle } = office();
    const asked = send({ kind: 'kinds' });
    await settle();
    expect(replyIn(posts, asked)).toEqual({ kind: 'refused', why: 'No scenario is open yet.' });
  });
});

function answered<Kind extends Inquiry['kind']>(
  chronicle: Chronicle,
  inquiry: Inquiry & { readonly kind: Kind },
): Extract<Reply, { readonly kind: Kind }> {
  return finished(chronicle.answer(inquiry)) as Extract<Reply, { readonly kind: Kind }>;
}

function lookedThrough(engine: Engine): Engine {
  while (!engine.survey.finished) engine.surveySlice();
  return engine;
}

test.each([
  ['ping', ping, 1_800_000],
  ['fetch-a-page', page, 400_000],
])(
  'whatever was done and undone in %s, the history is that of the run as it is',
  (_, scenario, lastNs) => {
    const act = fc.oneof(
      fc.record({
        kind: fc.constant('do' as const),
        atNs: fc.nat(lastNs),
        deed: fc.constantFrom<Deed>(
          DROP,
          { kind: 'cut', cable: 'cable' },
          { kind: 'mend', cable: 'cable' },
        ),
      }),
      fc.constant({ kind: 'undo' as const }),
      fc.record({ kind: fc.constant('survey' as const), slices: fc.nat(8) }),
      fc.record({ kind: fc.constant('ask' as const), text: fc.constantFrom('', 'frame') }),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 10 }), (acts) => {
        const engine = new Engine(scenario);
        const chronicle = new Chronicle(engine);
        for (const each of acts) {
          if (each.kind === 'undo') replyTo(engine, { kind: 'undo' });
          else if (each.kind === 'survey')
            for (let slice = 0; slice < each.slices; slice++) engine.surveySlice();
          else if (each.kind === 'ask') {
            answered(chronicle, { ...LINES, text: each.text });
            answered(chronicle, WINDOW);
          } else {
            replyTo(engine, { kind: 'seek', to: each.atNs });
            replyTo(engine, { kind: 'deed', deed: each.deed });
          }
        }
        lookedThrough(engine);
        const other = lookedThrough(new Engine(scenario, engine.inputs));
        finished(other.reach(engine.place()));
        const fresh = new Chronicle(other);
        for (const inquiry of [
          WINDOW,
          LINES,
          { ...LINES, text: 'frame' },
          { kind: 'kinds' as const },
        ])
          expect(sorted(answered(chronicle, inquiry))).toEqual(sorted(answered(fresh, inquiry)));
      }),
      { numRuns: 15 },
    );
  },
  PATIENCE_MS,
);

/** Kinds and parts stand in the order in which they were first seen, in whichever run that was. */
function sorted(reply: Reply): Reply {
  if (reply.kind !== 'kinds') return reply;
  const { kinds, parts } = reply;
  return {
    ...reply,
    kinds: kinds.toSorted((a, b) => (a.kind < b.kind ? -1 : 1)),
    parts: parts.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

describe('looked at closely', () => {
  const engine = lookedThrough(new Engine(page));
  const chronicle = new Chronicle(engine);
  const fine = (fromNs: number, toNs: number, most = 5_000): Window =>
    answered(chronicle, { ...WINDOW, fromNs, toNs, most, fine: true }).window;

  test('a window has what happens inside the parts besides what it has anyway', () => {
    fc.assert(
      fc.property(fc.nat(340_000), fc.nat(900), (fromNs, lengthNs) => {
        const toNs = fromNs + lengthNs;
        const close = fine(fromNs, toNs);
        const coarse = answered(chronicle, { ...WINDOW, fromNs, toNs }).window;
        const isFine = ({ id }: Happening): boolean => /\.f\d+$/.test(id);
        expect(close).toMatchObject({ fine: true, total: close.each?.length });
        expect(close.each?.filter((each) => !isFine(each))).toEqual(coarse.each);
        for (const { departNs, arriveNs } of close.each ?? [])
          expect(departNs <= toNs && arriveNs >= fromNs).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  test('instructions are among it', () => {
    const { each } = fine(0, 40_000);
    expect(each?.filter(({ from }) => from.includes('.cpu.')).length).toBeGreaterThan(100);
    expect(new Set(each?.map(({ id }) => id)).size).toBe(each?.length);
  });

  test.each([
    ['too long', 0, 3_000_000, 5_000],
    ['too full', 20_000, 60_000, 100],
  ])('a stretch that is %s is told without', (_, fromNs, toNs, most) => {
    const window = fine(fromNs, toNs, most);
    const coarse = answered(chronicle, { ...WINDOW, fromNs, toNs, most }).window;
    expect(window).toEqual(coarse);
    expect(window.fine).toBe(false);
  });
});

test('a search goes on in the background, and says when it has been through the whole run', () => {
  const engine = new Engine(ping);
  const chronicle = new Chronicle(engine);
  const search = { ...LINES, text: 'process 1' };
  expect(answered(chronicle, search)).toMatchObject({ total: 0, complete: false });
  engine.surveySlice();
  lookedThrough(engine);
  for (let more = true; more;) more = chronicle.proceed();
  const { total, complete } = answered(chronicle, { ...search, count: 0 });
  expect(complete).toBe(true);
  expect(total).toBe(answered(new Chronicle(engine), search).total);
  expect(total).toBeGreaterThan(10);
});

test('pieces of answers in any order make the same answers', () => {
  const engine = lookedThrough(new Engine(page));
  const inquiries: readonly Inquiry[] = [
    { ...WINDOW, fromNs: 5_000, toNs: 60_000, fine: true },
    { ...WINDOW, fromNs: 300_000 },
    { ...LINES, text: 'frame' },
    { ...LINES, offset: 7, count: 90 },
    { ...EXPORT, text: 'process' },
  ];
  const alone = inquiries.map((inquiry) => finished(new Chronicle(engine).answer(inquiry)));
  fc.assert(
    fc.property(fc.array(fc.nat(inquiries.length - 1), { minLength: 200 }), (turns) => {
      const chronicle = new Chronicle(engine);
      const works = inquiries.map((inquiry) => chronicle.answer(inquiry));
      const replies: (Reply | undefined)[] = inquiries.map(() => undefined);
      const proceed = (which: number): void => {
        const { done, value } = works[which]?.next() ?? {};
        if (done === true && replies[which] === undefined) replies[which] = value;
      };
      for (const which of turns) proceed(which);
      for (const which of inquiries.keys()) while (replies[which] === undefined) proceed(which);
      expect(replies).toEqual(alone);
    }),
    { numRuns: 20 },
  );
}, 120_000);

test('checkpoints of the survey are as they would be if nobody had asked', () => {
  const [asked, alone] = [new Engine(page), new Engine(page)];
  const chronicle = new Chronicle(asked);
  while (!asked.survey.finished) {
    asked.surveySlice();
    answered(chronicle, { ...WINDOW, fine: true, toNs: 50_000 });
    answered(chronicle, LINES);
  }
  lookedThrough(alone);
  const kept = ({ survey }: Engine): unknown => survey.run.checkpoints.map(({ at }) => at);
  expect(kept(asked)).toEqual(kept(alone));
  expect(history.upcoming(asked.survey.run, asked.survey.run.world)).toEqual(
    history.upcoming(alone.survey.run, alone.survey.run.world),
  );
});
