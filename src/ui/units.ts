/** Numbers as people read them: virtual time, octets, hexadecimal. The same in every locale. */

const UNITS = [
  { name: 's', ns: 1_000_000_000 },
  { name: 'ms', ns: 1_000_000 },
  { name: 'µs', ns: 1_000 },
] as const;

/** `12.345 µs`: exact, in the largest unit that makes it 1 or more; before the start, `start`. */
export function time(ns: number): string {
  if (ns < 0) return 'start';
  const unit = UNITS.find((each) => ns >= each.ns);
  if (unit === undefined) return `${ns} ns`;
  const digits = String(unit.ns).length - 1;
  const rest = String(ns % unit.ns)
    .padStart(digits, '0')
    .slice(0, 6);
  return `${Math.floor(ns / unit.ns)}.${rest.slice(0, 3)} ${unit.name}`;
}

/** `50 µs`: as short as it is exact, for an axis. */
export function shortTime(ns: number): string {
  const unit = UNITS.find((each) => ns >= each.ns) ?? { name: 'ns', ns: 1 };
  return `${ns / unit.ns} ${unit.name}`;
}

export const hex = (value: number, digits: number): string =>
  value.toString(16).padStart(digits, '0');

/** `0x80000000` */
export const address = (value: number): string => `0x${hex(value, 8)}`;

const MEBI = 1024 * 1024;

export function octets(count: number): string {
  return count === 1 ? '1 octet' : `${count} octets`;
}

/** `1 MiB`, `64 KiB`, `12 octets`. */
export function size(count: number): string {
  if (count >= MEBI && count % MEBI === 0) return `${count / MEBI} MiB`;
  if (count >= 1024 && count % 1024 === 0) return `${count / 1024} KiB`;
  return octets(count);
}

/** `100 Mbit/s` */
export function rate(bitsPerSecond: number): string {
  if (bitsPerSecond >= 1e9) return `${bitsPerSecond / 1e9} Gbit/s`;
  return bitsPerSecond >= 1e6 ? `${bitsPerSecond / 1e6} Mbit/s` : `${bitsPerSecond} bit/s`;
}

/** `20 m`, `12 km` */
export const length = (metres: number): string =>
  metres >= 1000 && metres % 100 === 0 ? `${metres / 1000} km` : `${metres} m`;

/** A printable ASCII character, or a middle dot. */
export const character = (octet: number): string =>
  octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '·';
