/** Where the stage looks, in a link. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { START } from '../../simulator';
import { emit, parse, type Link } from '../../src/session/link';
import type { View } from '../../src/session/view';
import { ping } from './scenarios';

const start: Link = {
  place: { slug: 'ping', seed: 1, inputs: [], at: START, timeNs: -1 },
  room: 'client.ram',
  grain: null,
};
const emitted = async (link: Link): Promise<string> => (await emit(link, ping.version)) ?? '';

/** With as many digits as a link keeps. */
const share = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true }).map((value) => Number(value.toPrecision(5)) + 0);
const view: fc.Arbitrary<View> = fc.record({
  part: fc.constantFrom('', 'client', 'client.cpu', 'server.alu', 'cable'),
  x: share(-3, 3),
  y: share(-3, 3),
  k: share(0.01, 60),
});
const changes = fc.record(
  { sources: fc.constant({}), knobs: fc.constant({}) },
  { requiredKeys: [] },
);

test('a link says again where the stage looked', async () => {
  await fc.assert(
    fc.asyncProperty(view, changes, async (looks, changed) => {
      const link = { ...start, place: { ...start.place, ...changed }, view: looks };
      const parsed = await parse(await emitted(link), [ping]);
      expect(parsed).toMatchObject({ ok: true, link: { room: 'client.ram', view: looks } });
      expect(parsed).not.toHaveProperty('notice');
    }),
  );
});

test('a link of everything says nothing of it', async () => {
  const parsed = await parse(await emitted(start), [ping]);
  expect(parsed).toEqual({ ok: true, link: start });
});

test('a view of very many digits is shortened to where nobody sees it', async () => {
  const looks = { part: 'client', x: 1 / 3, y: 2 / 3, k: 1.23456789 };
  const parsed = await parse(await emitted({ ...start, view: looks }), [ping]);
  expect(parsed).toHaveProperty('link.view', { part: 'client', x: 0.33333, y: 0.66667, k: 1.2346 });
});

test.each<[string, Partial<View>]>([
  ['at a part that is not here', { part: 'client.heart' }],
  ['at a computer that is not here', { part: 'third.cpu' }],
  ['beyond everything', { x: 1e9 }],
  ['without a size', { k: 0 }],
  ['nowhere', { y: NaN }],
])('a link that looks %s leads to its moment, and says so', async (_, wrong) => {
  const looks = { part: 'client', x: 0.5, y: 0.5, k: 1, ...wrong };
  const parsed = await parse(await emitted({ ...start, view: looks }), [ping]);
  expect(parsed).toMatchObject({
    ok: true,
    link: start,
    notice: expect.stringMatching(/the whole is shown/) as string,
  });
  expect(parsed).not.toHaveProperty('link.view');
});
