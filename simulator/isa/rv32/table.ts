/**
 * The 32-bit instructions of RV32IMA, Zifencei, Zicsr and the privileged architecture, one row
 * each. Source: The RISC-V Instruction Set Manual, volume I (20240411), chapter 35 "RV32/64G
 * Instruction Set Listings"; volume II, §3.3 (mret, wfi), §10.1 (sret) and §10.2 (sfence.vma). A
 * further extension adds rows; only a new operand layout adds a format. The 16-bit instructions
 * are other spellings of these rows: `compressed.ts`. Whether a mode may execute a row is the
 * CPU's to say.
 */

/** How the operands lie in the word. `shift` is I with a 5-bit amount under a funct7. */
export type Format =
  | 'R'
  | 'I'
  | 'S'
  | 'B'
  | 'U'
  | 'J'
  | 'shift'
  | 'csr'
  | 'csrImmediate'
  | 'fence'
  | 'translation'
  | 'reserve'
  | 'atomic'
  | 'none';

/** What an instruction costs is looked up by its class. */
export type Class =
  | 'alu'
  | 'multiply'
  | 'divide'
  | 'load'
  | 'store'
  | 'atomic'
  | 'branch'
  | 'jump'
  | 'csr'
  | 'system'
  | 'fence';

/**
 * One operand as it is written; `address` is `imm(rs1)`, `base` is `(rs1)`, `target` a place in
 * the code.
 */
export type Operand =
  | 'rd'
  | 'rs1'
  | 'rs2'
  | 'imm'
  | 'shamt'
  | 'upper'
  | 'target'
  | 'address'
  | 'base'
  | 'csr'
  | 'zimm'
  | 'pred'
  | 'succ';

export type Row = {
  readonly name: string;
  readonly format: Format;
  readonly class: Class;
  readonly opcode: number;
  readonly funct3: number | null;
  readonly funct7: number | null;
  readonly funct12: number | null;
  /** The operands in the order in which they are written. */
  readonly syntax: readonly Operand[];
  /** A word is this instruction when `(word & mask) === match`; both are signed 32-bit. */
  readonly mask: number;
  readonly match: number;
};

const SYNTAX: { readonly [F in Format]: readonly Operand[] } = {
  R: ['rd', 'rs1', 'rs2'],
  I: ['rd', 'rs1', 'imm'],
  S: ['rs2', 'address'],
  B: ['rs1', 'rs2', 'target'],
  U: ['rd', 'upper'],
  J: ['rd', 'target'],
  shift: ['rd', 'rs1', 'shamt'],
  csr: ['rd', 'csr', 'rs1'],
  csrImmediate: ['rd', 'csr', 'zimm'],
  fence: ['pred', 'succ'],
  translation: ['rs1', 'rs2'],
  reserve: ['rd', 'base'],
  atomic: ['rd', 'rs2', 'base'],
  none: [],
};

/** The register fields that a format wants to be 0, beside what the functs say. */
const ZEROS: { readonly [F in Format]: number } = {
  R: 0,
  I: 0,
  S: 0,
  B: 0,
  U: 0,
  J: 0,
  shift: 0,
  csr: 0,
  csrImmediate: 0,
  fence: 0,
  translation: 0xf80,
  reserve: 0x1f0_0000,
  atomic: 0,
  none: 0,
};

/** The bits that a fixed field adds to the mask and to the match. */
function fixed(value: number | null, shift: number, width: number): [mask: number, match: number] {
  return value === null ? [0, 0] : [((1 << width) - 1) << shift, value << shift];
}

/** `funct` is funct7 where the format has one, and funct12 where it is none. */
function row(
  name: string,
  format: Format,
  kind: Class,
  opcode: number,
  funct3: number | null = null,
  funct: number | null = null,
): Row {
  const isAddressed = kind === 'load' || (kind === 'jump' && format === 'I');
  const syntax = isAddressed ? (['rd', 'address'] as const) : SYNTAX[format];
  const funct7 = format === 'none' ? null : funct;
  const funct12 = format === 'none' ? funct : null;
  const [mask3, match3] = fixed(funct3, 12, 3);
  const [mask7, match7] = fixed(funct7, 25, 7);
  // ecall and its kin leave nothing free: rd and rs1 are 0, so funct12 and they make 32 bits.
  const [mask12, match12] = fixed(funct12, 20, 12);
  const mask = 0x7f | mask3 | mask7 | mask12 | (funct12 === null ? 0 : 0xf_ff80) | ZEROS[format];
  const match = opcode | match3 | match7 | match12;
  return { name, format, class: kind, opcode, funct3, funct7, funct12, syntax, mask, match };
}

/**
 * An instruction of the A extension: `funct5` in bits 31:27, and below it aq and rl, which are an
 * operand (§13.1).
 */
function atomic(name: string, funct5: number, format: 'reserve' | 'atomic' = 'atomic'): Row {
  const plain = row(name, format, 'atomic', 0x2f, 2);
  return { ...plain, mask: plain.mask | (0x1f << 27), match: plain.match | (funct5 << 27) };
}

