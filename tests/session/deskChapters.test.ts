/** What the desk tells of chapters without being asked, when they were found in different ways. */
import { afterEach, expect, test, vi } from 'vitest';
import { Desk } from '../../src/session/desk';
import { Outlook } from '../../src/session/outlook';
import type { Order, Post, Reached } from '../../src/session/protocol';
import { ping } from './scenarios';

function office(): {
  readonly posts: Post[];
  readonly settle: (...orders: Order[]) => Promise<void>;
  readonly told: () => readonly Reached[];
  readonly idle: () => boolean;
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
  const settle = async (...orders: Order[]): Promise<void> => {
    for (const order of orders) desk.receive({ id: (id += 1), order, questions: {} });
    for (let quiet = 0, rung = 0; quiet < 20 && rung < 20_000; rung++) {
      const go = bells.shift();
      go?.();
      quiet = go === undefined ? quiet + 1 : 0;
      if (go === undefined) await new Promise((resolve) => setTimeout(resolve, 0));
    }
  };
  const told = (): readonly Reached[] => {
    const reply = posts.findLast(({ reply: { kind } }) => kind === 'chapters')?.reply;
    return reply?.kind === 'chapters' ? reply.reached : [];
  };
  return { posts, settle, told, idle: () => bells.length === 0 };
}

const open: Order = { kind: 'open', slug: 'ping', link: null };
const [, second] = ping.chapters;
const toSecond: Order = { kind: 'chapter', id: second?.id ?? '' };
const allFound = ping.chapters.map(({ id }) => `${id} found`);
const states = (reached: readonly Reached[]): string[] =>
  reached.map(({ id, state }) => `${id} ${state}`);

afterEach(() => vi.restoreAllMocks());

test('chapters are told also when an order that could not wait had found them', async () => {
  const { settle, told } = office();
  await settle(open, toSecond);
  expect(states(told())).toEqual(allFound);
});

test('after a deed the chapters of the changed run are told, though one was gone to at once', async () => {
  const { posts, settle, told } = office();
  await settle(open, toSecond);
  posts.length = 0;
  await settle({ kind: 'deed', deed: { kind: 'cut', cable: 'cable' } }, toSecond);
  expect(told()).toHaveLength(ping.chapters.length);
});

test('back in the run from before a knob was turned, its chapters are told again', async () => {
  const { posts, settle, told } = office();
  await settle(open);
  const before = told();
  const [knob] = ping.knobs;
  const most = knob?.range.kind === 'number' ? knob.range.most : 0;
  await settle({ kind: 'knob', name: knob?.name ?? '', value: most });
  expect(told()).not.toEqual(before);
  posts.length = 0;
  await settle({ kind: 'undo' });
  expect(told()).toEqual(before);
});

test('an outlook that meets a defect is given up; the desk comes to rest', async () => {
  vi.spyOn(Outlook.prototype, 'proceed').mockImplementation(() => {
    throw new Error('planted');
  });
  const { settle, told, idle } = office();
  await settle(open);
  expect(idle()).toBe(true);
  expect(states(told())).toEqual(ping.chapters.map(({ id }) => `${id} missing`));
});
