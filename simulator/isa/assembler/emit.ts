/** The last pass: every item is written at its address. */
import { encodeCompressed } from '../rv32/compressed';
import type { Operands } from '../rv32/operands';
import { encode } from '../rv32/encode';
import { rowNamed, type Row } from '../rv32/table';
import { errorAt, type AssemblyError } from './errors';
import { fieldValue, type HighParts } from './fields';
import { evaluate } from './evaluate';
import { leb128Octets } from './relax';
import type { Assembly, Branch, Content, Datum, Item, Spot, Word } from './state';
import { assignAgain, secondScope } from './symbols';
import { fieldOf } from './words';

const NOP = 0x13;
const SHORT_NOP = 1;
const JAL = rowNamed('jal') as Row;
/** Between a branch and the one on the opposite condition (volume I, §2.5.2). */
const OPPOSITE = 0x1000;
const SHORT_OPPOSITE = 0x2000;

function write(octets: Uint8Array, at: number, value: bigint, widthOctets: number): void {
  let rest = BigInt.asUintN(64, value);
  for (let index = 0; index < widthOctets; index++) {
    octets[at + index] = Number(rest & 255n);
    rest >>= 8n;
  }
}

function write16(octets: Uint8Array, at: number, half: number): void {
  octets[at] = half;
  octets[at + 1] = half >>> 8;
}

function write32(octets: Uint8Array, at: number, word: number): void {
  octets[at] = word;
  octets[at + 1] = word >>> 8;
  octets[at + 2] = word >>> 16;
  octets[at + 3] = word >>> 24;
}

const spotOf = ({ section, index, region }: Item, past: number): Spot => {
  return { section, index, past, region };
};

function notZero(item: Item, span: Datum['span']): AssemblyError {
  const message = `The section ${item.section.name} holds zeros only.`;
  return errorAt(span, message, 'Put this into `.data`.');
}

function writeWord(
  assembly: Assembly,
  high: HighParts,
  item: Item,
  word: Word,
  past: number,
): void {
  const { octets } = item.section;
  const at = item.offset + past;
  if (word.open.length === 0) {
    (word.octets === 2 ? write16 : write32)(octets, at, word.bits);
    return;
  }
  const fields: { -readonly [F in keyof Operands]?: Operands[F] } = { ...word.fields };
  for (const open of word.open) {
    const found = fieldValue(assembly, high, spotOf(item, past), word.row, open);
    if (typeof found !== 'number') {
      assembly.errors.push(found);
      return;
    }
    fields[fieldOf(open.operand)] = found;
  }
  write32(octets, at, encode(word.row, fields));
}

/** A branch that does not reach goes around a jump on the opposite condition. */
function writeBranch(assembly: Assembly, high: HighParts, item: Item, branch: Branch): void {
  const { section, offset, lengthOctets } = item;
  const { row, fields, short, target } = branch;
  const isAround = !branch.isJump && lengthOctets > 4;
  const past = isAround ? lengthOctets - 4 : 0;
  const found = fieldValue(assembly, high, spotOf(item, past), isAround ? JAL : row, target);
  if (typeof found !== 'number') {
    assembly.errors.push(found);
    return;
  }
  const { octets } = section;
  if (lengthOctets === 2 && short !== null) {
    write16(octets, offset, encodeCompressed(short, { ...fields, imm: found }));
  } else if (!isAround) write32(octets, offset, encode(row, { ...fields, imm: found }));
  else {
    if (lengthOctets === 6 && short !== null) {
      write16(octets, offset, encodeCompressed(short, { ...fields, imm: 6 }) ^ SHORT_OPPOSITE);
    } else write32(octets, offset, encode(row, { ...fields, imm: 8 }) ^ OPPOSITE);
    write32(octets, offset + past, encode(JAL, { rd: 0, imm: found }));
  }
}

/** A value and its two's complement: from the least signed to the greatest unsigned one. */
function isWithin(value: bigint, widthOctets: number): boolean {
  const bits = BigInt(widthOctets * 8);
  return value >= -(1n << (bits - 1n)) && value < 1n << bits;
}

function datumError(
  item: Item,
  datum: Datum,
  value: bigint,
  widthOctets: number,
): AssemblyError | null {
  if (item.section.isZero && value !== 0n) return notZero(item, datum.span);
  if (isWithin(value, widthOctets)) return null;
  const bits = BigInt(widthOctets * 8);
  const range = `${-(1n << (bits - 1n))} to ${(1n << bits) - 1n}`;
  const message = `${value} does not fit ${bits} bits (${range}).`;
  const wider =
    widthOctets < 4 ? 'Use `.word`, or cut it with `& 0xff`.' : 'Write a smaller number.';
  return errorAt(datum.span, message, wider);
}

function writeData(
  assembly: Assembly,
  item: Item,
  widthOctets: number,
  values: readonly Datum[],
): void {
  for (const [index, datum] of values.entries()) {
    // In a list `.` is the place of the number itself.
    const past = index * widthOctets;
    const found = evaluate(datum.expression, secondScope(assembly, spotOf(item, past)));
    const error = found.ok ? datumError(item, datum, found.value, widthOctets) : found.error;
    if (error !== null) assembly.errors.push(error);
    else if (found.ok) {
      write(item.section.octets, item.offset + past, found.value, widthOctets);
    }
  }
}

