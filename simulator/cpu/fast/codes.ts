/**
 * The codes that the interpreter's switch counts on, and what decoding makes of an instruction. A
 * decoded instruction is a word: code in bits 7 to 0, rd, rs1 and rs2 in five bits each
 * above, and in bit 23 whether it takes 4 octets; beside it stands its immediate.
 */
import type { Costs } from '../../contract/costs';
import { octetsOf, type Decoded } from '../../isa/rv32/decode';
import type { Class } from '../../isa/rv32/table';
import { know } from '../control/rows';

/** Not decoded yet, left to the control unit, and the end of a page: no instructions. */
export const UNDECODED = 0;
export const LEFT = 1;
export const PAGE_END = 2;

/** Set in a word that takes 4 octets. */
export const LONG = 1 << 23;

/** By position. The first three are no instructions; what passes has no effect but its time. */
export const CODES = [
  ...['undecoded', 'left', 'pageEnd'],
  ...['pass alu', 'pass multiply', 'pass divide', 'pass fence'],
  ...['lui', 'auipc', 'jal', 'j', 'jalr', 'jr'],
  ...['beq', 'bne', 'blt', 'bge', 'bltu', 'bgeu'],
  ...['lb', 'lh', 'lw', 'lbu', 'lhu', 'sb', 'sh', 'sw'],
  ...['addi', 'slti', 'sltiu', 'xori', 'ori', 'andi', 'slli', 'srli', 'srai'],
  ...['add', 'sub', 'sll', 'slt', 'sltu', 'xor', 'srl', 'sra', 'or', 'and'],
  ...['mul', 'mulh', 'mulhsu', 'mulhu', 'div', 'divu', 'rem', 'remu'],
  'stop',
] as const;

/** Stands, for a while, in the place of an instruction that comes too late. */
export const STOP = CODES.indexOf('stop');

const CODE_OF: ReadonlyMap<string, number> = new Map(CODES.map((name, code) => [name, code]));

/** The spelling of what needs no rd, where the interpreter has one. */
const WITHOUT_RD: Readonly<Partial<Record<string, string>>> = { jal: 'j', jalr: 'jr' };

function nameOf({ row, rd }: Decoded): string {
  if (row.name === 'fence' || row.name === 'fence.i') return 'pass fence';
  if (rd !== 0) return row.name;
  const kind = row.class;
  if (kind === 'alu' || kind === 'multiply' || kind === 'divide') return `pass ${kind}`;
  // A load whose result nobody keeps may still fault: the control unit does it.
  return kind === 'load' ? 'left' : (WITHOUT_RD[row.name] ?? row.name);
}

export type Slot = { readonly code: number; readonly immediate: number };

/** What `word` means to the interpreter. */
export function slotOf(word: number): Slot {
  const operands = know(word)?.operands;
  if (operands === undefined) return { code: LEFT, immediate: 0 };
  const { rd, rs1, rs2, imm } = operands;
  const long = octetsOf(word) === 4 ? LONG : 0;
  const code = CODE_OF.get(nameOf(operands)) ?? LEFT;
  return {
    code: code | (rd << 8) | (rs1 << 13) | (rs2 << 18) | long,
    immediate: imm,
  };
}

const CLASS_OF: ReadonlyMap<string, Class> = new Map([
  ...['lui', 'auipc'].map((name): [string, Class] => [name, 'alu']),
  ...['jal', 'j', 'jalr', 'jr'].map((name): [string, Class] => [name, 'jump']),
]);

function classOf(name: string, code: number): Class | null {
  const known = CLASS_OF.get(name);
  if (known !== undefined) return known;
  if (name.startsWith('pass ')) return name.slice(5) as Class;
  if (code <= PAGE_END || code === STOP) return null;
  if (name.startsWith('b')) return 'branch';
  if (/^l[bhw]/.test(name)) return 'load';
  if (/^s[bhw]$/.test(name)) return 'store';
  if (name.startsWith('mul')) return 'multiply';
  return /^(div|rem)/.test(name) ? 'divide' : 'alu';
}

const FIRST_JUMP = CODES.indexOf('jal');
const LAST_BRANCH = CODES.indexOf('bgeu');

/** Is what follows this word in memory not always what is executed next? */
export function endsRun(word: number): boolean {
  const code = word & 255;
  return code === LEFT || code === PAGE_END || (code >= FIRST_JUMP && code <= LAST_BRANCH);
}

/** Cycles of each code; 0 for what is no instruction. */
export function cyclesOf({ instruction }: Costs): Int32Array {
  const cycles = new Int32Array(256);
  for (const [code, name] of CODES.entries()) {
    const kind = classOf(name, code);
    cycles[code] = kind === null ? 0 : instruction[kind];
  }
  return cycles;
}
