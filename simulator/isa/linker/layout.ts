/** Where each section of a program lies: pieces of one name follow each other, as `ld` has it. */
import { hexAddress, type Flags } from '../image';
import type { Piece } from './piece';

export type Bases = { readonly [section: string]: number };

/** Bare-metal programs start here, where RAM begins on most RISC-V boards. */
export const TEXT_BASE = 0x8000_0000;

/** What all sections of a program may take together. */
const LIMIT_OCTETS = 0x400_0000;

const ADDRESS_SPACE = 0x1_0000_0000;

/** A section of the program. */
export type Output = {
  readonly name: string;
  readonly flags: Flags;
  readonly isZero: boolean;
  readonly address: number;
  /** The pieces have their parts of it. */
  readonly octets: Uint8Array;
};

export type Problem = { readonly message: string; readonly remedy: string };

export type Layout = { readonly outputs: readonly Output[]; readonly problems: readonly Problem[] };

const isAddress = (value: number): boolean =>
  Number.isInteger(value) && value >= 0 && value < ADDRESS_SPACE;

type Group = { readonly name: string; readonly pieces: Piece[] };

/** Code, then constants, then data, then zeros; sections of one kind in the order of the sources. */
function rank({ flags, isZero }: Piece): number {
  if (flags.execute) return 0;
  if (!flags.write) return 1;
  return isZero ? 3 : 2;
}

function groupsOf(pieces: readonly Piece[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const piece of pieces) {
    const known = groups.get(piece.name);
    if (known === undefined) groups.set(piece.name, { name: piece.name, pieces: [piece] });
    else known.pieces.push(piece);
  }
  const rankOf = ({ pieces: own }: Group): number => Math.min(...own.map(rank));
  return [...groups.values()].sort((a, b) => rankOf(a) - rankOf(b));
}

const roundUp = (value: number, to: number): number => Math.ceil(value / to) * to;

/** Gives each piece its offset in the section, and answers how long that is. */
function stack(pieces: readonly Piece[]): readonly [offsets: readonly number[], size: number] {
  let size = 0;
  const offsets = pieces.map(({ alignOctets, sizeOctets }) => {
    const offset = roundUp(size, alignOctets);
    size = offset + sizeOctets;
    return offset;
  });
  return [offsets, size];
}

function put({ name, pieces }: Group, wanted: number): Output {
  const align = Math.max(...pieces.map(({ alignOctets }) => alignOctets));
  const address = roundUp(wanted, align);
  const [offsets, size] = stack(pieces);
  const octets = new Uint8Array(size);
  for (const [index, piece] of pieces.entries()) {
    const offset = offsets[index] as number;
    piece.address = address + offset;
    piece.octets = octets.subarray(offset, offset + piece.sizeOctets);
  }
  const some = (has: (flags: Flags) => boolean): boolean => pieces.some(({ flags }) => has(flags));
  const flags = {
    read: true,
    write: some(({ write }) => write),
    execute: some(({ execute }) => execute),
  };
  return { name, flags, isZero: pieces.every(({ isZero }) => isZero), address, octets };
}

function checkPlaces(outputs: readonly Output[]): readonly Problem[] {
  const problems: Problem[] = [];
  const filled = outputs.filter(({ octets }) => octets.length > 0);
  const sorted = filled.sort((a, b) => a.address - b.address);
  for (const [index, { name, address, octets }] of sorted.entries()) {
    const end = address + octets.length;
    const next = sorted[index + 1];
    if (end > ADDRESS_SPACE) {
      const message = `The section ${name} ends after the last address, 0xffffffff.`;
      problems.push({ message, remedy: 'Give it a lower base.' });
    } else if (next !== undefined && next.address < end) {
      const place = hexAddress(next.address);
      const message = `The sections ${name} and ${next.name} overlap at ${place}.`;
      const remedy = `Give ${next.name} a base of at least ${hexAddress(end)}.`;
      problems.push({ message, remedy });
    }
  }
  return problems;
}

/**
 * Gives each piece its address and its octets: what `bases` says of its section, or the next free
 * multiple of `gapOctets`.
 */
export function layOut(pieces: readonly Piece[], bases: Bases, gapOctets: number): Layout {
  const total = pieces.reduce((sum, { sizeOctets }) => sum + sizeOctets, 0);
  if (total > LIMIT_OCTETS) {
    const message = `The program takes ${total} octets; 64 MiB are the most.`;
    return { outputs: [], problems: [{ message, remedy: 'Make it smaller.' }] };
  }
  const outputs: Output[] = [];
  const problems: Problem[] = [];
  let next = TEXT_BASE;
  for (const group of groupsOf(pieces.filter(({ isLoaded }) => isLoaded))) {
    const base = bases[group.name];
    const wanted = base === undefined ? roundUp(next, gapOctets) : base;
    if (!isAddress(wanted)) {
      const message = `The base of ${group.name} is no address.`;
      problems.push({ message, remedy: 'Give 0 to 0xffffffff.' });
    }
    const output = put(group, isAddress(wanted) ? wanted : TEXT_BASE);
    outputs.push(output);
    const { address, octets } = output;
    if (octets.length > 0 || base !== undefined) next = address + octets.length;
  }
  for (const piece of pieces) {
    if (!piece.isLoaded) piece.octets = new Uint8Array(piece.sizeOctets);
  }
  return { outputs, problems: problems.length > 0 ? problems : checkPlaces(outputs) };
}
