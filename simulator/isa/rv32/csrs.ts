/**
 * Names and numbers of the control and status registers of a machine with M, S and U mode (RISC-V
 * manual, volume II, version 1.12, §2.2, tables 3 to 8). What they hold, and which of them there
 * are, is the CPU's.
 */

export const CSR = {
  cycle: 0xc00,
  time: 0xc01,
  instret: 0xc02,
  cycleh: 0xc80,
  timeh: 0xc81,
  instreth: 0xc82,
  sstatus: 0x100,
  sie: 0x104,
  stvec: 0x105,
  scounteren: 0x106,
  senvcfg: 0x10a,
  sscratch: 0x140,
  sepc: 0x141,
  scause: 0x142,
  stval: 0x143,
  sip: 0x144,
  satp: 0x180,
  mvendorid: 0xf11,
  marchid: 0xf12,
  mimpid: 0xf13,
  mhartid: 0xf14,
  mconfigptr: 0xf15,
  mstatus: 0x300,
  misa: 0x301,
  medeleg: 0x302,
  mideleg: 0x303,
  mie: 0x304,
  mtvec: 0x305,
  mcounteren: 0x306,
  menvcfg: 0x30a,
  mstatush: 0x310,
  menvcfgh: 0x31a,
  mcountinhibit: 0x320,
  mscratch: 0x340,
  mepc: 0x341,
  mcause: 0x342,
  mtval: 0x343,
  mip: 0x344,
  pmpcfg0: 0x3a0,
  pmpaddr0: 0x3b0,
  mcycle: 0xb00,
  minstret: 0xb02,
  mcycleh: 0xb80,
  minstreth: 0xb82,
} as const;

type Entry = readonly [name: string, number: number];

/** `name` with each index from `first` to `last`; `number` is that of index 0. */
function numbered(name: string, number: number, first: number, last: number, end = ''): Entry[] {
  return Array.from({ length: last - first + 1 }, (_, past) => [
    `${name}${first + past}${end}`,
    number + first + past,
  ]);
}

const NUMBERS: ReadonlyMap<string, number> = new Map([
  ...Object.entries(CSR),
  ['tselect', 0x7a0],
  ...numbered('tdata', 0x7a0, 1, 3),
  ...numbered('hpmcounter', 0xc00, 3, 31),
  ...numbered('hpmcounter', 0xc80, 3, 31, 'h'),
  ...numbered('mhpmcounter', 0xb00, 3, 31),
  ...numbered('mhpmcounter', 0xb80, 3, 31, 'h'),
  ...numbered('mhpmevent', 0x320, 3, 31),
  ...numbered('pmpcfg', CSR.pmpcfg0, 0, 15),
  ...numbered('pmpaddr', CSR.pmpaddr0, 0, 63),
]);

const NAMES: ReadonlyMap<number, string> = new Map(
  [...NUMBERS].map(([name, number]) => [number, name]),
);

export const CSR_NAMES: readonly string[] = [...NUMBERS.keys()];

export function csrNumber(name: string): number | undefined {
  return NUMBERS.get(name);
}

/** The name, or `0x7c0` for one without. */
export function csrName(number: number): string {
  return NAMES.get(number) ?? `0x${number.toString(16).padStart(3, '0')}`;
}
