/**
 * Physical memory protection: 16 entries of RV32 (RISC-V Privileged Architecture 1.12 §3.7), so
 * that a user program cannot touch the kernel's memory. The grain is 4 octets (G = 0). Misaligned
 * accesses are checked octet by octet, so no access ever straddles an entry.
 */

/** Bits of a configuration octet, §3.7.1 figure 3.34. */
export const PMP_READ = 0x01;
export const PMP_WRITE = 0x02;
export const PMP_EXECUTE = 0x04;
/** Address matching, bits 3 and 4: off, top of range, 4 octets, power of two. */
export const PMP_TOR = 0x08;
export const PMP_NA4 = 0x10;
export const PMP_NAPOT = 0x18;
export const PMP_LOCKED = 0x80;

const ENTRIES = 16;
const MATCHING = 0x18;
/** Bits 5 and 6 are reserved and read as zero. */
const KEPT = 0x9f;
const MACHINE = 3;

export type Pmp = {
  readonly config: Uint8Array;
  /** Bits 33 to 2 of the address. */
  readonly address: Uint32Array;
  /** Derived from the registers: octets from `low` to before `high`; none when off. */
  readonly low: Float64Array;
  readonly high: Float64Array;
};

/** Octets `low` to before `high`: within it the same entry decides. */
export type Region = { readonly low: number; readonly high: number; readonly allowed: boolean };

export function createPmp(): Pmp {
  return {
    config: new Uint8Array(ENTRIES),
    address: new Uint32Array(ENTRIES),
    low: new Float64Array(ENTRIES),
    high: new Float64Array(ENTRIES),
  };
}

export function restorePmp(into: Pmp, from: Pmp): void {
  into.config.set(from.config);
  into.address.set(from.address);
  into.low.set(from.low);
  into.high.set(from.high);
}

function derive(pmp: Pmp, entry: number): void {
  const address = pmp.address[entry] as number;
  let low = 0;
  let high = 0;
  switch ((pmp.config[entry] as number) & MATCHING) {
    case PMP_TOR: // §3.7.1: entry 0 reaches from zero; from the entry before otherwise.
      low = entry === 0 ? 0 : (pmp.address[entry - 1] as number) * 4;
      high = address * 4;
      break;
    case PMP_NA4:
      low = address * 4;
      high = low + 4;
      break;
    case PMP_NAPOT: {
      // Trailing ones tell the size, table 3.11: yyy0 is 8 octets, yy01 16, all ones 2^35.
      const words = address === 0xffff_ffff ? 0x2_0000_0000 : ((address ^ (address + 1)) >>> 0) + 1;
      low = Math.floor(address / words) * words * 4;
      high = low + words * 4;
      break;
    }
  }
  pmp.low[entry] = low;
  pmp.high[entry] = high;
}

const locked = (pmp: Pmp, entry: number): boolean =>
  entry < ENTRIES && ((pmp.config[entry] as number) & PMP_LOCKED) !== 0;

/** pmpcfg0 to pmpcfg3 by index. */
export function readConfig(pmp: Pmp, index: number): number {
  const octet = (k: number): number => pmp.config[index * 4 + k] as number;
  return (octet(0) | (octet(1) << 8) | (octet(2) << 16) | (octet(3) << 24)) >>> 0;
}

export function writeConfig(pmp: Pmp, index: number, value: number): void {
  for (let k = 0; k < 4; k++) {
    const entry = index * 4 + k;
    // §3.7.1: writes to a locked entry are ignored until reset.
    if (locked(pmp, entry)) continue;
    const octet = (value >>> (8 * k)) & KEPT;
    // R=0 W=1 is reserved; as a WARL field it keeps what it allows without writing.
    pmp.config[entry] = (octet & PMP_READ) === 0 ? octet & ~PMP_WRITE : octet;
    derive(pmp, entry);
  }
}

export function readAddress(pmp: Pmp, entry: number): number {
  return pmp.address[entry] ?? 0;
}

export function writeAddress(pmp: Pmp, entry: number, value: number): void {
  if (entry >= ENTRIES || locked(pmp, entry)) return;
  // §3.7.1: a locked top-of-range entry also locks the address that it begins at.
  const next = entry + 1;
  if (locked(pmp, next) && ((pmp.config[next] as number) & MATCHING) === PMP_TOR) return;
  pmp.address[entry] = value;
  derive(pmp, entry);
  if (next < ENTRIES) derive(pmp, next);
}

/** What entry `entry` says; -1 when none matched (§3.7.1: only machine mode may then). */
function permits(pmp: Pmp, entry: number, need: number, mode: number): boolean {
  if (entry < 0) return mode === MACHINE;
  const config = pmp.config[entry] as number;
  if (mode === MACHINE && (config & PMP_LOCKED) === 0) return true;
  return (config & need) === need;
}

/** May `mode` reach the octet at `address`? `need` is PMP_READ, PMP_WRITE or PMP_EXECUTE. */
export function allows(pmp: Pmp, address: number, need: number, mode: number): boolean {
  for (let entry = 0; entry < ENTRIES; entry++) {
    const inside = address >= (pmp.low[entry] as number) && address < (pmp.high[entry] as number);
    if (inside) return permits(pmp, entry, need, mode);
  }
  return permits(pmp, -1, need, mode);
}

/** The widest region about `address` that one rule decides. */
export function regionOf(pmp: Pmp, address: number, need: number, mode: number): Region {
  let low = 0;
  let high = 0x1_0000_0000;
  // Entries that are not locked do not bind machine mode, wherever they end.
  if (mode === MACHINE && !pmp.config.some((octet) => octet >= PMP_LOCKED)) {
    return { low, high, allowed: true };
  }
  for (let entry = 0; entry < ENTRIES; entry++) {
    const from = pmp.low[entry] as number;
    const to = pmp.high[entry] as number;
    if (to <= from) continue;
    if (address >= from && address < to) {
      const allowed = permits(pmp, entry, need, mode);
      return { low: Math.max(low, from), high: Math.min(high, to), allowed };
    }
    // An earlier entry beside the address bounds what a later one decides.
    if (to <= address) low = Math.max(low, to);
    else high = Math.min(high, from);
  }
  return { low, high, allowed: permits(pmp, -1, need, mode) };
}
