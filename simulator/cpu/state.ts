/**
 * The processor's architectural state: what a program of machine code can observe, and nothing
 * else. It is hot: this folder mutates it in place; a checkpoint is `copy`, going back `restore`.
 * Latches of the control unit, decoded instructions and windows into RAM only mirror and are not
 * part of it.
 */
import type { Plain } from '../contract/plain';
import type { Nanos } from '../contract/time';
import { createPmp, restorePmp, type Pmp } from './pmp';
import { canonicalTlb, createTlb, restoreTlb, type Tlb } from './tlb';

/** Privilege levels (RISC-V Privileged Architecture 1.12 §1.2, table 1.1). */
export const USER = 0;
export const SUPERVISOR = 1;
export const MACHINE = 3;
export type Mode = typeof USER | typeof SUPERVISOR | typeof MACHINE;

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
  medeleg: 14,
  mideleg: 15,
  mcountinhibit: 16,
  menvcfg: 17,
  stvec: 18,
  sscratch: 19,
  sepc: 20,
  scause: 21,
  stval: 22,
  scounteren: 23,
  senvcfg: 24,
  satp: 25,
} as const;

export type Slot = (typeof SLOT)[keyof typeof SLOT];

/** No word is reserved. */
export const NO_RESERVATION = -1;

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
  /** Physical address of the word that LR.W reserved (unprivileged manual §13.2). */
  reservation: number;
  readonly csr: Uint32Array;
  readonly pmp: Pmp;
  /** What was translated for fetches, and for loads and stores. */
  readonly fetches: Tlb;
  readonly data: Tlb;
  /** Page-table entries reached for the instruction under way; 0 at a boundary, so no state. */
  walked: number;
  /**
   * Another number whenever mode, CSRs, PMP or TLBs changed other than by a fast path's own
   * translations: what was mirrored under an older one no longer holds. No state.
   */
  epoch: number;
};

/** After reset (§3.4): machine mode, interrupts off, the pc where the caller says. */
export function create(pc: number, atNs: Nanos, hart = 0): Cpu {
  const csr = new Uint32Array(Object.keys(SLOT).length);
  csr[SLOT.mhartid] = hart;
  return {
    x: new Int32Array(32),
    pc,
    mode: MACHINE,
    atNs,
    waiting: false,
    reservation: NO_RESERVATION,
    csr,
    pmp: createPmp(),
    fetches: createTlb(),
    data: createTlb(),
    walked: 0,
    epoch: 0,
  };
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
  restoreTlb(into.fetches, from.fetches);
  restoreTlb(into.data, from.data);
  into.pc = from.pc;
  into.mode = from.mode;
  into.atNs = from.atNs;
  into.waiting = from.waiting;
  into.reservation = from.reservation;
  into.epoch += 1;
}

/** Plain data for the hash of a moment and for the screen; every number is unsigned. */
export function canonical(cpu: Cpu): Plain {
  const { pc, mode, atNs, waiting, reservation } = cpu;
  const csr: Record<string, number> = {};
  for (const [name, slot] of Object.entries(SLOT)) csr[name] = cpu.csr[slot] as number;
  return {
    pc,
    mode,
    atNs,
    waiting,
    reservation,
    x: Array.from(cpu.x, (value) => value >>> 0),
    csr,
    pmp: { config: [...cpu.pmp.config], address: [...cpu.pmp.address] },
    tlb: { fetches: canonicalTlb(cpu.fetches), data: canonicalTlb(cpu.data) },
  };
}
