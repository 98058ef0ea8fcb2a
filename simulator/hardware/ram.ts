/**
 * RAM: one flat buffer that its owner mutates in place, with copy-on-write snapshots by page. A
 * page is clean while it equals its snapshot; whoever stores must `touch` the page first, so a
 * snapshot costs one copy for each page written since the one before.
 */
import type { Width } from '../contract/bus';
import { assert } from '../contract/outcome';
import type { RamPort } from '../contract/ram';
import { PAGE_OCTETS, RAM_BASE } from '../contract/map';
import { octetsFor } from '../bits/slab';
import { hash128, type Hash128 } from '../bits/murmur';

/** A page as it was; shared by every snapshot in which it is the same, never changed. */
export type Page = { readonly octets: Uint8Array; hash: Hash128 | null };

/** The pages of one moment, lowest address first. */
export type Snapshot = readonly Page[];

export type Ram = {
  readonly base: number;
  readonly octets: Uint8Array;
  readonly view: DataView;
  /**
   * CLEAN where the page equals its snapshot; the other bits are its reader's, see the processor.
   * LASTING stays through stores, the others go.
   */
  readonly clean: Uint8Array;
  readonly dirty: number[];
  pages: Page[];
};

const ZERO: Page = { octets: new Uint8Array(PAGE_OCTETS), hash: null };

/** All zeros; `lengthOctets` is a whole number of pages. */
export function create(lengthOctets: number): Ram {
  assert(lengthOctets > 0 && lengthOctets % PAGE_OCTETS === 0, 'RAM is a whole number of pages');
  const octets = new Uint8Array(lengthOctets);
  const count = lengthOctets / PAGE_OCTETS;
  return {
    base: RAM_BASE,
    octets,
    view: new DataView(octets.buffer),
    clean: new Uint8Array(count).fill(CLEAN),
    dirty: [],
    pages: new Array<Page>(count).fill(ZERO),
  };
}

const CLEAN = 1;
const LASTING = 4;

const isClean = (ram: Ram, page: number): boolean => ((ram.clean[page] as number) & CLEAN) !== 0;

/** Before a store into page `page`: its flags go, those of its reader, too, but for LASTING. */
export function touch(ram: Ram, page: number): void {
  if (ram.clean[page] === 0) return;
  if (isClean(ram, page)) ram.dirty.push(page);
  ram.clean[page] = (ram.clean[page] as number) & LASTING;
}

function touchRange(ram: Ram, offset: number, lengthOctets: number): void {
  const last = (offset + lengthOctets - 1) >>> 12;
  for (let page = offset >>> 12; page <= last; page++) touch(ram, page);
}

/** Bulk stores (DMA, loading a program); `address` and length must lie in RAM. */
export function store(ram: Ram, address: number, octets: Uint8Array): void {
  const offset = address - ram.base;
  assert(offset >= 0 && offset + octets.length <= ram.octets.length, 'store lies in RAM');
  if (octets.length === 0) return;
  touchRange(ram, offset, octets.length);
  ram.octets.set(octets, offset);
}

export function holds(ram: Ram, address: number, lengthOctets: number): boolean {
  const offset = address - ram.base;
  return offset >= 0 && lengthOctets >= 0 && offset + lengthOctets <= ram.octets.length;
}

/** The unsigned value of 1, 2 or 4 octets in RAM, little-endian, at any alignment. */
export function load(ram: Ram, address: number, width: Width): number {
  const offset = address - ram.base;
  if (width === 4) return ram.view.getUint32(offset, true);
  return width === 2 ? ram.view.getUint16(offset, true) : ram.view.getUint8(offset);
}

/** Stores `value` modulo 2^(8·width), little-endian, at any alignment in RAM. */
export function storeWord(ram: Ram, address: number, width: Width, value: number): void {
  const offset = address - ram.base;
  touchRange(ram, offset, width);
  if (width === 4) ram.view.setUint32(offset, value, true);
  else if (width === 2) ram.view.setUint16(offset, value, true);
  else ram.view.setUint8(offset, value);
}

