/**
 * What an IPv4 address is good for, as seen from one host (RFC 1122 §3.2.1.3, RFC 6890).
 */
import { network, type Ipv4 } from '../../contract/address';

/** How one interface is set up. */
export type Config = {
  readonly address: Ipv4;
  readonly prefixLength: number;
  /** Where packets for other networks go; null when there is nowhere. */
  readonly gateway: Ipv4 | null;
};

export const LIMITED_BROADCAST: Ipv4 = 0xffff_ffff;

/** The network's own broadcast address; a /31 or /32 has none (RFC 3021 §2.1). */
export function directedBroadcast(config: Config): Ipv4 | null {
  if (config.prefixLength > 30) return null;
  let size = 1;
  for (let bit = config.prefixLength; bit < 32; bit++) size *= 2;
  return network(config.address, config.prefixLength) + size - 1;
}

export function isBroadcast(config: Config, address: Ipv4): boolean {
  return address === LIMITED_BROADCAST || address === directedBroadcast(config);
}

/** 224.0.0.0/4 */
export const isMulticast = (address: Ipv4): boolean => network(address, 4) === 0xe000_0000;

/** 127.0.0.0/8 */
const isLoopback = (address: Ipv4): boolean => network(address, 8) === 0x7f00_0000;

/** 240.0.0.0/4 without the limited broadcast address. */
const isReserved = (address: Ipv4): boolean => network(address, 4) === 0xf000_0000;

/** 0.0.0.0/8: this host on this network, before it knows its address. */
const isThisHost = (address: Ipv4): boolean => network(address, 8) === 0;

/** Why `address` cannot be that of one host out there; null when it can. */
export function notOneHost(config: Config, address: Ipv4): string | null {
  if (isThisHost(address)) return 'an address of 0.0.0.0/8';
  if (isLoopback(address)) return 'a loopback address';
  if (isMulticast(address)) return 'a multicast address';
  if (isBroadcast(config, address)) return 'a broadcast address';
  if (isReserved(address)) return 'a reserved address';
  return null;
}

export function isOnLink(config: Config, address: Ipv4): boolean {
  return network(address, config.prefixLength) === network(config.address, config.prefixLength);
}
