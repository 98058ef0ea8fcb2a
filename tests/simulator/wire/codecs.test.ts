import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as arp from '../../../simulator/wire/arp';
import * as ethernet from '../../../simulator/wire/ethernet';
import * as icmp from '../../../simulator/wire/icmp';
import * as ipv4 from '../../../simulator/wire/ipv4';
import type { Parsed } from '../../../simulator/wire/parsed';
import * as tcp from '../../../simulator/wire/tcp';
import * as udp from '../../../simulator/wire/udp';
import { CAPTURED, captured, fromHex } from './captured';
import { accepted, rebuild } from './layers';

const A = 0x0a00_0001;
const B = 0x0a00_0002;
const hello = Uint8Array.from('hello', (c) => c.charCodeAt(0));

describe('what Linux sent', () => {
  test.each(CAPTURED)('$name: emit gives the captured octets again', ({ hex }) => {
    expect(rebuild(fromHex(hex))).toEqual(fromHex(hex));
  });

  test('as values', () => {
    const frame = accepted(ethernet.parse(captured('TCP SYN')));
    expect(frame).toMatchObject({ destination: 0x0200_0000_000b, source: 0x0200_0000_000a });
    const packet = accepted(ipv4.parse(frame.payload));
    expect(packet).toMatchObject({
      source: A,
      destination: B,
      protocol: 6,
      ttl: 64,
      service: 0,
      identification: 0x9fb0,
      dontFragment: true,
      moreFragments: false,
      fragmentOffset: 0,
    });
    expect(accepted(tcp.parse(packet.payload, 0, packet.payload.length, A, B))).toEqual({
      sourcePort: 49152,
      destinationPort: 80,
      sequence: 0xa225dba1,
      acknowledgment: 0,
      flags: tcp.flags('syn'),
      window: 64240,
      urgent: 0,
      mss: 1460,
      payload: new Uint8Array(0),
    });
  });

  test('the port unreachable quotes the packet', () => {
    const frame = accepted(ethernet.parse(captured('ICMP port unreachable')));
    const message = accepted(icmp.parse(accepted(ipv4.parse(frame.payload)).payload));
    expect(message).toMatchObject({ kind: 'unreachable', code: icmp.UNREACHABLE.port });
    expect(message.payload).toEqual(captured('UDP to a closed port').subarray(14));
  });
});

type Row = { readonly what: string; readonly parsed: Parsed<unknown>; readonly why: string };

/** `octets` with some of them replaced. */
function changed(octets: Uint8Array, changes: { readonly [at: number]: number }): Uint8Array {
  const copy = octets.slice();
  for (const [at, value] of Object.entries(changes)) copy[Number(at)] = value;
  return copy;
}

const ask = captured('ARP request').subarray(14);
const ping = captured('ICMP echo request').subarray(14);
const syn = captured('TCP SYN').subarray(34);
const datagram = captured('UDP to a closed port').subarray(34);
const parseTcp = (octets: Uint8Array): Parsed<unknown> => tcp.parse(octets, 0, octets.length, A, B);
const parseUdp = (octets: Uint8Array): Parsed<unknown> => udp.parse(octets, 0, octets.length, A, B);
/** A SYN whose options are these octets, its checksum right. */
function withOptions(...options: readonly number[]): Uint8Array {
  const payload = Uint8Array.from(options);
  const octets = tcp.emit(
    { ...(accepted(parseTcp(syn)) as tcp.Segment), mss: null, payload },
    A,
    B,
  );
  // Moving the data offset changes the sum by as much as the checksum must change back.
  const words = 5 + options.length / 4;
  const sum = ((octets[16] ?? 0) << 8) + (octets[17] ?? 0) - ((words - 5) << 12);
  const folded = sum < 0 ? sum + 0xffff : sum;
  return changed(octets, { 12: words << 4, 16: folded >> 8, 17: folded & 255 });
}

