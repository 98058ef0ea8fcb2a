/**
 * Which instructions GNU as writes in 16 bits: by mnemonic, in its order (binutils 2.40,
 * opcodes/riscv-opc.c, entries of INSN_CLASS_C). What is not listed stays long, as `jal label` and
 * `neg a0, a0` do, though C could say it.
 */
import { compress, compressedNamed, type CompressedRow } from '../rv32/compressed';
import type { Operands } from '../rv32/operands';
import type { Row } from '../rv32/table';

/** `swap`: with its sources exchanged; `move`: as `add` of zero; `some`: only if it adds some. */
type Manner = 'plain' | 'swap' | 'move' | 'some';
type Attempt = { readonly short: CompressedRow; readonly manner: Manner };

function attempt(name: string, manner: Manner = 'plain'): Attempt {
  return { short: compressedNamed(name) as CompressedRow, manner };
}

const both = (name: string): readonly Attempt[] => [attempt(name), attempt(name, 'swap')];

const ADDI = [
  attempt('c.addi4spn'),
  attempt('c.addi', 'some'),
  attempt('c.nop'),
  attempt('c.addi16sp'),
  attempt('c.li'),
  attempt('c.mv', 'move'),
];

/** By mnemonic; of `jr` and `jalr` only the form with one register. */
const ATTEMPTS: ReadonlyMap<string, readonly Attempt[]> = new Map([
  ['ebreak', [attempt('c.ebreak')]],
  ['ret', [attempt('c.jr')]],
  ['jr rs1', [attempt('c.jr')]],
  ['jalr rs1', [attempt('c.jalr')]],
  ['nop', [attempt('c.nop')]],
  ['lui', [attempt('c.lui')]],
  ['li', [attempt('c.lui'), attempt('c.li')]],
  ['mv', [attempt('c.mv', 'move')]],
  ['move', [attempt('c.mv', 'move')]],
  ['andi', [attempt('c.andi')]],
  ['and', [...both('c.and'), attempt('c.andi')]],
  ['addi', ADDI],
  [
    'add',
    [
      ...both('c.add'),
      attempt('c.addi'),
      attempt('c.addi4spn'),
      attempt('c.addi16sp'),
      attempt('c.mv'),
    ],
  ],
  ['slli', [attempt('c.slli', 'some')]],
  ['sll', [attempt('c.slli', 'some')]],
  ['srli', [attempt('c.srli', 'some')]],
  ['srl', [attempt('c.srli', 'some')]],
  ['srai', [attempt('c.srai', 'some')]],
  ['sra', [attempt('c.srai', 'some')]],
  ['sub', [attempt('c.sub')]],
  ['or', both('c.or')],
  ['xor', both('c.xor')],
  ['lw', [attempt('c.lwsp'), attempt('c.lw')]],
  ['sw', [attempt('c.swsp'), attempt('c.sw')]],
]);

const NOTHING: Operands = { rd: 0, rs1: 0, rs2: 0, imm: 0, csr: 0, zimm: 0 };

/** The half-word of one attempt, or -1. */
function tried({ short, manner }: Attempt, row: Row, operands: Operands): number {
  const { rs1, rs2, imm } = operands;
  // Only a hint could write to zero in 16 bits, and GNU as makes none by itself.
  if (short.syntax[0] === 'rd' && operands.rd === 0) return -1;
  if (manner === 'move') {
    const isMove = row.name === 'addi' && imm === 0;
    return isMove ? compress(short, { ...operands, rs1: 0, rs2: rs1 }) : -1;
  }
  if (short.row !== row || (manner === 'some' && imm === 0)) return -1;
  return compress(short, manner === 'swap' ? { ...operands, rs1: rs2, rs2: rs1 } : operands);
}

/** The half-word that GNU as writes for `name` with these operands, or -1 when it stays long. */
export function compressed(name: string, row: Row, operands: Partial<Operands>): number {
  const attempts = ATTEMPTS.get(name);
  if (attempts === undefined) return -1;
  const all = { ...NOTHING, ...operands };
  for (const one of attempts) {
    const half = tried(one, row, all);
    if (half >= 0) return half;
  }
  return -1;
}

const BRANCHES: ReadonlyMap<string, CompressedRow> = new Map(
  [
    ['j', 'c.j'],
    ['beq', 'c.beqz'],
    ['beqz', 'c.beqz'],
    ['bne', 'c.bnez'],
    ['bnez', 'c.bnez'],
  ].map(([name = '', short = '']) => [name, compressedNamed(short) as CompressedRow]),
);

/** The 16-bit spelling that a branch or jump has if its target is near, or null. */
export function shortBranch(name: string, fields: Partial<Operands>): CompressedRow | null {
  const short = BRANCHES.get(name) ?? null;
  if (short === null || name === 'j') return short;
  return compress(short, { ...NOTHING, ...fields, imm: 2 }) >= 0 ? short : null;
}
