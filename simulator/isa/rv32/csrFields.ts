/**
 * What the bits of control and status registers mean (RISC-V Privileged Architecture 1.12, the
 * section beside each table). A register without a row is one number.
 */
/** `whole` is the register's value. */
type Meaning = (value: number, whole: number) => string;

/** Name, highest bit, lowest bit, what a value of it means. */
type Row = readonly [name: string, high: number, low: number, words: Meaning];

export type Field = {
  readonly name: string;
  /** `12:11`, or `3` for a single bit. */
  readonly bits: string;
  readonly value: number;
  readonly words: string;
};

const either =
  (off: string, on: string): Meaning =>
  (value) =>
    value === 0 ? off : on;

/** Those whose bits are set; the first letter is bit 0's. */
const letters = (names: string, value: number): string =>
  Array.from(names)
    .filter((_, bit) => ((value >>> bit) & 1) === 1)
    .join('');

const hex = (value: number): string => `0x${value.toString(16)}`;

/** Table 1.1. */
const MODES = ['user', 'supervisor', 'reserved', 'machine'];
const mode = (value: number): string => MODES[value] as string;

/** Codes of interrupts and of exceptions, table 3.6. */
const INTERRUPTS: ReadonlyMap<number, string> = new Map([
  [1, 'supervisor software interrupt'],
  [3, 'machine software interrupt'],
  [5, 'supervisor timer interrupt'],
  [7, 'machine timer interrupt'],
  [9, 'supervisor external interrupt'],
  [11, 'machine external interrupt'],
]);

const EXCEPTIONS: ReadonlyMap<number, string> = new Map([
  [0, 'instruction address misaligned'],
  [1, 'instruction access fault'],
  [2, 'illegal instruction'],
  [3, 'breakpoint'],
  [4, 'load address misaligned'],
  [5, 'load access fault'],
  [6, 'store address misaligned'],
  [7, 'store access fault'],
  [8, 'system call from user mode'],
  [9, 'system call from supervisor mode'],
  [11, 'system call from machine mode'],
  [12, 'instruction page fault'],
  [13, 'load page fault'],
  [15, 'store page fault'],
]);

function causeOf(code: number, whole: number): string {
  return (whole >= 0x8000_0000 ? INTERRUPTS : EXCEPTIONS).get(code) ?? `code ${code}, unknown`;
}

/** §3.1.6 and §3.1.6.1 to §3.1.6.5. */
const STATUS: readonly Row[] = [
  ['SIE', 1, 1, either('supervisor mode takes no interrupts', 'supervisor mode takes interrupts')],
  ['MIE', 3, 3, either('machine mode takes no interrupts', 'machine mode takes interrupts')],
  ['SPIE', 5, 5, either('SIE was 0 before the trap', 'SIE was 1 before the trap')],
  ['MPIE', 7, 7, either('MIE was 0 before the trap', 'MIE was 1 before the trap')],
  ['SPP', 8, 8, either('SRET goes back to user mode', 'SRET goes back to supervisor mode')],
  ['MPP', 12, 11, (value) => `MRET goes back to ${mode(value)} mode`],
  ['MPRV', 17, 17, either('loads and stores as the mode is', 'loads and stores as MPP says')],
  ['SUM', 18, 18, either('the supervisor may not touch user pages', 'it may touch user pages')],
  ['MXR', 19, 19, either('pages to execute cannot be loaded', 'pages to execute can be loaded')],
  ['TVM', 20, 20, either('the supervisor has the page tables', 'its hand on them traps')],
  ['TW', 21, 21, either('WFI waits in every mode', 'WFI traps below machine mode')],
  ['TSR', 22, 22, either('SRET is the supervisor’s', 'SRET traps in supervisor mode')],
];

const SUPERVISOR_STATUS = STATUS.filter(([name]) =>
  ['SIE', 'SPIE', 'SPP', 'SUM', 'MXR'].includes(name),
);

/** §3.1.7: where a trap goes. */
const VECTOR: readonly Row[] = [
  ['MODE', 1, 0, either('every trap to one place', 'each interrupt to a place of its own')],
  ['BASE', 31, 2, (value) => `the trap handler at ${hex(value * 4)}`],
];

/** §3.1.15. */
const CAUSE: readonly Row[] = [
  ['Interrupt', 31, 31, either('an exception', 'an interrupt')],
  ['Code', 30, 0, causeOf],
];

