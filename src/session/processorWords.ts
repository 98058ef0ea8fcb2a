/** What happens inside a processor, in words: a whole instruction, or one word on its way. */
import {
  decodeInstruction,
  disassemble,
  explainInstruction,
  registerName,
  type Move,
} from '../../simulator';
import { isInside, placeIn, valueOf } from './inside';
import { titleOf, type Names } from './names';

const PLACES: Readonly<Record<string, string>> = {
  pc: 'the program counter',
  oldPc: 'the copy of the program counter',
  ir: 'the instruction register',
  a: 'operand latch A',
  b: 'operand latch B',
  length: 'the instruction’s length',
  data: 'the data register',
  immediate: 'the immediate',
  result: 'the result latch',
  alu: 'the ALU',
  'alu.a': 'the ALU’s first input',
  'alu.b': 'the ALU’s second input',
  multiplier: 'the multiplier',
  'multiplier.a': 'the multiplier’s first input',
  'multiplier.b': 'the multiplier’s second input',
  tlb: 'the translation buffers',
  'bus.address': 'the address bus',
  'bus.data': 'the data bus',
};

function placeName(path: string): string {
  const place = placeIn(path);
  const register = /^x(\d+)$/.exec(place)?.[1];
  return register === undefined ? (PLACES[place] ?? place) : registerName(Number(register));
}

/** `Computer B: 0x0000002a goes from the ALU to the result latch.` */
export function wordSentence(move: Move, names: Names): string {
  const value = `0x${valueOf(move).toString(16).padStart(8, '0')}`;
  return `${titleOf(names, move.from)}: ${value} goes from ${placeName(move.from)} to ${placeName(move.to)}.`;
}

/** What the instruction does whose words these are; null when they are of none. */
export function instructionSentence(moves: readonly Move[], names: Names): string | null {
  const fetched = moves.find((move) => isInside(move) && placeIn(move.to) === 'ir');
  if (fetched === undefined) return null;
  const word = valueOf(fetched);
  const kept = moves.find((move) => isInside(move) && placeIn(move.to) === 'oldPc');
  const place = kept === undefined ? {} : { address: valueOf(kept) };
  const decoded = decodeInstruction(word);
  const does = decoded === null ? 'That is no instruction.' : explainInstruction(decoded, place);
  return `${titleOf(names, fetched.from)} executes ${disassemble(word, place)}. ${does}`;
}
