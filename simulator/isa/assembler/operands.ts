/** The operands of one statement: where they begin and end, and what each looks like. */
import { registerNumber } from '../rv32/registers';
import { errorAt, join, type AssemblyError, type Span } from './errors';
import type { Token } from './lexer';
import type { Slot } from './macros';

/** Tokens `from` to before `to`. */
export type Slice = { readonly from: number; readonly to: number; readonly span: Span };

/** `address` ends in `(register)`; `symbol` is an expression with a name in it. */
export type Shape = 'register' | 'address' | 'symbol' | 'number';

const isMark = (token: Token | undefined, text: string): boolean =>
  token?.kind === 'mark' && token.text === text;

/** Where the operands from `start` on end: at the commas outside parentheses, and at the end. */
function endsOf(tokens: readonly Token[], start: number): readonly number[] {
  const ends: number[] = [];
  let depth = 0;
  for (let at = start; at < tokens.length; at++) {
    const token = tokens[at];
    if (isMark(token, '(')) depth += 1;
    else if (isMark(token, ')')) depth -= 1;
    else if (isMark(token, ',') && depth <= 0) ends.push(at);
  }
  return [...ends, tokens.length];
}

/** The operands, parted by commas. An empty operand is an error unless `mayBeEmpty`. */
export function split(
  tokens: readonly Token[],
  start: number,
  mayBeEmpty = false,
): readonly Slice[] | AssemblyError {
  if (start >= tokens.length) return [];
  const slices: Slice[] = [];
  let from = start;
  for (const to of endsOf(tokens, start)) {
    const [first, last] = [tokens[from], tokens[to - 1]] as [Token, Token];
    const place = tokens[to] ?? last;
    if (from === to && !mayBeEmpty) {
      return errorAt(place, 'An operand is missing here.', 'Write it, or take the comma away.');
    }
    slices.push({ from, to, span: from === to ? place : join(first, last) });
    from = to + 1;
  }
  return slices;
}

/** The name in parentheses at the end of `offset(name)`, or null. */
export function baseOf(tokens: readonly Token[], slice: Slice): Token | null {
  const [open, name, close] = tokens.slice(Math.max(slice.from, slice.to - 3), slice.to);
  if (!isMark(open, '(') || name?.kind !== 'name' || !isMark(close, ')')) return null;
  if (registerNumber(name.text) !== undefined) return name;
  // Something else than a register: an address if a value stands before it, and no `%lo`.
  const before = slice.to - 4;
  const isValue = before >= slice.from && tokens[before]?.kind !== 'mark';
  const isPart = before > slice.from && isMark(tokens[before - 1], '%');
  return isValue && !isPart ? name : null;
}

export function shapeOf(tokens: readonly Token[], slice: Slice): Shape {
  const first = tokens[slice.from];
  const isOne = slice.to - slice.from === 1;
  if (isOne && first?.kind === 'name' && registerNumber(first.text) !== undefined) {
    return 'register';
  }
  if (baseOf(tokens, slice) !== null) return 'address';
  for (let at = slice.from; at < slice.to; at++) {
    const kind = tokens[at]?.kind;
    if (kind === 'name' || kind === 'local') return 'symbol';
  }
  return 'number';
}

const EXPRESSION: readonly Shape[] = ['symbol', 'number'];

const ACCEPTED: { readonly [S in Slot]: readonly Shape[] } = {
  rd: ['register'],
  rs1: ['register'],
  rs2: ['register'],
  address: ['address'],
  base: ['address'],
  symbol: ['symbol'],
  imm: EXPRESSION,
  shamt: EXPRESSION,
  upper: EXPRESSION,
  target: EXPRESSION,
  csr: EXPRESSION,
  zimm: EXPRESSION,
  pred: EXPRESSION,
  succ: EXPRESSION,
  value: EXPRESSION,
};

export function accepts(slot: Slot, shape: Shape): boolean {
  return ACCEPTED[slot].includes(shape);
}

/** As much of the source as the messages quote. */
export function textOf(tokens: readonly Token[], slice: Slice): string {
  const words = tokens.slice(slice.from, Math.min(slice.to, slice.from + 20));
  return words.map(({ text }) => text).join('');
}