// prettier-ignore
export const TABLE: readonly Row[] = [
  row('lui',    'U',            'alu',    0x37),
  row('auipc',  'U',            'alu',    0x17),
  row('jal',    'J',            'jump',   0x6f),
  row('jalr',   'I',            'jump',   0x67, 0),
  row('beq',    'B',            'branch', 0x63, 0),
  row('bne',    'B',            'branch', 0x63, 1),
  row('blt',    'B',            'branch', 0x63, 4),
  row('bge',    'B',            'branch', 0x63, 5),
  row('bltu',   'B',            'branch', 0x63, 6),
  row('bgeu',   'B',            'branch', 0x63, 7),
  row('lb',     'I',            'load',   0x03, 0),
  row('lh',     'I',            'load',   0x03, 1),
  row('lw',     'I',            'load',   0x03, 2),
  row('lbu',    'I',            'load',   0x03, 4),
  row('lhu',    'I',            'load',   0x03, 5),
  row('sb',     'S',            'store',  0x23, 0),
  row('sh',     'S',            'store',  0x23, 1),
  row('sw',     'S',            'store',  0x23, 2),
  row('addi',   'I',            'alu',    0x13, 0),
  row('slti',   'I',            'alu',    0x13, 2),
  row('sltiu',  'I',            'alu',    0x13, 3),
  row('xori',   'I',            'alu',    0x13, 4),
  row('ori',    'I',            'alu',    0x13, 6),
  row('andi',   'I',            'alu',    0x13, 7),
  row('slli',   'shift',        'alu',    0x13, 1, 0x00),
  row('srli',   'shift',        'alu',    0x13, 5, 0x00),
  row('srai',   'shift',        'alu',    0x13, 5, 0x20),
  row('add',    'R',            'alu',    0x33, 0, 0x00),
  row('sub',    'R',            'alu',    0x33, 0, 0x20),
  row('sll',    'R',            'alu',    0x33, 1, 0x00),
  row('slt',    'R',            'alu',    0x33, 2, 0x00),
  row('sltu',   'R',            'alu',    0x33, 3, 0x00),
  row('xor',    'R',            'alu',    0x33, 4, 0x00),
  row('srl',    'R',            'alu',    0x33, 5, 0x00),
  row('sra',    'R',            'alu',    0x33, 5, 0x20),
  row('or',     'R',            'alu',    0x33, 6, 0x00),
  row('and',    'R',            'alu',    0x33, 7, 0x00),
  row('mul',    'R',            'multiply', 0x33, 0, 0x01),
  row('mulh',   'R',            'multiply', 0x33, 1, 0x01),
  row('mulhsu', 'R',            'multiply', 0x33, 2, 0x01),
  row('mulhu',  'R',            'multiply', 0x33, 3, 0x01),
  row('div',    'R',            'divide', 0x33, 4, 0x01),
  row('divu',   'R',            'divide', 0x33, 5, 0x01),
  row('rem',    'R',            'divide', 0x33, 6, 0x01),
  row('remu',   'R',            'divide', 0x33, 7, 0x01),
  atomic('lr.w',      0x02, 'reserve'),
  atomic('sc.w',      0x03),
  atomic('amoswap.w', 0x01),
  atomic('amoadd.w',  0x00),
  atomic('amoxor.w',  0x04),
  atomic('amoand.w',  0x0c),
  atomic('amoor.w',   0x08),
  atomic('amomin.w',  0x10),
  atomic('amomax.w',  0x14),
  atomic('amominu.w', 0x18),
  atomic('amomaxu.w', 0x1c),
  // §2.7 and §6.1: the other fields of both fences are reserved, and hardware ignores them.
  row('fence',  'fence',        'fence',  0x0f, 0),
  row('fence.i','none',         'fence',  0x0f, 1),
  row('ecall',  'none',         'system', 0x73, 0, 0x000),
  row('ebreak', 'none',         'system', 0x73, 0, 0x001),
  row('sret',   'none',         'system', 0x73, 0, 0x102),
  row('wfi',    'none',         'system', 0x73, 0, 0x105),
  row('mret',   'none',         'system', 0x73, 0, 0x302),
  row('sfence.vma', 'translation', 'fence', 0x73, 0, 0x09),
  row('csrrw',  'csr',          'csr',    0x73, 1),
  row('csrrs',  'csr',          'csr',    0x73, 2),
  row('csrrc',  'csr',          'csr',    0x73, 3),
  row('csrrwi', 'csrImmediate', 'csr',    0x73, 5),
  row('csrrsi', 'csrImmediate', 'csr',    0x73, 6),
  row('csrrci', 'csrImmediate', 'csr',    0x73, 7),
];

const BY_NAME: ReadonlyMap<string, Row> = new Map(TABLE.map((entry) => [entry.name, entry]));

export function rowNamed(name: string): Row | undefined {
  return BY_NAME.get(name);
}
