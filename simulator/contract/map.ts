/**
 * The memory map of every computer: which addresses answer on the bus. RAM begins where QEMU's and
 * Spike's RISC-V machines have it, so that programs built for them run here.
 */

/** One page: what RAM is saved and compared in, and what the gate takes. */
export const PAGE_OCTETS = 4096;

/**
 * The gate: the trap vector of a computer whose kernel is modelled points here. A fetch from this
 * page runs the modelled kernel; nothing else may touch it.
 */
export const GATE_BASE = 0x0000_1000;

/** Core-local interruptor: msip +0, mtimecmp +0x4000, mtime +0xbff8 (SiFive CLINT layout). */
export const CLINT_BASE = 0x0200_0000;
export const CLINT_OCTETS = 0x1_0000;

/** Platform-level interrupt controller (RISC-V PLIC specification 1.0), one context. */
export const PLIC_BASE = 0x0c00_0000;
export const PLIC_OCTETS = 0x40_0000;

/** Console: transmit and receive data at +0, line status at +5 (16550 layout). */
export const CONSOLE_BASE = 0x1000_0000;
export const CONSOLE_OCTETS = 0x100;

/** Network interface: Intel 8254x register layout, see e1000.ts. */
export const NIC_BASE = 0x1001_0000;
export const NIC_OCTETS = 0x1_0000;

export const RAM_BASE = 0x8000_0000;

/** Interrupt sources of the PLIC. */
export const CONSOLE_LINE = 10;
export const NIC_LINE = 11;

export type Device = 'clint' | 'plic' | 'console' | 'nic' | 'ram';

/** RAM is the last: how far it goes is a computer's own. */
const WINDOWS: readonly (readonly [Device, number, number])[] = [
  ['clint', CLINT_BASE, CLINT_OCTETS],
  ['plic', PLIC_BASE, PLIC_OCTETS],
  ['console', CONSOLE_BASE, CONSOLE_OCTETS],
  ['nic', NIC_BASE, NIC_OCTETS],
  ['ram', RAM_BASE, 0x1_0000_0000 - RAM_BASE],
];

/** Whose window `address` lies in; null in none. */
export function deviceAt(address: number): Device | null {
  const found = WINDOWS.find(([, base, octets]) => address >= base && address < base + octets);
  return found?.[0] ?? null;
}
