/** Sets of things that hold a word each, and what is in them at a moment. */
import { look } from '../world/view';
import type { World } from '../world/parts';
import type { Cells } from './format';

/** By name: `a0`, or `0x80001000`. */
export type Contents = ReadonlyMap<string, number>;

export const nameOfWord = (address: number): string => `0x${address.toString(16).padStart(8, '0')}`;

/** Empty when the host has none of them. */
export function contentsOf(world: World, of: Cells): Contents {
  if (of.kind === 'registers') {
    const view = look(world, { view: 'processor', part: of.host });
    if (view?.kind !== 'rv32') return new Map();
    return new Map(view.registers.map(({ name, value }) => [name, value]));
  }
  const { host: part, from, count } = of;
  const view = look(world, { view: 'ram', part, from, lengthOctets: count * 4 });
  if (view === null) return new Map();
  const { octets } = view;
  const data = new DataView(octets.buffer, octets.byteOffset, octets.length);
  const words = Math.floor(octets.length / 4);
  return new Map(
    Array.from({ length: words }, (_, index) => [
      nameOfWord(view.from + index * 4),
      data.getUint32(index * 4, true),
    ]),
  );
}

/** Names of those that hold something else than before. */
export const changed = (before: Contents, after: Contents): string[] =>
  [...after].filter(([name, value]) => before.get(name) !== value).map(([name]) => name);
