/**
 * Windows: the pages that the processor, as it is, may fetch from, load from or store to without
 * asking page tables, PMP or the bus again. They mirror the TLBs, which have as many entries, and
 * are forgotten when the processor's epoch changes.
 */
import { NO_ANSWER, type BusPort } from '../../contract/bus';
import { RAM_PAGE_OCTETS, type RamView } from '../engine';
import { PMP_EXECUTE, PMP_READ, PMP_WRITE, regionOf } from '../pmp';
import type { Cpu } from '../state';
import { CODES } from './codes';
import { TLB_ENTRIES } from '../tlb';
import { translate, type Access } from '../translate';
import { dataMode } from '../trap';

/** Entries lie at multiples of 2: the page's virtual address, then what makes it an offset. */
export type Window = Int32Array;

/** No address with its low 12 bits cleared, nor with its lowest two kept, equals it. */
const EMPTY = 4;

export type Windows = {
  readonly ram: RamView;
  /** What page tables are read through. */
  readonly quiet: BusPort;
  readonly fetch: Window;
  readonly load: Window;
  readonly store: Window;
  /** The entries that may hold something. */
  readonly used: Uint16Array;
  count: number;
  epoch: number;
};

const empty = (): Window => new Int32Array(2 * TLB_ENTRIES).fill(EMPTY);

/**
 * A bus on which nothing happens: RAM is read, whatever else there is does not answer, and nothing
 * is written. What fails here the control unit does, and marks then what is to be marked, maybe in
 * the very instruction that it has fetched already.
 */
function quietBus({ octets, base }: RamView): BusPort {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  return {
    read: (address, width) => {
      const offset = address - base;
      if (width !== 4 || offset < 0 || offset + 4 > octets.length) return NO_ANSWER;
      return view.getUint32(offset, true);
    },
    write: () => false,
  };
}

export function createWindows(ram: RamView): Windows {
  return {
    ram,
    quiet: quietBus(ram),
    fetch: empty(),
    load: empty(),
    store: empty(),
    used: new Uint16Array(4 * TLB_ENTRIES),
    count: 0,
    epoch: -1,
  };
}

function forget(windows: Windows): void {
  const { fetch, load, store, used } = windows;
  for (let index = 0; index < windows.count; index++) {
    const at = used[index] as number;
    fetch[at] = EMPTY;
    load[at] = EMPTY;
    store[at] = EMPTY;
  }
  windows.count = 0;
}

/** Forgets what no longer holds. */
export function renew(windows: Windows, cpu: Cpu): void {
  if (windows.epoch === cpu.epoch) return;
  forget(windows);
  windows.epoch = cpu.epoch;
}

const NEED = { fetch: PMP_EXECUTE, load: PMP_READ, store: PMP_WRITE } as const;

/** May all of the page be reached, as far as PMP goes? */
function isOpen(cpu: Cpu, page: number, access: Access): boolean {
  const mode = access === 'fetch' ? cpu.mode : dataMode(cpu);
  const { low, high, allowed } = regionOf(cpu.pmp, page, NEED[access], mode);
  return allowed && low <= page && high >= page + RAM_PAGE_OCTETS;
}

/**
 * Opens the window for the page of `address`, and answers how many entries of page tables it
 * reached for that. Below 0 when the access faults, reaches no RAM, has a page to mark, or PMP parts
 * the page: then nothing but a successful translation has happened, and {@link owedFor} tells what
 * it took.
 */
export function cover(windows: Windows, access: Access, cpu: Cpu, address: number): number {
  const { epoch } = cpu;
  const { ram } = windows;
  const mode = access === 'fetch' ? cpu.mode : dataMode(cpu);
  const at = ((address >>> 12) & (TLB_ENTRIES - 1)) * 2;
  const physical = translate(cpu, windows.quiet, address >>> 0, access, mode);
  const { walked } = cpu;
  cpu.walked = 0;
  if (physical < 0) return -1;
  if (cpu.epoch !== epoch) {
    // A new entry of a TLB: what the old one let through is gone. Fetches have their own.
    if (access === 'fetch') windows.fetch[at] = EMPTY;
    else {
      windows.load[at] = EMPTY;
      windows.store[at] = EMPTY;
    }
    windows.epoch = cpu.epoch;
  }
  const page = physical - (physical % RAM_PAGE_OCTETS);
  const offset = page - ram.base;
  if (offset < 0 || offset >= ram.octets.length || !isOpen(cpu, page, access)) return -1 - walked;
  if (windows.count === windows.used.length) forget(windows);
  windows.used[windows.count++] = at;
  const virtual = address & -RAM_PAGE_OCTETS;
  const window = windows[access];
  window[at] = virtual;
  // A fetch counts pages, loads and stores add to the address.
  window[at + 1] = access === 'fetch' ? offset / RAM_PAGE_OCTETS : offset - virtual;
  return walked;
}

/** What is still to be paid of an answer of {@link cover} by whoever carries the access out. */
export const owedFor = (answer: number): number => (answer < 0 ? -1 - answer : answer);

const FIRST_STORE = CODES.indexOf('sb');
/** Octets that a load or a store of this code moves. */
const WIDTHS = CODES.map((name) => {
  const letter = /^[ls]([bhw])/.exec(name)?.[1];
  return letter === 'w' ? 4 : letter === 'h' ? 2 : 1;
});

/** {@link cover} for a load or a store by its code; a misaligned one is the control unit's. */
export function open(windows: Windows, cpu: Cpu, code: number, address: number): number {
  if ((address & ((WIDTHS[code] as number) - 1)) !== 0) return -1;
  return cover(windows, code < FIRST_STORE ? 'load' : 'store', cpu, address);
}
