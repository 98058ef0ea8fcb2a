/**
 * What an IPv4 address is good for, as seen from one host (RFC 1122 §3.2.1.3, RFC 6890).
 */
import type { Ipv4 } from '../../contract/address';

/** How one interface is set up. */
export type Config = {
  readonly address: Ipv4;
  readonly prefixLength: number;
  /** Where packets for other networks go; null when there is nowhere. */
  readonly gateway: Ipv4 | null;
};

const LIMITED_BROADCAST: Ipv4 = 0xffff_ffff;

/** Addresses that share a prefix of so many bits; a table, for every packet asks. */
const SIZES: readonly number[] = Array.from({ length: 33 }, (_, prefixLength) =>
  new Array<number>(32 - prefixLength).fill(2).reduce((size, two) => size * two, 1),
);

const sizeOf = (config: Config): number => SIZES[config.prefixLength] as number;

export function isOnLink(config: Config, address: Ipv4): boolean {
  const size = sizeOf(config);
  return Math.floor(address / size) === Math.floor(config.address / size);
}

/** The limited one, or the network's own; a /31 or /32 has none of its own (RFC 3021 §2.1). */
export function isBroadcast(config: Config, address: Ipv4): boolean {
  if (address === LIMITED_BROADCAST) return true;
  const size = sizeOf(config);
  return size > 2 && address % size === size - 1 && isOnLink(config, address);
}

/** Why `address` cannot be that of one host out there; null when it can. */
export function notOneHost(config: Config, address: Ipv4): string | null {
  // 0.0.0.0/8: this host on this network, before it knows its address.
  if (address < 0x0100_0000) return 'an address of 0.0.0.0/8';
  if (address >= 0x7f00_0000 && address < 0x8000_0000) return 'a loopback address';
  if (isBroadcast(config, address)) return 'a broadcast address';
  if (address < 0xe000_0000) return null;
  return address < 0xf000_0000 ? 'a multicast address' : 'a reserved address';
}
