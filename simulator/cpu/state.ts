/**
 * The processor's architectural state: what a program of machine code can observe, and nothing
 * else. It is hot: this folder mutates it in place; a checkpoint is `copy`, going back `restore`.
 * Latches of the control unit, decoded instructions and windows into RAM only mirror and are not
 * part of it.
 */
import type { Plain } from '../contract/plain';
import type { Nanos } from '../contract/time';
import { createPmp, restorePmp, type Pmp } from './pmp';

/** Privilege levels (RISC-V Privileged Architecture 1.12 §1.2, table 1.1). */
export const USER = 0;
export const MACHINE = 3;
export type Mode = typeof USER | typeof MACHINE;

/** Where each stored CSR lies in `csr`. */
export const SLOT = {
  mstatus: 0,
  mie: 1,
  mip: 2,
  mtvec: 3,
  mscratch: 4,
  mepc: 5,
  mcause: 6,
  mtval: 7,
  mcounteren: 8,
  mcycle: 9,
  mcycleh: 10,
  minstret: 11,
  minstreth: 12,
  mhartid: 13,
} as const;

export type Slot = (typeof SLOT)[keyof typeof SLOT];

export type Cpu = {
  /** x0 to x31; x0 stays zero. */
  readonly x: Int32Array;
  /** 0 to 2^32-1. */
  pc: number;
  mode: Mode;
  /** The time of the next instruction boundary. */
  atNs: Nanos;
  /** Stopped by WFI; what it sleeps is charged when it wakes. */
  waiting: boolean;
  readonly csr: Uint32Array;
  readonly pmp: Pmp;
};

/** After reset (§3.4): machine mode, interrupts off, the pc where the caller says. */
export function create(pc: number, atNs: Nanos, hart = 0): Cpu {
  const csr = new Uint32Array(Object.keys(SLOT).length);
  csr[SLOT.mhartid] = hart;
  const x = new Int32Array(32);
  return { x, pc, mode: MACHINE, atNs, waiting: false, csr, pmp: createPmp() };
}

export function copy(cpu: Cpu): Cpu {
  const copied = create(cpu.pc, cpu.atNs);
  restore(copied, cpu);
  return copied;
}

/** Makes `into` equal to `from`, which stays as it is. */
export function restore(into: Cpu, from: Cpu): void {
  into.x.set(from.x);
  into.csr.set(from.csr);
  restorePmp(into.pmp, from.pmp);
  into.pc = from.pc;
  into.mode = from.mode;
  into.atNs = from.atNs;
  into.waiting = from.waiting;
}

/** Plain data for the hash of a moment and for the screen; every number is unsigned. */
export function canonical(cpu: Cpu): Plain {
  const { pc, mode, atNs, waiting } = cpu;
  const csr: Record<string, number> = {};
  for (const [name, slot] of Object.entries(SLOT)) csr[name] = cpu.csr[slot] as number;
  return {
    pc,
    mode,
    atNs,
    waiting,
    x: Array.from(cpu.x, (value) => value >>> 0),
    csr,
    pmp: { config: [...cpu.pmp.config], address: [...cpu.pmp.address] },
  };
}
