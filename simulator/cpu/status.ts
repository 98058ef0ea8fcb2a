/** Fields of mstatus and the codes of traps (RISC-V Privileged Architecture 1.12 §3.1.6, §3.1.15). */

export const MSTATUS_SIE = 1 << 1;
export const MSTATUS_MIE = 1 << 3;
export const MSTATUS_SPIE = 1 << 5;
export const MSTATUS_MPIE = 1 << 7;
export const MSTATUS_SPP = 1 << 8;
export const MSTATUS_MPP = 3 << 11;
export const MSTATUS_MPRV = 1 << 17;
export const MSTATUS_SUM = 1 << 18;
export const MSTATUS_MXR = 1 << 19;
export const MSTATUS_TVM = 1 << 20;
export const MSTATUS_TW = 1 << 21;
export const MSTATUS_TSR = 1 << 22;

/** What sstatus shows of it, §4.1.1. */
export const SSTATUS_FIELDS = MSTATUS_SIE | MSTATUS_SPIE | MSTATUS_SPP | MSTATUS_SUM | MSTATUS_MXR;

/** Bits of mip and mie, which are also the codes of the interrupts (§3.1.9, table 3.6). */
export const INTERRUPT = { software: 3, timer: 7, external: 11 } as const;
export type Interrupt = (typeof INTERRUPT)[keyof typeof INTERRUPT];

/** Those that supervisor mode may be given. */
export const SUPERVISOR_INTERRUPT = { software: 1, timer: 5, external: 9 } as const;

/** The highest bit of mcause tells an interrupt. */
export const IS_INTERRUPT = 0x8000_0000;

/** Codes of exceptions, table 3.6. With 16-bit instructions no target is ever misaligned. */
export const EXCEPTION = {
  fetchMisaligned: 0,
  fetchAccess: 1,
  illegal: 2,
  breakpoint: 3,
  loadMisaligned: 4,
  loadAccess: 5,
  storeMisaligned: 6,
  storeAccess: 7,
  callFromUser: 8,
  callFromSupervisor: 9,
  callFromMachine: 11,
  fetchPage: 12,
  loadPage: 13,
  storePage: 15,
} as const;
