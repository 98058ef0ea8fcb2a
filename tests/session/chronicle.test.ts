/** What is told of a run's history is what a plain run shows, however it is asked for. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endOf, hash, run as history, type Move, type Note } from '../../simulator';
import { Chronicle } from '../../src/session/chronicle';
import { happeningOf } from '../../src/session/details';
import { Engine } from '../../src/session/engine';
import type { Filter, Happening, Window } from '../../src/session/happenings';
import { namesOf } from '../../src/session/names';
import type { HistoryLine, Inquiry, Reply } from '../../src/session/protocol';
import { NOT_IN_LOG } from '../../src/session/stretch';
import { finished, page, ping, replyTo } from './scenarios';

const SCENARIOS = { ping, page };
type Name = keyof typeof SCENARIOS;
const NAMES = Object.keys(SCENARIOS) as Name[];

const ALL: Filter = { kinds: null, parts: null };

/** Everything coarse (and fine, where it was gone through closely) that a run shows, in order. */
function shownBy(name: Name, inputs: Engine['inputs'] = []): Happening[] {
  const scenario = new Engine(SCENARIOS[name], inputs).scenario;
  const run = history.create(scenario.world, inputs);
  const names = namesOf(scenario.world);
  const all: Happening[] = [];
  const take = (seen: Move | Note): void => void all.push(happeningOf(seen, names));
  run.world.see.sink = { fine: false, move: take, note: take };
  history.runTo(run, endOf(scenario.endsAtNs));
  return all;
}

const shown: Readonly<Record<Name, Happening[]>> = { ping: shownBy('ping'), page: shownBy('page') };

/** An engine whose run was looked through. */
function surveyed(name: Name): Engine {
  const engine = new Engine(SCENARIOS[name]);
  while (!engine.survey.finished) engine.surveySlice();
  return engine;
}

type Answered<Kind extends Reply['kind']> = Extract<Reply, { readonly kind: Kind }>;

function asked<Kind extends Inquiry['kind']>(
  chronicle: Chronicle,
  inquiry: Inquiry & { readonly kind: Kind },
): Answered<Kind> {
  return finished(chronicle.answer(inquiry)) as Answered<Kind>;
}

const WINDOW = { kind: 'window', columns: 40, most: 5_000, fine: false } as const;
const windowOf = (chronicle: Chronicle, wanted: Partial<Inquiry & { kind: 'window' }>): Window =>
  asked(chronicle, { ...WINDOW, fromNs: 0, toNs: 1e9, filter: ALL, ...wanted }).window;

const LINES = { kind: 'lines', filter: ALL, text: '', offset: 0, count: 1_000 } as const;

const passes = ({ kinds, parts }: Filter, { kind, from, to }: Happening): boolean =>
  (kinds === null || kinds.includes(kind)) &&
  (parts === null ||
    parts.some((part) => [from, to].some((path) => path === part || path.startsWith(`${part}.`))));

const filter: fc.Arbitrary<Filter> = fc.record({
  kinds: fc.option(fc.subarray(['frame', 'called', 'call', 'arrived', 'tcp', 'sent', 'print'])),
  parts: fc.option(fc.subarray(['client', 'server.nic', 'cable', 'client.os', 'cli'])),
});

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, each) => sum + each, 0);

