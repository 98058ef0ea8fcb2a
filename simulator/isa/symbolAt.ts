/** Names for addresses: the label at or before an address, as `objdump` writes them. */
import { ABSOLUTE, type Image, type ImageSymbol } from './image';

export type SymbolLookup = (address: number) => string | null;

/** At one address the global name is the better one, then the one that sorts first. */
function order(a: ImageSymbol, b: ImageSymbol): number {
  if (a.address !== b.address) return a.address - b.address;
  if (a.global !== b.global) return a.global ? -1 : 1;
  return a.name < b.name ? -1 : 1;
}

/** Places of one segment, sorted, one name an address. */
function placesOf(image: Image): readonly ImageSymbol[] {
  const sorted = image.symbols.filter((symbol) => symbol.section !== ABSOLUTE).sort(order);
  return sorted.filter((symbol, index) => symbol.address !== sorted[index - 1]?.address);
}

/** The index of the last place at or before `address`, or -1. */
function lastAtOrBefore(places: readonly ImageSymbol[], address: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places[middle] as ImageSymbol).address <= address) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * A lookup that answers `name`, `name+0x1c`, or null when nothing in the address's own segment
 * comes before it.
 */
export function symbolLookup(image: Image): SymbolLookup {
  const places = placesOf(image);
  return (address) => {
    const segment = image.segments.find(
      (one) => address >= one.address && address < one.address + one.octets.length,
    );
    const place = places[lastAtOrBefore(places, address)];
    if (segment === undefined || place === undefined || place.address < segment.address) {
      return null;
    }
    const past = address - place.address;
    return past === 0 ? place.name : `${place.name}+0x${past.toString(16)}`;
  };
}
