/** Symbols that sources share: who defines each, and what is told of those defined twice. */
import type { Piece } from '../linker/piece';
import { errorAt, quote } from './errors';
import { createSection } from './sections';
import type { Assembly } from './state';
import { valueNow } from './symbols';

/** Definitions in other sources that wait for one another may be this many. */
const LONGEST_CHAIN = 50;

type Owners = ReadonlyMap<string, Assembly>;

/** The first definition that is not weak, else the first weak one. */
function ownersOf(assemblies: readonly Assembly[]): Owners {
  const owners = new Map<string, Assembly>();
  for (const assembly of assemblies) {
    for (const name of new Set([...assembly.globals, ...assembly.weak])) {
      const sym = assembly.symbols.get(name);
      const before = owners.get(name);
      if (sym === undefined || before === assembly) continue;
      const isWeak = assembly.weak.has(name);
      if (before === undefined || (before.weak.has(name) && !isWeak)) owners.set(name, assembly);
      else if (!isWeak && !before.weak.has(name)) {
        const message = `${quote(name)} is defined in ${before.name} already.`;
        assembly.errors.push(errorAt(sym.span, message, 'Give one of the two another name.'));
      }
    }
  }
  return owners;
}

/** What `.comm` names and nobody defines: zeros in .bss, as long as the longest wants them. */
function placeCommons(assemblies: readonly Assembly[], owners: Owners): ReadonlyMap<string, Piece> {
  const places = new Map<string, Piece>();
  for (const { commons } of assemblies) {
    for (const [name, { lengthOctets, alignOctets }] of commons) {
      if (owners.has(name)) continue;
      const place = places.get(name) ?? createSection('.bss', null, true);
      place.sizeOctets = Math.max(place.sizeOctets, lengthOctets);
      place.alignOctets = Math.max(place.alignOctets, alignOctets);
      places.set(name, place);
    }
  }
  return places;
}

function ownNames(assemblies: readonly Assembly[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { name: source, symbols, globals } of assemblies) {
    for (const name of symbols.keys()) {
      if (!globals.has(name) && !names.has(name)) names.set(name, source);
    }
  }
  return names;
}

/** Lets the sources see each other's symbols; answers where the commons lie. */
export function connect(assemblies: readonly Assembly[]): ReadonlyMap<string, Piece> {
  const owners = ownersOf(assemblies);
  const commons = placeCommons(assemblies, owners);
  const own = assemblies.length > 1 ? ownNames(assemblies) : new Map<string, string>();
  let depth = 0;
  for (const assembly of assemblies) {
    assembly.outside = {
      value: (name) => {
        const common = commons.get(name);
        if (common !== undefined) return BigInt(common.address);
        const owner = owners.get(name);
        if (owner === undefined || owner === assembly || depth >= LONGEST_CHAIN) return null;
        depth += 1;
        const value = valueNow(owner, name);
        depth -= 1;
        return value;
      },
      names: () => [...owners.keys(), ...commons.keys()],
      owner: (name) => own.get(name) ?? null,
    };
  }
  return commons;
}
