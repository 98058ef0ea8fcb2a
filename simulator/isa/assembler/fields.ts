/** The number that goes into one field of an instruction, checked against what the field holds. */
import { hexAddress } from '../image';
import type { Row } from '../rv32/table';
import { errorAt, type AssemblyError } from './errors';
import { evaluate, isWord } from './evaluate';
import type { Expression } from './expression';
import { RANGES, REACH, type Range } from './ranges';
import { offsetOf, type Assembly, type OpenField, type Spot } from './state';
import { secondScope } from './symbols';

/** What each `%pcrel_hi` refers to, by the address of its instruction. */
export type HighParts = ReadonlyMap<number, { readonly expression: Expression; readonly at: Spot }>;

/** Call after the layout. */
export function highParts(assembly: Assembly): HighParts {
  const found = new Map<number, { expression: Expression; at: Spot }>();
  for (const { section, offset, index, region, content } of assembly.items) {
    if (content.kind !== 'code') continue;
    let past = 0;
    for (const word of content.words) {
      const open = word.open.find(({ part }) => part === 'pcrel_hi');
      const at = { section, index, past, region };
      if (open !== undefined) {
        found.set(section.address + offset + past, { expression: open.expression, at });
      }
      past += word.octets;
    }
  }
  return found;
}

/** The upper 20 bits that, with the signed lower 12 added, make `value`. */
const highPart = (value: number): number => ((value + 0x800) >>> 12) & 0xfffff;
const lowPart = (value: number): number => (value << 20) >> 20;

function addressOf(spot: Spot): number {
  return spot.section.address + offsetOf(spot);
}

/** An address or number modulo 2^32, as a signed number. */
const wrap = (value: bigint): number => Number(BigInt.asIntN(32, value));

/** `%pcrel_lo(label)`: the low part of what the `%pcrel_hi` at the label refers to. */
function pairedLow(
  assembly: Assembly,
  high: HighParts,
  open: OpenField,
  label: bigint,
): number | AssemblyError {
  const pair = high.get(Number(BigInt.asUintN(32, label)));
  if (pair === undefined) {
    const message = 'There is no `%pcrel_hi` at this label.';
    const remedy = 'Put a label before the `auipc` with %pcrel_hi and name that label here.';
    return errorAt(open.span, message, remedy);
  }
  const found = evaluate(pair.expression, secondScope(assembly, pair.at));
  return found.ok ? lowPart(wrap(found.value) - addressOf(pair.at)) : found.error;
}

function outside(open: OpenField, what: string, range: Range): AssemblyError {
  const message = `${what} is outside ${range.low} to ${range.high}.`;
  return errorAt(open.span, message, range.remedy);
}

/** A value from 2^31 up is the negative number with the same 32 bits. */
function signed(value: bigint, { low }: Range): bigint {
  const isUnsigned = value >= 1n << 31n && value < 1n << 32n;
  return low < 0 && isUnsigned ? value - (1n << 32n) : value;
}

/** All of a value, if the operand holds it. */
export function whole(open: OpenField, value: bigint): number | AssemblyError {
  const range = RANGES[open.operand];
  if (range === undefined) return wrap(value);
  const number = signed(value, range);
  if (number < BigInt(range.low) || number > BigInt(range.high)) {
    return outside(open, String(value), range);
  }
  return open.operand === 'upper' ? Number(number) << 12 : Number(number);
}

function target(open: OpenField, row: Row, value: bigint, pc: number): number | AssemblyError {
  const range = REACH[row.format] as Range;
  const distance = wrap(value - BigInt(pc));
  if (distance < range.low || distance > range.high) {
    return outside(open, `The distance to the target, ${distance} octets,`, range);
  }
  if (distance % 2 === 0) return distance;
  const message = `The target ${hexAddress(wrap(value))} is an odd address.`;
  return errorAt(
    open.span,
    message,
    'Instructions lie at even addresses: put `.balign 4` before it.',
  );
}

function partOf(open: OpenField, value: bigint, pc: number): number | AssemblyError {
  if (!isWord(value)) {
    const message = `${value} does not fit 32 bits.`;
    return errorAt(open.span, message, 'Write a number from -2147483648 to 4294967295.');
  }
  const number = wrap(value);
  if (open.part === 'hi') return highPart(number) << 12;
  if (open.part === 'lo') return lowPart(number);
  if (open.part === 'pcrel_hi') return highPart(number - pc) << 12;
  return lowPart(number - (pc - 4));
}

/** The value of `open`, in the instruction at `spot`; CSR and zimm as they are, others as imm. */
export function fieldValue(
  assembly: Assembly,
  high: HighParts,
  spot: Spot,
  row: Row,
  open: OpenField,
): number | AssemblyError {
  const found = evaluate(open.expression, secondScope(assembly, spot));
  if (!found.ok) return found.error;
  const pc = addressOf(spot);
  if (open.operand === 'target') return target(open, row, found.value, pc);
  if (open.part === 'whole') return whole(open, found.value);
  if (open.part === 'pcrel_lo') return pairedLow(assembly, high, open, found.value);
  return partOf(open, found.value, pc);
}
