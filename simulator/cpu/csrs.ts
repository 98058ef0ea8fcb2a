/**
 * Control and status registers: who may reach them, what reads and writes do (RISC-V Privileged
 * Architecture 1.12 chapters 2 and 3). A table of rows: an address that no row names does not
 * exist, and reaching it is an illegal instruction.
 */
import { readAddress, readConfig, writeAddress, writeConfig } from './pmp';
import { MACHINE, SLOT, type Cpu, type Slot } from './state';
import { MSTATUS_MIE, MSTATUS_MPIE, MSTATUS_MPP, MSTATUS_MPRV, MSTATUS_TW } from './trap';

const ALL = 0xffff_ffff;
/** MSIE, MTIE, MEIE. */
const MACHINE_INTERRUPTS = 0x888;
const HALF = 0x1_0000_0000;

type Row =
  /** Stored; writes change the bits of `mask` only. */
  | { readonly kind: 'stored'; readonly slot: Slot; readonly mask: number }
  /** Always the same; a write is ignored. */
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'mstatus' }
  /** The real-time clock in nanoseconds: its low or its high half. */
  | { readonly kind: 'time'; readonly high: boolean }
  | { readonly kind: 'pmpConfig' | 'pmpAddress'; readonly index: number };

const stored = (slot: Slot, mask: number): Row => ({ kind: 'stored', slot, mask });
const constant = (value: number): Row => ({ kind: 'constant', value });

/** misa, §3.1.1: MXL = 1 (32 bits), I and U. */
const MISA = 0x4000_0000 | (1 << 8) | (1 << 20);

const ROWS = new Map<number, Row>([
  [0x300, { kind: 'mstatus' }],
  [0x301, constant(MISA >>> 0)],
  [0x304, stored(SLOT.mie, MACHINE_INTERRUPTS)],
  // §3.1.7: modes 2 and 3 are reserved, so bit 1 cannot be set.
  [0x305, stored(SLOT.mtvec, 0xffff_fffd)],
  [0x306, stored(SLOT.mcounteren, 7)],
  [0x30a, constant(0)], // menvcfg
  [0x310, constant(0)], // mstatush
  [0x31a, constant(0)], // menvcfgh
  [0x320, constant(0)], // mcountinhibit
  [0x340, stored(SLOT.mscratch, ALL)],
  [0x341, stored(SLOT.mepc, 0xffff_fffc)],
  [0x342, stored(SLOT.mcause, ALL)],
  [0x343, stored(SLOT.mtval, ALL)],
  // §3.1.9: the pending bits of machine mode belong to the devices.
  [0x344, stored(SLOT.mip, 0)],
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

for (let index = 0; index < 4; index++) ROWS.set(0x3a0 + index, { kind: 'pmpConfig', index });
for (let index = 0; index < 16; index++) ROWS.set(0x3b0 + index, { kind: 'pmpAddress', index });
// §3.1.10: the event counters exist and may be read-only zero, with their user's view.
for (let n = 3; n < 32; n++) {
  for (const first of [0x320, 0xb00, 0xb80, 0xc00, 0xc80]) ROWS.set(first + n, constant(0));
}

/** Is `number` the user's view of a counter (cycle, time, instret, hpmcounter and high halves)? */
const isUserCounter = (number: number): boolean => (number & 0xf60) === 0xc00;

/** May the processor, as it is, reach this CSR? Otherwise the instruction is illegal (§2.1). */
export function reachable(cpu: Cpu, number: number, writes: boolean): boolean {
  if (!ROWS.has(number)) return false;
  if (writes && number >>> 10 === 3) return false;
  if (cpu.mode < ((number >>> 8) & 3)) return false;
  if (cpu.mode === MACHINE || !isUserCounter(number)) return true;
  // §3.1.11: mcounteren opens counters to user mode one by one.
  return (((cpu.csr[SLOT.mcounteren] as number) >>> (number & 31)) & 1) === 1;
}

/** The value, 0 to 2^32-1; 0 for a CSR that does not exist. */
export function readCsr(cpu: Cpu, number: number): number {
  const row = ROWS.get(number);
  switch (row?.kind) {
    case undefined:
      return 0;
    case 'stored':
      return cpu.csr[row.slot] as number;
    case 'constant':
      return row.value;
    case 'mstatus':
      return cpu.csr[SLOT.mstatus] as number;
    case 'time':
      return row.high ? Math.floor(cpu.atNs / HALF) : cpu.atNs % HALF;
    case 'pmpConfig':
      return readConfig(cpu.pmp, row.index);
    case 'pmpAddress':
      return readAddress(cpu.pmp, row.index);
  }
}

/** Writes what the register's fields admit; the rest stays (WARL, §2.3). */
export function writeCsr(cpu: Cpu, number: number, value: number): void {
  const row = ROWS.get(number);
  switch (row?.kind) {
    case 'stored':
      cpu.csr[row.slot] = ((cpu.csr[row.slot] as number) & ~row.mask) | (value & row.mask);
      return;
    case 'mstatus':
      writeStatus(cpu, value);
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

/** §3.1.6: MPP is WARL; a mode that is not implemented leaves it as it was. */
function writeStatus(cpu: Cpu, value: number): void {
  const previous = value & MSTATUS_MPP;
  const holds = previous === 0 || previous === MSTATUS_MPP;
  const flags = MSTATUS_MIE | MSTATUS_MPIE | MSTATUS_MPRV | MSTATUS_TW;
  const mask = holds ? flags | MSTATUS_MPP : flags;
  cpu.csr[SLOT.mstatus] = ((cpu.csr[SLOT.mstatus] as number) & ~mask) | (value & mask);
}
