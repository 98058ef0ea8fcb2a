/** Packets taken apart and put together again. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NEVER } from '../../../simulator/contract/time';
import { fragment, header, reassembly } from '../../../simulator/protocols/ip';
import { emit, parse, type Packet } from '../../../simulator/wire/ipv4';

const CONFIG = { address: 0x0a00_0001, prefixLength: 24, gateway: null };
const SECOND = 1_000_000_000;

function packetOf(payload: Uint8Array, more: Partial<Packet> = {}): Packet {
  const made = header(CONFIG, 0x0a00_0002, 17, 7);
  return { ...made, dontFragment: false, ...more, payload };
}

const pattern = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => (at * 7 + (at >> 8)) & 255);

type Out = { state: reassembly.State; packets: Packet[]; expired: Packet[]; why: string[] };

/** Everything that comes of fragments one after another, a millisecond apart. */
function take(fragments: readonly Packet[], from = reassembly.START, now = 0): Out {
  const out: Out = { state: from, packets: [], expired: [], why: [] };
  for (const [index, packet] of fragments.entries()) {
    const at = now + index * 1_000_000;
    const next = reassembly.step(out.state, { kind: 'fragment', packet, broadcast: false }, at);
    out.state = next.state;
    for (const effect of next.effects) {
      if (effect.kind === 'deliver') out.packets.push(effect.packet);
      else out.expired.push(effect.first);
    }
    for (const note of next.notes) if (note.kind === 'ignored') out.why.push(note.why);
  }
  return out;
}

/** As it looks behind a wire. */
const overTheWire = (packet: Packet): Packet => {
  const parsed = parse(emit(packet));
  if (!parsed.ok) throw new Error(parsed.why);
  return parsed.value;
};

test('any packet, over any link, in any order, some of it twice, is what it was', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20_000 }),
      fc.integer({ min: 68, max: 1500 }),
      fc.integer({ min: 68, max: 1500 }),
      fc.infiniteStream(fc.nat()),
      (length, mtu, smaller, stream) => {
        const packet = packetOf(pattern(length));
        const parts = fragment(packet, mtu).flatMap((part) => fragment(part, smaller));
        for (const part of parts) expect(emit(part).length).toBeLessThanOrEqual(smaller);
        const drawn = parts.map((part) => ({ part, key: stream.next().value as number }));
        const order = drawn.toSorted((a, b) => a.key - b.key).map(({ part }) => overTheWire(part));
        if (parts.length === 1) {
          expect(parts).toEqual([packet]);
          return;
        }
        const twice = order.flatMap((part, at) => (at % 3 === 0 ? [part, part] : [part]));
        // The last one completes it; what comes after begins another.
        const { packets, state, why } = take(twice.slice(0, -1).concat(order.slice(-1)));
        expect(packets).toHaveLength(1);
        expect(packets[0]?.payload).toEqual(packet.payload);
        expect(packets[0]).toMatchObject({ moreFragments: false, fragmentOffset: 0 });
        expect(why.every((each) => each === 'a fragment that is here already')).toBe(true);
        expect(state.heldOctets).toBeLessThanOrEqual(smaller + 256);
      },
    ),
  );
});

describe('fragments', () => {
  test('of 4,000 octets on Ethernet: 1,480, 1,480 and what is left', () => {
    const parts = fragment(packetOf(pattern(4000)), 1500);
    expect(
      parts.map((part) => [part.fragmentOffset, part.payload.length, part.moreFragments]),
    ).toEqual([
      [0, 1480, true],
      [1480, 1480, true],
      [2960, 1040, false],
    ]);
  });

  test('carry on the options that say so, the first one all (RFC 791 §3.1)', () => {
    // No operation, loose source route (copied), record route (not copied).
    const options = Uint8Array.of(1, 131, 7, 4, 10, 0, 0, 9, 7, 7, 4, 0, 0, 0, 0, 0);
    const parts = fragment(packetOf(pattern(200), { options }), 100);
    expect([...(parts[0]?.options ?? [])]).toEqual([...options]);
    expect([...(parts[1]?.options ?? [])]).toEqual([131, 7, 4, 10, 0, 0, 9, 0]);
  });
});

const part = (from: number, length: number, moreFragments: boolean, identification = 7): Packet =>
  packetOf(pattern(length), { fragmentOffset: from, moreFragments, identification });

