/**
 * Where the operands of each format lie in the 32-bit word (RISC-V manual, volume I, §2.2 and
 * §2.3): one table that reading and writing share.
 */
import type { Format } from './table';

type Layout = {
  readonly rd: boolean;
  readonly rs1: boolean;
  readonly rs2: boolean;
  readonly csr: boolean;
  readonly zimm: boolean;
  /** The immediate as a signed number. */
  readonly read: (word: number) => number;
  /** The bits of the word that hold the immediate. */
  readonly place: (imm: number) => number;
};

const NONE = { rd: false, rs1: false, rs2: false, csr: false, zimm: false };
const NO_IMM = { read: (): number => 0, place: (): number => 0 };

const ORDERING = {
  read: (word: number): number => (word >>> 25) & 3,
  place: (imm: number): number => (imm & 3) << 25,
};

const readS = (word: number): number => ((word >> 20) & ~31) | ((word >>> 7) & 31);
const placeS = (imm: number): number => ((imm & 0xfe0) << 20) | ((imm & 31) << 7);

const readB = (word: number): number =>
  ((word >> 31) << 12) | ((word & 0x80) << 4) | ((word >>> 20) & 0x7e0) | ((word >>> 7) & 0x1e);
const placeB = (imm: number): number =>
  ((imm & 0x1000) << 19) | ((imm & 0x7e0) << 20) | ((imm & 0x1e) << 7) | ((imm & 0x800) >> 4);

const readJ = (word: number): number =>
  ((word >> 31) << 20) | (word & 0xff000) | ((word >>> 9) & 0x800) | ((word >>> 20) & 0x7fe);
const placeJ = (imm: number): number =>
  ((imm & 0x10_0000) << 11) | ((imm & 0x7fe) << 20) | ((imm & 0x800) << 9) | (imm & 0xff000);

export const FORMATS: { readonly [F in Format]: Layout } = {
  R: { ...NONE, ...NO_IMM, rd: true, rs1: true, rs2: true },
  I: { ...NONE, rd: true, rs1: true, read: (word) => word >> 20, place: (imm) => imm << 20 },
  S: { ...NONE, rs1: true, rs2: true, read: readS, place: placeS },
  B: { ...NONE, rs1: true, rs2: true, read: readB, place: placeB },
  // The immediate of lui and auipc is what is added: its low 12 bits are 0.
  U: { ...NONE, rd: true, read: (word) => word & ~0xfff, place: (imm) => imm & ~0xfff },
  J: { ...NONE, rd: true, read: readJ, place: placeJ },
  shift: {
    ...NONE,
    rd: true,
    rs1: true,
    read: (word) => (word >>> 20) & 31,
    place: (imm) => (imm & 31) << 20,
  },
  csr: { ...NONE, ...NO_IMM, rd: true, rs1: true, csr: true },
  csrImmediate: { ...NONE, ...NO_IMM, rd: true, zimm: true, csr: true },
  // fm (4 bits), predecessor set (4 bits: i o r w), successor set (4 bits), §2.7.
  fence: { ...NONE, read: (word) => word >>> 20, place: (imm) => imm << 20 },
  translation: { ...NONE, ...NO_IMM, rs1: true, rs2: true },
  // The immediate is the ordering: 2 is aq, 1 is rl (§13.1).
  reserve: { ...NONE, ...ORDERING, rd: true, rs1: true },
  atomic: { ...NONE, ...ORDERING, rd: true, rs1: true, rs2: true },
  none: { ...NONE, ...NO_IMM },
};