describe.each(NAMES)('the history of %s', (name) => {
  const engine = surveyed(name);
  const chronicle = new Chronicle(engine);
  const endNs = engine.scenario.endsAtNs;
  const span = fc
    .tuple(fc.integer({ min: -1, max: endNs }), fc.integer({ min: 0, max: endNs }))
    .map(([a, b]) => ({ fromNs: Math.min(a, b), toNs: Math.max(a, b) }));

  test('a window has what a plain run shows between its two times, sentence, id and cause', () => {
    fc.assert(
      fc.property(span, filter, ({ fromNs, toNs }, wanted) => {
        const window = windowOf(chronicle, { fromNs, toNs, filter: wanted });
        const within = shown[name].filter(
          (each) => each.departNs <= toNs && each.arriveNs >= fromNs && passes(wanted, each),
        );
        expect(window.each).toEqual(within);
        expect(window).toMatchObject({ total: within.length, density: null, doneToNs: endNs });
      }),
      { numRuns: 60 },
    );
  });

  test('where there are too many they are counted by columns, none left out and none twice', () => {
    fc.assert(
      fc.property(span, filter, fc.integer({ min: 1, max: 90 }), (times, wanted, columns) => {
        const few = windowOf(chronicle, { ...times, filter: wanted });
        fc.pre(few.total > 0);
        const many = windowOf(chronicle, {
          ...times,
          filter: wanted,
          columns,
          most: few.total - 1,
        });
        expect(many.each).toBeNull();
        expect(many.total).toBe(few.total);
        for (const { from, to, counts } of many.density ?? []) {
          const own = (few.each ?? []).filter((each) => each.from === from && each.to === to);
          const expected = new Array<number>(columns).fill(0);
          for (const { departNs } of own) {
            const share =
              (departNs - times.fromNs) * (columns / Math.max(1, times.toNs - times.fromNs));
            expected[Math.max(0, Math.min(columns - 1, Math.floor(share)))]! += 1;
          }
          expect(counts).toEqual(expected);
        }
        expect(sumOf((many.density ?? []).map(({ counts }) => sumOf(counts)))).toBe(many.total);
      }),
      { numRuns: 60 },
    );
  });

  test('paged in any way the lines are those of one page, in the order of the run', () => {
    fc.assert(
      fc.property(filter, fc.integer({ min: 1, max: 50 }), (wanted, count) => {
        const expected = shown[name].filter(
          (each) => !NOT_IN_LOG.has(each.kind) && passes(wanted, each),
        );
        const paged: HistoryLine[] = [];
        for (let offset = 0; offset < Math.max(1, expected.length); offset += count) {
          const reply = asked(chronicle, { ...LINES, filter: wanted, offset, count });
          expect(reply).toMatchObject({ offset, total: expected.length, complete: true });
          paged.push(...reply.lines);
        }
        expect(paged.map(({ id, sentence, cause }) => ({ id, sentence, cause }))).toEqual(
          expected.map(({ id, sentence, cause }) => ({ id, sentence, cause })),
        );
      }),
      { numRuns: 20 },
    );
  });

  test.each(['frame', 'PROCESS 1', 'nothing says this', 'nEtWoRk', '.'])(
    'a search for “%s” finds the sentences that have it',
    (text) => {
      const found = asked(new Chronicle(engine), { ...LINES, text });
      const expected = shown[name].filter(
        ({ kind, sentence }) =>
          !NOT_IN_LOG.has(kind) && sentence.toLowerCase().includes(text.toLowerCase()),
      );
      expect(found.lines.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
      expect(found).toMatchObject({ total: expected.length, complete: true });
    },
  );

  test('the current line is the last one of the moment’s own log', () => {
    for (let timeNs = 0; timeNs <= endNs; timeNs += Math.floor(endNs / 12)) {
      replyTo(engine, { kind: 'seek', to: timeNs });
      const { log } = engine.moment({});
      const { lines, current } = asked(chronicle, LINES);
      const before = lines.slice(0, current + 1).slice(-log.length);
      expect(before).toMatchObject(log);
    }
  });

  test('the file has all lines, a row each', () => {
    const { lines } = asked(chronicle, LINES);
    for (const as of ['tsv', 'jsonl'] as const) {
      const file = asked(chronicle, { kind: 'export', filter: ALL, text: '', as, upToNow: false });
      const rows = new TextDecoder().decode(file.octets).trimEnd().split('\n');
      if (as === 'tsv') expect(rows.shift()).toMatch(/^time \(ns\)\tpart/);
      expect(rows).toHaveLength(lines.length);
      expect(file).toMatchObject({ lines: lines.length, whole: true });
      for (const [index, row] of rows.entries()) expect(row).toContain(lines[index]?.id);
    }
  });

  test('a file that goes up to now has no more lines than the log shows', () => {
    replyTo(engine, { kind: 'seek', to: Math.floor(endNs / 2) });
    const { lines, current } = asked(chronicle, LINES);
    const wanted = { filter: ALL, text: '', as: 'jsonl', upToNow: true } as const;
    const file = asked(chronicle, { kind: 'export', ...wanted });
    const ids = new TextDecoder().decode(file.octets).trimEnd().split('\n');
    expect(ids.map((row) => (JSON.parse(row) as { id: string }).id)).toEqual(
      lines.slice(0, current + 1).map(({ id }) => id),
    );
    expect(current + 1).toBeLessThan(lines.length);
    expect(file.whole).toBe(true);
  });

  test('kinds and parts are counted', () => {
    const { kinds, parts } = asked(chronicle, { kind: 'kinds' });
    for (const { kind, count, line } of kinds) {
      expect(shown[name].filter((each) => each.kind === kind)).toHaveLength(count);
      expect(line).toBe(!NOT_IN_LOG.has(kind));
    }
    expect(sumOf(kinds.map(({ count }) => count))).toBe(shown[name].length);
    for (const { path, count } of parts) {
      const within: Filter = { kinds: null, parts: [path] };
      expect(windowOf(chronicle, { filter: within }).total).toBe(count);
    }
    expect(parts.map(({ path }) => path)).toEqual(expect.arrayContaining(['client', 'client.nic']));
  });

  test('nothing of it changes the moment on show', () => {
    replyTo(engine, { kind: 'seek', to: Math.floor(endNs / 3) });
    const before = engine.moment({});
    const hashed = hash(engine.world);
    windowOf(chronicle, {});
    windowOf(chronicle, { fromNs: 1_000, toNs: 9_000, fine: true });
    asked(chronicle, { ...LINES, text: 'a' });
    expect(engine.moment({})).toEqual(before);
    expect(hash(engine.world)).toBe(hashed);
  });
});
