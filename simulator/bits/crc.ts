/**
 * CRC-32 of IEEE 802.3 §3.2.9 (polynomial 0x04C11DB7, reflected, all ones before and after): the
 * frame check sequence of Ethernet. Slicing-by-16 (Kounavis and Berry, A Systematic Approach to
 * Building High Performance Software-Based CRC Generators, 2005, with twice its
 * tables): sixteen octets a turn.
 */

const TABLES = new Uint32Array(16 * 256);
for (let octet = 0; octet < 256; octet++) {
  let rest = octet;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  TABLES[octet] = rest;
}
for (let index = 256; index < TABLES.length; index++) {
  const before = TABLES[index - 256] ?? 0;
  TABLES[index] = (before >>> 8) ^ (TABLES[before & 255] ?? 0);
}

const at = (index: number): number => TABLES[index] as number;
const byte = (octets: Uint8Array, index: number): number => octets[index] as number;

/** The CRC, as an unsigned 32-bit number, of octets `from` to before `to`. */
export function crc32(octets: Uint8Array, from = 0, to = octets.length): number {
  let crc = -1;
  let i = from;
  for (; i + 16 <= to; i += 16) {
    crc ^= byte(octets, i) | (byte(octets, i + 1) << 8);
    crc ^= (byte(octets, i + 2) << 16) | (byte(octets, i + 3) << 24);
    crc =
      at(3840 + (crc & 255)) ^
      at(3584 + ((crc >>> 8) & 255)) ^
      at(3328 + ((crc >>> 16) & 255)) ^
      at(3072 + (crc >>> 24)) ^
      at(2816 + byte(octets, i + 4)) ^
      at(2560 + byte(octets, i + 5)) ^
      at(2304 + byte(octets, i + 6)) ^
      at(2048 + byte(octets, i + 7)) ^
      at(1792 + byte(octets, i + 8)) ^
      at(1536 + byte(octets, i + 9)) ^
      at(1280 + byte(octets, i + 10)) ^
      at(1024 + byte(octets, i + 11)) ^
      at(768 + byte(octets, i + 12)) ^
      at(512 + byte(octets, i + 13)) ^
      at(256 + byte(octets, i + 14)) ^
      at(byte(octets, i + 15));
  }
  for (; i < to; i++) crc = (crc >>> 8) ^ at((crc ^ byte(octets, i)) & 255);
  return ~crc >>> 0;
}
