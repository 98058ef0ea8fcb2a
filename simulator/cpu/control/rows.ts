/**
 * What the control unit knows of each instruction: the route it takes after decode, and what the
 * signals that say "as the row says" mean for it. One row an instruction; an instruction that the
 * instruction set knows and that has no row here is illegal on this processor. Semantics: RISC-V
 * Unprivileged ISA 20240411 chapters 2 (RV32I), 6 (Zifencei), 7 (Zicsr), 12 (M) and 13 (A). A 16-bit
 * instruction is the 32-bit one that it stands for.
 */
import type { Width } from '../../contract/bus';
import { decode, type Decoded } from '../../isa/rv32/decode';
import type { Flags, Operation } from '../alu';
import type { Multiplication } from '../multiplier';
import type { Route } from './states';

export type Control = {
  readonly route: Route;
  /** What the ALU does when `alu` is `row`. */
  readonly operation: Operation;
  /** What the multiplier does. */
  readonly multiplication: Multiplication;
  /** Octets that a load or store moves; `signed` extends the sign of what is loaded. */
  readonly width: Width;
  readonly signed: boolean;
  /** A comparison holds when this flag of it is `when`; then a branch is taken. */
  readonly flag: keyof Flags;
  readonly when: boolean;
};

const NO: Omit<Control, 'route'> = {
  operation: 'add',
  multiplication: 'mul',
  width: 4,
  signed: false,
  flag: 'equal',
  when: true,
};

const alu = (route: Route, operation: Operation): Control => ({ ...NO, route, operation });
const move = (route: Route, width: Width, signed = false): Control => ({
  ...NO,
  route,
  width,
  signed,
});
const branch = (flag: keyof Flags, when: boolean): Control => ({
  ...NO,
  route: 'branch',
  operation: 'sub',
  flag,
  when,
});
const multiply = (multiplication: Multiplication): Control => ({
  ...NO,
  route: 'multiply',
  multiplication,
});
/** The word in memory stays when it is the one looked for. */
const choose = (flag: keyof Flags, when: boolean): Control => ({
  ...NO,
  route: 'choose',
  operation: 'sub',
  flag,
  when,
});
const only = (route: Route): Control => ({ ...NO, route });

const ROWS: readonly (readonly [string, Control])[] = [
  ['lui', only('upper')],
  ['auipc', only('upperPc')],
  ['jal', only('jump')],
  ['jalr', only('jumpRegister')],
  ['beq', branch('equal', true)],
  ['bne', branch('equal', false)],
  ['blt', branch('less', true)],
  ['bge', branch('less', false)],
  ['bltu', branch('lessUnsigned', true)],
  ['bgeu', branch('lessUnsigned', false)],
  ['lb', move('load', 1, true)],
  ['lh', move('load', 2, true)],
  ['lw', move('load', 4)],
  ['lbu', move('load', 1)],
  ['lhu', move('load', 2)],
  ['sb', move('store', 1)],
  ['sh', move('store', 2)],
  ['sw', move('store', 4)],
  ['addi', alu('immediate', 'add')],
  ['slti', alu('immediate', 'slt')],
  ['sltiu', alu('immediate', 'sltu')],
  ['xori', alu('immediate', 'xor')],
  ['ori', alu('immediate', 'or')],
  ['andi', alu('immediate', 'and')],
  ['slli', alu('immediate', 'sll')],
  ['srli', alu('immediate', 'srl')],
  ['srai', alu('immediate', 'sra')],
  ['add', alu('register', 'add')],
  ['sub', alu('register', 'sub')],
  ['sll', alu('register', 'sll')],
  ['slt', alu('register', 'slt')],
  ['sltu', alu('register', 'sltu')],
  ['xor', alu('register', 'xor')],
  ['srl', alu('register', 'srl')],
  ['sra', alu('register', 'sra')],
  ['or', alu('register', 'or')],
  ['and', alu('register', 'and')],
  ['mul', multiply('mul')],
  ['mulh', multiply('mulh')],
  ['mulhsu', multiply('mulhsu')],
  ['mulhu', multiply('mulhu')],
  ['div', multiply('div')],
  ['divu', multiply('divu')],
  ['rem', multiply('rem')],
  ['remu', multiply('remu')],
  ['lr.w', only('loadReserved')],
  ['sc.w', only('storeConditional')],
  ['amoswap.w', only('swap')],
  ['amoadd.w', alu('modify', 'add')],
  ['amoxor.w', alu('modify', 'xor')],
  ['amoand.w', alu('modify', 'and')],
  ['amoor.w', alu('modify', 'or')],
  ['amomin.w', choose('less', true)],
  ['amomax.w', choose('less', false)],
  ['amominu.w', choose('lessUnsigned', true)],
  ['amomaxu.w', choose('lessUnsigned', false)],
  ['fence', only('fence')],
  // Fetches always see what was stored, so there is nothing to synchronise.
  ['fence.i', only('fence')],
  ['ecall', only('call')],
  ['ebreak', only('breakpoint')],
  ['mret', only('return')],
  ['sret', only('returnSupervisor')],
  ['sfence.vma', only('translation')],
  ['wfi', only('wait')],
  ['csrrw', alu('replaceCsr', 'add')],
  ['csrrs', alu('modifyCsr', 'or')],
  ['csrrc', alu('modifyCsr', 'andn')],
  ['csrrwi', alu('replaceCsrImmediate', 'add')],
  ['csrrsi', alu('modifyCsrImmediate', 'or')],
  ['csrrci', alu('modifyCsrImmediate', 'andn')],
];

/** By the instruction's name in the instruction set's table. */
export const CONTROL: ReadonlyMap<string, Control> = new Map(ROWS);

/** An instruction as the control unit sees it. */
export type Known = { readonly operands: Decoded; readonly control: Control };

/** Null when the word is no instruction, or none that this processor has. */
export function know(word: number): Known | null {
  const operands = decode(word);
  if (operands === null) return null;
  const control = CONTROL.get(operands.row.name);
  return control === undefined ? null : { operands, control };
}
