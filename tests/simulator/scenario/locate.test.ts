/** Where chapters stop: by one pass and a closer look, the same as by walking every micro-step. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  endOf,
  fits,
  format,
  INSTRUCTION,
  locate,
  run as history,
  step as steps,
  type Chapter,
  type Input,
  type Pattern,
  type Scenario,
  type Seen,
  type Stop,
} from '../../../simulator';
import {
  ARRIVED,
  behind,
  chapter,
  DMA,
  ECHO_REPLY,
  ECHO_REQUEST,
  FRAME,
  page,
  ping,
  told,
} from './stories';

const stand = (located: locate.Located): string | null =>
  located.at === null ? null : `${format(located.at)} ${located.timeNs}`;

const standsOf = (scenario: Scenario, stops: readonly Stop[], inputs: readonly Input[] = []) =>
  locate
    .locateAll(
      told(
        scenario,
        stops.map((stop, index) => chapter(`c${index}`, stop)),
      ),
      inputs,
    )
    .map(stand);

/** A slow twin: everything is seen, one micro-step or event after another. */
function closely(scenario: Scenario): { before: string; after: string; seen: Seen[] }[] {
  const run = history.create(scenario.world);
  const rows: { before: string; after: string; seen: Seen[] }[] = [];
  let seen: Seen[] = [];
  const take = (each: Seen): void => {
    seen.push(each);
  };
  run.world.see.sink = { fine: true, move: take, note: take };
  for (;;) {
    const before = format(run.world.at);
    const at = history.upcoming(run, run.world);
    if (at === null || at.timeNs > scenario.endsAtNs) return rows;
    if (at.n === INSTRUCTION) steps.forward(run, 'micro', endOf(at.timeNs), 1);
    else history.single(run, run.world, at);
    rows.push({ before, after: format(run.world.at), seen });
    seen = [];
  }
}

const placeOf = (position: string | null): string | undefined => position?.split(' ')[0];

describe.each([ping, page])('$slug', (scenario) => {
  const rows = closely(scenario);
  const coarse: readonly Pattern[] = [FRAME, ARRIVED, { see: 'note', kind: 'called' }];

  test.each(coarse)('the nth %o, after it and before it', (pattern) => {
    const hits = rows.flatMap((row) =>
      row.seen.filter((each) => fits(pattern, each)).map(() => row),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: hits.length }), (nth) => {
        const hit = hits[nth - 1];
        const stops = [
          behind(pattern, { nth }),
          { ...behind(pattern, { nth }), stand: 'before' as const },
        ];
        const [after] = standsOf(scenario, [stops[0] as Stop]);
        const [before] = standsOf(scenario, [stops[1] as Stop]);
        expect(placeOf(after ?? null)).toBe(hit?.after);
        expect(placeOf(before ?? null)).toBe(hit?.before);
      }),
      { numRuns: 10 },
    );
    expect(standsOf(scenario, [behind(pattern, { nth: hits.length + 1 })])).toEqual([null]);
  });

  test('DMA behind each frame that arrived', () => {
    const arrivals = rows.flatMap((row, index) =>
      row.seen.some((each) => fits(ARRIVED, each)) ? [index] : [],
    );
    arrivals.forEach((index, place) => {
      const expected = rows.slice(index).find((row) => row.seen.some((each) => fits(DMA, each)));
      const [found] = standsOf(scenario, [behind(ARRIVED, { nth: place + 1, then: DMA })]);
      expect(placeOf(found ?? null)).toBe(expected?.after);
    });
  });
});

test('inside an instruction: after the micro-step, and before it', () => {
  const rows = closely(page);
  const operand: Pattern = { see: 'move', kind: 'operand', to: 'client.cpu.alu.b', fine: true };
  const called: Pattern = { see: 'move', kind: 'call', from: 'client', what: { name: 'connect' } };
  const from = rows.findIndex(({ seen }) => seen.some((each) => fits(called, each)));
  const hits = rows.slice(from).filter(({ seen }) => seen.some((each) => fits(operand, each)));
  const third = hits[2];
  const then = behind(called, { then: operand, thenNth: 3, withinNs: 1_000_000 });
  const [after] = standsOf(page, [then]);
  const [before] = standsOf(page, [{ ...then, stand: 'before' }]);
  expect([placeOf(after ?? null), placeOf(before ?? null)]).toEqual([third?.after, third?.before]);
  expect(third?.after).toMatch(/\.i\.[1-9]/);
});