/** §3.1.9: one bit for each interrupt. */
function interrupts(suffix: string, off: string, on: string): Row[] {
  return [...INTERRUPTS].map(([bit, name]): Row => {
    const [level = '', source = ''] = name.toUpperCase().split(' ');
    return [
      `${level.charAt(0)}${source.charAt(0)}${suffix}`,
      bit,
      bit,
      either(`${name} ${off}`, `${name} ${on}`),
    ];
  });
}

const ENABLED = interrupts('IE', 'off', 'on');
const PENDING = interrupts('IP', 'not waiting', 'waiting');

/** §3.1.8: one bit for each cause that a mode below machine mode can have. */
function delegation(causes: ReadonlyMap<number, string>): Row[] {
  const below = [...causes].filter(([, name]) => !name.includes('machine'));
  return below.map(([bit, name]): Row => {
    return [String(bit), bit, bit, either(`${name}: machine mode`, `${name}: supervisor mode`)];
  });
}

/** §3.1.11, §4.1.5. */
function counters(off: string, on: string): Row[] {
  return ['cycle', 'time', 'instret'].map((name, bit): Row => {
    return [name, bit, bit, either(`${name} ${off}`, `${name} ${on}`)];
  });
}

/** §4.1.11, figure 4.11. */
const TRANSLATION: readonly Row[] = [
  ['MODE', 31, 31, either('addresses are physical', 'Sv32: addresses go through page tables')],
  ['ASID', 30, 22, (value) => `address space ${value}`],
  ['PPN', 21, 0, (value) => `the root page table at ${hex(value * 4096)}`],
];

const MATCHES = ['off', 'up to its address (TOR)', 'four octets (NA4)', 'a power of two (NAPOT)'];

/** §3.7.1, figure 3.34: one octet of pmpcfg. */
function protection(octet: number): string {
  const rights = letters('RWX', octet);
  const locked = octet >= 0x80 ? ', locked' : '';
  return `${MATCHES[(octet >>> 3) & 3]}${rights === '' ? ', no rights' : `, ${rights}`}${locked}`;
}

const protections = (first: number): Row[] =>
  [0, 1, 2, 3].map((at): Row => [`pmp${first + at}cfg`, at * 8 + 7, at * 8, protection]);

/** §3.1.1: the letters of extensions. */
const MISA: readonly Row[] = [
  ['MXL', 31, 30, (value) => `${32 * value} bits`],
  ['Extensions', 25, 0, (value) => letters('ABCDEFGHIJKLMNOPQRSTUVWXYZ', value)],
];

const ROWS: ReadonlyMap<string, readonly Row[]> = new Map([
  ['mstatus', STATUS],
  ['sstatus', SUPERVISOR_STATUS],
  ['misa', MISA],
  ['mie', ENABLED],
  ['sie', ENABLED.filter(([name]) => name.startsWith('S'))],
  ['mip', PENDING],
  ['sip', PENDING.filter(([name]) => name.startsWith('S'))],
  ['mtvec', VECTOR],
  ['stvec', VECTOR],
  ['mcause', CAUSE],
  ['scause', CAUSE],
  ['medeleg', delegation(EXCEPTIONS)],
  ['mideleg', delegation(INTERRUPTS)],
  ['mcounteren', counters('hidden below machine mode', 'to be read below machine mode')],
  ['scounteren', counters('hidden from user mode', 'to be read in user mode')],
  ['mcountinhibit', counters('counts', 'stands still').filter(([name]) => name !== 'time')],
  ['satp', TRANSLATION],
  ['pmpcfg0', protections(0)],
  ['pmpcfg1', protections(4)],
]);

/** No field is wider than 31 bits. */
function bitsOf(value: number, high: number, low: number): number {
  return ((value >>> low) & (((1 << (high - low + 1)) >>> 0) - 1)) >>> 0;
}

/** The fields of the register of that name, from the highest bit down; none for a plain number. */
export function csrFields(name: string, value: number): readonly Field[] {
  const rows = ROWS.get(name) ?? [];
  return [...rows]
    .sort((a, b) => b[1] - a[1])
    .map(([field, high, low, words]) => {
      const held = bitsOf(value, high, low);
      const bits = high === low ? String(high) : `${high}:${low}`;
      return { name: field, bits, value: held, words: words(held, value) };
    });
}
