/** A stretch of code, taken apart into its instructions. */
import type { Segment } from './image';
import { octetsOf } from './rv32/decode';

export type Located = {
  readonly address: number;
  /** The 16 or 32 bits of the instruction. */
  readonly word: number;
};

/** One after another from the first octet on; what is cut off at the end is read as 16 bits. */
export function instructionsOf({
  octets,
  address,
}: Pick<Segment, 'octets' | 'address'>): Located[] {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  const found: Located[] = [];
  for (let at = 0; at + 2 <= octets.length;) {
    const half = view.getUint16(at, true);
    const isWhole = octetsOf(half) === 4 && at + 4 <= octets.length;
    found.push({ address: address + at, word: isWhole ? view.getUint32(at, true) : half });
    at += isWhole ? 4 : 2;
  }
  return found;
}
