/**
 * Traps of machine and supervisor mode: entering, delegating, leaving, and which interrupt comes
 * first (RISC-V Privileged Architecture 1.12 §3.1.6 to §3.1.16, §3.3.2, §4.1). The host uses
 * `enterTrap` and `mret` for a kernel that is modelled; the control unit uses the same pieces one
 * micro-step at a time.
 */
import type { Costs } from '../contract/costs';
import type { Nanos } from '../contract/time';
import { idleUntil } from './counters';
import {
  MACHINE,
  NO_RESERVATION,
  SLOT,
  SUPERVISOR,
  USER,
  type Cpu,
  type Mode,
  type Slot,
} from './state';
import {
  INTERRUPT,
  IS_INTERRUPT,
  MSTATUS_MIE,
  MSTATUS_MPIE,
  MSTATUS_MPP,
  MSTATUS_MPRV,
  MSTATUS_SIE,
  MSTATUS_SPIE,
  MSTATUS_SPP,
  SUPERVISOR_INTERRUPT,
  type Interrupt,
} from './status';

const MPP_SHIFT = 11;

/** §3.1.9: external before software before timer, machine mode's before supervisor mode's. */
const PRIORITY: readonly number[] = [
  INTERRUPT.external,
  INTERRUPT.software,
  INTERRUPT.timer,
  SUPERVISOR_INTERRUPT.external,
  SUPERVISOR_INTERRUPT.software,
  SUPERVISOR_INTERRUPT.timer,
];

const csr = (cpu: Cpu, slot: Slot): number => cpu.csr[slot] as number;

/** Bits of the interrupts that are pending and enabled one by one; what wakes a WFI (§3.3.3). */
export const awake = (cpu: Cpu): boolean => (csr(cpu, SLOT.mip) & csr(cpu, SLOT.mie)) !== 0;

/** §3.1.6.1: a mode's own interrupts are on by its bit, those of a higher mode always. */
const takes = (cpu: Cpu, mode: Mode, bit: number): boolean =>
  cpu.mode < mode || (cpu.mode === mode && (csr(cpu, SLOT.mstatus) & bit) !== 0);

/** The cause to trap with before the next instruction; -1 when there is none. */
export function dueInterrupt(cpu: Cpu): number {
  const pending = csr(cpu, SLOT.mip) & csr(cpu, SLOT.mie);
  if (pending === 0) return -1;
  const delegated = csr(cpu, SLOT.mideleg);
  const machine = takes(cpu, MACHINE, MSTATUS_MIE) ? pending & ~delegated : 0;
  // What goes to machine mode comes before what goes to supervisor mode.
  const supervisor = takes(cpu, SUPERVISOR, MSTATUS_SIE) ? pending & delegated : 0;
  const due = machine !== 0 ? machine : supervisor;
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
  const mip = csr(cpu, SLOT.mip);
  cpu.csr[SLOT.mip] = on ? mip | (1 << line) : mip & ~(1 << line);
  if (!cpu.waiting || !awake(cpu)) return;
  cpu.waiting = false;
  idleUntil(cpu, nowNs, costs);
}

/** §3.1.8: the mode that handles `cause`. A trap never goes to a lower mode. */
export function handlerOf(cpu: Cpu, cause: number): Mode {
  if (cpu.mode === MACHINE) return MACHINE;
  const isInterrupt = cause >= IS_INTERRUPT;
  const delegated = csr(cpu, isInterrupt ? SLOT.mideleg : SLOT.medeleg);
  return ((delegated >>> (cause & 31)) & 1) === 1 ? SUPERVISOR : MACHINE;
}

/** The registers that a trap to a mode uses. */
export const TRAP_SLOTS = {
  [SUPERVISOR]: { epc: 'sepc', cause: 'scause', tval: 'stval', tvec: 'stvec' },
  [MACHINE]: { epc: 'mepc', cause: 'mcause', tval: 'mtval', tvec: 'mtvec' },
} as const;

/** USER handles no trap; its registers would be those of machine mode. */
export const slotsOf = (mode: Mode): (typeof TRAP_SLOTS)[typeof MACHINE | typeof SUPERVISOR] =>
  TRAP_SLOTS[mode === SUPERVISOR ? SUPERVISOR : MACHINE];

