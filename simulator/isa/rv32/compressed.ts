/**
 * The 16-bit instructions of RV32C. Each is another spelling of one 32-bit instruction, with fewer
 * operands; the processor expands it while decoding. Source: The RISC-V Instruction Set Manual,
 * volume I (20240411), chapter 26 "C" and §26.8 "RVC Instruction Set Listings", whose way of
 * writing is that of the table below: a register with an apostrophe is one of x8 to x15 in 3 bits,
 * and `imm[5|4:2]` says which bits of the immediate lie there.
 */
import type { Operands } from './operands';
import { rowNamed, type Operand, type Row } from './table';

type Field = 'rd' | 'rs1' | 'rs2' | 'imm';

/** `width` bits of the half-word from bit `at` on are the bits of the field from `bit` on. */
type Piece = {
  readonly field: Field;
  readonly at: number;
  readonly bit: number;
  readonly width: number;
  /** The registers that 3 bits name begin at x8. */
  readonly base: number;
};

export type CompressedRow = {
  readonly name: string;
  /** The 32-bit instruction that it stands for. */
  readonly row: Row;
  /** A half-word is this instruction when `(half & mask) === match` and it is not reserved. */
  readonly mask: number;
  readonly match: number;
  readonly pieces: readonly Piece[];
  /** Operands of the 32-bit instruction that the name itself says. */
  readonly fixed: Partial<Operands>;
  /** The immediate is signed and this wide; 0 when it has no sign. */
  readonly signBits: number;
  /** Fields that are reserved when 0, and numbers that rd may not be. */
  readonly nonZero: readonly Field[];
  readonly not: Partial<Operands>;
  /** The operands in the order in which they are written. */
  readonly syntax: readonly Operand[];
};

type More = Partial<Pick<CompressedRow, 'fixed' | 'signBits' | 'nonZero' | 'not'>>;

const REGISTERS: Readonly<Record<string, readonly Field[]>> = {
  rd: ['rd'],
  rs1: ['rs1'],
  rs2: ['rs2'],
  'rd/rs1': ['rd', 'rs1'],
};

type Pattern = Pick<CompressedRow, 'mask' | 'match' | 'pieces'>;

/** `imm[5|4:2]`: the bits as they follow each other, the highest first. */
function immediatePieces(bits: string, top: number): Piece[] {
  let at = top;
  return bits.split('|').map((range) => {
    const [high = 0, low = high] = range.split(':').map(Number);
    const width = high - low + 1;
    at -= width;
    return { field: 'imm', at, bit: low, width, base: 0 };
  });
}

function registerPieces(word: string, top: number): Piece[] {
  const small = word.includes("'");
  const width = small ? 3 : 5;
  const fields = REGISTERS[word.replaceAll("'", '')] ?? [];
  return fields.map((field) => ({ field, at: top - width, bit: 0, width, base: small ? 8 : 0 }));
}

/** Reads a pattern of 16 bits, the highest first. */
function patternOf(text: string): Pattern {
  let top = 16;
  let mask = 0;
  let match = 0;
  const pieces: Piece[] = [];
  for (const word of text.split(' ')) {
    if (/^[01]+$/.test(word)) {
      top -= word.length;
      mask |= ((1 << word.length) - 1) << top;
      match |= parseInt(word, 2) << top;
      continue;
    }
    const bits = /^imm\[(.*)\]$/.exec(word)?.[1];
    const found = bits === undefined ? registerPieces(word, top) : immediatePieces(bits, top);
    pieces.push(...found);
    top = Math.min(...found.map(({ at }) => at));
  }
  return { mask, match, pieces };
}

function short(
  name: string,
  base: string,
  syntax: readonly Operand[],
  pattern: string,
  { fixed = {}, signBits = 0, nonZero = [], not = {} }: More = {},
): CompressedRow {
  const row = rowNamed(base) as Row;
  return { name, row, syntax, fixed, signBits, nonZero, not, ...patternOf(pattern) };
}

const SP = { rs1: 2 } as const;
const LINK = { rd: 1 } as const;
const JUMP = 'imm[11|4|9:8|10|6|7|3:1|5]';

