import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  crc32,
  RAM_BASE,
  START,
  type Deed,
  type Grain,
  type Input,
  type Scenario,
} from '../../simulator';
import { fromBase64url, toBase64url } from '../../src/session/base64url';
import { deflate } from '../../src/session/deflate';
import { Engine } from '../../src/session/engine';
import { linkIn, urlWith } from '../../src/session/fragment';
import { emit, parse, type Link } from '../../src/session/link';
import { finished, ping as simulated } from './scenarios';

/** One more host, so that frames can come in. */
const ping: Scenario = {
  ...simulated,
  faults: [...simulated.faults, 'flip'],
  knobs: (['bitsPerSecond', 'lengthMetres'] as const).map((field) => ({
    name: field,
    title: field,
    means: 'What may stand in a link.',
    range: { kind: 'number', unit: '', least: 1, most: 1_000_000_000, step: 1, preset: 100 },
    sets: { of: 'cable', cable: 'cable', field },
  })),
  world: {
    ...simulated.world,
    hosts: [...simulated.world.hosts, { kind: 'outside', name: 'jack', title: 'Somebody' }],
  },
};

const cable = fc.constant('cable');
const carried = fc.uint8Array({ maxLength: 80 });
const fault = fc.oneof(
  fc.record({ kind: fc.constantFrom('drop' as const, 'duplicate' as const) }),
  fc.record(
    { kind: fc.constant('corrupt' as const), bit: fc.nat(12_000) },
    { requiredKeys: ['kind'] },
  ),
  fc.record({ kind: fc.constant('delay' as const), delayNs: fc.nat(1_000_000) }),
);
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record(
    { kind: fc.constant('fault' as const), cable, fault, frame: fc.nat(99) },
    { requiredKeys: ['kind', 'cable', 'fault'] },
  ),
  fc.record({ kind: fc.constantFrom('cut' as const, 'mend' as const), cable }),
  fc.record({
    kind: fc.constant('type' as const),
    host: fc.constantFrom('client', 'server'),
    octets: carried,
  }),
  fc.record({
    kind: fc.constant('flip' as const),
    host: fc.constantFrom('client', 'server'),
    address: fc.integer({ min: RAM_BASE, max: RAM_BASE + 0xf_ffff }),
    bit: fc.nat(7),
  }),
  fc.record({
    kind: fc.constant('kill' as const),
    host: fc.constantFrom('client', 'server'),
    process: fc.integer({ min: 1, max: 9 }),
  }),
  fc.record({
    kind: fc.constant('set' as const),
    cable,
    field: fc.constantFrom('bitsPerSecond' as const, 'lengthMetres' as const),
    value: fc.integer({ min: 1, max: 1_000_000_000 }),
  }),
  fc.record({ kind: fc.constant('frame' as const), host: fc.constant('jack'), octets: carried }),
);
const input: fc.Arbitrary<Input> = fc.record({ atNs: fc.nat(6_000_000), deed });
const position = fc.record({
  timeNs: fc.nat(6_000_000),
  source: fc.nat(3),
  n: fc.nat(5000),
  micro: fc.nat(20),
});
const link: fc.Arbitrary<Link> = fc.record({
  place: fc
    .record({
      slug: fc.constant('ping'),
      seed: fc.nat(),
      inputs: fc.array(input, { maxLength: 8 }),
      at: fc.oneof(position, fc.constant(START)),
      later: fc.nat(1000),
    })
    .map(({ later, ...place }) => ({ ...place, timeNs: place.at.timeNs + later })),
  room: fc.constantFrom(null, 'client.ram', 'cable'),
  grain: fc.constantFrom<Grain | null>(null, 'event', 'micro'),
});

const NONE = new Uint8Array();

/** A link as it should be around whatever octets. */
async function sealed(json: Uint8Array): Promise<string> {
  const packed = await deflate(json);
  const octets = new Uint8Array(5 + packed.length);
  octets[0] = 1;
  new DataView(octets.buffer).setUint32(1, crc32(json));
  octets.set(packed, 5);
  return toBase64url(octets);
}

const emitted = async (each: Link, version = ping.version): Promise<string> =>
  (await emit(each, version)) ?? '';

