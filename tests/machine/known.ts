/**
 * Where QEMU 7.2 and the manual part, so that a program that meets it is not compared any further.
 * Each row says what is seen at the first trap that differs.
 */
import { decode } from '../../simulator/isa/rv32/decode';
import { addressOf, BASE, BODY, ROOT, TRAPS } from './frame';
import { COMPARED, type Outcome } from './outcome';
import type { Program } from './program';

/** What the handlers write down of a trap. */
type Trap = {
  readonly cause: number;
  readonly epc: number;
  readonly tval: number;
  readonly status: number;
};

type Meeting = {
  readonly ours: Trap;
  readonly theirs: Trap;
  /** Of the instruction that trapped here. */
  readonly name: string;
  /** Does a PMP entry lie over a part of the data? */
  readonly isGuarded: boolean;
};

export type Difference = { readonly name: string; readonly is: (meeting: Meeting) => boolean };

/** Faults of a store or an atomic, beside those of a load (table 3.6). */
const LOAD_OF: ReadonlyMap<number, number> = new Map([
  [7, 5],
  [15, 13],
]);

/** Access faults and page faults of the same kind of access. */
const PAGE_FAULT_OF: ReadonlyMap<number, number> = new Map([
  [1, 12],
  [5, 13],
  [7, 15],
]);

const INTERRUPT = 0x8000_0000;
/** Access faults of loads and stores. */
const FAULTS: readonly number[] = [5, 7];

const isAtomic = (name: string): boolean => name.startsWith('amo');

/** Is `theirs` the start of the aligned word or half in which `ours` lies? */
const isRounded = (ours: number, theirs: number): boolean =>
  ours !== theirs && [2, 4].some((width) => theirs === ours - (ours % width));

/** What lies elsewhere on QEMU's board: ROM, the test interface, the timer. */
const ELSEWHERE: readonly (readonly [number, number])[] = [
  [0x1000, 0x1_0000],
  [0x0100_0000, 0x0101_0000],
  [0x0200_0000, 0x0201_0000],
];

const isElsewhere = (address: number): boolean =>
  ELSEWHERE.some(([from, to]) => address >= from - 4 && address < to);

export const KNOWN: readonly Difference[] = [
  {
    // Volume I, §13.4: an AMO raises the exceptions of a store. QEMU does it as a load and a store
    // where no RAM answers.
    name: 'an atomic where no RAM is: load access fault',
    is: ({ ours, theirs, name }) =>
      isAtomic(name) && LOAD_OF.get(ours.cause) === theirs.cause && ours.epc === theirs.epc,
  },
  {
    // Volume II, §3.1.16: the address of the portion that failed. QEMU goes by aligned words.
    name: 'a misaligned access where no RAM is: mtval is rounded down',
    is: ({ ours, theirs }) => ours.cause === theirs.cause && isRounded(ours.tval, theirs.tval),
  },
  {
    // Volume II, §4.3.2, step 2: a page-table entry that cannot be read is an access fault.
    name: 'a page table where no RAM is: page fault',
    is: ({ ours, theirs }) => PAGE_FAULT_OF.get(ours.cause) === theirs.cause,
  },
  {
    name: 'a place where the two boards have other devices',
    is: ({ ours, theirs }) => [ours.tval, theirs.tval].some(isElsewhere),
  },
  {
    // Volume II, §3.1.9: bits that are not used are read-only zero. QEMU keeps those of the
    // hypervisor extension (2, 6, 10, 12) and of counter overflow (13), and takes such interrupts.
    name: 'interrupts of extensions that the processor has not',
    is: ({ theirs }) => [2, 6, 10, 12, 13].some((code) => theirs.cause === 0x8000_0000 + code),
  },
  {
    // Volume II, §3.1.9: MEI, MSI, MTI, SEI, SSI, STI. QEMU takes the one with the lowest number.
    name: 'several interrupts at once: in another order',
    is: ({ ours, theirs }) => ours.cause > INTERRUPT && theirs.cause > INTERRUPT,
  },
  {
    // Volume II, §3.7.1: a misaligned access may be done in parts, each checked for itself.
    name: 'a misaligned access over the edge of a PMP entry',
    is: ({ theirs, isGuarded }) =>
      isGuarded && FAULTS.includes(theirs.cause) && theirs.tval % 4 > 0,
  },
  {
    // Volume II, §3.7: without translation an address that changed holds at once. QEMU 7.2 goes on
    // by what it had looked up before.
    name: 'an address of a PMP entry that changed: seen late',
    is: ({ ours, theirs, isGuarded }) =>
      isGuarded && [ours.cause, theirs.cause].some((cause) => [1, ...FAULTS].includes(cause)),
  },
  {
    // Volume II, §3.1.10: the event counters are there, be it as zero.
    name: 'an event counter that QEMU has not',
    is: ({ theirs }) =>
      theirs.cause === 2 && decode(theirs.tval)?.row.class === 'csr' && theirs.tval >>> 28 === 0xb,
  },
  {
    // Volume I, §13.2: the address of an SC is checked. QEMU asks for the reservation first.
    name: 'an SC without reservation: fails before its address is looked at',
    is: ({ name }) => name === 'sc.w',
  },
];

