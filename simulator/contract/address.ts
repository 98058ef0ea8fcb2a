/**
 * Addresses. A MAC address is a number below 2^48, an IPv4 address one below 2^32: both compare
 * with `===` and cost nothing to copy.
 */

export type Mac = number;
export type Ipv4 = number;

export const BROADCAST_MAC: Mac = 0xffff_ffff_ffff;

/** `02:00:00:00:00:0a` */
export function formatMac(mac: Mac): string {
  return mac
    .toString(16)
    .padStart(12, '0')
    .replace(/..(?!$)/g, '$&:');
}

/** Null when `text` is not six hexadecimal octets joined by colons. */
export function parseMac(text: string): Mac | null {
  if (!/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(text)) return null;
  return Number.parseInt(text.replaceAll(':', ''), 16);
}

/** `10.0.0.1` */
export function formatIpv4(address: Ipv4): string {
  const octet = (weight: number): number => Math.floor(address / weight) % 256;
  return [0x100_0000, 0x1_0000, 0x100, 1].map(octet).join('.');
}

/** Null when `text` is not four decimal octets joined by dots. */
export function parseIpv4(text: string): Ipv4 | null {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return null;
  const octets = text.split('.').map(Number);
  if (octets.some((octet) => octet > 255)) return null;
  return octets.reduce((sum, octet) => sum * 256 + octet, 0);
}

/** The network part of `address` under a prefix of `length` bits, as an address. */
export function network(address: Ipv4, length: number): Ipv4 {
  let size = 1;
  for (let bit = length; bit < 32; bit++) size *= 2;
  return address - (address % size);
}
