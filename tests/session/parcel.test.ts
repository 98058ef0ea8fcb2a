/** What is sent of a moment is what changed; what comes out is the whole of it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Engine } from '../../src/session/engine';
import { Packer, Unpacker, type Parcel } from '../../src/session/parcel';
import type { Moment, Order, Reply } from '../../src/session/protocol';
import { finished, momentAfter, page, ping, replyTo } from './scenarios';

type Sent = Extract<Order, { kind: 'step' | 'seek' | 'advance' | 'deed' | 'undo' }>;

const order: fc.Arbitrary<Sent> = fc.oneof(
  fc.record({
    kind: fc.constant('step' as const),
    grain: fc.constantFrom('event' as const, 'frame' as const, 'micro' as const),
    direction: fc.constantFrom(1 as const, -1 as const),
  }),
  fc.record({ kind: fc.constant('seek' as const), to: fc.nat(2_500_000) }),
  fc.record({ kind: fc.constant('advance' as const), toNs: fc.nat(2_500_000) }),
  fc.constantFrom<Sent>(
    { kind: 'deed', deed: { kind: 'cut', cable: 'cable' } },
    { kind: 'deed', deed: { kind: 'set', cable: 'cable', field: 'lengthMetres', value: 9 } },
    { kind: 'undo' },
  ),
);

/** As it comes out of a worker. */
const arrived = (parcel: Parcel): Parcel => structuredClone(parcel);

test.each([ping, page])('$slug: every moment comes out as it went in', (scenario) => {
  fc.assert(
    fc.property(fc.array(order, { maxLength: 20 }), (orders) => {
      const engine = new Engine(scenario);
      const [packer, unpacker] = [new Packer(), new Unpacker()];
      for (const each of orders) {
        const reply = replyTo(engine, each);
        const post = unpacker.unpack(arrived(packer.pack({ id: 7, reply })));
        expect(post).toEqual({ id: 7, reply });
      }
    }),
    { numRuns: 40, seed: 1 },
  );
});

test.each([ping, page])('$slug: what is said of a host is what one hears anew', (scenario) => {
  fc.assert(
    fc.property(fc.array(order, { maxLength: 20 }), (orders) => {
      const engine = new Engine(scenario);
      for (const each of orders) {
        replyTo(engine, each);
        const { hosts, cables } = engine.moment({});
        const place = engine.place();
        const other = new Engine(scenario, place.inputs);
        finished(other.reach(place));
        const anew = other.moment({});
        expect(cables).toEqual(anew.cables);
        // Within an instruction a leap shows what the ALU did only where that was seen.
        if (place.at.micro === 0 && each.kind !== 'step') expect(hosts).toEqual(anew.hosts);
      }
    }),
    { numRuns: 30, seed: 1 },
  );
});

const momentIn = (reply: Reply): Moment => {
  if (reply.kind !== 'moment') throw new Error(reply.kind);
  return reply.moment;
};

test('only who changed is sent; the others are the same objects', () => {
  const engine = new Engine(ping);
  const [packer, unpacker] = [new Packer(), new Unpacker()];
  const send = (moment: Moment): Parcel =>
    arrived(packer.pack({ id: null, reply: { kind: 'moment', moment, opened: null } }));
  const first = send(momentAfter(engine, { kind: 'seek', to: 600_000 }));
  expect(first.rest).toBeUndefined();
  const before = momentIn(unpacker.unpack(first).reply);
  expect(before.hosts.length).toBe(2);

  const sent = momentAfter(engine, { kind: 'step', grain: 'event', direction: 1 });
  const second = send(sent);
  const changed = second.rest?.hosts.map(([place]) => place) ?? [];
  expect(changed.length).toBe(1);
  expect(momentIn(second.reply).hosts).toEqual([]);
  const after = momentIn(unpacker.unpack(second).reply);
  const other = 1 - (changed[0] ?? 0);
  expect(after.hosts[other]).toBe(before.hosts[other]);
  expect(after.hosts).toEqual(sent.hosts);
});

test('a moment of another world is sent whole', () => {
  const packer = new Packer();
  const pack = (moment: Moment): Parcel =>
    packer.pack({ id: null, reply: { kind: 'moment', moment, opened: null } });
  pack(new Engine(ping).moment({}));
  const other = new Engine({
    ...ping,
    world: { ...ping.world, cables: ping.world.cables.map((each) => ({ ...each, name: 'wire' })) },
  });
  expect(pack(other.moment({})).rest).toBeUndefined();
});

test('what is no moment goes as it is', () => {
  const post = { id: 3, reply: { kind: 'refused', why: 'no' } } as const;
  expect(new Packer().pack(post)).toBe(post);
  expect(new Unpacker().unpack(post)).toEqual(post);
});