/** Bit `bit` (0 is the lowest) of the octet at `address` in RAM is the other from now on. */
export function flip(
  ram: Ram,
  address: number,
  bit: number,
): { readonly was: number; readonly is: number } {
  const was = load(ram, address, 1);
  const is = was ^ (1 << bit);
  storeWord(ram, address, 1, is);
  return { was, is };
}

/** How many views {@link viewer} keeps: one for each buffer of both rings. */
const VIEWS = 64;

/**
 * Views of RAM to copy from at once. A view costs more than to copy a short frame, and a driver
 * comes back to the same buffers: each stretch of 2 KiB has a place for the last one.
 */
function viewer({ octets }: Ram): (offset: number, lengthOctets: number) => Uint8Array {
  const views = new Array<Uint8Array>(VIEWS).fill(octets.subarray(0, 0));
  return (offset, lengthOctets) => {
    const place = (offset >>> 11) % VIEWS;
    const kept = views[place] as Uint8Array;
    if (kept.byteOffset === offset && kept.length === lengthOctets) return kept;
    const view = new Uint8Array(octets.buffer, offset, lengthOctets);
    views[place] = view;
    return view;
  };
}

/** The port that a kernel or a device is handed. */
export function portOf(ram: Ram): RamPort {
  const view = viewer(ram);
  const offsetOf = (address: number, lengthOctets: number): number => {
    // The message is built only when it is needed: this is the driver's hot path.
    if (!holds(ram, address, lengthOctets)) assert(false, `0x${address.toString(16)} lies in RAM`);
    return address - ram.base;
  };
  return {
    holds: (address, lengthOctets) => holds(ram, address, lengthOctets),
    load: (address, lengthOctets) => {
      const offset = offsetOf(address, lengthOctets);
      const copy = octetsFor(lengthOctets);
      copy.set(view(offset, lengthOctets));
      return copy;
    },
    loadInto: (target, at, address, lengthOctets) => {
      const offset = offsetOf(address, lengthOctets);
      target.set(view(offset, lengthOctets), at);
    },
    load32: (address) => ram.view.getUint32(offsetOf(address, 4), true),
    store: (address, octets) => {
      store(ram, address, octets);
    },
    store32: (address, value) => {
      const offset = offsetOf(address, 4);
      touchRange(ram, offset, 4);
      ram.view.setUint32(offset, value, true);
    },
  };
}

/** Copies the pages written since the last snapshot. */
export function save(ram: Ram): Snapshot {
  if (ram.dirty.length === 0) return ram.pages;
  ram.pages = ram.pages.slice();
  for (const page of ram.dirty) {
    const from = page * PAGE_OCTETS;
    ram.pages[page] = { octets: ram.octets.slice(from, from + PAGE_OCTETS), hash: null };
    ram.clean[page] = (ram.clean[page] as number) | CLEAN;
  }
  ram.dirty.length = 0;
  return ram.pages;
}

/** Copies back only the pages that differ from `snapshot`. */
export function restore(ram: Ram, snapshot: Snapshot): void {
  for (let page = 0; page < snapshot.length; page++) {
    const wanted = snapshot[page] as Page;
    if (isClean(ram, page) && ram.pages[page] === wanted) continue;
    ram.octets.set(wanted.octets, page * PAGE_OCTETS);
    ram.clean[page] = ((ram.clean[page] as number) & LASTING) | CLEAN;
  }
  ram.pages = snapshot.slice();
  ram.dirty.length = 0;
}

/** One hash for each page; those of clean pages are kept with their snapshot. */
export function pageHashes(ram: Ram): Hash128[] {
  return ram.pages.map((page, index) => {
    if (!isClean(ram, index)) {
      const from = index * PAGE_OCTETS;
      return hash128(ram.octets.subarray(from, from + PAGE_OCTETS));
    }
    page.hash ??= hash128(page.octets);
    return page.hash;
  });
}