/** As `riscv_make_nops` of gas does: zero at an odd address, one short nop at most, and in front. */
function writeNops({ section: { octets }, offset, lengthOctets }: Item): void {
  const end = offset + lengthOctets;
  let at = offset + (lengthOctets % 2);
  if ((end - at) % 4 === 2) {
    write16(octets, at, SHORT_NOP);
    at += 2;
  }
  for (; at < end; at += 4) write32(octets, at, NOP);
}

/** `value` over and over, from the end to the front, as GNU as fills an alignment. */
function repeat(item: Item, value: number, widthOctets: number): void {
  const { section, offset, lengthOctets } = item;
  if (widthOctets <= 1) {
    section.octets.fill(value, offset, offset + lengthOctets);
    return;
  }
  const first = offset + (lengthOctets % widthOctets);
  const wide = BigInt(value);
  for (let at = first; at < offset + lengthOctets; at += widthOctets) {
    write(section.octets, at, wide, widthOctets);
  }
}

function writeSpace(assembly: Assembly, item: Item, content: Content & { kind: 'space' }): void {
  const { datum, isPlace, value } = content;
  const { section, offset, lengthOctets } = item;
  section.octets.fill(value, offset, offset + lengthOctets);
  const found = evaluate(datum.expression, secondScope(assembly, spotOf(item, 0)));
  if (!found.ok) {
    assembly.errors.push(found.error);
    return;
  }
  const base = isPlace && found.value >= BigInt(section.address) ? BigInt(section.address) : 0n;
  const wanted = found.value - base - (isPlace ? BigInt(offset) : 0n);
  if (wanted === BigInt(lengthOctets)) return;
  const message = isPlace
    ? 'This place is behind what has been written already, or in another section.'
    : `${wanted} is no number of octets that there is room for.`;
  const remedy = isPlace ? 'Go forward: `.org` never goes back.' : 'Write a number from 0 on.';
  assembly.errors.push(errorAt(datum.span, message, remedy));
}

function writeLeb128(assembly: Assembly, item: Item, datum: Datum, isSigned: boolean): void {
  const found = evaluate(datum.expression, secondScope(assembly, spotOf(item, 0)));
  if (!found.ok) {
    assembly.errors.push(found.error);
    return;
  }
  const length = leb128Octets(found.value, isSigned);
  if (length !== item.lengthOctets) {
    const message = 'The length of this number depends on where sections lie.';
    assembly.errors.push(
      errorAt(datum.span, message, 'Write a number, or a difference of labels.'),
    );
    return;
  }
  let rest = found.value;
  for (let at = 0; at < length; at++) {
    const more = at < length - 1 ? 128 : 0;
    item.section.octets[item.offset + at] = Number(rest & 127n) | more;
    rest >>= 7n;
  }
}

function writeWords(assembly: Assembly, high: HighParts, item: Item, words: readonly Word[]): void {
  let past = 0;
  for (const word of words) {
    writeWord(assembly, high, item, word, past);
    past += word.octets;
  }
}

function writeOctets(
  assembly: Assembly,
  item: Item,
  { octets, span }: Extract<Content, { kind: 'octets' }>,
): void {
  const { section, offset } = item;
  if (section.isZero && octets.some((octet) => octet !== 0)) {
    assembly.errors.push(notZero(item, span));
  } else section.octets.set(octets, offset);
}

function writeItem(assembly: Assembly, high: HighParts, item: Item): void {
  const { content } = item;
  switch (content.kind) {
    case 'code':
      writeWords(assembly, high, item, content.words);
      return;
    case 'branch':
      writeBranch(assembly, high, item, content);
      return;
    case 'data':
      writeData(assembly, item, content.widthOctets, content.values);
      return;
    case 'octets':
      writeOctets(assembly, item, content);
      return;
    case 'fill':
      repeat(item, content.value, content.widthOctets);
      return;
    case 'align':
      if (content.widthOctets === 0) writeNops(item);
      else repeat(item, content.value, content.widthOctets);
      return;
    case 'space':
    case 'leb128':
    case 'assign':
      writeLast(assembly, item, content);
  }
}

/** What waited until every symbol has its value. */
function writeLast(
  assembly: Assembly,
  item: Item,
  content: Extract<Content, { kind: 'space' | 'leb128' | 'assign' }>,
): void {
  if (content.kind === 'space') writeSpace(assembly, item, content);
  else if (content.kind === 'leb128') {
    writeLeb128(assembly, item, content.datum, content.isSigned);
  } else {
    const found = assignAgain(assembly, content.name, content.datum, spotOf(item, 0));
    if (!found.ok) assembly.errors.push(found.error);
  }
}

/** Writes all items into the octets of their sections. */
export function emit(assembly: Assembly, high: HighParts): void {
  for (const item of assembly.items) writeItem(assembly, high, item);
}
