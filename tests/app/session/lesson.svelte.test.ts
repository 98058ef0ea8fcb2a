/** The lesson on a session, without a browser's worker: what it orders, and what it makes of answers. */
import { flushSync } from 'svelte';
import { expect, test, vi } from 'vitest';
import { scenario } from '../../../scenarios/fetch-a-page/scenario';
import { START } from '../../../simulator';
import type { Companion } from '../../../src/session/companion';
import { Lesson } from '../../../src/session/lesson.svelte';
import type { Evidence, Moment, Order, Reached } from '../../../src/session/protocol';
import { moment } from '../fixtures/moment';

const reached: readonly Reached[] = scenario.chapters.map(({ id }, n) => ({
  id,
  state: 'found',
  at: n === 0 ? START : { timeNs: n * 1000, source: 0, n: 1, micro: 0 },
  timeNs: n === 0 ? -1 : n * 1000,
}));
const standing = (n: number): Moment =>
  moment({ slug: scenario.slug, at: reached[n]?.at ?? START, timeNs: n * 1000, atStart: n === 0 });

const evidence: Evidence = {
  answer: { kind: 'choice', option: 2 },
  why: null,
  witnesses: [
    { at: { timeNs: 1500, source: 0, n: 1, micro: 0 }, timeNs: 1500, sentence: 'It comes.' },
  ],
  inputs: [],
};

function made(kept: Record<string, string> = {}) {
  const orders: Order[] = [];
  let companion: Companion | undefined;
  const player = {
    moment: null as Moment | null,
    reached,
    playing: false,
    room: null as string | null,
    message: null as string | null,
    pause: vi.fn(),
    setGrain: vi.fn(),
    order: (order: Order) => {
      orders.push(order);
      companion?.ordered(order);
    },
    foresee: vi.fn(() => Promise.resolve<Evidence | null>(evidence)),
    accompany: (given: Companion) => (companion = given),
  };
  const store = {
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, value: string) => (kept[key] = value),
  };
  const lesson = new Lesson(player, { scenarios: [scenario], first: scenario }, () => store);
  const present = (shown: Moment, order: Order | null = null): void => {
    player.moment = shown;
    companion?.presented(shown, order);
    flushSync();
  };
  return { lesson, player, orders, kept, present, companion: () => companion as Companion };
}

test('before a run is there, it shows the beginning', () => {
  const { lesson } = made();
  expect([lesson.index, lesson.mode, lesson.chapter?.id]).toEqual([0, 'story', 'two-computers']);
});

test('next orders the next chapter, and shows its part when it is there', () => {
  const { lesson, player, orders, present } = made();
  present(standing(0));
  lesson.next();
  expect(orders).toEqual([{ kind: 'chapter', id: 'waiting' }]);
  present(standing(1), orders[0]);
  expect(lesson.index).toBe(1);
  expect(player.room).toBe('client.os');
  expect(player.setGrain).toHaveBeenLastCalledWith('call');
  expect(lesson.gate?.phase).toBe('asking');
});

test('a room that was opened before the engine answered stays open', () => {
  const { player, present } = made();
  player.room = 'server.nic';
  present(standing(0));
  expect(player.room).toBe('server.nic');
});

test('playing goes as far as the next stop, and arrives there', () => {
  const { lesson, player, present, companion } = made();
  present(standing(0));
  expect(companion().until()).toEqual({ at: reached[1]?.at, timeNs: 1000 });
  present(standing(1), { kind: 'advance', toNs: 5000 });
  expect([lesson.index, player.pause.mock.calls.length]).toEqual([1, 1]);
  expect(companion().until()).toEqual({ at: reached[2]?.at, timeNs: 2000 });
});

test.each<[string, Order]>([
  ['a seek', { kind: 'seek', to: 5 }],
  ['a step back', { kind: 'step', grain: 'event', direction: -1 }],
  ['a deed', { kind: 'deed', deed: { kind: 'cut', cable: 'cable' } }],
  ['a knob', { kind: 'knob', name: 'rate', value: 10 }],
])('%s leaves the story, and nothing limits how far it plays', (_, order) => {
  const { lesson, present, companion } = made();
  present(standing(0));
  companion().ordered(order);
  expect(lesson.mode).toBe('exploring');
  expect(companion().until()).toBeNull();
  lesson.resume();
  expect(lesson.mode).toBe('story');
});

