/** Random programs: instructions of every kind, registers, CSRs, page tables and a mode to begin in. */
import { encode } from '../../simulator/isa/rv32/encode';
import { CSR } from '../../simulator/isa/rv32/csrs';
import { TABLE, type Row } from '../../simulator/isa/rv32/table';
import {
  addressOf,
  BASE,
  BODY,
  DATA,
  LEAVES,
  memory,
  OCTETS,
  ROOT,
  STRETCH_OCTETS,
  TRAPS,
  USER_BODY,
} from './frame';

export type Program = {
  readonly octets: Uint8Array;
  readonly pc: number;
  readonly mode: 0 | 1 | 3;
  /** x1 to x31. */
  readonly registers: readonly number[];
  /** In the order in which they are written, by machine mode. */
  readonly csrs: readonly (readonly [name: string, value: number])[];
};

/** Draws numbers; the same seed draws the same. */
export type Dice = {
  /** 0 to below `limit`. */
  readonly below: (limit: number) => number;
  readonly word: () => number;
  readonly pick: <T>(from: readonly T[]) => T;
  /** True once in so many times. */
  readonly once: (inTimes: number) => boolean;
};

/** Mulberry32: small, and good enough to draw programs. */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const word = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (limit: number): number => word() % limit;
  return {
    below,
    word,
    pick: (from) => from[below(from.length)] as (typeof from)[number],
    once: (inTimes) => below(inTimes) === 0,
  };
}

/**
 * CSRs that a program reads and writes. Not among them: counters and identity, whose values are
 * each machine's own, and mtvec and stvec, by which a program would lose its handlers.
 */
const CSRS: readonly number[] = [
  ...[CSR.mscratch, CSR.mcause, CSR.mtval],
  ...[CSR.mcounteren, CSR.misa, CSR.scounteren],
  ...[CSR.sscratch, CSR.scause, CSR.stval],
  ...[0x3b0, 0x3b1, 0x3b2, 0x7c0, 0x8ff],
];

/** None near what QEMU's board has and ours has not: its ROM lies from 0x1000 on. */
const WORDS = [0, 1, -1, 2, 0x7fff_ffff, 0x8000_0000, 0xff, 0x5555_5555];

function registerValue({ pick, below, word }: Dice): number {
  switch (below(24)) {
    case 0:
    case 1:
      return pick(WORDS);
    case 2:
      return word();
    case 4:
      return BODY + below(64) * 4;
    case 5:
    case 6:
      return 0x4000_0000 + below(0x5000);
    default:
      return DATA + below(0xf00) + (below(2) === 0 ? 0 : below(4));
  }
}

const isJump = ({ class: kind }: Row): boolean => kind === 'jump' || kind === 'branch';

function immediate(row: Row, { below, word, once }: Dice): number {
  // Mostly forward, so that programs end.
  if (isJump(row)) return once(12) ? -4 * below(8) : 2 * (2 + below(12));
  if (once(4)) return word();
  return below(129) - 64;
}

const rowOf = (name: string): Row => {
  const row = TABLE.find((one) => one.name === name);
  if (row === undefined) throw new Error(`no instruction ${name}`);
  return row;
};

const [LR, SC, ADDI] = ['lr.w', 'sc.w', 'addi'].map(rowOf) as [Row, Row, Row];
/** One that is alone stands in a list of differences (`known.ts`). */
const ALONE = TABLE.filter((row) => row !== SC);

/** A reservation and what it is for, now and then with something between. */
function pair({ below, once, pick }: Dice): readonly number[] {
  const rs1 = pick([8, 9, 10, 11, 12, 13, 14, 15]);
  const between = once(2) ? [encode(ADDI, { rd: 16, rs1: 16, imm: 1 })] : [];
  const lr = encode(LR, { rd: 17 + below(3), rs1, imm: below(4) });
  return [lr, ...between, encode(SC, { rd: 20 + below(3), rs1, rs2: below(32), imm: below(4) })];
}

const [LUI, CSRRW, CSRRS, CSRRC] = ['lui', 'csrrw', 'csrrs', 'csrrc'].map(rowOf) as [
  Row,
  Row,
  Row,
  Row,
];

/** satp with Sv32 on, ASID 0. */
const PAGED = 0x8000_0000 + ROOT / 4096;

/** Fields of mstatus that each machine has, MPP but for the mode that there is not. */
const STATUS_BITS = [1, 3, 5, 7, 8, 17, 18, 19, 20, 21, 22].map((bit) => 1 << bit);

/** A value that both machines keep, and the instruction that writes it. */
function setting({ below, pick, once }: Dice): readonly number[] {
  const [csr, value] = pick([
    [CSR.mstatus, pick(STATUS_BITS) | pick(STATUS_BITS) | pick([0, 0x800, 0x1800])],
    [CSR.sstatus, pick(STATUS_BITS) | pick(STATUS_BITS)],
    [CSR.mie, pick([0, 2, 0x20, 0x200, 0x222])],
    [CSR.mip, pick([0, 2, 0x20, 0x200, 0x222])],
    [CSR.sie, pick([0, 2, 0x20, 0x200, 0x222])],
    [CSR.sip, pick([0, 2, 0x20, 0x200, 0x222])],
    [CSR.mideleg, pick([0, 2, 0x20, 0x200, 0x222])],
    // QEMU keeps bit 0 of sepc and mepc, which is always zero (volume II, §3.1.14 and §4.1.7),
    // and bits of medeleg for exceptions that the processor has not.
    [CSR.sepc, BODY + below(64) * 4],
    [CSR.mepc, BODY + below(64) * 4],
    [CSR.medeleg, pick([0, 0xb1ff, 0x0100, 0xb000, 0x00ff])],
    [CSR.satp, pick([0, PAGED, PAGED + 2 ** 22])],
  ] as const);
  const rs1 = 5 + below(3);
  const low = (value << 20) >> 20;
  const isWhole = csr === CSR.satp || csr === CSR.mepc || csr === CSR.sepc;
  const row = pick(isWhole || once(3) ? [CSRRW] : [CSRRS, CSRRC]);
  return [
    encode(LUI, { rd: rs1, imm: (value - low) | 0 }),
    encode(ADDI, { rd: rs1, rs1, imm: low }),
    encode(row, { rd: below(32), rs1, csr }),
  ];
}

