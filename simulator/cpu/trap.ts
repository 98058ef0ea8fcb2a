/**
 * Traps of machine mode: entering, leaving, and which interrupt comes first (RISC-V Privileged
 * Architecture 1.12 §3.1.6 to §3.1.16, §3.3.2). The host uses `enterTrap` and `mret` for a kernel
 * that is modelled; the control unit uses the same pieces one micro-step at a time.
 */
import type { Costs } from '../contract/costs';
import type { Nanos } from '../contract/time';
import { idleUntil } from './counters';
import { MACHINE, SLOT, USER, type Cpu, type Mode } from './state';

/** Fields of mstatus, §3.1.6. */
export const MSTATUS_MIE = 1 << 3;
export const MSTATUS_MPIE = 1 << 7;
export const MSTATUS_MPP = 3 << 11;
export const MSTATUS_MPRV = 1 << 17;
export const MSTATUS_TW = 1 << 21;
const MPP_SHIFT = 11;

/** Bits of mip and mie, which are also the codes of the interrupts (§3.1.9, table 3.6). */
export const INTERRUPT = { software: 3, timer: 7, external: 11 } as const;
export type Interrupt = (typeof INTERRUPT)[keyof typeof INTERRUPT];

/** §3.1.9: external before software before timer. */
const PRIORITY: readonly Interrupt[] = [INTERRUPT.external, INTERRUPT.software, INTERRUPT.timer];

/** The highest bit of mcause tells an interrupt. */
export const IS_INTERRUPT = 0x8000_0000;

/** Codes of exceptions, table 3.6. */
export const EXCEPTION = {
  fetchMisaligned: 0,
  fetchAccess: 1,
  illegal: 2,
  breakpoint: 3,
  loadAccess: 5,
  storeAccess: 7,
  callFromUser: 8,
  callFromMachine: 11,
} as const;

/** Bits of the interrupts that are pending and enabled one by one; what wakes a WFI (§3.3.3). */
export const awake = (cpu: Cpu): boolean =>
  ((cpu.csr[SLOT.mip] as number) & (cpu.csr[SLOT.mie] as number)) !== 0;

/** The cause to trap with before the next instruction; -1 when there is none. */
export function dueInterrupt(cpu: Cpu): number {
  if (!awake(cpu)) return -1;
  // §3.1.6.1: in a mode below machine mode, its interrupts are always on.
  const on = cpu.mode < MACHINE || ((cpu.csr[SLOT.mstatus] as number) & MSTATUS_MIE) !== 0;
  if (!on) return -1;
  const due = (cpu.csr[SLOT.mip] as number) & (cpu.csr[SLOT.mie] as number);
  for (const code of PRIORITY) if (((due >>> code) & 1) === 1) return IS_INTERRUPT + code;
  return -1;
}

/**
 * A device's line changed at `nowNs`. A processor that sleeps in WFI wakes when the interrupt is
 * enabled in mie: its next boundary is then the first cycle that begins at or after `nowNs`.
 */
export function setPending(
  cpu: Cpu,
  line: Interrupt,
  on: boolean,
  nowNs: Nanos,
  costs: Costs,
): void {
  const mip = cpu.csr[SLOT.mip] as number;
  cpu.csr[SLOT.mip] = on ? mip | (1 << line) : mip & ~(1 << line);
  if (!cpu.waiting || !awake(cpu)) return;
  cpu.waiting = false;
  idleUntil(cpu, nowNs, costs);
}

/** §3.1.14 to §3.1.16: where, why, and what about. mepc[1:0] are zero without C. */
export function saveCause(cpu: Cpu, cause: number, value: number, pc: number): void {
  cpu.csr[SLOT.mepc] = pc & ~3;
  cpu.csr[SLOT.mcause] = cause;
  cpu.csr[SLOT.mtval] = value;
}

/** §3.1.6.1: MPIE takes MIE, MPP takes the mode, interrupts go off. */
export function stackMode(cpu: Cpu): void {
  const old = cpu.csr[SLOT.mstatus] as number;
  const kept = old & ~(MSTATUS_MIE | MSTATUS_MPIE | MSTATUS_MPP);
  const enabled = (old & MSTATUS_MIE) !== 0 ? MSTATUS_MPIE : 0;
  cpu.csr[SLOT.mstatus] = kept | enabled | (cpu.mode << MPP_SHIFT);
  cpu.mode = MACHINE;
}

/** §3.1.7: interrupts are spread by code when mtvec's mode is vectored. */
export function vectorOf(cpu: Cpu): number {
  const mtvec = cpu.csr[SLOT.mtvec] as number;
  const cause = cpu.csr[SLOT.mcause] as number;
  const base = (mtvec & ~3) >>> 0;
  const vectored = (mtvec & 3) === 1 && cause >= IS_INTERRUPT;
  return vectored ? (base + 4 * (cause - IS_INTERRUPT)) >>> 0 : base;
}

/** The whole of a trap at once; it takes no time here (the caller charges its cost). */
export function enterTrap(cpu: Cpu, cause: number, value: number): void {
  saveCause(cpu, cause, value, cpu.pc);
  stackMode(cpu);
  cpu.pc = vectorOf(cpu);
  cpu.waiting = false;
}

/** The mode that MPP names. */
export const previousMode = (cpu: Cpu): Mode =>
  ((cpu.csr[SLOT.mstatus] as number) & MSTATUS_MPP) === 0 ? USER : MACHINE;

/** MRET, §3.1.6.1 and §3.3.2; it takes no time here. */
export function mret(cpu: Cpu): void {
  const old = cpu.csr[SLOT.mstatus] as number;
  const mode = previousMode(cpu);
  let status = old & ~(MSTATUS_MIE | MSTATUS_MPP);
  if ((old & MSTATUS_MPIE) !== 0) status |= MSTATUS_MIE;
  // §3.1.6.3: a return to a mode below machine mode clears MPRV.
  if (mode !== MACHINE) status &= ~MSTATUS_MPRV;
  cpu.csr[SLOT.mstatus] = status | MSTATUS_MPIE;
  cpu.mode = mode;
  cpu.pc = cpu.csr[SLOT.mepc] as number;
}

/** §3.1.6.3: loads and stores go as MPP while MPRV is set. */
export const dataMode = (cpu: Cpu): Mode =>
  ((cpu.csr[SLOT.mstatus] as number) & MSTATUS_MPRV) === 0 ? cpu.mode : previousMode(cpu);
