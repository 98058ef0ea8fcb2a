/**
 * What a modelled kernel does to the processor that it runs on: the few registers that a real
 * kernel of machine mode would write with CSR instructions. The trap vector is the gate page; there
 * the kernel's work happens, and it leaves by MRET or sleeps by WFI.
 */
import { GATE_BASE } from '../contract/map';
import {
  PMP_EXECUTE,
  PMP_READ,
  PMP_TOR,
  PMP_WRITE,
  readConfig,
  writeAddress,
  writeConfig,
} from './pmp';
import { MACHINE, SLOT, USER, type Cpu } from './state';
import {
  INTERRUPT,
  IS_INTERRUPT,
  MSTATUS_MIE,
  MSTATUS_MPIE,
  MSTATUS_MPP,
  type Interrupt,
} from './status';
import { mret, previousMode } from './trap';

/** Why the processor is in the gate. */
export type Entry =
  | { readonly kind: 'reset' }
  | { readonly kind: 'interrupt'; readonly line: Interrupt }
  | { readonly kind: 'exception'; readonly cause: number; readonly value: number };

/** Registers x0 to x31 as 0 to 2^32-1, and the pc, of the program that was left. */
export type Left = { readonly registers: readonly number[]; readonly pc: number };

const csr = (cpu: Cpu, slot: number): number => cpu.csr[slot] as number;

/** After reset, once: the vector is the gate, and all three interrupts are enabled in mie. */
export function openGate(cpu: Cpu): void {
  cpu.csr[SLOT.mtvec] = GATE_BASE;
  cpu.csr[SLOT.mie] =
    (1 << INTERRUPT.software) | (1 << INTERRUPT.timer) | (1 << INTERRUPT.external);
}

const LINES: readonly Interrupt[] = [INTERRUPT.software, INTERRUPT.timer, INTERRUPT.external];

/** From mcause and mtval; `reset` until the gate was opened. */
export function entryOf(cpu: Cpu): Entry {
  if (csr(cpu, SLOT.mtvec) !== GATE_BASE) return { kind: 'reset' };
  const cause = csr(cpu, SLOT.mcause);
  const line = LINES.find((each) => cause === IS_INTERRUPT + each);
  if (line !== undefined) return { kind: 'interrupt', line };
  return { kind: 'exception', cause, value: csr(cpu, SLOT.mtval) };
}

/** The user program that the trap interrupted; null when it interrupted the idle kernel. */
export function leftBehind(cpu: Cpu): Left | null {
  if (previousMode(cpu) !== USER) return null;
  return { registers: Array.from(cpu.x, (value) => value >>> 0), pc: csr(cpu, SLOT.mepc) };
}

/** Goes on in user mode with these registers, interrupts on (MRET, §3.3.2). */
export function resumeUser(cpu: Cpu, { registers, pc }: Left): void {
  for (let index = 1; index < 32; index++) cpu.x[index] = registers[index] as number;
  cpu.csr[SLOT.mepc] = pc;
  cpu.csr[SLOT.mstatus] = (csr(cpu, SLOT.mstatus) & ~MSTATUS_MPP) | MSTATUS_MPIE;
  mret(cpu);
}

/** Sleeps in the gate until an interrupt, which then traps to it again (WFI, §3.3.3). */
export function idle(cpu: Cpu): void {
  cpu.pc = GATE_BASE;
  cpu.mode = MACHINE;
  cpu.epoch += 1;
  cpu.csr[SLOT.mstatus] = csr(cpu, SLOT.mstatus) | MSTATUS_MIE;
  cpu.waiting = true;
}

/** User mode may read, write and execute octets `from` to before `to`, and nothing else (§3.7). */
export function confine(cpu: Cpu, from: number, to: number): void {
  writeAddress(cpu.pmp, 0, from >>> 2);
  writeAddress(cpu.pmp, 1, to >>> 2);
  const range = PMP_TOR | PMP_READ | PMP_WRITE | PMP_EXECUTE;
  // Entry 0 is off and only gives entry 1 its lower bound.
  writeConfig(cpu.pmp, 0, (readConfig(cpu.pmp, 0) & ~0xffff) | (range << 8));
  cpu.epoch += 1;
}

export function isPending(cpu: Cpu, line: Interrupt): boolean {
  return (csr(cpu, SLOT.mip) & (1 << line)) !== 0;
}
