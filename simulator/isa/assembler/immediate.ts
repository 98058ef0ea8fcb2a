/** Operands that are numbers: an expression, `%hi(…)` and its kin, or the letters of a fence. */
import { errorAt, quote, type AssemblyError, type Span } from './errors';
import { fail, parseWhole, peek, placeOf, type Cursor, type Expression } from './expression';
import type { Token } from './lexer';
import type { Slot } from './macros';
import { nearest } from '../../bits/nearest';
import { textOf, type Slice } from './operands';
import type { Assembly, Part } from './state';
import { localName } from './symbols';

export type Immediate = {
  readonly part: Part;
  readonly expression: Expression;
  readonly span: Span;
};

const PARTS: ReadonlyMap<string, Part> = new Map([
  ['hi', 'hi'],
  ['lo', 'lo'],
  ['pcrel_hi', 'pcrel_hi'],
  ['pcrel_lo', 'pcrel_lo'],
]);

export function cursorOf(
  assembly: Assembly,
  tokens: readonly Token[],
  { from, to }: { readonly from: number; readonly to: number },
): Cursor {
  const local = (text: string): string => localName(assembly, text);
  return { tokens, at: from, end: to, error: null, local };
}

/** `%hi` gives 20 bits and `%lo` 12: each fits its own kind of instruction only. */
function isPlaced(part: Part, slot: Slot): boolean {
  const isHigh = part === 'hi' || part === 'pcrel_hi';
  return isHigh ? slot === 'upper' : slot === 'imm' || slot === 'address';
}

function partAt(assembly: Assembly, cursor: Cursor, slot: Slot): Part | null {
  const name = cursor.tokens[cursor.at + 1] as Token;
  const part = PARTS.get(name.text);
  if (part === undefined) {
    const near = nearest(assembly.speller, name.text, PARTS.keys()) ?? 'lo';
    const message = `${quote(`%${name.text}`)} is not known.`;
    return fail(
      cursor,
      name,
      message,
      `Write \`%${near}(symbol)\`, or %hi, %lo, %pcrel_hi, %pcrel_lo.`,
    );
  }
  if (!isPlaced(part, slot)) {
    const message = `\`%${name.text}\` does not fit into this operand.`;
    const remedy =
      '%hi goes with `lui`, %pcrel_hi with `auipc`, %lo with `addi`, loads and stores.';
    return fail(cursor, name, message, remedy);
  }
  return part;
}

/** The cursor over what the parentheses of `%hi(…)` hold. */
function inside(cursor: Cursor): Cursor {
  const [open, close] = [cursor.tokens[cursor.at + 2], cursor.tokens[cursor.end - 1]];
  const inner = { ...cursor, at: cursor.at + 3, end: cursor.end - 1 };
  if (open?.text !== '(' || close?.text !== ')' || inner.end < inner.at) {
    const place = open ?? placeOf({ ...cursor, at: cursor.end });
    fail(inner, place, 'Parentheses are expected after this.', 'Write `%lo(symbol)`.');
  }
  return inner;
}

/** `slice` as a number that belongs to `slot`. */
export function parseImmediate(
  assembly: Assembly,
  tokens: readonly Token[],
  slice: Slice,
  slot: Slot,
): Immediate | AssemblyError {
  let cursor = cursorOf(assembly, tokens, slice);
  let part: Part | null = 'whole';
  const first = peek(cursor);
  const isPart = first?.kind === 'mark' && first.text === '%';
  if (isPart && slice.to - slice.from > 1 && tokens[slice.from + 1]?.kind === 'name') {
    part = partAt(assembly, cursor, slot);
    cursor = inside(cursor);
  }
  const expression = cursor.error === null ? parseWhole(cursor) : null;
  if (expression === null || part === null) {
    const fallback = errorAt(slice.span, 'This is no number.', 'Write a number or a label.');
    return cursor.error ?? fallback;
  }
  return { part, expression, span: slice.span };
}

/** The bits of `iorw`, in any order, or a number from 0 to 15. */
export function parseSet(tokens: readonly Token[], slice: Slice): number | AssemblyError {
  const text = textOf(tokens, slice);
  const first = tokens[slice.from] as Token;
  if (/^[iorw]{1,4}$/.test(text)) {
    return ['i', 'o', 'r', 'w'].reduce(
      (bits, letter, at) => bits | (text.includes(letter) ? 8 >> at : 0),
      0,
    );
  }
  const isNumber = slice.to - slice.from === 1 && first.kind === 'number';
  if (isNumber && first.value <= 15n) return Number(first.value);
  const message = `${quote(text)} is no set of memory accesses.`;
  return errorAt(
    slice.span,
    message,
    'Write some of the letters `iorw`: device in, out, read, write.',
  );
}
