/** One instruction statement: its operands, and the instructions that it makes. */
import { csrNumber } from '../rv32/csrs';
import type { Operands } from '../rv32/operands';
import { REGISTER_SPELLINGS, registerNumber } from '../rv32/registers';
import { rowNamed, type Operand, type Row } from '../rv32/table';
import { shortBranch } from './compress';
import { errorAt, quote, type AssemblyError, type Span } from './errors';
import { evaluate, isWord } from './evaluate';
import { ZERO } from './expression';
import type { Form } from './forms';
import { LI_LONG, type Slot, type Template } from './macros';
import { parseImmediate, parseSet, type Immediate } from './immediate';
import { nearest } from '../../bits/nearest';
import { baseOf, type Slice } from './operands';
import type { Token } from './lexer';
import { checkShortBranch, shortWord } from './short';
import { here, type Assembly, type Branch, type Content, type OpenField, type Word } from './state';
import { firstScope } from './symbols';
import { fieldOf, knownField, wordOf } from './words';

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

function expand(
  assembly: Assembly,
  templates: readonly Template[],
  written: Written,
  keyOf: (row: string) => string | null,
): readonly Word[] {
  const { fields, immediate } = written;
  const source = (from: Template['rd']): number =>
    typeof from === 'string' ? (fields[from] ?? 0) : (from ?? 0);
  return templates.map(({ row: name, rd, rs1, rs2, imm }) => {
    const row = rowNamed(name) as Row;
    const registers = { rd: source(rd), rs1: source(rs1), rs2: source(rs2) };
    if (typeof imm === 'number') {
      return wordOf(assembly, keyOf(name), row, { ...registers, imm }, []);
    }
    const of = (immediate as NonNullable<Written['immediate']>).of;
    const operand: Operand = row.format === 'U' ? 'upper' : 'imm';
    return wordOf(assembly, null, row, registers, [{ ...of, operand, part: imm }]);
  });
}

/** The instructions that load a number: one or two, each as GNU as would write it alone. */
function loadNumber(assembly: Assembly, written: Written): readonly Word[] {
  const { of } = written.immediate as NonNullable<Written['immediate']>;
  const found = evaluate(of.expression, firstScope(assembly, here(assembly)));
  // What does not fit 32 bits is refused in the last pass, as every part of a value is.
  if (!found.ok || found.section !== null || !isWord(found.value)) {
    return expand(assembly, LI_LONG, written, () => null);
  }
  const value = Number(BigInt.asIntN(32, found.value));
  const low = (value << 20) >> 20;
  const high = (value - low) | 0;
  const rd = written.fields.rd ?? 0;
  const word = (key: string | null, row: string, fields: Partial<Operands>): Word =>
    wordOf(assembly, key, rowNamed(row) as Row, fields, []);
  // Written without sign, as 0xffffffff for -1, one instruction is not shortened.
  const key = found.value < 1n << 31n ? 'li' : null;
  if (high === 0) return [word(key, 'addi', { rd, rs1: 0, imm: low })];
  const first = word('lui', 'lui', { rd, imm: high });
  // To zero it makes both, as gas does (`load_const`).
  return low === 0 && rd !== 0 ? [first] : [first, word('addi', 'addi', { rd, rs1: rd, imm: low })];
}

export type Taken = { readonly written: Written; readonly open: readonly OpenField[] };

/** The operands of a statement whose shapes fit `form`. */
export function takeAll(
  assembly: Assembly,
  tokens: readonly Token[],
  form: Form,
  slices: readonly Slice[],
): Taken | AssemblyError {
  const written: Written = { fields: {}, immediate: null };
  const open: OpenField[] = [];
  for (let index = 0; index < form.syntax.length; index++) {
    const slot = form.syntax[index] as Slot;
    const taken = take(assembly, tokens, slot, slices[index] as Slice, written);
    if (taken === null) continue;
    if ('message' in taken) return taken;
    open.push(taken);
  }
  return { written, open };
}

function branch(
  form: Extract<Form, { kind: 'word' | 'short' }>,
  { written, open }: Taken,
  isCompressing: boolean,
): Branch {
  const row = form.kind === 'word' ? form.row : form.short.row;
  const fixed = form.kind === 'word' ? form.fixed : form.short.fixed;
  const fields = { ...written.fields, ...fixed };
  const short =
    form.kind === 'short' ? form.short : isCompressing ? shortBranch(form.name, fields) : null;
  const target = open[0] as OpenField;
  return { kind: 'branch', row, fields, short, isJump: row.format === 'J', target };
}

/** A statement of a 16-bit instruction. */
function short(
  assembly: Assembly,
  form: Extract<Form, { kind: 'short' }>,
  { written, open }: Taken,
  span: Span,
): Content | AssemblyError {
  if (form.syntax.includes('target')) {
    const wrong = checkShortBranch(form.short, written.fields, span);
    return wrong ?? branch(form, { written, open }, true);
  }
  const fields: Written['fields'] = { ...written.fields };
  const left: OpenField[] = [];
  for (const one of open) {
    const found = knownField(assembly, one);
    if (found === null) left.push(one);
    else fields[fieldOf(one.operand)] = found.number;
  }
  const word = shortWord(form.short, fields, left, span);
  return 'message' in word ? word : { kind: 'code', words: [word] };
}

const ZEROS = { row: rowNamed('addi') as Row, fields: {}, open: [], octets: 2, bits: 0 } as const;

/** What a statement makes whose operands have the shapes that `form` asks for. */
export function contentOf(
  assembly: Assembly,
  tokens: readonly Token[],
  form: Form,
  slices: readonly Slice[],
  span: Span,
): Content | AssemblyError {
  const { isCompressing } = assembly.mode;
  if (form.kind === 'zeros' || (form.name === 'unimp' && isCompressing)) {
    return { kind: 'code', words: [ZEROS] };
  }
  const taken = takeAll(assembly, tokens, form, slices);
  if ('message' in taken) return taken;
  const { written } = taken;
  if (form.kind === 'macro') {
    const keyOf = (row: string): string | null => (form.isShortened ? row : null);
    return { kind: 'code', words: expand(assembly, form.words, written, keyOf) };
  }
  if (form.kind === 'li') return { kind: 'code', words: loadNumber(assembly, written) };
  const { immediate } = written;
  const last = immediate === null ? [] : [{ ...immediate.of, operand: immediate.slot }];
  const open = [...taken.open, ...last];
  if (form.kind === 'short') return short(assembly, form, { written, open }, span);
  if (form.row.format === 'B' || form.row.format === 'J') {
    return branch(form, { written, open }, isCompressing);
  }
  const fields = { ...written.fields, ...form.fixed };
  return { kind: 'code', words: [wordOf(assembly, form.key, form.row, fields, open)] };
}