// The first row that fits is taken: c.nop before c.addi, c.addi16sp before c.lui.
// prettier-ignore
export const COMPRESSED: readonly CompressedRow[] = [
  short('c.addi4spn', 'addi', ['rd', 'rs1', 'imm'], "000 imm[5:4|9:6|2|3] rd' 00",             { fixed: SP, nonZero: ['imm'] }),
  short('c.lw',       'lw',   ['rd', 'address'],    "010 imm[5:3] rs1' imm[2|6] rd' 00"),
  short('c.sw',       'sw',   ['rs2', 'address'],   "110 imm[5:3] rs1' imm[2|6] rs2' 00"),
  short('c.nop',      'addi', [],                   '000 0 00000 00000 01',                    { fixed: { rd: 0, rs1: 0, imm: 0 } }),
  short('c.addi',     'addi', ['rd', 'imm'],        '000 imm[5] rd/rs1 imm[4:0] 01',           { signBits: 6 }),
  short('c.jal',      'jal',  ['target'],           `001 ${JUMP} 01`,                          { fixed: LINK, signBits: 12 }),
  short('c.li',       'addi', ['rd', 'imm'],        '010 imm[5] rd imm[4:0] 01',               { fixed: { rs1: 0 }, signBits: 6 }),
  short('c.addi16sp', 'addi', ['rd', 'imm'],        '011 imm[9] 00010 imm[4|6|8:7|5] 01',      { fixed: { rd: 2, rs1: 2 }, signBits: 10, nonZero: ['imm'] }),
  short('c.lui',      'lui',  ['rd', 'upper'],      '011 imm[17] rd imm[16:12] 01',            { signBits: 18, nonZero: ['imm'], not: { rd: 2 } }),
  short('c.srli',     'srli', ['rd', 'shamt'],      "100 0 00 rd'/rs1' imm[4:0] 01"),
  short('c.srai',     'srai', ['rd', 'shamt'],      "100 0 01 rd'/rs1' imm[4:0] 01"),
  short('c.andi',     'andi', ['rd', 'imm'],        "100 imm[5] 10 rd'/rs1' imm[4:0] 01",      { signBits: 6 }),
  short('c.sub',      'sub',  ['rd', 'rs2'],        "100 0 11 rd'/rs1' 00 rs2' 01"),
  short('c.xor',      'xor',  ['rd', 'rs2'],        "100 0 11 rd'/rs1' 01 rs2' 01"),
  short('c.or',       'or',   ['rd', 'rs2'],        "100 0 11 rd'/rs1' 10 rs2' 01"),
  short('c.and',      'and',  ['rd', 'rs2'],        "100 0 11 rd'/rs1' 11 rs2' 01"),
  short('c.j',        'jal',  ['target'],           `101 ${JUMP} 01`,                          { fixed: { rd: 0 }, signBits: 12 }),
  short('c.beqz',     'beq',  ['rs1', 'target'],    "110 imm[8|4:3] rs1' imm[7:6|2:1|5] 01",   { fixed: { rs2: 0 }, signBits: 9 }),
  short('c.bnez',     'bne',  ['rs1', 'target'],    "111 imm[8|4:3] rs1' imm[7:6|2:1|5] 01",   { fixed: { rs2: 0 }, signBits: 9 }),
  short('c.slli',     'slli', ['rd', 'shamt'],      '000 0 rd/rs1 imm[4:0] 10'),
  short('c.lwsp',     'lw',   ['rd', 'address'],    '010 imm[5] rd imm[4:2|7:6] 10',           { fixed: SP, nonZero: ['rd'] }),
  short('c.jr',       'jalr', ['rs1'],              '100 0 rs1 00000 10',                      { fixed: { rd: 0, imm: 0 }, nonZero: ['rs1'] }),
  short('c.mv',       'add',  ['rd', 'rs2'],        '100 0 rd rs2 10',                         { fixed: { rs1: 0 }, nonZero: ['rs2'] }),
  short('c.ebreak',   'ebreak', [],                 '100 1 00000 00000 10'),
  short('c.jalr',     'jalr', ['rs1'],              '100 1 rs1 00000 10',                      { fixed: { ...LINK, imm: 0 }, nonZero: ['rs1'] }),
  short('c.add',      'add',  ['rd', 'rs2'],        '100 1 rd/rs1 rs2 10',                     { nonZero: ['rs2'] }),
  short('c.swsp',     'sw',   ['rs2', 'address'],   '110 imm[5:2|7:6] rs2 10',                 { fixed: SP }),
];

const NOTHING: Operands = { rd: 0, rs1: 0, rs2: 0, imm: 0, csr: 0, zimm: 0 };

/** The operands of the 32-bit instruction; null when the half-word is reserved in this row. */
function operandsOf(short: CompressedRow, half: number): Operands | null {
  const found: Record<Field, number> = { rd: 0, rs1: 0, rs2: 0, imm: 0 };
  for (const { field, at, bit, width, base } of short.pieces)
    found[field] |= (((half >>> at) & ((1 << width) - 1)) << bit) | base;
  const { signBits } = short;
  if (signBits > 0) found.imm = (found.imm << (32 - signBits)) >> (32 - signBits);
  if (short.nonZero.some((field) => found[field] === 0)) return null;
  if (found.rd === short.not.rd) return null;
  return { ...NOTHING, ...found, ...short.fixed };
}

/** The row and the operands of a half-word; null when it is no instruction, or a reserved one. */
export function decodeCompressed(
  half: number,
): { readonly short: CompressedRow; readonly operands: Operands } | null {
  for (const short of BY_QUADRANT[half & 3] ?? []) {
    if ((half & short.mask) !== short.match) continue;
    const operands = operandsOf(short, half);
    if (operands !== null) return { short, operands };
  }
  return null;
}

const BY_QUADRANT: readonly (readonly CompressedRow[])[] = [0, 1, 2].map((quadrant) =>
  COMPRESSED.filter(({ match }) => (match & 3) === quadrant),
);

/** The half-word; operands are cut to their width, as in `encode`. */
export function encodeCompressed(short: CompressedRow, operands: Partial<Operands>): number {
  let half = short.match;
  for (const { field, at, bit, width } of short.pieces)
    half |= (((operands[field] ?? 0) >>> bit) & ((1 << width) - 1)) << at;
  return half;
}

/** Can `short` say exactly these operands of its 32-bit instruction? Then the half-word, or -1. */
export function compress(short: CompressedRow, operands: Operands): number {
  const half = encodeCompressed(short, operands);
  const read = operandsOf(short, half);
  if (read === null) return -1;
  const same = (Object.keys(NOTHING) as (keyof Operands)[]).every(
    (field) => read[field] === operands[field],
  );
  return same ? half : -1;
}

const BY_NAME: ReadonlyMap<string, CompressedRow> = new Map(
  COMPRESSED.map((short) => [short.name, short]),
);

export function compressedNamed(name: string): CompressedRow | undefined {
  return BY_NAME.get(name);
}