describe('what cannot be', () => {
  test.each<[string, readonly Packet[], string]>([
    ['an odd length', [part(0, 13, true)], 'no multiple of 8 octets long'],
    ['no octets', [part(8, 0, false)], 'without octets'],
    ['the ping of death', [part(65_528, 100, false)], 'beyond the longest packet'],
    ['an overlap', [part(0, 16, true), part(8, 16, false)], 'overlap'],
    ['two ends', [part(16, 8, false), part(32, 8, false)], 'end in different places'],
    [
      'an end before what is here',
      [part(32, 8, true), part(8, 8, false)],
      'end in different places',
    ],
  ])('%s', (_, parts, why) => {
    const { packets, state, why: said } = take(parts);
    expect(packets).toEqual([]);
    expect(said.at(-1)).toContain(why);
    expect(state).toEqual(reassembly.START);
  });

  test('fragments take no more than 4 MiB together', () => {
    const many = Array.from({ length: 20_000 }, (_, id) =>
      part(0, id % 2 === 0 ? 1480 : 8, true, id),
    );
    const { state, why } = take(many);
    expect(state.heldOctets).toBeLessThanOrEqual(4 * 1024 * 1024);
    expect(new Set(why)).toEqual(new Set(['fragments take too much memory']));
  });
});

describe('what never comes', () => {
  test('is given up after 30 s, and its sender told when the first fragment was here', () => {
    const { state } = take([part(0, 8, true)], reassembly.START, 5 * SECOND);
    expect(state.wakeAt).toBe(35 * SECOND);
    const early = reassembly.step(state, { kind: 'wake' }, 35 * SECOND - 1);
    expect(early.effects).toEqual([]);
    const { effects, state: after } = reassembly.step(state, { kind: 'wake' }, 35 * SECOND);
    expect(effects).toMatchObject([{ kind: 'expired', first: { fragmentOffset: 0 } }]);
    expect(after).toEqual({ partials: null, heldOctets: 0, wakeAt: NEVER });
  });

  test('what went to everybody is told to be so, whichever fragment said it', () => {
    const first = { kind: 'fragment', packet: part(0, 8, true), broadcast: true } as const;
    const second = { ...first, packet: part(16, 8, false), broadcast: false };
    const one = reassembly.step(reassembly.START, first, 0).state;
    const two = reassembly.step(one, second, SECOND).state;
    const { effects } = reassembly.step(two, { kind: 'wake' }, 30 * SECOND);
    expect(effects).toMatchObject([{ kind: 'expired', broadcast: true }]);
    const last = { ...second, packet: part(8, 8, true) };
    expect(reassembly.step(two, last, SECOND).effects).toMatchObject([{ broadcast: true }]);
  });

  test('of several each has its own time', () => {
    const { state } = take([part(0, 8, true, 1), part(0, 8, true, 2)]);
    const { state: later, effects } = reassembly.step(state, { kind: 'wake' }, 30 * SECOND);
    expect(effects).toHaveLength(1);
    expect(later.wakeAt).toBe(30 * SECOND + 1_000_000);
    const done = reassembly.step(later, { kind: 'wake' }, later.wakeAt);
    expect(done.state).toEqual(reassembly.START);
  });

  test('without its first fragment nobody is told (RFC 1122 §3.3.2)', () => {
    const { state } = take([part(8, 8, false)]);
    const { effects, notes } = reassembly.step(state, { kind: 'wake' }, 30 * SECOND);
    expect(effects).toEqual([]);
    expect(notes).toEqual([{ kind: 'gaveUp', heldOctets: 8 }]);
  });
});

test('datagrams that cross each other do not mix', () => {
  const [one, other] = [3, 4].map((identification) =>
    fragment(packetOf(pattern(2000 + identification), { identification }), 1500),
  ) as [Packet[], Packet[]];
  const { packets } = take([one[0]!, other[0]!, other[1]!, one[1]!]);
  expect(packets.map(({ payload }) => payload.length)).toEqual([2004, 2003]);
});

test('each note has its sentence', () => {
  const notes: reassembly.Note[] = [
    { kind: 'ignored', why: 'x' },
    { kind: 'kept', heldOctets: 8, total: null },
    { kind: 'reassembled', fragments: 2, lengthOctets: 16 },
    { kind: 'gaveUp', heldOctets: 8 },
  ];
  for (const note of notes) expect(reassembly.sentence(note)).toMatch(/^[A-Z].*\.$/);
});
