/**
 * Pseudo-instructions that are one real instruction under another name (RISC-V Assembly
 * Programmer's Manual, "pseudoinstructions"; binutils opcodes/riscv-opc.c). The assembler reads
 * the table forwards, the disassembler backwards. Those that make several instructions (`la`,
 * `call`, a long `li`) are the assembler's.
 */
import type { Operands } from './operands';
import { rowNamed, TABLE, type Operand, type Row } from './table';

export type Alias = {
  readonly name: string;
  readonly syntax: readonly Operand[];
  readonly row: Row;
  /** The fields that the name itself says. */
  readonly fixed: Partial<Operands>;
  /** Whether the disassembler prefers this name; the first that fits is taken. */
  readonly shown: boolean;
};

const RA = 1;

function alias(
  name: string,
  syntax: readonly Operand[],
  base: string,
  fixed: Partial<Operands>,
  shown = true,
): Alias {
  return { name, syntax, row: rowNamed(base) as Row, fixed, shown };
}

function read(name: string, csr: number): Alias {
  return alias(name, ['rd'], 'csrrs', { csr, rs1: 0 });
}

/** GNU as takes a number as last operand of a register instruction: `add a0, a0, 1`. */
const IMMEDIATE_FORMS = (
  [
    ['add', 'addi', 'imm'],
    ['and', 'andi', 'imm'],
    ['or', 'ori', 'imm'],
    ['xor', 'xori', 'imm'],
    ['slt', 'slti', 'imm'],
    ['sltu', 'sltiu', 'imm'],
    ['sll', 'slli', 'shamt'],
    ['srl', 'srli', 'shamt'],
    ['sra', 'srai', 'shamt'],
  ] as const
).map(([name, base, last]) => alias(name, ['rd', 'rs1', last], base, {}, false));

/** aq and rl of an atomic are said by its name (volume I, §13.1). */
const ORDERED = TABLE.filter(({ class: kind }) => kind === 'atomic').flatMap(({ name, syntax }) => [
  alias(`${name}.aq`, syntax, name, { imm: 2 }),
  alias(`${name}.rl`, syntax, name, { imm: 1 }),
  alias(`${name}.aqrl`, syntax, name, { imm: 3 }),
]);

// prettier-ignore
export const ALIASES: readonly Alias[] = [
  alias('nop',    [],                       'addi',   { rd: 0, rs1: 0, imm: 0 }),
  alias('li',     ['rd', 'imm'],            'addi',   { rs1: 0 }),
  alias('mv',     ['rd', 'rs1'],            'addi',   { imm: 0 }),
  alias('not',    ['rd', 'rs1'],            'xori',   { imm: -1 }),
  alias('neg',    ['rd', 'rs2'],            'sub',    { rs1: 0 }),
  alias('seqz',   ['rd', 'rs1'],            'sltiu',  { imm: 1 }),
  alias('snez',   ['rd', 'rs2'],            'sltu',   { rs1: 0 }),
  alias('sltz',   ['rd', 'rs1'],            'slt',    { rs2: 0 }),
  alias('sgtz',   ['rd', 'rs2'],            'slt',    { rs1: 0 }),
  alias('sgt',    ['rd', 'rs2', 'rs1'],     'slt',    {}, false),
  alias('sgtu',   ['rd', 'rs2', 'rs1'],     'sltu',   {}, false),
  alias('zext.b', ['rd', 'rs1'],            'andi',   { imm: 255 }, false),
  alias('beqz',   ['rs1', 'target'],        'beq',    { rs2: 0 }),
  alias('bnez',   ['rs1', 'target'],        'bne',    { rs2: 0 }),
  alias('blez',   ['rs2', 'target'],        'bge',    { rs1: 0 }),
  alias('bgez',   ['rs1', 'target'],        'bge',    { rs2: 0 }),
  alias('bltz',   ['rs1', 'target'],        'blt',    { rs2: 0 }),
  alias('bgtz',   ['rs2', 'target'],        'blt',    { rs1: 0 }),
  alias('bgt',    ['rs2', 'rs1', 'target'], 'blt',    {}, false),
  alias('ble',    ['rs2', 'rs1', 'target'], 'bge',    {}, false),
  alias('bgtu',   ['rs2', 'rs1', 'target'], 'bltu',   {}, false),
  alias('bleu',   ['rs2', 'rs1', 'target'], 'bgeu',   {}, false),
  alias('j',      ['target'],               'jal',    { rd: 0 }),
  alias('jal',    ['target'],               'jal',    { rd: RA }),
  alias('ret',    [],                       'jalr',   { rd: 0, rs1: RA, imm: 0 }),
  alias('jr',     ['rs1'],                  'jalr',   { rd: 0, imm: 0 }),
  alias('jr',     ['address'],              'jalr',   { rd: 0 }),
  alias('jr',     ['rs1', 'imm'],           'jalr',   { rd: 0 }, false),
  alias('jalr',   ['rs1'],                  'jalr',   { rd: RA, imm: 0 }),
  alias('jalr',   ['address'],              'jalr',   { rd: RA }),
  alias('jalr',   ['rs1', 'imm'],           'jalr',   { rd: RA }, false),
  alias('jalr',   ['rd', 'rs1'],            'jalr',   { imm: 0 }, false),
  alias('jalr',   ['rd', 'rs1', 'imm'],     'jalr',   {}, false),
  alias('unimp',  [],                       'csrrw',  { rd: 0, rs1: 0, csr: 0xc00 }),
  read('rdcycle',    0xc00),
  read('rdtime',     0xc01),
  read('rdinstret',  0xc02),
  read('rdcycleh',   0xc80),
  read('rdtimeh',    0xc81),
  read('rdinstreth', 0xc82),
  alias('csrr',   ['rd', 'csr'],            'csrrs',  { rs1: 0 }),
  alias('csrw',   ['csr', 'rs1'],           'csrrw',  { rd: 0 }),
  alias('csrs',   ['csr', 'rs1'],           'csrrs',  { rd: 0 }),
  alias('csrc',   ['csr', 'rs1'],           'csrrc',  { rd: 0 }),
  alias('csrwi',  ['csr', 'zimm'],          'csrrwi', { rd: 0 }),
  alias('csrsi',  ['csr', 'zimm'],          'csrrsi', { rd: 0 }),
  alias('csrci',  ['csr', 'zimm'],          'csrrci', { rd: 0 }),
  alias('csrw',   ['csr', 'zimm'],          'csrrwi', { rd: 0 }, false),
  alias('csrs',   ['csr', 'zimm'],          'csrrsi', { rd: 0 }, false),
  alias('csrc',   ['csr', 'zimm'],          'csrrci', { rd: 0 }, false),
  alias('csrrw',  ['rd', 'csr', 'zimm'],    'csrrwi', {}, false),
  alias('csrrs',  ['rd', 'csr', 'zimm'],    'csrrsi', {}, false),
  alias('csrrc',  ['rd', 'csr', 'zimm'],    'csrrci', {}, false),
  // fence.tso, volume I §2.7: fm = 8, from reads and writes to reads and writes.
  alias('fence.tso', [],                    'fence',  { imm: 0x833 }, false),
  alias('fence',  [],                       'fence',  { imm: 0x0ff }),
  alias('sfence.vma', [],                   'sfence.vma', { rs1: 0, rs2: 0 }),
  alias('sfence.vma', ['rs1'],              'sfence.vma', { rs2: 0 }),
  ...ORDERED,
  ...IMMEDIATE_FORMS,
];