describe('in which order', () => {
  test('each lies behind the stop before, or behind the one that it names', () => {
    const [first, second, again] = standsOf(ping, [
      behind(FRAME),
      behind(FRAME),
      behind(FRAME, { after: 'c0' }),
    ]);
    expect(second).not.toBe(first);
    expect(again).toBe(second);
  });

  test('behind a fine stop, not behind its coarse match alone', () => {
    const fine = behind(FRAME, { then: DMA, thenNth: 3 });
    const [dma, next] = standsOf(ping, [fine, behind(FRAME)]);
    const [plain] = standsOf(ping, [behind(FRAME, { nth: 2 })]);
    // Three transfers take until after the second frame has left.
    const ns = (text: string | null | undefined): number => Number(text?.split(' ')[1]);
    expect(ns(dma)).toBeGreaterThanOrEqual(ns(plain));
    expect(ns(next)).toBeGreaterThan(ns(dma));
  });

  test('what came in the same event before the coarse match is not behind it', () => {
    // The frame leaves when DMA has fetched it: both are one event.
    const [frame] = standsOf(ping, [behind(FRAME)]);
    const [dma] = standsOf(ping, [behind(FRAME, { then: DMA })]);
    expect(dma).not.toBe(null);
    expect(dma).not.toBe(frame);
  });

  test('before something and then after it', () => {
    const [before, after] = standsOf(ping, [
      { ...behind(ECHO_REPLY), stand: 'before' },
      behind(ECHO_REPLY),
    ]);
    const [plain] = standsOf(ping, [behind(ECHO_REPLY)]);
    expect(after).toBe(plain);
    expect(before).not.toBe(after);
  });

  test('halfway: the time is, the position lies before it', () => {
    const [start, half] = standsOf(ping, [
      behind(ECHO_REQUEST),
      { ...behind(ECHO_REQUEST, { after: 'c9' }), stand: 'halfway' },
    ]);
    expect(half).toBe(null);
    const [midway] = standsOf(ping, [{ ...behind(ECHO_REQUEST), stand: 'halfway' }]);
    const timeNs = Number(midway?.split(' ')[1]);
    const leftNs = Number(start?.split(' ')[1]);
    // 98 octets with FCS 102 and preamble 110: 8,800 ns on the line, and 100 ns of cable.
    expect(timeNs).toBe(leftNs + (8_800 + 100) / 2);
    expect(Number(placeOf(midway ?? null)?.split('.')[0])).toBeLessThanOrEqual(timeNs);
  });

  test('what lies behind something that does not come does not come', () => {
    const none: Pattern = { see: 'note', kind: 'singing' };
    expect(standsOf(ping, ['start', behind(none), behind(FRAME), 'end'])).toEqual([
      '-1.0.0.0 -1',
      null,
      null,
      `${format(endOf(ping.endsAtNs))} ${ping.endsAtNs}`,
    ]);
  });

  test('where only the fine match is missing, the next lies behind the coarse one', () => {
    const none: Pattern = { see: 'move', kind: 'singing' };
    const found = standsOf(ping, [behind(FRAME, { then: none }), behind(FRAME)]);
    expect(found).toEqual([null, ...standsOf(ping, [behind(FRAME, { nth: 2 })])]);
  });

  test('one that stops before its predecessor is an error of the author', () => {
    const story = told(ping, [
      chapter('first', 'start'),
      chapter('late', behind(FRAME, { nth: 3 })),
      chapter('early', behind(FRAME, { after: 'first' })),
      chapter('end', 'end'),
    ]);
    expect(locate.backwards(locate.locateAll(story))).toEqual(['early']);
  });
});

test('in a run where the frame is lost, the chapter of its arrival comes later or not', () => {
  const deed = { kind: 'cut', cable: 'cable' } as const;
  const stops = [behind(FRAME), behind(ARRIVED)];
  const [sent, arrived] = standsOf(ping, stops, [{ atNs: 0, deed }]);
  expect(sent).not.toBe(null);
  expect(arrived).toBe(null);
});

test('the pass may stop when it is complete: what comes later changes nothing', () => {
  const chapters: Chapter[] = [
    chapter('a', 'start'),
    chapter('b', behind(FRAME, { then: DMA })),
    chapter('c', { ...behind(FRAME), stand: 'halfway' }),
    chapter('d', behind(ARRIVED, { nth: 2 })),
  ];
  const whole = locate.create({ chapters });
  const early = locate.create({ chapters });
  const run = history.create(ping.world);
  const late = { skipped: 0 };
  const take = (seen: Seen): void => {
    locate.take(whole, seen);
    if (locate.isComplete(early)) late.skipped += 1;
    else locate.take(early, seen);
  };
  run.world.see.sink = { fine: false, move: take, note: take };
  history.seekTime(run, ping.endsAtNs);
  run.world.see.sink = null;
  const { at } = run.world;
  const resolved = (locator: locate.Locator): (string | null)[] =>
    chapters.map((_, index) => stand(locate.resolve(run, locator, index, ping.endsAtNs)));
  expect(resolved(early)).toEqual(resolved(whole));
  expect(resolved(early)).not.toContain(null);
  expect(late.skipped).toBeGreaterThan(20);
  expect(run.world.at).toBe(at);
});
