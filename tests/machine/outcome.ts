/** What two machines are compared by, and what may differ between them. */
import { addressOf, BASE, TRAPS } from './frame';

export type Outcome = {
  readonly registers: readonly number[];
  readonly pc: number;
  readonly mode: number;
  /** In the order of {@link COMPARED}. */
  readonly csrs: readonly number[];
  readonly octets: Uint8Array;
};

type Compared = { readonly name: string; readonly mask: number };

const whole = (name: string): Compared => ({ name, mask: 0xffff_ffff });

/** Not FS, VS, XS, SD and MPRV. */
const STATUS = 0x7ffc_19ff;

/** Of the mstatus that the handlers wrote down, what is compared. */
export function settled(octets: Uint8Array): Uint8Array {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  for (let n = 0; n < TRAPS; n++) {
    const at = addressOf('log') - BASE + n * 16 + 12;
    view.setUint32(at, view.getUint32(at, true) & STATUS, true);
  }
  return octets;
}

/** Counters and identity registers are each machine's own. */
export const COMPARED: readonly Compared[] = [
  // Not FS, VS, XS and SD (QEMU keeps VS without vectors), nor MPRV, which its SRET leaves as it
  // is (volume II, §3.1.6.3: it clears it).
  { name: 'mstatus', mask: STATUS },
  // Not the bits of extensions that are not there (2, 6, 10, 12, 13), see known.ts.
  { name: 'mie', mask: 0xffff_cbbb },
  { name: 'mideleg', mask: 0xffff_cbbb },
  ...['mtvec', 'mscratch', 'mepc', 'mcause', 'mtval', 'medeleg'].map(whole),
  ...['stvec', 'sscratch', 'sepc', 'scause', 'stval', 'satp', 'misa'].map(whole),
  ...['mcounteren', 'scounteren', 'pmpcfg0', 'pmpcfg1', 'pmpaddr0'].map(whole),
  ...['pmpaddr1', 'pmpaddr2', 'pmpaddr7'].map(whole),
  // The same, without MTIP and MSIP, which each board's timer pulls.
  { name: 'mip', mask: 0xffff_cb33 },
];

const hex = (value: number): string => `0x${(value >>> 0).toString(16).padStart(8, '0')}`;

/** Every difference as a line; none when they are alike. */
export function differences(ours: Outcome, theirs: Outcome, base: number): readonly string[] {
  const found: string[] = [];
  const compare = (name: string, a: number, b: number): void => {
    if (a !== b) found.push(`${name}: ${hex(a)} here, ${hex(b)} there`);
  };
  compare('pc', ours.pc, theirs.pc);
  compare('mode', ours.mode, theirs.mode);
  for (let n = 1; n < 32; n++) compare(`x${n}`, ours.registers[n] ?? 0, theirs.registers[n] ?? 0);
  for (const [n, { name }] of COMPARED.entries()) {
    compare(name, ours.csrs[n] ?? 0, theirs.csrs[n] ?? 0);
  }
  const [a, b] = [ours.octets, theirs.octets].map(
    (octets) => new DataView(octets.buffer, octets.byteOffset, octets.length),
  ) as [DataView, DataView];
  for (let at = 0; at < a.byteLength; at += 4) {
    compare(`word at ${hex(base + at)}`, a.getUint32(at, true), b.getUint32(at, true));
  }
  return found;
}
