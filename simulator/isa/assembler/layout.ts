/** Between the passes: where each section lies. */
import { hexAddress } from '../image';
import { errorAt } from './errors';
import type { Assembly, Section } from './state';

export type Bases = { readonly [section: string]: number };

/** Bare-metal programs start here, where RAM begins on most RISC-V boards. */
export const TEXT_BASE = 0x8000_0000;

const ADDRESS_SPACE = 0x1_0000_0000;

/** Code, then constants, then data, then zeros; sections of one kind in the order of the source. */
function rank({ flags, isZero }: Section): number {
  if (flags.execute) return 0;
  if (!flags.write) return 1;
  return isZero ? 3 : 2;
}

const roundUp = (value: number, to: number): number => Math.ceil(value / to) * to;

export function loadedSections(assembly: Assembly): readonly Section[] {
  const loaded = [...assembly.sections.values()].filter(({ isLoaded }) => isLoaded);
  return loaded.sort((a, b) => rank(a) - rank(b));
}

/** What an option asks for has no line of its own. */
function say(assembly: Assembly, message: string, remedy: string): void {
  const span = { line: 1, column: 1, lengthColumns: 0 };
  assembly.errors.push(errorAt(span, message, remedy));
}

function checkPlaces(assembly: Assembly, sections: readonly Section[]): void {
  const filled = sections.filter(({ sizeOctets }) => sizeOctets > 0);
  const sorted = filled.sort((a, b) => a.address - b.address);
  for (const [index, section] of sorted.entries()) {
    const end = section.address + section.sizeOctets;
    const next = sorted[index + 1];
    if (end > ADDRESS_SPACE) {
      const message = `The section ${section.name} ends after the last address, 0xffffffff.`;
      say(assembly, message, 'Give it a lower base.');
    } else if (next !== undefined && next.address < end) {
      const place = hexAddress(next.address);
      const message = `The sections ${section.name} and ${next.name} overlap at ${place}.`;
      say(assembly, message, `Give ${next.name} a base of at least ${hexAddress(end)}.`);
    }
  }
}

/** Gives each section its address: what `bases` says, or the next free multiple of `gapOctets`. */
export function place(assembly: Assembly, bases: Bases, gapOctets: number): void {
  const sections = loadedSections(assembly);
  let next = TEXT_BASE;
  for (const section of sections) {
    const base = bases[section.name];
    const wanted = base === undefined ? roundUp(next, gapOctets) : base;
    const isPlaced = Number.isInteger(wanted) && wanted >= 0 && wanted < ADDRESS_SPACE;
    if (!isPlaced) {
      say(assembly, `The base of ${section.name} is no address.`, 'Give 0 to 0xffffffff.');
      continue;
    }
    section.address = roundUp(wanted, section.alignOctets);
    if (section.sizeOctets > 0 || base !== undefined) next = section.address + section.sizeOctets;
  }
  checkPlaces(assembly, sections);
  for (const section of assembly.sections.values()) {
    section.octets = new Uint8Array(section.sizeOctets);
  }
}