test('a guess is judged by the evidence, kept, and its witness shown', async () => {
  const { lesson, orders, kept, present } = made();
  present(standing(0));
  lesson.goTo('waiting');
  present(standing(1), orders[0]);
  lesson.choose({ kind: 'choice', option: 0 });
  lesson.answer();
  expect(lesson.gate?.phase).toBe('looking');
  await vi.waitFor(() => expect(lesson.gate?.phase).toBe('answered'));
  expect(lesson.gate?.right).toBe(false);
  expect(lesson.answers).toMatchObject([{ chapter: 'waiting', right: false }]);
  expect(JSON.parse(kept['lesson:fetch-a-page'] ?? '')).toMatchObject({
    chapter: 'waiting',
    answers: [{ guess: { option: 0 }, answer: { option: 2 } }],
  });
  lesson.witness(0);
  expect(orders.at(-1)).toEqual({ kind: 'seek', to: evidence.witnesses[0]?.at });
  lesson.resume();
  present(standing(1), orders.at(-1));
  expect(lesson.gate?.phase).toBe('answered');
  lesson.again();
  expect(lesson.gate?.phase).toBe('asking');
});

test('what the engine cannot say leaves the question open', async () => {
  const { lesson, player, orders, present } = made();
  player.foresee.mockResolvedValue(null);
  present(standing(0));
  lesson.goTo('waiting');
  present(standing(1), orders[0]);
  lesson.choose({ kind: 'choice', option: 0 });
  lesson.answer();
  await vi.waitFor(() => expect(lesson.gate?.phase).toBe('asking'));
  expect(lesson.answers).toEqual([]);
});

test('a chapter that is refused is not waited for', () => {
  const { lesson, orders, present, companion } = made();
  present(standing(0));
  lesson.next();
  companion().refused(orders[0] ?? null);
  expect(lesson.mode).toBe('exploring');
});

test('it goes on where it was left; where a link leads, it waits', () => {
  const first = made();
  first.present(standing(0));
  first.lesson.goTo('enter');
  first.present(standing(2), first.orders[0]);
  const again = made(first.kept);
  again.present(standing(0));
  expect(again.orders).toEqual([{ kind: 'chapter', id: 'enter' }]);
  again.present(standing(2), again.orders[0]);
  expect([again.lesson.index, again.lesson.mode]).toEqual([2, 'story']);
  const linked = made(first.kept);
  linked.present(standing(1));
  expect([linked.lesson.index, linked.lesson.mode]).toEqual([2, 'exploring']);
});

test('a question that was answered shows it again, and is not kept twice', async () => {
  const before = await answered();
  const again = made(before.kept);
  again.present(standing(0));
  again.present(standing(1), again.orders[0]);
  await vi.waitFor(() => expect(again.lesson.gate?.phase).toBe('answered'));
  expect(again.lesson.gate).toMatchObject({ guess: { option: 0 }, right: false });
  expect(again.lesson.answers).toHaveLength(1);
});

test('going on in the story ends a comparison', () => {
  const { lesson, player, orders, present } = made();
  present(standing(0));
  player.moment = { ...standing(0), beside: {} as never };
  lesson.next();
  expect(orders).toEqual([
    { kind: 'compare', branch: null },
    { kind: 'chapter', id: 'waiting' },
  ]);
});

test('progress that is damaged is told', () => {
  const { player, lesson, present } = made({ 'lesson:fetch-a-page': '{' });
  present(standing(0));
  expect(player.message).toContain('cannot be read');
  expect(lesson.mode).toBe('story');
});

async function answered(): Promise<ReturnType<typeof made>> {
  const all = made();
  all.present(standing(0));
  all.lesson.goTo('waiting');
  all.present(standing(1), all.orders[0]);
  all.lesson.choose({ kind: 'choice', option: 0 });
  all.lesson.answer();
  await vi.waitFor(() => expect(all.lesson.gate?.phase).toBe('answered'));
  return all;
}

test('in a run that was changed since, the question is asked anew', async () => {
  const { lesson, orders, present, companion } = await answered();
  const deed: Order = { kind: 'deed', deed: { kind: 'cut', cable: 'cable' } };
  companion().ordered(deed);
  present(standing(1), deed);
  lesson.resume();
  present(standing(1), orders.at(-1));
  expect(lesson.gate).toMatchObject({ phase: 'asking', evidence: null, right: null });
  expect(lesson.answers).toHaveLength(1);
});

test('what another tab has kept meanwhile is not lost', async () => {
  const { lesson, kept, orders, present } = await answered();
  const key = 'lesson:fetch-a-page';
  const there = JSON.parse(kept[key] ?? '') as { seen: string[]; answers: object[] };
  const other = { ...there.answers[0], chapter: 'enter' };
  kept[key] = JSON.stringify({
    ...there,
    seen: [...there.seen, 'arrival'],
    answers: [...there.answers, other],
  });
  lesson.next();
  present(standing(2), orders.at(-1) ?? null);
  const now = JSON.parse(kept[key] ?? '') as { seen: string[]; answers: object[] };
  expect(now.answers).toHaveLength(2);
  expect(now.seen).toEqual(expect.arrayContaining(['arrival', 'waiting', 'enter']));
});

test('an order that was lost with the engine is not waited for', () => {
  const { lesson, present } = made();
  present(standing(0));
  lesson.next();
  present(standing(0));
  expect(lesson.mode).toBe('exploring');
});
