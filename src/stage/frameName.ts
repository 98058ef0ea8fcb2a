/** What is in a frame, in a few letters: enough for a label on the map. */
const TYPES: Readonly<Record<number, string>> = { 0x0800: 'IPv4', 0x0806: 'ARP' };
const PROTOCOLS: Readonly<Record<number, string>> = { 1: 'ICMP', 6: 'TCP', 17: 'UDP' };

export function frameName(octets: Uint8Array): string {
  const type = (octets[12] ?? 0) * 256 + (octets[13] ?? 0);
  if (type === 0x0800) return PROTOCOLS[octets[23] ?? 0] ?? 'IPv4';
  return TYPES[type] ?? 'frame';
}
