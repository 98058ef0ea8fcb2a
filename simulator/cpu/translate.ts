/**
 * Virtual addresses to physical ones: Sv32 (RISC-V Privileged Architecture 1.12 §4.3). Accessed
 * and dirty bits are set by the processor itself, the second of the two schemes that §4.3.1 allows.
 * Page tables lie anywhere on the bus; reaching them is checked by PMP as an access of supervisor
 * mode (§3.7.2).
 */
import type { BusPort } from '../contract/bus';
import { allows, PMP_READ, PMP_WRITE } from './pmp';
import { MACHINE, SLOT, SUPERVISOR, USER, type Cpu, type Mode } from './state';
import { fill, lookUp, PTE } from './tlb';
import { EXCEPTION, MSTATUS_MXR, MSTATUS_SUM } from './status';

/** What an access wants; PMP has a bit for each. */
export type Access = 'fetch' | 'load' | 'store';

/** An answer below 0: the access faults with this cause (mcause, table 3.6). */
export const faultOf = (cause: number): number => -1 - cause;

const PAGE_FAULT: Readonly<Record<Access, number>> = {
  fetch: faultOf(EXCEPTION.fetchPage),
  load: faultOf(EXCEPTION.loadPage),
  store: faultOf(EXCEPTION.storePage),
};

export const ACCESS_FAULT: Readonly<Record<Access, number>> = {
  fetch: faultOf(EXCEPTION.fetchAccess),
  load: faultOf(EXCEPTION.loadAccess),
  store: faultOf(EXCEPTION.storeAccess),
};

/** satp, figure 4.13: MODE is bit 31, ASID 9 bits, PPN 22 bits. */
export const translates = (cpu: Cpu, mode: Mode): boolean =>
  mode !== MACHINE && (cpu.csr[SLOT.satp] as number) >= 0x8000_0000;

export const asidOf = (cpu: Cpu): number => ((cpu.csr[SLOT.satp] as number) >>> 22) & 0x1ff;

/** §4.3.1: may `mode` reach a page with these flags? */
function permits(leaf: number, access: Access, mode: Mode, status: number): boolean {
  const isUser = (leaf & PTE.U) !== 0;
  if (mode === USER && !isUser) return false;
  // A supervisor never executes from a user's page, and reads it only with SUM.
  if (mode === SUPERVISOR && isUser && (access === 'fetch' || (status & MSTATUS_SUM) === 0))
    return false;
  if (access === 'fetch') return (leaf & PTE.X) !== 0;
  if (access === 'store') return (leaf & PTE.W) !== 0;
  return (leaf & PTE.R) !== 0 || ((status & MSTATUS_MXR) !== 0 && (leaf & PTE.X) !== 0);
}

/** Has an access of this kind nothing left to mark in the leaf? */
const isMarked = (leaf: number, access: Access): boolean =>
  (leaf & PTE.A) !== 0 && (access !== 'store' || (leaf & PTE.D) !== 0);

/**
 * The physical address (below 2^34) of `address` for an access in `mode`, or a fault. The caller
 * asks PMP about it, and counts `cpu.walked` as time.
 */
export function translate(
  cpu: Cpu,
  bus: BusPort,
  address: number,
  access: Access,
  mode: Mode,
): number {
  if (!translates(cpu, mode)) return address;
  const page = address >>> 12;
  const status = cpu.csr[SLOT.mstatus] as number;
  const tlb = access === 'fetch' ? cpu.fetches : cpu.data;
  let leaf = lookUp(tlb, page, asidOf(cpu));
  // An entry that does not do is looked up again: a page table may have been opened further.
  if (!permits(leaf, access, mode, status) || !isMarked(leaf, access)) {
    const found = walk(cpu, bus, page, access, mode);
    if (found < 0) return found;
    leaf = found;
    fill(tlb, page, asidOf(cpu), leaf);
    cpu.epoch += 1;
  }
  return (leaf >>> 10) * 4096 + (address & 0xfff);
}

/** A leaf that lies above the last level maps 4 MiB: the page number's low bits go through. */
function leafOf(entry: number, level: number, page: number): number {
  return level === 0 ? entry : (entry | ((page & 0x3ff) << 10)) >>> 0;
}

/** §4.3.2, steps 2 to 8: the leaf for `page`, as one of a 4 KiB page, or a fault. */
function walk(cpu: Cpu, bus: BusPort, page: number, access: Access, mode: Mode): number {
  const status = cpu.csr[SLOT.mstatus] as number;
  let table = ((cpu.csr[SLOT.satp] as number) & 0x3f_ffff) * 4096;
  for (let level = 1; level >= 0; level--) {
    const at = table + ((page >>> (10 * level)) & 0x3ff) * 4;
    cpu.walked += 1;
    const entry = allows(cpu.pmp, at, PMP_READ, SUPERVISOR) ? bus.read(at, 4) : -1;
    if (entry < 0) return ACCESS_FAULT[access];
    const isReserved = (entry & (PTE.R | PTE.W)) === PTE.W;
    if ((entry & PTE.V) === 0 || isReserved) return PAGE_FAULT[access];
    if ((entry & (PTE.R | PTE.X)) !== 0) {
      const isMisaligned = level === 1 && ((entry >>> 10) & 0x3ff) !== 0;
      if (isMisaligned || !permits(entry, access, mode, status)) return PAGE_FAULT[access];
      const marked = mark(cpu, bus, at, entry, access);
      return marked < 0 ? marked : leafOf(marked, level, page);
    }
    // Of an entry that leads on, these flags are reserved.
    if ((entry & (PTE.U | PTE.A | PTE.D)) !== 0) return PAGE_FAULT[access];
    table = (entry >>> 10) * 4096;
  }
  return PAGE_FAULT[access];
}

/** Step 7: sets A, and D for a store, in memory. */
function mark(cpu: Cpu, bus: BusPort, at: number, entry: number, access: Access): number {
  if (isMarked(entry, access)) return entry;
  const marked = (entry | PTE.A | (access === 'store' ? PTE.D : 0)) >>> 0;
  cpu.walked += 1;
  const may = allows(cpu.pmp, at, PMP_WRITE, SUPERVISOR);
  return may && bus.write(at, 4, marked) ? marked : ACCESS_FAULT[access];
}
