/**
 * Translation look-aside buffers: one for fetches, one for loads and stores, each of 256 entries,
 * direct-mapped: a page number's low 8 bits name its entry, and a new translation takes the place
 * of the one before. A superpage takes an entry for each of its 4 KiB pages that is used. Stale
 * entries stay until SFENCE.VMA (RISC-V Privileged Architecture 1.12 §4.2.1), so this is state
 * that a program can observe.
 */
import type { Plain } from '../contract/plain';

export const TLB_ENTRIES = 256;

/** Flags of a page-table entry, §4.3.1 figure 4.17. */
export const PTE = {
  V: 0x01,
  R: 0x02,
  W: 0x04,
  X: 0x08,
  U: 0x10,
  G: 0x20,
  A: 0x40,
  D: 0x80,
} as const;

export type Tlb = {
  /** Virtual page number, or -1 in an empty entry. */
  readonly page: Int32Array;
  /** Address space in which it was translated. */
  readonly asid: Uint16Array;
  /** The leaf: physical number of the 4 KiB page in bits 31 to 10, flags below. */
  readonly leaf: Uint32Array;
  /** Entries that were filled since all were empty; 0 while there is nothing to copy. */
  used: number;
};

export function createTlb(): Tlb {
  return {
    page: new Int32Array(TLB_ENTRIES).fill(-1),
    asid: new Uint16Array(TLB_ENTRIES),
    leaf: new Uint32Array(TLB_ENTRIES),
    used: 0,
  };
}

export function restoreTlb(into: Tlb, from: Tlb): void {
  if (into.used === 0 && from.used === 0) return;
  into.page.set(from.page);
  into.asid.set(from.asid);
  into.leaf.set(from.leaf);
  into.used = from.used;
}

/** The leaf for `page` in address space `asid`; 0, which is not valid, when there is none. */
export function lookUp(tlb: Tlb, page: number, asid: number): number {
  const entry = page & (TLB_ENTRIES - 1);
  if (tlb.page[entry] !== page) return 0;
  const leaf = tlb.leaf[entry] as number;
  return (leaf & PTE.G) !== 0 || tlb.asid[entry] === asid ? leaf : 0;
}

export function fill(tlb: Tlb, page: number, asid: number, leaf: number): void {
  const entry = page & (TLB_ENTRIES - 1);
  tlb.page[entry] = page;
  tlb.asid[entry] = asid;
  tlb.leaf[entry] = leaf;
  tlb.used += 1;
}

/**
 * SFENCE.VMA: forgets what was translated for `page` (null: for any) in address space `asid`
 * (null: in any, and global translations, too).
 */
export function flush(tlb: Tlb, page: number | null, asid: number | null): void {
  if (tlb.used === 0) return;
  for (let entry = 0; entry < TLB_ENTRIES; entry++) {
    if (page !== null && tlb.page[entry] !== page) continue;
    const global = ((tlb.leaf[entry] as number) & PTE.G) !== 0;
    if (asid !== null && (global || tlb.asid[entry] !== asid)) continue;
    // An empty entry is all zeros beside its mark: what it held can be seen by nobody.
    tlb.page[entry] = -1;
    tlb.asid[entry] = 0;
    tlb.leaf[entry] = 0;
  }
  if (page === null && asid === null) tlb.used = 0;
}

/** The entries that hold something: entry, page, address space, leaf. */
export function canonicalTlb(tlb: Tlb): Plain {
  const entries: number[][] = [];
  if (tlb.used === 0) return entries;
  for (let entry = 0; entry < TLB_ENTRIES; entry++) {
    const page = tlb.page[entry] as number;
    if (page >= 0)
      entries.push([entry, page, tlb.asid[entry] as number, tlb.leaf[entry] as number]);
  }
  return entries;
}
