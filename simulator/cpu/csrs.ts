/**
 * Control and status registers: who may reach them, what reads and writes do (RISC-V Privileged
 * Architecture 1.12 chapters 2 to 4). A table of rows: an address that no row names does not
 * exist, and reaching it is an illegal instruction.
 */
import { readAddress, readConfig, writeAddress, writeConfig } from './pmp';
import { MACHINE, SLOT, SUPERVISOR, type Cpu, type Slot } from './state';
import {
  INTERRUPT,
  MSTATUS_MIE,
  MSTATUS_MPIE,
  MSTATUS_MPP,
  MSTATUS_MPRV,
  MSTATUS_TSR,
  MSTATUS_TVM,
  MSTATUS_TW,
  SSTATUS_FIELDS,
  SUPERVISOR_INTERRUPT,
} from './status';

const ALL = 0xffff_ffff;
const HALF = 0x1_0000_0000;
const SATP = 0x180;
const bits = (codes: Readonly<Record<string, number>>): number =>
  Object.values(codes).reduce((all, code) => all | (1 << code), 0);

/** SSIP, STIP, SEIP: pending bits that machine mode may write itself (§3.1.9). */
const SUPERVISOR_BITS = bits(SUPERVISOR_INTERRUPT);
const INTERRUPT_BITS = bits(INTERRUPT) | SUPERVISOR_BITS;

/** Exceptions that supervisor mode may be given: all but calls from S-mode's betters (§3.1.8). */
const DELEGABLE = 0xb3ff;

type Row =
  /** Stored; writes change the bits of `mask` only. */
  | { readonly kind: 'stored'; readonly slot: Slot; readonly mask: number }
  /** Always the same; a write is ignored. */
  | { readonly kind: 'constant'; readonly value: number }
  /** A trap vector: a write whose mode is reserved is ignored (§3.1.7). */
  | { readonly kind: 'vector'; readonly slot: Slot }
  /** mstatus, or what of it `fields` names. */
  | { readonly kind: 'status'; readonly fields: number }
  /** The bits of mie or mip that are delegated; a write reaches those of `mask`. */
  | { readonly kind: 'delegated'; readonly slot: Slot; readonly mask: number }
  /** The real-time clock in nanoseconds: its low or its high half. */
  | { readonly kind: 'time'; readonly high: boolean }
  | { readonly kind: 'pmpConfig' | 'pmpAddress'; readonly index: number };

const stored = (slot: Slot, mask: number): Row => ({ kind: 'stored', slot, mask });
const constant = (value: number): Row => ({ kind: 'constant', value });

/** misa, §3.1.1: MXL = 1 (32 bits) and a letter for each extension. */
const MISA = ['A', 'C', 'I', 'M', 'S', 'U'].reduce(
  (all, letter) => all | (1 << (letter.charCodeAt(0) - 65)),
  0,
);

const MACHINE_FIELDS =
  MSTATUS_MIE | MSTATUS_MPIE | MSTATUS_MPRV | MSTATUS_TVM | MSTATUS_TW | MSTATUS_TSR;

const ROWS = new Map<number, Row>([
  [0x100, { kind: 'status', fields: SSTATUS_FIELDS }], // sstatus
  [0x104, { kind: 'delegated', slot: SLOT.mie, mask: INTERRUPT_BITS }], // sie
  [0x105, { kind: 'vector', slot: SLOT.stvec }],
  [0x106, stored(SLOT.scounteren, ALL)],
  // §4.1.10: FIOM, which changes nothing where every fence orders everything.
  [0x10a, stored(SLOT.senvcfg, 1)],
  [0x140, stored(SLOT.sscratch, ALL)],
  [0x141, stored(SLOT.sepc, 0xffff_fffe)],
  [0x142, stored(SLOT.scause, ALL)],
  [0x143, stored(SLOT.stval, ALL)],
  // §4.1.3: of the pending bits only SSIP is a supervisor's to write.
  [0x144, { kind: 'delegated', slot: SLOT.mip, mask: 1 << SUPERVISOR_INTERRUPT.software }], // sip
  [SATP, stored(SLOT.satp, ALL)],
  [0x300, { kind: 'status', fields: ALL }], // mstatus
  [0x301, constant((0x4000_0000 | MISA) >>> 0)],
  [0x302, stored(SLOT.medeleg, DELEGABLE)],
  [0x303, stored(SLOT.mideleg, SUPERVISOR_BITS)],
  [0x304, stored(SLOT.mie, INTERRUPT_BITS)],
  [0x305, { kind: 'vector', slot: SLOT.mtvec }],
  [0x306, stored(SLOT.mcounteren, ALL)],
  [0x30a, stored(SLOT.menvcfg, 1)],
  [0x310, constant(0)], // mstatush
  [0x31a, constant(0)], // menvcfgh
  // §3.1.12: cycle and instret can be stopped; the others never count.
  [0x320, stored(SLOT.mcountinhibit, 5)],
  [0x340, stored(SLOT.mscratch, ALL)],
  // §3.1.14: bit 0 is always zero; bit 1 is not, with 16-bit instructions.
  [0x341, stored(SLOT.mepc, 0xffff_fffe)],
  [0x342, stored(SLOT.mcause, ALL)],
  [0x343, stored(SLOT.mtval, ALL)],
  // §3.1.9: the pending bits of machine mode belong to the devices.
  [0x344, stored(SLOT.mip, SUPERVISOR_BITS)],
  [0xb00, stored(SLOT.mcycle, ALL)],
  [0xb02, stored(SLOT.minstret, ALL)],
  [0xb80, stored(SLOT.mcycleh, ALL)],
  [0xb82, stored(SLOT.minstreth, ALL)],
  [0xc00, stored(SLOT.mcycle, 0)],
  [0xc01, { kind: 'time', high: false }],
  [0xc02, stored(SLOT.minstret, 0)],
  [0xc80, stored(SLOT.mcycleh, 0)],
  [0xc81, { kind: 'time', high: true }],
  [0xc82, stored(SLOT.minstreth, 0)],
  [0xf11, constant(0)], // mvendorid
  [0xf12, constant(0)], // marchid
  [0xf13, constant(0)], // mimpid
  [0xf14, stored(SLOT.mhartid, 0)],
  [0xf15, constant(0)], // mconfigptr
]);