describe('a link that somebody made up', () => {
  const refused = async (json: Uint8Array): Promise<void> => {
    expect(await parse(await sealed(json), [ping])).toMatchObject({ ok: false });
  };

  test('around no JSON, or any, is refused', async () => {
    const json = fc.json().map((text) => new TextEncoder().encode(text));
    await fc.assert(fc.asyncProperty(fc.oneof(fc.uint8Array(), json), refused), { numRuns: 150 });
  });

  test('that unpacks to very much, or is very deep, is refused', async () => {
    await refused(new Uint8Array(5_000_000));
    await refused(new TextEncoder().encode('['.repeat(60_000)));
  });

  test('around a row of which one thing is another is refused, or can be opened', async () => {
    const row = ['ping', ping.version, 1, '1000.0.3.0', 5, [], 'event', 'client.ram', {}];
    const odd = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(-1, 1e16, 2 ** 53 - 1, '-1.0.0.0', '9.o.i.9', '99.3.9999999999999999.9999'),
      fc.constantFrom('4999999999.o.i.0', '2.1.i.9999'),
      fc
        .constantFrom(
          [1, { kind: 'fault', cable: 'cable', fault: { kind: 'delay', delayNs: 2 ** 53 - 1 } }],
          [2 ** 53 - 1, { kind: 'cut', cable: 'cable' }],
        )
        .map((input) => [input]),
    );
    let opened = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(row.length - 1), odd, async (place, value) => {
        const json = JSON.stringify(row.with(place, value as string));
        const parsed = await parse(await sealed(new TextEncoder().encode(json)), [ping]);
        if (!parsed.ok) return;
        const engine = new Engine(ping, parsed.link.place.inputs);
        finished(engine.reach(parsed.link.place));
        const { timeNs, at, endsAtNs } = engine.moment({});
        expect(at.timeNs).toBeLessThanOrEqual(timeNs);
        expect(timeNs).toBeLessThanOrEqual(endsAtNs);
        opened += 1;
      }),
      { numRuns: 200 },
    );
    expect(opened).toBeGreaterThan(5);
  });
});

/** Of its last character some bits are only there to fill the octet. */
const PADDED = {
  place: {
    slug: 'ping',
    seed: 10_000_417,
    inputs: [],
    at: { timeNs: 0, source: 0, n: 1026, micro: 3 },
    timeNs: 568,
  },
  room: 'client.ram',
  grain: 'event',
} as const;

