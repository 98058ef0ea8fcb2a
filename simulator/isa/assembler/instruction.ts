/** One instruction statement: which form it has, and the words that it makes. */
import { csrNumber } from '../rv32/csrs';
import type { Operands } from '../rv32/operands';
import { REGISTER_SPELLINGS, registerNumber } from '../rv32/registers';
import { rowNamed, type Operand, type Row } from '../rv32/table';
import { errorAt, quote, type AssemblyError } from './errors';
import { evaluate, isWord } from './evaluate';
import { ZERO } from './expression';
import type { Form } from './forms';
import { LI_HIGH, LI_LONG, LI_SHORT, type Slot, type Template } from './macros';
import { parseImmediate, parseSet, type Immediate } from './immediate';
import { nearest } from '../../bits/nearest';
import { baseOf, type Slice } from './operands';
import type { Token } from './lexer';
import { here, type Assembly, type OpenField, type Word } from './state';
import { firstScope } from './symbols';

/** What was written, operand by operand. */
type Written = {
  fields: { -readonly [F in keyof Operands]?: Operands[F] };
  immediate: { readonly slot: Operand; readonly of: Immediate } | null;
};

/** An operand that is a number: it waits for the second pass. */
function takeImmediate(
  assembly: Assembly,
  tokens: readonly Token[],
  slot: Slot,
  slice: Slice,
  written: Written,
): AssemblyError | null {
  const found = parseImmediate(assembly, tokens, slice, slot);
  if ('message' in found) return found;
  const operand = slot === 'symbol' || slot === 'value' ? 'imm' : slot;
  written.immediate = { slot: operand, of: found };
  return null;
}

function takeCsr(
  assembly: Assembly,
  tokens: readonly Token[],
  slice: Slice,
  written: Written,
): AssemblyError | OpenField | null {
  const name = slice.to - slice.from === 1 ? tokens[slice.from]?.text : undefined;
  const number = name === undefined ? undefined : csrNumber(name);
  if (number !== undefined) {
    written.fields.csr = number;
    return null;
  }
  const found = parseImmediate(assembly, tokens, slice, 'csr');
  if ('message' in found) return found;
  return { operand: 'csr', part: 'whole', expression: found.expression, span: slice.span };
}

function takeSet(
  tokens: readonly Token[],
  slot: 'pred' | 'succ',
  slice: Slice,
  written: Written,
): AssemblyError | null {
  const set = parseSet(tokens, slice);
  if (typeof set !== 'number') return set;
  written.fields.imm = (written.fields.imm ?? 0) | (slot === 'pred' ? set << 4 : set);
  return null;
}

function takeAddress(
  assembly: Assembly,
  tokens: readonly Token[],
  slice: Slice,
  written: Written,
): AssemblyError | null {
  const base = baseOf(tokens, slice) as Token;
  const number = registerNumber(base.text);
  if (number === undefined) {
    const near = nearest(assembly.speller, base.text, REGISTER_SPELLINGS) ?? 'sp';
    return errorAt(base, `${quote(base.text)} is no register.`, `Did you mean \`${near}\`?`);
  }
  written.fields.rs1 = number;
  const offset: Slice = { ...slice, to: slice.to - 3 };
  if (offset.to > offset.from) return takeImmediate(assembly, tokens, 'address', offset, written);
  const of: Immediate = { part: 'whole', expression: ZERO, span: slice.span };
  written.immediate = { slot: 'address', of };
  return null;
}

/** `(rs1)`; an atomic has no room for an offset. */
function takeBase(
  assembly: Assembly,
  tokens: readonly Token[],
  slice: Slice,
  written: Written,
): AssemblyError | null {
  const error = takeAddress(assembly, tokens, slice, written);
  const offset = tokens[slice.from];
  written.immediate = null;
  if (error !== null || slice.to - slice.from === 3 || offset?.text === '0') return error;
  const message = 'An atomic takes its address from a register alone.';
  return errorAt(slice.span, message, 'Write it as `(a0)`, and add the offset to a0 before.');
}

function take(
  assembly: Assembly,
  tokens: readonly Token[],
  slot: Slot,
  slice: Slice,
  written: Written,
): AssemblyError | OpenField | null {
  if (slot === 'rd' || slot === 'rs1' || slot === 'rs2') {
    written.fields[slot] = registerNumber((tokens[slice.from] as Token).text) as number;
    return null;
  }
  if (slot === 'address') return takeAddress(assembly, tokens, slice, written);
  if (slot === 'base') return takeBase(assembly, tokens, slice, written);
  if (slot === 'csr') return takeCsr(assembly, tokens, slice, written);
  if (slot === 'pred' || slot === 'succ') return takeSet(tokens, slot, slice, written);
  return takeImmediate(assembly, tokens, slot, slice, written);
}

function expand(templates: readonly Template[], written: Written): readonly Word[] {
  const { fields, immediate } = written;
  const source = (from: Template['rd']): number =>
    typeof from === 'string' ? (fields[from] ?? 0) : (from ?? 0);
  return templates.map(({ row: name, rd, rs1, rs2, imm }) => {
    const row = rowNamed(name) as Row;
    const registers = { rd: source(rd), rs1: source(rs1), rs2: source(rs2) };
    if (typeof imm === 'number') return { row, fields: { ...registers, imm }, open: [] };
    const of = (immediate as NonNullable<Written['immediate']>).of;
    const operand: Operand = row.format === 'U' ? 'upper' : 'imm';
    return { row, fields: registers, open: [{ ...of, operand, part: imm }] };
  });
}

function liTemplates(assembly: Assembly, written: Written): readonly Template[] {
  const of = (written.immediate as NonNullable<Written['immediate']>).of;
  const found = evaluate(of.expression, firstScope(assembly, here(assembly)));
  // What does not fit 32 bits is refused in the second pass, as every part of a value is.
  if (!found.ok || found.section !== null || !isWord(found.value)) return LI_LONG;
  const value = Number(BigInt.asIntN(32, found.value));
  if (value >= -2048 && value <= 2047) return LI_SHORT;
  return (value & 0xfff) === 0 ? LI_HIGH : LI_LONG;
}

/** The words of a statement whose operands have the shapes that `form` asks for. */
export function wordsOf(
  assembly: Assembly,
  tokens: readonly Token[],
  form: Form,
  slices: readonly Slice[],
): readonly Word[] | AssemblyError {
  const written: Written = { fields: {}, immediate: null };
  const open: OpenField[] = [];
  for (const [index, slot] of form.syntax.entries()) {
    const taken = take(assembly, tokens, slot, slices[index] as Slice, written);
    if (taken === null) continue;
    if ('message' in taken) return taken;
    open.push(taken);
  }
  if (form.kind === 'macro') return expand(form.words, written);
  if (form.kind === 'li') return expand(liTemplates(assembly, written), written);
  const { immediate } = written;
  if (immediate !== null) open.push({ ...immediate.of, operand: immediate.slot });
  return [{ row: form.row, fields: { ...written.fields, ...form.fixed }, open }];
}
