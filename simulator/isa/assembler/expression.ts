/**
 * Expressions and their parser. Precedence is that of GNU as ("Using as", §6.2.4): first
 * `* / % << >>`, then `& | ^`, then `+ -`, then comparisons, `&&` and `||`. Not that of C.
 */
import { errorAt, quote, type AssemblyError, type Span } from './errors';
import type { Token } from './lexer';

type Arithmetic = '+' | '-' | '*' | '/' | '%' | '<<' | '>>' | '&' | '|' | '^';
type Comparison = '==' | '!=' | '<>' | '<' | '>' | '<=' | '>=';
export type Operator = Arithmetic | Comparison | '&&' | '||';

export type Expression =
  | { readonly kind: 'number'; readonly value: bigint }
  | { readonly kind: 'symbol'; readonly name: string; readonly span: Span }
  /** `.`, the address of the statement. */
  | { readonly kind: 'here' }
  | {
      readonly kind: 'unary';
      readonly operator: '-' | '~' | '!';
      readonly of: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: 'binary';
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    };

/** Reads `tokens` from `at`, up to `end`; the first error stays in `error`. */
export type Cursor = {
  readonly tokens: readonly Token[];
  at: number;
  readonly end: number;
  error: AssemblyError | null;
  /** The symbol that `1f` or `1b` stands for here. */
  readonly local: (text: string) => string;
};

const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!=', '<>', '<', '>', '<=', '>='],
  ['+', '-'],
  ['&', '|', '^'],
  ['*', '/', '%', '<<', '>>'],
];

/** Tokens of one expression; more are refused, so that no source can exhaust the stack. */
const LONGEST = 300;

/** The least binding operator is looked for first; of each, its level. */
const LEVEL_OF: ReadonlyMap<string, number> = new Map(
  LEVELS.flatMap((operators, level) => operators.map((one) => [one, level])),
);

export const ZERO: Expression = { kind: 'number', value: 0n };

export function peek(cursor: Cursor): Token | null {
  return cursor.at < cursor.end ? (cursor.tokens[cursor.at] ?? null) : null;
}

/** The place of the next token, or just after the last one. */
export function placeOf(cursor: Cursor): Span {
  const token = peek(cursor);
  if (token !== null) return token;
  const last = cursor.tokens[cursor.end - 1];
  if (last === undefined) return { line: 1, column: 1, lengthColumns: 1 };
  return { line: last.line, column: last.column + last.lengthColumns, lengthColumns: 1 };
}

export function fail(cursor: Cursor, span: Span, message: string, remedy: string): null {
  cursor.error ??= errorAt(span, message, remedy);
  return null;
}

export function takeMark(cursor: Cursor, text: string): boolean {
  const token = peek(cursor);
  if (token?.kind !== 'mark' || token.text !== text) return false;
  cursor.at += 1;
  return true;
}

const REMEDY = 'Write a number, a character, a label or an expression of them.';

function parenthesised(cursor: Cursor, open: Token, limit: number): Expression | null {
  const inner = binary(cursor, 0, limit);
  if (inner === null) return null;
  if (takeMark(cursor, ')')) return inner;
  return fail(cursor, open, 'This parenthesis is not closed.', 'Add `)`.');
}

function atom(cursor: Cursor, limit: number): Expression | null {
  const token = peek(cursor);
  if (token === null) return fail(cursor, placeOf(cursor), 'A value is missing here.', REMEDY);
  cursor.at += 1;
  if (token.kind === 'number') return { kind: 'number', value: token.value };
  if (token.kind === 'local') {
    return { kind: 'symbol', name: cursor.local(token.text), span: token };
  }
  if (token.kind === 'name') {
    if (token.text === '.') return { kind: 'here' };
    return { kind: 'symbol', name: token.text, span: token };
  }
  if (token.text === '(' && token.kind === 'mark') return parenthesised(cursor, token, limit);
  return fail(cursor, token, `A value is expected, not ${quote(token.text)}.`, REMEDY);
}

function unary(cursor: Cursor, limit: number): Expression | null {
  if (cursor.at >= limit) {
    const message = `This expression has more than ${LONGEST} parts.`;
    return fail(cursor, placeOf(cursor), message, 'Name a part of it with `.equ`.');
  }
  if (takeMark(cursor, '+')) return unary(cursor, limit);
  for (const operator of ['-', '~', '!'] as const) {
    const span = placeOf(cursor);
    if (!takeMark(cursor, operator)) continue;
    const of = unary(cursor, limit);
    return of === null ? null : { kind: 'unary', operator, of, span };
  }
  return atom(cursor, limit);
}

/** Operators from `level` on; a single value is read without going through the levels. */
function binary(cursor: Cursor, level: number, limit: number): Expression | null {
  let left = unary(cursor, limit);
  while (left !== null) {
    const token = peek(cursor);
    const own = token?.kind === 'mark' ? LEVEL_OF.get(token.text) : undefined;
    if (token === null || own === undefined || own < level) return left;
    cursor.at += 1;
    const right = binary(cursor, own + 1, limit);
    if (right === null) return null;
    const operator = token.text as Operator;
    left = { kind: 'binary', operator, left, right, span: token };
  }
  return null;
}

/** An expression from the cursor on; null when there is none, and then `cursor.error` says why. */
export function parseExpression(cursor: Cursor): Expression | null {
  return binary(cursor, 0, cursor.at + LONGEST);
}

/** The same, and nothing may follow it. */
export function parseWhole(cursor: Cursor): Expression | null {
  const expression = parseExpression(cursor);
  const rest = peek(cursor);
  if (expression === null || rest === null) return expression;
  const message = `${quote(rest.text)} is not expected here.`;
  return fail(cursor, rest, message, 'Put an operator or a comma before it, or take it away.');
}
