/** What is in a frame, in a few letters for a label on the map; and in a sentence. */
import type { ShownFlight } from './scene';

const TYPES: Readonly<Record<number, string>> = { 0x0800: 'IPv4', 0x0806: 'ARP' };
const PROTOCOLS: Readonly<Record<number, string>> = { 1: 'ICMP', 6: 'TCP', 17: 'UDP' };

export function frameName(octets: Uint8Array): string {
  const type = (octets[12] ?? 0) * 256 + (octets[13] ?? 0);
  if (type === 0x0800) return PROTOCOLS[octets[23] ?? 0] ?? 'IPv4';
  return TYPES[type] ?? 'frame';
}

/** A frame on a cable in words: `titleOf` names the computers at its ends. */
export const frameSentence = (
  { number, octets, from, to, share, lost, faults }: ShownFlight,
  titleOf: (host: string) => string,
): string =>
  [
    `Frame ${number}, ${frameName(octets)}, from ${titleOf(from)} to ${titleOf(to)}`,
    lost === null ? `${Math.round(share * 100)} % of the way` : `lost: ${lost}`,
    ...faults,
  ].join(', ');
