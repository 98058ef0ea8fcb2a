/** Knobs as somebody turns them: before the start, while time runs, out of range, in links, undone. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Deed, Knob, Scenario } from '../../simulator';
import { undoOf } from '../../src/session/change';
import { refusal } from '../../src/session/deeds';
import type { Moment, Order } from '../../src/session/protocol';
import { emit, parse } from '../../src/session/link';
import { deedOf, knobsNow } from '../../src/session/setup';
import { momentIn, office } from './office';
import { page } from './scenarios';

const end: Order = { kind: 'seek', to: page.endsAtNs };
const turn = (name: string, value: number | string): Order => ({ kind: 'knob', name, value });
const displayed = ({ hosts }: Moment): string => hosts[0]?.consoleTail ?? '';
/** When the client's page was printed; null while it was not. */
const printedNs = ({ log }: Moment): number | null =>
  log.find(({ kind, sentence }) => kind === 'print' && sentence.includes('doctype'))?.timeNs ??
  null;

test('a knob of the machines begins the run again, and changes it', async () => {
  const ask = await office(page);
  const before = printedNs(momentIn(await ask(end))) ?? 0;
  const turned = momentIn(await ask(turn('cycle', 20)));
  expect(turned).toMatchObject({ timeNs: -1, inputs: [], undoable: true });
  expect(turned.knobs).toEqual({ rate: 100, length: 20, cycle: 20 });
  const after = momentIn(await ask({ kind: 'seek', to: turned.endsAtNs }));
  expect(displayed(after)).toContain('It works');
  expect(printedNs(after)).toBeGreaterThan(before * 1.5);
  const undone = momentIn(await ask({ kind: 'undo' }));
  expect(undone).toMatchObject({ timeNs: page.endsAtNs, knobs: { cycle: 10 }, undoable: false });
});

test('a knob of the cable acts from now on, and stands as it stood before', async () => {
  const ask = await office(page);
  momentIn(await ask({ kind: 'seek', to: 60_000 }));
  const turned = momentIn(await ask(turn('rate', 10)));
  expect(turned).toMatchObject({
    timeNs: 60_000,
    inputs: [{ atNs: 60_000, deed: { kind: 'set', field: 'bitsPerSecond', value: 10_000_000 } }],
    knobs: { rate: 10 },
  });
  expect(turned.cables['cable']?.parameters.bitsPerSecond).toBe(10_000_000);
  const earlier = momentIn(await ask({ kind: 'seek', to: 59_999 }));
  expect([earlier.knobs['rate'], earlier.cables['cable']?.parameters.bitsPerSecond]).toEqual([
    100, 1e8,
  ]);
  const undone = momentIn(await ask(undoOf(turned.inputs, 0)));
  expect([undone.knobs['rate'], undone.inputs]).toEqual([100, []]);
});

describe('a knob whose steps are fractions', () => {
  const tenths = (times: number): Scenario => ({
    ...page,
    knobs: page.knobs.map((knob): Knob => {
      if (knob.name !== 'rate') return knob;
      const range = {
        kind: 'number',
        unit: '',
        least: 0.1,
        most: 5,
        step: 0.1,
        preset: 1,
      } as const;
      return { ...knob, range: { ...range, times } };
    }),
  });
  const steps = fc.integer({ min: 1, max: 50 });
  const timesOf = fc.constantFrom(1_000, 3, 3_333, 1e8, 1e9 / 7);

  test('stands at the step to which it was turned, and no hair beside it', () => {
    fc.assert(
      fc.property(steps, timesOf, fc.boolean(), (tenth, times, running) => {
        const scenario = tenths(times);
        // Both are how sliders come to a tenth: sums of steps are a little off.
        for (const value of [tenth / 10, 0.1 + (tenth - 1) * 0.1]) {
          const deed = deedOf(scenario, 'rate', value) as Deed;
          const inputs = running ? [{ atNs: 5, deed }] : [];
          const before = running ? {} : { rate: value };
          expect(knobsNow(scenario, before, inputs, 10)['rate']).toBe(tenth / 10);
        }
      }),
    );
  });

  test('may stand at each of them, the last too', () => {
    fc.assert(
      fc.property(steps, timesOf, (tenth, times) => {
        const scenario = tenths(times);
        const deed = deedOf(scenario, 'rate', tenth / 10) as Deed;
        expect(refusal(scenario, deed)).toBe(null);
      }),
      { numRuns: 300 },
    );
  });
});

test('at the start a knob of the cable is the world itself', async () => {
  const ask = await office(page);
  const turned = momentIn(await ask(turn('length', 100)));
  expect(turned).toMatchObject({ inputs: [], knobs: { length: 100 } });
  expect(turned.cables['cable']?.parameters.lengthMetres).toBe(100);
  expect(momentIn(await ask(turn('length', 20)))).toMatchObject({ knobs: { length: 20 } });
});

test.each([
  ['cycle', 1, /cycle.*2 to 50/],
  ['cycle', 'fast', /cycle/],
  ['rate', 5, /rate/],
  ['rats', 100, /rate/],
])('%s at %s is refused with what may be said, and nothing is lost', async (name, value, why) => {
  const ask = await office(page);
  momentIn(await ask({ kind: 'seek', to: 30_000 }));
  const reply = await ask(turn(name, value));
  expect(reply).toMatchObject({ kind: 'refused', why: expect.stringMatching(why) as string });
  expect(momentIn(await ask({ kind: 'look' }))).toMatchObject({ timeNs: 30_000, inputs: [] });
});

test('a link carries both kinds', async () => {
  const ask = await office(page);
  await ask(turn('cycle', 5));
  await ask({ kind: 'seek', to: 20_000 });
  const turned = momentIn(await ask(turn('rate', 1000)));
  const reply = await ask({ kind: 'link', room: null, grain: 'event' });
  if (reply.kind !== 'link') throw new Error(JSON.stringify(reply));
  const again = momentIn(await (await office(page, reply.link))({ kind: 'look' }));
  expect(again.knobs).toEqual(turned.knobs);
  expect(again.inputs).toEqual(turned.inputs);
  expect(again.hosts).toEqual(turned.hosts);
  const undone = momentIn(await (await office(page, reply.link))({ kind: 'undo' }));
  expect(undone).toMatchObject({ inputs: [], knobs: { cycle: 5, rate: 100 } });
});

test.each([
  [{ cycle: 1000 }, /cycle/],
  [{ nothing: 1 }, /nothing/],
])('a link with knobs that cannot stand so is told of: %j', async (knobs, why) => {
  const at = { timeNs: 0, source: 0, n: 0, micro: 0 };
  const place = { slug: page.slug, seed: 1, inputs: [], at, timeNs: 0, knobs };
  const text = await emit({ place, room: null, grain: null }, page.version);
  expect(await parse(text ?? '', [page])).toMatchObject({
    ok: false,
    why: expect.stringMatching(why) as string,
  });
});
