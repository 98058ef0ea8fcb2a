import { expect, test } from 'vitest';
import {
  formatIpv4,
  formatMac,
  network,
  parseIpv4,
  parseMac,
} from '../../../simulator/contract/address';

test.each([
  ['00:00:00:00:00:00', 0],
  ['02:00:00:00:00:0a', 0x0200_0000_000a],
  ['ff:ff:ff:ff:ff:ff', 0xffff_ffff_ffff],
])('MAC %s', (text, mac) => {
  expect(parseMac(text)).toBe(mac);
  expect(formatMac(mac)).toBe(text);
});

test.each([
  ['0.0.0.0', 0],
  ['10.0.0.1', 0x0a00_0001],
  ['255.255.255.255', 0xffff_ffff],
])('IPv4 %s', (text, address) => {
  expect(parseIpv4(text)).toBe(address);
  expect(formatIpv4(address)).toBe(text);
});

test.each(['', '1.2.3', '1.2.3.256', '1.2.3.4.5', 'a.b.c.d', '1..2.3'])(
  '"%s" is no IPv4',
  (text) => {
    expect(parseIpv4(text)).toBeNull();
  },
);

test.each(['', '02:00:00:00:00', '02:00:00:00:00:0g', '0200.0000.000a'])(
  '"%s" is no MAC',
  (text) => {
    expect(parseMac(text)).toBeNull();
  },
);

test.each([
  ['10.1.2.3', 24, '10.1.2.0'],
  ['10.1.2.3', 0, '0.0.0.0'],
  ['10.1.2.3', 32, '10.1.2.3'],
  ['192.168.255.129', 25, '192.168.255.128'],
])('the network of %s/%i is %s', (address, length, expected) => {
  expect(formatIpv4(network(parseIpv4(address) ?? -1, length))).toBe(expected);
});
