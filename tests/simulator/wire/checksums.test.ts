import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as ethernet from '../../../simulator/wire/ethernet';
import * as icmp from '../../../simulator/wire/icmp';
import { pseudoSum } from '../../../simulator/wire/pseudo';
import * as tcp from '../../../simulator/wire/tcp';
import * as udp from '../../../simulator/wire/udp';

/** RFC 1071 §1 word by word with BigInt: add with end-around carry at every step, complement. */
function slowChecksum(octets: readonly number[]): number {
  let sum = 0n;
  for (let i = 0; i < octets.length; i += 2) {
    sum += BigInt(octets[i] ?? 0) * 256n + BigInt(octets[i + 1] ?? 0);
    if (sum > 0xffffn) sum -= 0xffffn;
  }
  return Number(0xffffn - sum);
}

/** CRC-32 as long division, bit by bit, the highest power first (IEEE 802.3 §3.2.9). */
function slowFcs(octets: Uint8Array): number[] {
  const bits = [...octets].flatMap((octet) =>
    Array.from(octet.toString(2).padStart(8, '0')).reverse(),
  );
  let rest = 0xffffffffn;
  for (const bit of bits) {
    const out = (rest >> 31n) ^ BigInt(bit);
    rest = (rest << 1n) & 0xffffffffn;
    if (out === 1n) rest ^= 0x04c11db7n;
  }
  // The highest power leaves first, and the first bit of an octet is its lowest.
  const sent = Array.from((rest ^ 0xffffffffn).toString(2).padStart(32, '0'));
  return [0, 8, 16, 24].map((at) =>
    Number.parseInt(
      sent
        .slice(at, at + 8)
        .reverse()
        .join(''),
      2,
    ),
  );
}

const big = (value: number, octets: number): number[] =>
  [
    ...value
      .toString(16)
      .padStart(octets * 2, '0')
      .matchAll(/../g),
  ].map(([pair]) => Number.parseInt(pair, 16));

const address = fc.integer({ min: 0, max: 0xffff_ffff });
const payload = fc.uint8Array({ maxLength: 99 });
const without = (octets: Uint8Array, at: number): number[] =>
  [...octets].map((octet, i) => (i === at || i === at + 1 ? 0 : octet));
const pseudo = (source: number, destination: number, protocol: number, length: number): number[] =>
  [big(source, 4), big(destination, 4), [0, protocol], big(length, 2)].flat();

test('TCP', () => {
  fc.assert(
    fc.property(address, address, payload, (source, destination, data) => {
      const octets = tcp.emit(
        {
          sourcePort: 1,
          destinationPort: 2,
          sequence: source,
          acknowledgment: destination,
          flags: tcp.flags('ack', 'cwr'),
          window: 65535,
          urgent: 0,
          mss: 1460,
          payload: data,
        },
        source,
        destination,
      );
      const covered = [...pseudo(source, destination, 6, octets.length), ...without(octets, 16)];
      expect([...octets.subarray(16, 18)]).toEqual(big(slowChecksum(covered), 2));
    }),
  );
});

test('UDP', () => {
  fc.assert(
    fc.property(address, address, payload, (source, destination, data) => {
      const datagram = { sourcePort: 1, destinationPort: 2, payload: data };
      const octets = udp.emit(datagram, source, destination);
      const covered = [...pseudo(source, destination, 17, octets.length), ...without(octets, 6)];
      expect([...octets.subarray(6, 8)]).toEqual(big(slowChecksum(covered) || 0xffff, 2));
    }),
  );
});

test('ICMP', () => {
  fc.assert(
    fc.property(payload, (data) => {
      const octets = icmp.emit({ kind: 'echo', identifier: 1, sequence: 2, payload: data }, 34);
      const message = octets.subarray(34);
      const expected = big(slowChecksum(without(message, 2)), 2);
      expect([...message.subarray(2, 4)]).toEqual(expected);
    }),
  );
});

test('FCS', () => {
  fc.assert(
    fc.property(payload, (data) => {
      const sealed = ethernet.seal(data);
      const end = sealed.length - ethernet.FCS_OCTETS;
      expect([...sealed.subarray(end)]).toEqual(slowFcs(sealed.subarray(0, end)));
    }),
  );
});

test('the pseudo-header of addresses with the highest bit set', () => {
  expect(pseudoSum(0xffff_ffff, 0x8000_0001, 6, 20)).toBe(0xffff * 2 + 0x8000 + 1 + 26);
});