const REFUSED: readonly Row[] = [
  { what: 'no octets', parsed: ethernet.parse(hello), why: 'shorter than an Ethernet header' },
  {
    what: 'a tag without what follows',
    parsed: ethernet.parse(changed(captured('ARP request'), { 12: 0x81, 13: 0 }), 0, 16),
    why: 'shorter than a tagged Ethernet header',
  },
  { what: 'runt', parsed: ethernet.parseSealed(new Uint8Array(63)), why: 'shorter than 64 octets' },
  { what: 'FCS', parsed: ethernet.parseSealed(new Uint8Array(64)), why: 'wrong FCS' },
  { what: 'short ARP', parsed: arp.parse(ask, 0, 27), why: 'shorter than an ARP message' },
  {
    what: 'ARP for token ring',
    parsed: arp.parse(changed(ask, { 1: 6 })),
    why: 'hardware not Ethernet',
  },
  { what: 'ARP for IPX', parsed: arp.parse(changed(ask, { 2: 9 })), why: 'protocol not IPv4' },
  { what: 'ARP sizes', parsed: arp.parse(changed(ask, { 5: 6 })), why: 'wrong address lengths' },
  {
    what: 'RARP',
    parsed: arp.parse(changed(ask, { 7: 3 })),
    why: 'operation 3 is neither request nor reply',
  },
  { what: 'short', parsed: ipv4.parse(ping, 0, 19), why: 'shorter than an IPv4 header' },
  { what: 'IPv6', parsed: ipv4.parse(changed(ping, { 0: 0x65 })), why: 'version 6 is not 4' },
  { what: 'IHL 4', parsed: ipv4.parse(changed(ping, { 0: 0x44 })), why: 'header length below 5' },
  {
    what: 'total 19',
    parsed: ipv4.parse(changed(ping, { 3: 19 })),
    why: 'total length below the header length',
  },
  {
    what: 'total 40',
    parsed: ipv4.parse(changed(ping, { 3: 40 })),
    why: 'total length beyond the end',
  },
  {
    what: 'TTL changed',
    parsed: ipv4.parse(changed(ping, { 8: 63 })),
    why: 'wrong header checksum',
  },
  { what: 'short ICMP', parsed: icmp.parse(ping, 20, 27), why: 'shorter than an ICMP header' },
  {
    what: 'ICMP data changed',
    parsed: icmp.parse(changed(ping, { 30: 0 }), 20),
    why: 'wrong ICMP checksum',
  },
  { what: 'short TCP', parsed: parseTcp(syn.subarray(0, 19)), why: 'shorter than a TCP header' },
  { what: 'offset 4', parsed: parseTcp(changed(syn, { 12: 0x40 })), why: 'data offset below 5' },
  {
    what: 'offset 7',
    parsed: parseTcp(changed(syn, { 12: 0x70 })),
    why: 'data offset beyond the end',
  },
  { what: 'options cut', parsed: parseTcp(syn.subarray(0, 23)), why: 'data offset beyond the end' },
  { what: 'window changed', parsed: parseTcp(changed(syn, { 14: 0 })), why: 'wrong TCP checksum' },
  {
    what: 'addresses changed',
    parsed: tcp.parse(syn, 0, syn.length, A, B + 1),
    why: 'wrong TCP checksum',
  },
  {
    what: 'option of length 0',
    parsed: parseTcp(withOptions(2, 0, 1, 1)),
    why: 'an option with a length of 0',
  },
  {
    what: 'option of length 5 in 4',
    parsed: parseTcp(withOptions(5, 5, 1, 1)),
    why: 'an option beyond the header',
  },
  {
    what: 'MSS of 1 octet',
    parsed: parseTcp(withOptions(2, 3, 1, 1)),
    why: 'option 2 with a length of 3',
  },
  {
    what: 'option without length',
    parsed: parseTcp(withOptions(1, 1, 1, 5)),
    why: 'an option without a length',
  },
  {
    what: 'short UDP',
    parsed: parseUdp(datagram.subarray(0, 7)),
    why: 'shorter than a UDP header',
  },
  { what: 'length 7', parsed: parseUdp(changed(datagram, { 5: 7 })), why: 'length below 8' },
  {
    what: 'length 14',
    parsed: parseUdp(changed(datagram, { 5: 14 })),
    why: 'length beyond the end',
  },
  {
    what: 'port changed',
    parsed: parseUdp(changed(datagram, { 1: 0 })),
    why: 'wrong UDP checksum',
  },
];

test.each(REFUSED)('refused: $what', ({ parsed, why }) => {
  expect(parsed).toMatchObject({ ok: false, why });
});

describe('TCP options', () => {
  const NOP = 1;
  test.each([
    { what: 'unknown ones before', octets: [4, 2, 3, 3, 7, NOP, NOP, NOP, 2, 4, 2, 24], mss: 536 },
    { what: 'none after the end', octets: [0, NOP, 2, 4], mss: null },
    { what: 'padding only', octets: [NOP, NOP, NOP, NOP], mss: null },
    { what: 'the last of two', octets: [2, 4, 0, 1, 2, 4, 0, 2], mss: 2 },
  ])('$what', ({ octets, mss }) => {
    expect(accepted(parseTcp(withOptions(...octets)))).toMatchObject({ mss });
  });
});

