import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseIpv4 } from '../../../simulator/contract/address';
import * as icmp from '../../../simulator/protocols/icmp';
import * as ip from '../../../simulator/protocols/ip';
import * as wire from '../../../simulator/wire/icmp';
import * as ipv4 from '../../../simulator/wire/ipv4';
import * as udp from '../../../simulator/wire/udp';

const address = (text: string): number => parseIpv4(text) ?? 0;
const US: ip.Config = { address: address('10.0.0.1'), prefixLength: 24, gateway: null };
const PEER: ip.Config = { ...US, address: address('10.0.0.2') };
const data = Uint8Array.of(1, 2, 3);

/** As it came from the peer. */
function arrived(protocol: number, payload: Uint8Array): ipv4.Packet {
  return { ...ip.header(PEER, US.address, protocol, 1), payload };
}
const carrying = (message: wire.Message): ipv4.Packet =>
  arrived(ipv4.PROTOCOL.icmp, wire.emit(message));

const asked = icmp.request(7, 1, data);
const reply: wire.Echo = { ...asked, kind: 'echoReply' };

describe('receive', () => {
  test('an echo request is answered with the same data', () => {
    expect(icmp.receive(carrying(asked), false)).toEqual({ kind: 'answer', message: reply });
  });

  test('a reply and the errors go to whoever waits', () => {
    expect(icmp.receive(carrying(reply), false)).toEqual({ kind: 'reply', message: reply });
    const exceeded: wire.Message = { kind: 'timeExceeded', code: 0, payload: data };
    expect(icmp.receive(carrying(exceeded), false)).toEqual({ kind: 'error', message: exceeded });
  });

  test.each([
    {
      what: 'to everybody',
      packet: carrying(asked),
      broadcast: true,
      why: 'an echo request to everybody',
    },
    {
      what: 'unknown type',
      packet: carrying({ kind: 'other', type: 42, code: 0, rest: 0, payload: data }),
      broadcast: false,
      why: 'type 42 is not understood',
    },
    {
      what: 'cut short',
      packet: arrived(1, data),
      broadcast: false,
      why: 'shorter than an ICMP header',
    },
  ])('ignored: $what', ({ packet, broadcast, why }) => {
    expect(icmp.receive(packet, broadcast)).toEqual({ kind: 'ignored', why });
  });
});

test.each([
  { what: 'the reply', given: reply, found: true },
  { what: 'the request', given: asked, found: false },
  { what: 'another identifier', given: { ...reply, identifier: 8 }, found: false },
  { what: 'another sequence', given: { ...reply, sequence: 2 }, found: false },
  { what: 'other data', given: { ...reply, payload: Uint8Array.of(1, 2, 4) }, found: false },
  { what: 'less data', given: { ...reply, payload: Uint8Array.of(1, 2) }, found: false },
])('answers: $what', ({ given, found }) => {
  expect(icmp.answers(given, asked)).toBe(found);
});

describe('errors', () => {
  const datagram = arrived(
    ipv4.PROTOCOL.udp,
    udp.emit({ sourcePort: 4000, destinationPort: 9, payload: data }, PEER.address, US.address),
  );

  test.each([
    { cause: 'networkUnreachable', message: { kind: 'unreachable', code: 0, mtuOctets: 0 } },
    { cause: 'hostUnreachable', message: { kind: 'unreachable', code: 1 } },
    { cause: 'protocolUnreachable', message: { kind: 'unreachable', code: 2 } },
    { cause: 'portUnreachable', message: { kind: 'unreachable', code: 3 } },
    { cause: 'timeExceeded', message: { kind: 'timeExceeded', code: 0 } },
  ] as const)('$cause quotes the packet', ({ cause, message }) => {
    const answer = icmp.errorFor(US, datagram, cause, false);
    expect(answer).toMatchObject({ kind: 'send', destination: PEER.address, message });
    if (answer.kind !== 'send') return;
    expect(answer.message.payload).toEqual(ipv4.emit(datagram));
    expect(icmp.quoted(answer.message.payload)).toMatchObject({
      source: PEER.address,
      destination: US.address,
      protocol: 17,
      payload: datagram.payload,
    });
  });

  const error: wire.Message = { kind: 'timeExceeded', code: 0, payload: data };
  test.each([
    { why: 'an ICMP error', packet: carrying(error), broadcast: false },
    { why: 'an ICMP error', packet: arrived(1, new Uint8Array(0)), broadcast: false },
    { why: 'what was sent to everybody', packet: datagram, broadcast: true },
    {
      why: 'a fragment that is not the first',
      packet: { ...datagram, fragmentOffset: 8 },
      broadcast: false,
    },
    {
      why: 'what comes from an address of 0.0.0.0/8',
      packet: { ...datagram, source: 0 },
      broadcast: false,
    },
    {
      why: 'what comes from a broadcast address',
      packet: { ...datagram, source: address('10.0.0.255') },
      broadcast: false,
    },
  ])('none about $why', ({ packet, broadcast, why }) => {
    const answer = icmp.errorFor(US, packet, 'portUnreachable', broadcast);
    expect(answer).toEqual({ kind: 'ignored', why: `no error is sent about ${why}` });
  });

  test('one about an echo request', () => {
    expect(icmp.errorFor(US, carrying(asked), 'hostUnreachable', false).kind).toBe('send');
  });

  test('a long packet is quoted up to 576 octets in all', () => {
    const answer = icmp.errorFor(US, arrived(17, new Uint8Array(1400)), 'portUnreachable', false);
    if (answer.kind !== 'send') throw new Error(answer.why);
    const octets = ipv4.emit({
      ...ip.header(US, answer.destination, 1, 0),
      payload: wire.emit(answer.message),
    });
    expect(octets.length).toBe(576);
    expect(icmp.quoted(answer.message.payload)?.payload.length).toBe(576 - 28 - 20);
  });

  test('a quotation may be anything', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (noise) => {
        const found = icmp.quoted(noise);
        if (found !== null) expect(found.payload.length).toBeLessThanOrEqual(noise.length - 20);
      }),
    );
    const short = ipv4.emit(datagram).subarray(0, 28);
    expect(icmp.quoted(short)?.payload).toEqual(datagram.payload.subarray(0, 8));
    expect(icmp.quoted(short.subarray(0, 19))).toBeNull();
  });
});