const logOf = ({ octets }: Outcome): readonly Trap[] => {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  const log = addressOf('log') - BASE;
  return Array.from({ length: TRAPS }, (_, n) => {
    const [cause = 0, epc = 0, tval = 0, status = 0] = [0, 4, 8, 12].map((at) =>
      view.getUint32(log + n * 16 + at, true),
    );
    return { cause, epc, tval, status };
  });
};

/** The instruction of the body at a virtual address, whose lowest 12 bits are the real ones. */
function nameAt({ octets }: Program, epc: number): string {
  const view = new DataView(octets.buffer);
  const at = BODY - BASE + Math.min(epc % 4096, 4092);
  const word = view.getUint16(at, true) + (view.getUint16(at + 2, true) << 16);
  return decode(word)?.row.name ?? '';
}

const isSame = (a: Trap, b: Trap): boolean =>
  a.cause === b.cause && a.epc === b.epc && a.tval === b.tval && a.status === b.status;

/** Stores into code are seen at once here; by the manual only after FENCE.I (volume I, §6.1). */
function isRewritten({ octets }: Program, ours: Outcome): boolean {
  const [from, to] = [BODY - BASE, BODY - BASE + 4096];
  return octets.subarray(from, to).some((octet, at) => octet !== ours.octets[from + at]);
}

/** Does satp point at the table that was made, or is it off? */
function isRooted({ csrs }: Outcome): boolean {
  const satp = csrs[COMPARED.findIndex(({ name }) => name === 'satp')] ?? 0;
  return satp < 0x8000_0000 || satp % 2 ** 22 === ROOT / 4096;
}

/**
 * Volume II, §3.1.14 and §4.1.7: bit 0 of mepc and sepc is always zero. QEMU keeps it, goes to odd
 * addresses, and says so in all that follows.
 */
function isOdd(ours: Outcome, theirs: Outcome): boolean {
  const even = ({ registers, csrs, octets }: Outcome): string => {
    const words = new Uint32Array(octets.slice().buffer);
    return [...registers, ...csrs, ...words].map((value) => value >>> 1).join();
  };
  return even(ours) === even(theirs);
}

/** What QEMU can go round and round about: that it went on where this machine traps. */
function knownEndless(program: Program, ours: Outcome): string | null {
  const traps = logOf(ours).map((trap) => ({ ...trap, name: nameAt(program, trap.epc) }));
  if (traps.some(({ name }) => name === 'sc.w')) return 'an SC without reservation: goes on';
  if (traps.some(({ cause, tval }) => cause > 3 && isElsewhere(tval))) {
    return 'a place where the two boards have other devices: goes on';
  }
  if (!isRooted(ours)) return 'a page table where no RAM is: page faults without end';
  return traps.some(({ name, cause }) => isAtomic(name) && cause === 7)
    ? 'an atomic where no RAM is: tried again and again'
    : null;
}

/** The name of the listed difference that parted the two first, or null. */
export function knownDifference(
  program: Program,
  ours: Outcome,
  theirs: Outcome | null,
): string | null {
  if (theirs === null) return knownEndless(program, ours);
  if (isRewritten(program, ours)) return 'a store into code without FENCE.I';
  if (isOdd(ours, theirs)) return 'bit 0 of mepc or sepc';
  const [mine, other] = [logOf(ours), logOf(theirs)];
  const first = mine.findIndex((trap, n) => !isSame(trap, other[n] as Trap));
  const [one, two] = [mine[first], other[first]];
  if (one === undefined || two === undefined) return null;
  const isGuarded = program.csrs.some(([name]) => name === 'pmpaddr0');
  const meeting = { ours: one, theirs: two, name: nameAt(program, one.epc), isGuarded };
  return KNOWN.find(({ is }) => is(meeting))?.name ?? null;
}