/** §3.1.14 to §3.1.16, §4.1.7 to §4.1.9: where, why, and what about. Bit 0 of an epc is zero. */
export function saveCause(cpu: Cpu, cause: number, value: number, pc: number): void {
  const slots = slotsOf(handlerOf(cpu, cause));
  cpu.csr[SLOT[slots.epc]] = pc & ~1;
  cpu.csr[SLOT[slots.cause]] = cause;
  cpu.csr[SLOT[slots.tval]] = value;
}

/** §3.1.6.1: PIE takes IE, PP takes the mode, interrupts go off. What was reserved is given up. */
export function stackMode(cpu: Cpu, cause: number): void {
  const old = csr(cpu, SLOT.mstatus);
  const handler = handlerOf(cpu, cause);
  if (handler === MACHINE) {
    const kept = old & ~(MSTATUS_MIE | MSTATUS_MPIE | MSTATUS_MPP);
    const enabled = (old & MSTATUS_MIE) !== 0 ? MSTATUS_MPIE : 0;
    cpu.csr[SLOT.mstatus] = kept | enabled | (cpu.mode << MPP_SHIFT);
  } else {
    const kept = old & ~(MSTATUS_SIE | MSTATUS_SPIE | MSTATUS_SPP);
    const enabled = (old & MSTATUS_SIE) !== 0 ? MSTATUS_SPIE : 0;
    cpu.csr[SLOT.mstatus] = kept | enabled | (cpu.mode === SUPERVISOR ? MSTATUS_SPP : 0);
  }
  change(cpu, handler);
}

function change(cpu: Cpu, mode: Mode): void {
  cpu.mode = mode;
  cpu.reservation = NO_RESERVATION;
  cpu.epoch += 1;
}

/** §3.1.7: where the mode that was just entered begins; interrupts may be spread by code. */
export function vectorOf(cpu: Cpu): number {
  const slots = slotsOf(cpu.mode);
  const vector = csr(cpu, SLOT[slots.tvec]);
  const cause = csr(cpu, SLOT[slots.cause]);
  const base = (vector & ~3) >>> 0;
  const vectored = (vector & 3) === 1 && cause >= IS_INTERRUPT;
  return vectored ? (base + 4 * (cause - IS_INTERRUPT)) >>> 0 : base;
}

/** The whole of a trap at once; it takes no time here (the caller charges its cost). */
export function enterTrap(cpu: Cpu, cause: number, value: number): void {
  saveCause(cpu, cause, value, cpu.pc);
  stackMode(cpu, cause);
  cpu.pc = vectorOf(cpu);
  cpu.waiting = false;
}

/** The mode that MPP names; 2 is reserved and never stored. */
export const previousMode = (cpu: Cpu): Mode =>
  ((csr(cpu, SLOT.mstatus) & MSTATUS_MPP) >> MPP_SHIFT) as Mode;

/** MRET, §3.1.6.1 and §3.3.2; it takes no time here. */
export function mret(cpu: Cpu): void {
  const old = csr(cpu, SLOT.mstatus);
  const mode = previousMode(cpu);
  let status = old & ~(MSTATUS_MIE | MSTATUS_MPP);
  if ((old & MSTATUS_MPIE) !== 0) status |= MSTATUS_MIE;
  // §3.1.6.3: a return to a mode below machine mode clears MPRV.
  if (mode !== MACHINE) status &= ~MSTATUS_MPRV;
  cpu.csr[SLOT.mstatus] = status | MSTATUS_MPIE;
  change(cpu, mode);
  cpu.pc = csr(cpu, SLOT.mepc);
}

/** SRET, §4.1.1 and §3.3.2. */
export function sret(cpu: Cpu): void {
  const old = csr(cpu, SLOT.mstatus);
  const mode = (old & MSTATUS_SPP) !== 0 ? SUPERVISOR : USER;
  let status = old & ~(MSTATUS_SIE | MSTATUS_SPP | MSTATUS_MPRV);
  if ((old & MSTATUS_SPIE) !== 0) status |= MSTATUS_SIE;
  cpu.csr[SLOT.mstatus] = status | MSTATUS_SPIE;
  change(cpu, mode);
  cpu.pc = csr(cpu, SLOT.sepc);
}

/** §3.1.6.3: loads and stores go as MPP while MPRV is set. */
export const dataMode = (cpu: Cpu): Mode =>
  (csr(cpu, SLOT.mstatus) & MSTATUS_MPRV) === 0 ? cpu.mode : previousMode(cpu);