function instruction(rolls: Dice): number {
  const row = rolls.pick(ALONE);
  const register = (): number => rolls.below(32);
  return encode(row, {
    rd: register(),
    rs1: register(),
    rs2: register(),
    imm: immediate(row, rolls),
    csr: rolls.pick(CSRS),
    zimm: register(),
  });
}

/** 16 bits whose lowest two are not 3. */
function short({ below, word }: Dice): number {
  return (word() & 0xfffc) | below(3);
}

/** Fills a stretch of the body with instructions of both lengths. */
function fill(view: DataView, from: number, to: number, rolls: Dice): void {
  let at = from;
  while (at + 4 <= to) {
    if (rolls.once(20) && at + 12 <= to) {
      for (const word of rolls.once(2) ? pair(rolls) : setting(rolls)) {
        view.setUint32(at, word, true);
        at += 4;
      }
    } else if (rolls.once(4)) {
      view.setUint16(at, short(rolls), true);
      at += 2;
    } else {
      const word = rolls.once(30) ? rolls.word() : instruction(rolls);
      view.setUint32(at, word, true);
      at += 4;
    }
  }
  if (at < to) view.setUint16(at, 1, true);
}

/** V, R, W, X, U, G, A, D from bit 0 on (Privileged Architecture §4.3.1). */
const LEAF_FLAGS = [0xdf, 0xdf, 0xdf, 0xdf, 0x1f, 0x5f, 0xd7, 0xd3, 0x59, 0xcf, 0x17, 0x01, 0];

/**
 * 4 MiB at their own addresses for supervisor mode; for user mode the five pages of the frame at
 * 0x40000000, each with rights of chance.
 */
function page(view: DataView, rolls: Dice): void {
  const put = (at: number, frame: number, flags: number): void => {
    view.setUint32(at - BASE, ((frame / 4096) << 10) | flags, true);
  };
  put(ROOT + 4 * (BASE / 2 ** 22), BASE, 0xcf);
  put(ROOT + 4 * (0x4000_0000 / 2 ** 22), LEAVES, 1);
  for (let n = 0; n < OCTETS / 4096; n++) {
    const frame = rolls.once(10) ? rolls.below(5) : n;
    put(LEAVES + 4 * n, BASE + 4096 * frame, rolls.pick(LEAF_FLAGS));
  }
}

const STATUS = [0, 8, 0xa, 1 << 18, 1 << 19, 3 << 18, 1 << 20, 1 << 22];
/** MPRV with MPP of supervisor mode: only machine mode can be found so (§3.1.6.3). */
const AS_SUPERVISOR = (1 << 17) | (1 << 11);

/** Everything is open, but for what one lower entry may close to the modes below machine mode. */
function pmp({ once, below, pick }: Dice): readonly (readonly [string, number])[] {
  const all = [['pmpaddr7', 0xffff_ffff] as const, ['pmpcfg1', 0x1f00_0000] as const];
  if (!once(3)) return all;
  const address = (DATA + below(0x1000)) >>> 2;
  const config = pick([0x18, 0x19, 0x1b, 0x1c, 0x10, 0x11, 0x13, 0x08, 0x09]);
  return [...all, ['pmpaddr0', address], ['pmpcfg0', config]];
}

export function programOf(seed: number): Program {
  const rolls = dice(seed);
  const octets = memory();
  const view = new DataView(octets.buffer);
  const body = BODY - BASE;
  for (let n = 0; n <= TRAPS; n++) {
    fill(view, body + n * STRETCH_OCTETS, body + (n + 1) * STRETCH_OCTETS, rolls);
  }
  const after = body + (TRAPS + 1) * STRETCH_OCTETS;
  // Whoever gets here traps until it is enough.
  for (let at = after; at < body + 0x1000; at += 4) view.setUint32(at, 0x0000_0073, true);
  for (let at = DATA - BASE; at < DATA - BASE + 0x1000; at += 4) {
    view.setUint32(at, rolls.word(), true);
  }
  const mode = rolls.pick([0, 1, 3] as const);
  const isPaged = rolls.once(2);
  if (isPaged) {
    page(view, rolls);
    view.setUint32(addressOf('places') - BASE + 4, USER_BODY, true);
  }
  const isUser = mode === 0 && isPaged;
  return {
    octets,
    pc: isUser ? USER_BODY : BODY,
    mode,
    registers: Array.from({ length: 31 }, () => registerValue(rolls) >>> 0),
    csrs: [
      ...pmp(rolls),
      ['mtvec', addressOf('machine')],
      ['stvec', addressOf('supervisor')],
      ['medeleg', rolls.pick([0, 0xb1ff, 0x0100, 0xb000])],
      ['mideleg', rolls.pick([0, 0x222])],
      ['mcounteren', 0],
      ['mie', rolls.pick([0, 0x222, 0x2])],
      ['mip', 0],
      ['mstatus', rolls.pick(mode === 3 ? [...STATUS, AS_SUPERVISOR] : STATUS)],
      ['satp', isPaged ? PAGED + rolls.below(4) * 2 ** 22 : 0],
    ],
  };
}