// Debug Specification 0.13.2 §5.2: tselect reads 0, and tdata1 that there is no trigger.
for (let number = 0x7a0; number <= 0x7a3; number++) ROWS.set(number, constant(0));
for (let index = 0; index < 4; index++) ROWS.set(0x3a0 + index, { kind: 'pmpConfig', index });
for (let index = 0; index < 16; index++) ROWS.set(0x3b0 + index, { kind: 'pmpAddress', index });
// §3.1.10: the event counters exist and may be read-only zero, with their user's view.
for (let n = 3; n < 32; n++) {
  for (const first of [0x320, 0xb00, 0xb80, 0xc00, 0xc80]) ROWS.set(first + n, constant(0));
}

/** Is `number` the user's view of a counter (cycle, time, instret, hpmcounter and high halves)? */
const isUserCounter = (number: number): boolean => (number & 0xf60) === 0xc00;

/** §3.1.11 and §4.1.5: mcounteren opens counters to the modes below, scounteren to user mode. */
function opens(cpu: Cpu, number: number): boolean {
  if (cpu.mode === MACHINE) return true;
  const open = (slot: Slot): boolean => (((cpu.csr[slot] as number) >>> (number & 31)) & 1) === 1;
  return open(SLOT.mcounteren) && (cpu.mode === SUPERVISOR || open(SLOT.scounteren));
}

/** May the processor, as it is, reach this CSR? Otherwise the instruction is illegal (§2.1). */
export function reachable(cpu: Cpu, number: number, writes: boolean): boolean {
  if (!ROWS.has(number)) return false;
  if (writes && number >>> 10 === 3) return false;
  if (cpu.mode < ((number >>> 8) & 3)) return false;
  if (isUserCounter(number)) return opens(cpu, number);
  // §3.1.6.5: TVM keeps supervisors from the page tables.
  const status = cpu.csr[SLOT.mstatus] as number;
  return !(number === SATP && cpu.mode === SUPERVISOR && (status & MSTATUS_TVM) !== 0);
}

/** The value, 0 to 2^32-1; 0 for a CSR that does not exist. */
export function readCsr(cpu: Cpu, number: number): number {
  const row = ROWS.get(number);
  switch (row?.kind) {
    case undefined:
      return 0;
    case 'stored':
    case 'vector':
      return cpu.csr[row.slot] as number;
    case 'constant':
      return row.value;
    case 'status':
      return ((cpu.csr[SLOT.mstatus] as number) & row.fields) >>> 0;
    case 'delegated':
      return ((cpu.csr[row.slot] as number) & (cpu.csr[SLOT.mideleg] as number)) >>> 0;
    case 'time':
      return row.high ? Math.floor(cpu.atNs / HALF) : cpu.atNs % HALF;
    case 'pmpConfig':
      return readConfig(cpu.pmp, row.index);
    case 'pmpAddress':
      return readAddress(cpu.pmp, row.index);
  }
}

function put(cpu: Cpu, slot: Slot, mask: number, value: number): void {
  cpu.csr[slot] = ((cpu.csr[slot] as number) & ~mask) | (value & mask);
}

/** Writes what the register's fields admit; the rest stays (WARL, §2.3). */
export function writeCsr(cpu: Cpu, number: number, value: number): void {
  const row = ROWS.get(number);
  cpu.epoch += 1;
  switch (row?.kind) {
    case 'stored':
      put(cpu, row.slot, row.mask, value);
      return;
    case 'vector':
      if ((value & 2) === 0) put(cpu, row.slot, ALL, value);
      return;
    case 'status':
      writeStatus(cpu, value, row.fields);
      return;
    case 'delegated':
      put(cpu, row.slot, row.mask & (cpu.csr[SLOT.mideleg] as number), value);
      return;
    case 'pmpConfig':
      writeConfig(cpu.pmp, row.index, value);
      return;
    case 'pmpAddress':
      writeAddress(cpu.pmp, row.index, value >>> 0);
      return;
    case 'constant':
    case 'time':
    case undefined:
      return;
  }
}

/** Mode 2 does not exist (table 1.1). */
const RESERVED_MODE = 2 << 11;

/** §3.1.6: MPP is WARL; a mode that does not exist leaves it as it was. */
function writeStatus(cpu: Cpu, value: number, fields: number): void {
  const isMode = (value & MSTATUS_MPP) !== RESERVED_MODE;
  const writable = MACHINE_FIELDS | SSTATUS_FIELDS | (isMode ? MSTATUS_MPP : 0);
  put(cpu, SLOT.mstatus, writable & fields, value);
}
