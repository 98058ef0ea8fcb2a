import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as arp from '../../../simulator/wire/arp';
import * as ethernet from '../../../simulator/wire/ethernet';
import * as http1 from '../../../simulator/wire/http1';
import * as icmp from '../../../simulator/wire/icmp';
import * as ipv4 from '../../../simulator/wire/ipv4';
import type { Parsed } from '../../../simulator/wire/parsed';
import * as tcp from '../../../simulator/wire/tcp';
import * as udp from '../../../simulator/wire/udp';
import { CAPTURED, fromHex } from './captured';
import { accepted } from './layers';

const u8 = fc.integer({ min: 0, max: 0xff });
const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const mac = fc.integer({ min: 0, max: 0xffff_ffff_ffff });
const octets = fc.uint8Array({ maxLength: 80 });

const frame: fc.Arbitrary<ethernet.Frame> = fc.record({
  destination: mac,
  source: mac,
  type: u16.filter((type) => type !== ethernet.TYPE.vlan),
  tag: fc.option(u16),
  payload: octets,
});
const arpMessage: fc.Arbitrary<arp.Message> = fc.record({
  operation: fc.constantFrom('request', 'reply'),
  senderMac: mac,
  senderAddress: u32,
  targetMac: mac,
  targetAddress: u32,
});
const packet: fc.Arbitrary<ipv4.Packet> = fc.record({
  source: u32,
  destination: u32,
  protocol: u8,
  ttl: u8,
  service: u8,
  identification: u16,
  dontFragment: fc.boolean(),
  moreFragments: fc.boolean(),
  fragmentOffset: fc.integer({ min: 0, max: 8191 }).map((units) => units * 8),
  options: fc
    .uint8Array({ minLength: 0, maxLength: 40 })
    .map((some) => some.slice(0, some.length - (some.length % 4))),
  payload: octets,
});
const icmpMessage: fc.Arbitrary<icmp.Message> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('echo' as const, 'echoReply' as const),
    identifier: u16,
    sequence: u16,
    payload: octets,
  }),
  fc.record({
    kind: fc.constant('unreachable' as const),
    code: fc.constant(icmp.UNREACHABLE.fragmentationNeeded),
    mtuOctets: u16,
    payload: octets,
  }),
  fc.record({
    kind: fc.constant('unreachable' as const),
    code: fc.integer({ min: 0, max: 3 }),
    mtuOctets: fc.constant(0),
    payload: octets,
  }),
  fc.record({ kind: fc.constant('timeExceeded' as const), code: u8, payload: octets }),
  fc.record({
    kind: fc.constant('other' as const),
    type: u8.filter((type) => ![0, 3, 8, 11].includes(type)),
    code: u8,
    rest: u32,
    payload: octets,
  }),
);
const datagram: fc.Arbitrary<udp.Datagram> = fc.record({
  sourcePort: u16,
  destinationPort: u16,
  payload: octets,
});
const segment: fc.Arbitrary<tcp.Segment> = fc.record({
  sourcePort: u16,
  destinationPort: u16,
  sequence: u32,
  acknowledgment: u32,
  flags: fc.subarray([...tcp.FLAG_NAMES]).map((names) => tcp.flags(...names)),
  window: u16,
  urgent: u16,
  mss: fc.option(u16),
  payload: octets,
});

const A = 0xc0a8_0101;
const B = 0xc0a8_0102;

type Codec<T> = {
  readonly name: string;
  readonly values: fc.Arbitrary<T>;
  readonly emit: (value: T) => Uint8Array;
  readonly parse: (octets: Uint8Array, from: number, to: number) => Parsed<T>;
};

/** Hides the type of the values, so that codecs of different types fit into one list. */
function codec<T>({ name, values, emit, parse }: Codec<T>): Codec<unknown> {
  return { name, values, emit: (value) => emit(value as T), parse };
}

const CODECS: readonly Codec<unknown>[] = [
  codec({ name: 'ethernet', values: frame, emit: ethernet.emit, parse: ethernet.parse }),
  codec({ name: 'arp', values: arpMessage, emit: (v) => arp.emit(v), parse: arp.parse }),
  codec({ name: 'ipv4', values: packet, emit: (v) => ipv4.emit(v), parse: ipv4.parse }),
  codec({ name: 'icmp', values: icmpMessage, emit: (v) => icmp.emit(v), parse: icmp.parse }),
  codec({
    name: 'udp',
    values: datagram,
    emit: (v) => udp.emit(v, A, B),
    parse: (o, from, to) => udp.parse(o, from, to, A, B),
  }),
  codec({
    name: 'tcp',
    values: segment,
    emit: (v) => tcp.emit(v, A, B),
    parse: (o, from, to) => tcp.parse(o, from, to, A, B),
  }),
];

/** Captured payloads with octets changed, and pure noise. */
const rubbish = fc.oneof(
  octets,
  fc
    .tuple(
      fc.constantFrom(...CAPTURED.map(({ hex }) => fromHex(hex))),
      fc.constantFrom(0, 14, 34, 54),
      fc.array(fc.tuple(fc.nat({ max: 120 }), u8), { maxLength: 4 }),
      fc.nat({ max: 120 }),
    )
    .map(([whole, from, changes, keep]) => {
      const copy = whole.slice(from);
      for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
      return copy.slice(0, keep);
    }),
);

/** The same octets between others that must not matter. */
function embedded(inner: Uint8Array, around: number): Uint8Array {
  const outer = new Uint8Array(inner.length + 32).fill(around);
  outer.set(inner, 16);
  return outer;
}

describe.each(CODECS)('$name', ({ values, emit, parse }) => {
  test('parse gives what was emitted, whatever lies around it', () => {
    fc.assert(
      fc.property(values, u8, (value, around) => {
        const emitted = emit(value);
        expect(accepted(parse(emitted, 0, emitted.length))).toEqual(value);
        const outer = embedded(emitted, around);
        expect(accepted(parse(outer, 16, 16 + emitted.length))).toEqual(value);
      }),
    );
  });

  test('every beginning of a message is refused or a shorter message', () => {
    fc.assert(
      fc.property(values, (value) => {
        const emitted = emit(value);
        for (let length = 0; length < emitted.length; length++) {
          const cut = parse(emitted, 0, length);
          if (!cut.ok) expect(cut.at).toBeLessThanOrEqual(emitted.length);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('anything is answered, and nothing outside is looked at', () => {
    fc.assert(
      fc.property(rubbish, (inner) => {
        const [zeros, ones] = [embedded(inner, 0), embedded(inner, 255)];
        const found = parse(zeros, 16, 16 + inner.length);
        expect(parse(ones, 16, 16 + inner.length)).toEqual(found);
        if (found.ok) return;
        expect(found.at).toBeGreaterThanOrEqual(16);
        expect(found.at).toBeLessThanOrEqual(16 + inner.length);
        expect(found.why).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});

test('http1: anything is answered', () => {
  const pieces = fc.constantFrom('GET', ' ', '/', 'HTTP/1.1', '\r\n', '\n', ':', 'a', '200', '\0');
  const text = fc.array(pieces, { maxLength: 20 }).map((list) => list.join(''));
  fc.assert(
    fc.property(text, (start) => {
      const noise = Uint8Array.from(`${start}\r\n\r\n`, (c) => c.charCodeAt(0));
      const found = http1.parse(noise);
      if (!found.ok) expect(found.at).toBeLessThanOrEqual(noise.length);
    }),
  );
});