describe('Ethernet on the cable', () => {
  test('short frames are padded to 64 octets with a right FCS', () => {
    const sealed = ethernet.seal(captured('ARP request'));
    expect(sealed.length).toBe(64);
    const frame = accepted(ethernet.parseSealed(sealed));
    expect(accepted(arp.parse(frame.payload))).toEqual(accepted(arp.parse(ask)));
  });

  // RFC 3720 appendix B.4 has no Ethernet; the check value of CRC-32 is that of "123456789".
  test('the FCS lies with its least significant octet first', () => {
    const octets = Uint8Array.from('123456789----', (c) => c.charCodeAt(0));
    ethernet.writeFcs(octets);
    expect([...octets.subarray(9)]).toEqual([0x26, 0x39, 0xf4, 0xcb]);
    expect(ethernet.readFcs(octets, 9)).toBe(0xcbf43926);
  });

  test('any flipped bit is seen', () => {
    const sealed = ethernet.seal(captured('TCP SYN'));
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const at = Math.floor(bit / 8);
      const bad = changed(sealed, { [at]: (sealed[at] ?? 0) ^ (1 << (bit % 8)) });
      expect(ethernet.parseSealed(bad).ok).toBe(false);
    }
  });

  test('a VLAN tag passes through', () => {
    const plain = accepted(ethernet.parse(captured('TCP SYN')));
    const octets = ethernet.emit({ ...plain, tag: 0x6005 });
    expect([...octets.subarray(12, 18)]).toEqual([0x81, 0, 0x60, 5, 8, 0]);
    expect(accepted(ethernet.parse(octets))).toEqual({ ...plain, tag: 0x6005 });
  });
});

test('UDP: no checksum is accepted, and a sum of zero is sent as all ones', () => {
  const bare = changed(datagram, { 6: 0, 7: 0 });
  expect(accepted(parseUdp(bare))).toEqual({
    sourcePort: 4000,
    destinationPort: 9,
    payload: hello,
  });
  // The payload is what the checksum would be without it, so that the sum becomes 0xffff.
  const empty = { sourcePort: 1, destinationPort: 2, payload: Uint8Array.of(0, 0) };
  const sum = udp.emit(empty, A, B).subarray(6, 8);
  const octets = udp.emit({ ...empty, payload: sum }, A, B);
  expect([...octets.subarray(6, 8)]).toEqual([0xff, 0xff]);
  expect(accepted(parseUdp(octets))).toEqual({ ...empty, payload: sum });
});

test('IPv4: options are kept apart from the payload, fragments keep their place', () => {
  const packet: ipv4.Packet = {
    source: A,
    destination: B,
    protocol: 17,
    ttl: 1,
    service: 0xb8,
    identification: 0xffff,
    dontFragment: false,
    moreFragments: true,
    fragmentOffset: 65_528,
    options: Uint8Array.of(7, 7, 4, 0, 0, 0, 0, 0),
    payload: hello,
  };
  const octets = ipv4.emit(packet);
  expect([...octets.subarray(0, 8)]).toEqual([0x47, 0xb8, 0, 33, 0xff, 0xff, 0x3f, 0xff]);
  expect(accepted(ipv4.parse(octets))).toEqual(packet);
});

// "IPv4 header checksum" in Wikipedia, worked through by hand there.
test('a published IPv4 header', () => {
  const header = fromHex('4500 0073 0000 4000 4011 b861 c0a8 0001 c0a8 00c7');
  const octets = new Uint8Array(0x73);
  octets.set(header);
  const packet = accepted(ipv4.parse(octets));
  expect(packet).toMatchObject({ ttl: 64, protocol: 17, source: 0xc0a8_0001, dontFragment: true });
  expect(ipv4.emit(packet)).toEqual(octets);
});

test('a whole frame is built in one buffer', () => {
  const request = captured('ICMP echo request');
  const frame = accepted(ethernet.parse(request));
  const packet = accepted(ipv4.parse(frame.payload));
  const octets = icmp.emit(accepted(icmp.parse(packet.payload)), 34);
  ipv4.writeHeader(octets, 14, packet);
  ethernet.writeHeader(octets, 0, frame);
  expect(octets).toEqual(request);
});

test('payloads are views', () => {
  const request = captured('ICMP echo request');
  const frame = accepted(ethernet.parse(request));
  const message = accepted(icmp.parse(accepted(ipv4.parse(frame.payload)).payload));
  expect(message.payload.buffer).toBe(request.buffer);
});

test('an echo with a code that nobody defined is kept as it is', () => {
  const message: icmp.Message = { kind: 'other', type: 8, code: 1, rest: 0x7_0001, payload: hello };
  expect(accepted(icmp.parse(icmp.emit(message)))).toEqual(message);
});

test('flags', () => {
  fc.assert(
    fc.property(fc.subarray([...tcp.FLAG_NAMES]), (names) => {
      const set = Object.entries(tcp.flags(...names)).filter(([, on]) => on);
      expect(set.map(([name]) => name)).toEqual(names);
    }),
  );
});
