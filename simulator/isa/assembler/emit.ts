/** The second pass: every item is written at its address. */
import type { Operands } from '../rv32/operands';
import { encode } from '../rv32/encode';
import { errorAt, type AssemblyError } from './errors';
import { fieldValue, type HighParts } from './fields';
import { evaluate } from './evaluate';
import type { Assembly, Datum, Item, Word } from './state';
import { assignAgain, secondScope } from './symbols';

const NOP = 0x13;

function write(octets: Uint8Array, at: number, value: bigint, widthOctets: number): void {
  let rest = BigInt.asUintN(64, value);
  for (let index = 0; index < widthOctets; index++) {
    octets[at + index] = Number(rest & 255n);
    rest >>= 8n;
  }
}

function write32(octets: Uint8Array, at: number, word: number): void {
  octets[at] = word;
  octets[at + 1] = word >>> 8;
  octets[at + 2] = word >>> 16;
  octets[at + 3] = word >>> 24;
}

function notZero(item: Item, span: Datum['span']): AssemblyError {
  const message = `The section ${item.section.name} holds zeros only.`;
  return errorAt(span, message, 'Put this into `.data`.');
}

function writeWord(assembly: Assembly, high: HighParts, item: Item, word: Word, at: number): void {
  const fields: { -readonly [F in keyof Operands]?: Operands[F] } = { ...word.fields };
  for (const open of word.open) {
    const spot = { section: item.section, offset: at };
    const found = fieldValue(assembly, high, spot, word.row, open);
    if (typeof found !== 'number') {
      assembly.errors.push(found);
      return;
    }
    fields[open.operand === 'csr' || open.operand === 'zimm' ? open.operand : 'imm'] = found;
  }
  write32(item.section.octets, at, encode(word.row, fields));
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
    const spot = { section: item.section, offset: item.offset + index * widthOctets };
    const found = evaluate(datum.expression, secondScope(assembly, spot));
    const error = found.ok ? datumError(item, datum, found.value, widthOctets) : found.error;
    if (error !== null) assembly.errors.push(error);
    else if (found.ok) {
      write(item.section.octets, spot.offset, found.value, widthOctets);
    }
  }
}

function fill({ section, offset, lengthOctets }: Item, octet: number, isCode: boolean): void {
  const end = offset + lengthOctets;
  section.octets.fill(octet, offset, end);
  if (!isCode) return;
  // What does not make a whole instruction stays 0, in front.
  for (let at = end - 4; at >= offset; at -= 4) write32(section.octets, at, NOP);
}

function writeItem(assembly: Assembly, high: HighParts, item: Item): void {
  const { content, section, offset } = item;
  switch (content.kind) {
    case 'code':
      for (const [index, word] of content.words.entries()) {
        writeWord(assembly, high, item, word, offset + index * 4);
      }
      return;
    case 'data': {
      writeData(assembly, item, content.widthOctets, content.values);
      return;
    }
    case 'octets':
      if (section.isZero && content.octets.some((octet) => octet !== 0)) {
        assembly.errors.push(notZero(item, content.span));
      } else section.octets.set(content.octets, offset);
      return;
    case 'fill': {
      fill(item, content.octet, content.isCode);
      return;
    }
    case 'assign': {
      const found = assignAgain(assembly, content.name, content.datum, item);
      if (!found.ok) assembly.errors.push(found.error);
    }
  }
}

/** Writes all items into the octets of their sections. */
export function emit(assembly: Assembly, high: HighParts): void {
  for (const item of assembly.items) writeItem(assembly, high, item);
}
