/**
 * Windows into RAM: the stretch in which the processor, as it is, may fetch, load or store without
 * asking PMP or the bus again. They only mirror, and are forgotten at every return to the caller,
 * CSR instruction and trap. Offsets are in octets from the beginning of RAM.
 */
import { PMP_EXECUTE, PMP_READ, PMP_WRITE, regionOf } from '../pmp';
import type { RamView } from '../engine';
import type { Cpu } from '../state';
import { dataMode } from '../trap';

/** Empty while `size` is 0. */
export type Window = { low: number; size: number };

export type Windows = { readonly code: Window; readonly read: Window; readonly write: Window };

export function createWindows(): Windows {
  return { code: { low: 0, size: 0 }, read: { low: 0, size: 0 }, write: { low: 0, size: 0 } };
}

export function forget({ code, read, write }: Windows): void {
  code.size = 0;
  read.size = 0;
  write.size = 0;
}

const NEED = { code: PMP_EXECUTE, read: PMP_READ, write: PMP_WRITE } as const;

/** Moves the window over `offset`; false when it is outside RAM or not allowed. */
export function cover(
  windows: Windows,
  use: keyof Windows,
  cpu: Cpu,
  ram: RamView,
  offset: number,
): boolean {
  const at = offset >>> 0;
  if (at >= ram.octets.length) return false;
  const mode = use === 'code' ? cpu.mode : dataMode(cpu);
  const region = regionOf(cpu.pmp, ram.base + at, NEED[use], mode);
  if (!region.allowed) return false;
  const window = windows[use];
  window.low = Math.max(region.low - ram.base, 0);
  window.size = Math.min(region.high - ram.base, ram.octets.length) - window.low;
  return true;
}
