import { describe, expect, test } from 'vitest';
import { formatIpv4, parseIpv4 } from '../../../simulator/contract/address';
import * as ip from '../../../simulator/protocols/ip';
import * as ipv4 from '../../../simulator/wire/ipv4';

const address = (text: string): number => parseIpv4(text) ?? 0;
const US: ip.Config = {
  address: address('10.0.0.1'),
  prefixLength: 24,
  gateway: address('10.0.0.254'),
};

const packet: ipv4.Packet = {
  ...ip.header({ ...US, address: address('10.0.0.2') }, US.address, 17, 7),
  payload: Uint8Array.of(1, 2, 3),
};

describe('receive', () => {
  test.each([
    { what: 'to us', change: {}, found: { kind: 'deliver', broadcast: false } },
    {
      what: 'to everybody here',
      change: { destination: address('10.0.0.255') },
      found: { kind: 'deliver', broadcast: true },
    },
    {
      what: 'to everybody',
      change: { destination: address('255.255.255.255') },
      found: { kind: 'deliver', broadcast: true },
    },
    {
      what: 'to another',
      change: { destination: address('10.0.0.3') },
      found: { kind: 'ignored', why: 'the destination is another host' },
    },
    {
      what: 'first fragment',
      change: { moreFragments: true },
      found: { kind: 'deliver', broadcast: false },
    },
    {
      what: 'last fragment',
      change: { fragmentOffset: 8 },
      found: { kind: 'deliver', broadcast: false },
    },
    {
      what: 'from everybody',
      change: { source: address('10.0.0.255') },
      found: { kind: 'ignored', why: 'the source is a broadcast address' },
    },
    {
      what: 'from a group',
      change: { source: address('224.0.0.1') },
      found: { kind: 'ignored', why: 'the source is a multicast address' },
    },
    {
      what: 'from nowhere',
      change: { source: 0 },
      found: { kind: 'ignored', why: 'the source is an address of 0.0.0.0/8' },
    },
    {
      what: 'from loopback',
      change: { source: address('127.0.0.1') },
      found: { kind: 'ignored', why: 'the source is a loopback address' },
    },
    {
      what: 'from class E',
      change: { source: address('240.0.0.1') },
      found: { kind: 'ignored', why: 'the source is a reserved address' },
    },
  ])('$what', ({ change, found }) => {
    const octets = ipv4.emit({ ...packet, ...change });
    expect(ip.receive(US, octets)).toMatchObject(found);
  });

  test('padding is cut off', () => {
    const padded = new Uint8Array(60);
    padded.set(ipv4.emit(packet), 14);
    expect(ip.receive(US, padded, 14)).toEqual({ kind: 'deliver', packet, broadcast: false });
  });

  test('what is not a packet says why', () => {
    const octets = ipv4.emit(packet);
    octets[8] = 1;
    expect(ip.receive(US, octets)).toEqual({ kind: 'ignored', why: 'wrong header checksum' });
  });
});

describe('route', () => {
  test.each([
    { to: '10.0.0.2', prefixLength: 24, via: '10.0.0.2' },
    { to: '10.0.0.255', prefixLength: 24, via: '10.0.0.255' },
    { to: '255.255.255.255', prefixLength: 24, via: '255.255.255.255' },
    { to: '10.0.1.2', prefixLength: 24, via: '10.0.0.254' },
    { to: '10.0.1.2', prefixLength: 8, via: '10.0.1.2' },
    { to: '10.0.0.3', prefixLength: 31, via: '10.0.0.254' },
    { to: '10.0.0.0', prefixLength: 31, via: '10.0.0.0' },
    { to: '10.0.0.2', prefixLength: 32, via: '10.0.0.254' },
    { to: '200.1.2.3', prefixLength: 0, via: '200.1.2.3' },
  ])('$to on a /$prefixLength goes by $via', ({ to, prefixLength, via }) => {
    const hop = ip.route({ ...US, prefixLength }, address(to));
    expect(hop === null ? null : formatIpv4(hop)).toBe(via);
  });

  test('without a gateway there is no way out', () => {
    expect(ip.route({ ...US, gateway: null }, address('8.8.8.8'))).toBeNull();
  });
});

test('broadcast addresses of small networks', () => {
  const on = (prefixLength: number): ip.Config => ({ ...US, prefixLength });
  expect(ip.isBroadcast(on(30), address('10.0.0.3'))).toBe(true);
  expect(ip.isBroadcast(on(31), address('10.0.0.1'))).toBe(false);
  expect(ip.isBroadcast(on(8), address('10.255.255.255'))).toBe(true);
  expect(ip.isOnLink(on(8), address('10.9.9.9'))).toBe(true);
});

test('identifications go round', () => {
  expect(ip.nextIdentification(1)).toBe(2);
  expect(ip.nextIdentification(0xffff)).toBe(0);
  expect(packet).toMatchObject({ ttl: ip.DEFAULT_TTL, identification: 7, dontFragment: true });
});