describe('a link', () => {
  test('says again what it was made of', async () => {
    await fc.assert(
      fc.asyncProperty(link, async (each) => {
        expect(await parse(await emitted(each), [ping])).toEqual({ ok: true, link: each });
      }),
      { numRuns: 60 },
    );
  });

  test('of a run that was broken in ten places is under 1 kB', async () => {
    const inputs = Array.from({ length: 10 }, (_, k): Input => {
      const drop: Deed = { kind: 'fault', cable: 'cable', fault: { kind: 'drop' }, frame: k };
      return { atNs: k * 123_457, deed: drop };
    });
    const at = { timeNs: 5_432_109, source: 1, n: 77, micro: 0 };
    const place = { slug: 'ping', seed: 1, inputs, at, timeNs: at.timeNs };
    expect((await emitted({ place, room: 'client.ram', grain: 'frame' })).length).toBeLessThan(400);
  });

  test('that was changed anywhere is refused as damaged, unless nothing of it meant anything', async () => {
    const pick = fc.record({
      where: fc.nat(),
      to: fc.constantFrom('A', 'z', '0', '_', '-', '9', ' ', '%', 'é'),
    });
    await fc.assert(
      fc.asyncProperty(
        link,
        fc.array(pick, { minLength: 1, maxLength: 3 }),
        async (each, picks) => {
          const text = await emitted(each);
          const characters = Array.from(text);
          for (const { where, to } of picks) characters[where % characters.length] = to;
          const changed = characters.join('');
          const parsed = await parse(changed, [ping]);
          // The bits after the last code of a compressed text (RFC 1951 §3.2.3) say nothing.
          if (parsed.ok) expect(parsed).toEqual({ ok: true, link: each });
          else expect(parsed.why).toMatch(/damaged|newer/);
          if (changed === text) expect(parsed.ok).toBe(true);
        },
      ),
      { numRuns: 100, examples: [[PADDED, [{ where: 441_682_288, to: '-' }]]] },
    );
  });

  test('that was cut short or is anything at all is refused, never thrown at', async () => {
    const whole = await emitted({
      place: { slug: 'ping', seed: 1, inputs: [], at: START, timeNs: -1 },
      room: null,
      grain: null,
    });
    for (let length = 0; length < whole.length; length++)
      expect((await parse(whole.slice(0, length), [ping])).ok).toBe(false);
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 300 }), async (text) => {
        expect((await parse(text, [ping])).ok).toBe(false);
      }),
      { numRuns: 50 },
    );
  });

  const start: Link = {
    place: { slug: 'ping', seed: 1, inputs: [], at: START, timeNs: -1 },
    room: null,
    grain: null,
  };
  const withInput = (done: Deed): Link => ({
    ...start,
    place: { ...start.place, inputs: [{ atNs: 1, deed: done }] },
  });
  const reworked = (over: Partial<Scenario>): Scenario => ({ ...ping, ...over });

  test.each<[string, Link, number, readonly Scenario[], RegExp]>([
    ['another scenario', start, 1, [reworked({ slug: 'fetch' })], /not here \(ping\)/],
    ['a newer version', start, 9, [ping], /a newer version of “Ping” \(9, here is 1\)/],
    ['an older version', start, 1, [reworked({ version: 2 })], /an older version/],
    ['a cable that is not there', withInput({ kind: 'cut', cable: 'rope' }), 1, [ping], /rope/],
    [
      'a deed not on offer',
      withInput({ kind: 'cut', cable: 'cable' }),
      1,
      [reworked({ faults: [] })],
      /does not offer/,
    ],
    [
      'typing where nobody can',
      withInput({ kind: 'type', host: 'jack', octets: NONE }),
      1,
      [ping],
      /Somebody is outside/,
    ],
    [
      'a frame out of nowhere',
      withInput({ kind: 'frame', host: 'client', octets: NONE }),
      1,
      [ping],
      /Computer A is simulated/,
    ],
    ['a time after the end', start, 1, [reworked({ longestNs: -2 })], /does not fit/],
  ])('to %s says so and where one is instead', async (_, each, version, scenarios, why) => {
    const parsed = await parse(await emitted(each, version), scenarios);
    expect(parsed).toEqual({ ok: false, why: expect.stringMatching(why) as string });
    expect(parsed).toEqual({
      ok: false,
      why: expect.stringMatching(/start of the scenario/) as string,
    });
  });

  test('of a newer format says so; one that is far too long too', async () => {
    const octets = fromBase64url(await emitted(start))!;
    octets[0] = 2;
    expect(await parse(toBase64url(octets), [ping])).toMatchObject({
      why: expect.stringMatching(/newer version of autochitect/) as string,
    });
    expect(await parse('A'.repeat(9000), [ping])).toMatchObject({
      why: expect.stringMatching(/too long/) as string,
    });
  });

  test('is not made of a run in which too much was done', async () => {
    let drawn = 1; // Octets that do not compress: the minimal standard generator.
    const octets = Uint8Array.from(
      { length: 20_000 },
      () => (drawn = (drawn * 48_271) % 0x7fff_ffff),
    );
    expect(await emit(withInput({ kind: 'type', host: 'client', octets }), 1)).toBeNull();
  });
});

test('an address holds a link after `#m=`, and loses an older one', () => {
  const url = urlWith('https://example.org/?x=1#m=old', 'new-_1');
  expect(url).toBe('https://example.org/?x=1#m=new-_1');
  expect(linkIn(new URL(url).hash)).toBe('new-_1');
  expect([linkIn(''), linkIn('#m='), linkIn('#part')]).toEqual([null, null, null]);
});

test('base64url: every octet string comes back, and only one text stands for it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (octets) => {
      const text = toBase64url(octets);
      expect(text).toMatch(/^[\w-]*$/);
      expect(fromBase64url(text)).toEqual(octets);
      expect(fromBase64url(text)).toEqual(new Uint8Array(Buffer.from(text, 'base64url')));
    }),
  );
  expect(fromBase64url('AB')).toBeNull();
  expect(fromBase64url('A')).toBeNull();
});
