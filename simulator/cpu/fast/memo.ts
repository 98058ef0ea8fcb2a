/**
 * Decoded instructions, remembered. What a word means depends on the word alone, so a slot holds
 * the word that it was decoded from, and that is compared at every use: nothing has to be
 * invalidated when code is stored over, restored, or arrives by DMA.
 */
import type { Costs } from '../../contract/costs';
import { decode } from '../../isa/rv32/decode';
import { CONTROL } from '../control/rows';

/** Slots; a power of two. Code further apart than this many words shares slots. */
export const SLOTS = 16_384;

/**
 * The codes that the interpreter's switch counts on, by position. 0 is everything that it leaves
 * to the control unit: CSRs, system instructions, illegal words. 1 passes without effect.
 */
const CODES: readonly string[] = [
  'unknown',
  'fence',
  'lui',
  'auipc',
  'jal',
  'jalr',
  'beq',
  'bne',
  'blt',
  'bge',
  'bltu',
  'bgeu',
  'lb',
  'lh',
  'lw',
  'lbu',
  'lhu',
  'sb',
  'sh',
  'sw',
  'addi',
  'slti',
  'sltiu',
  'xori',
  'ori',
  'andi',
  'slli',
  'srli',
  'srai',
  'add',
  'sub',
  'sll',
  'slt',
  'sltu',
  'xor',
  'srl',
  'sra',
  'or',
  'and',
];

const CODE_OF = new Map(CODES.map((name, code) => [name, code]));
const PASS = 1;

export type Memo = {
  readonly word: Int32Array;
  readonly code: Uint8Array;
  readonly immediate: Int32Array;
  readonly cycles: Int32Array;
  readonly costs: Costs;
};

/** Every slot holds the word 0, which is no instruction. */
export function createMemo(costs: Costs): Memo {
  return {
    word: new Int32Array(SLOTS),
    code: new Uint8Array(SLOTS),
    immediate: new Int32Array(SLOTS),
    cycles: new Int32Array(SLOTS),
    costs,
  };
}

/** Fills the slot with what `word` means. */
export function remember(memo: Memo, slot: number, word: number): void {
  memo.word[slot] = word;
  memo.code[slot] = 0;
  const decoded = decode(word);
  if (decoded === null) return;
  const { row, rd, imm } = decoded;
  const name = row.name === 'fence.i' ? 'fence' : row.name;
  if (!CONTROL.has(name)) return;
  const code = CODE_OF.get(name) ?? 0;
  // A computation whose result nobody keeps passes, so that x0 stays zero.
  memo.code[slot] = row.class === 'alu' && rd === 0 ? PASS : code;
  memo.immediate[slot] = imm;
  memo.cycles[slot] = memo.costs.instruction[row.class];
}
