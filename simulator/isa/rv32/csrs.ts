/**
 * Names and numbers of the control and status registers of a machine with M and U mode (RISC-V
 * manual, volume II, §2.2, tables 3 and 6 to 8). What they hold is the CPU's.
 */

const PMP_CONFIGURATIONS = 4;
const PMP_ADDRESSES = 16;

export const CSR = {
  cycle: 0xc00,
  time: 0xc01,
  instret: 0xc02,
  cycleh: 0xc80,
  timeh: 0xc81,
  instreth: 0xc82,
  mvendorid: 0xf11,
  marchid: 0xf12,
  mimpid: 0xf13,
  mhartid: 0xf14,
  mconfigptr: 0xf15,
  mstatus: 0x300,
  misa: 0x301,
  mie: 0x304,
  mtvec: 0x305,
  mcounteren: 0x306,
  mstatush: 0x310,
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

const NUMBERS: ReadonlyMap<string, number> = new Map([
  ...Object.entries(CSR),
  ...Array.from({ length: PMP_CONFIGURATIONS }, (_, index): [string, number] => [
    `pmpcfg${index}`,
    CSR.pmpcfg0 + index,
  ]),
  ...Array.from({ length: PMP_ADDRESSES }, (_, index): [string, number] => [
    `pmpaddr${index}`,
    CSR.pmpaddr0 + index,
  ]),
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
