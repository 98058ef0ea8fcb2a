/**
 * The value of an expression. Arithmetic is exact; what leaves 64 bits is refused. Before layout a
 * label is an offset in its section, so only sums with numbers and differences within one section
 * are known; after layout everything is a number.
 */
import { errorAt, type AssemblyError } from './errors';
import type { Expression, Operator } from './expression';
import { offsetOf, type Section, type Spot } from './state';

export type Value = {
  readonly ok: true;
  readonly value: bigint;
  /** Null: a plain number; else `value` is an offset in it. */
  readonly section: Section | null;
  /** Differences are known between places of one region. */
  readonly region: number;
  /** The symbol that stands for the place alone, if one does. */
  readonly spot: Spot | null;
};

export type Result = Value | { readonly ok: false; readonly error: AssemblyError };

export type Scope = {
  readonly here: Value;
  readonly symbol: (symbol: Extract<Expression, { kind: 'symbol' }>) => Result;
};

type Unary = Extract<Expression, { kind: 'unary' }>;
type Binary = Extract<Expression, { kind: 'binary' }>;

const LIMIT = 1n << 64n;

export function plain(value: bigint): Value {
  return { ok: true, value, section: null, region: 0, spot: null };
}

/** A place `value` octets behind `spot`, as it is measured so far. */
export function placed(spot: Spot, value: bigint): Value {
  const { section, region } = spot;
  return { ok: true, value: BigInt(offsetOf(spot)) + value, section, region, spot };
}

const MIXED = 'This mixes addresses in a way that is not known before the layout.';
const UNMIXED = 'Subtract two labels of one section, or add a number to a label.';

function refuse(at: Unary | Binary, message: string, remedy: string): Result {
  return { ok: false, error: errorAt(at.span, message, remedy) };
}

/** As a number of 64 bits without sign: GNU as shifts zeros in. */
const unsigned = (value: bigint): bigint => (value < 0n ? BigInt.asUintN(64, value) : value);

/** Comparisons answer -1 for yes ("Using as", §6.2.4). */
const truth = (is: boolean): bigint => (is ? -1n : 0n);

const isShift = (bits: bigint): boolean => bits >= 0n && bits <= 63n;

/** Null where the operation has no answer. */
const CALCULATE: { readonly [O in Operator]: (a: bigint, b: bigint) => bigint | null } = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => (b === 0n ? null : a / b),
  '%': (a, b) => (b === 0n ? null : a % b),
  '<<': (a, b) => (isShift(b) ? a << b : null),
  '>>': (a, b) => (isShift(b) ? unsigned(a) >> b : null),
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '==': (a, b) => truth(a === b),
  '!=': (a, b) => truth(a !== b),
  '<>': (a, b) => truth(a !== b),
  '<': (a, b) => truth(a < b),
  '>': (a, b) => truth(a > b),
  '<=': (a, b) => truth(a <= b),
  '>=': (a, b) => truth(a >= b),
  '&&': (a, b) => (a !== 0n && b !== 0n ? 1n : 0n),
  '||': (a, b) => (a !== 0n || b !== 0n ? 1n : 0n),
};

/** The operand whose place the answer keeps, null for none, undefined when it is not known yet. */
function baseOf({ operator }: Binary, left: Value, right: Value): Value | null | undefined {
  if (left.section === null && right.section === null) return null;
  if (right.section === null && (operator === '+' || operator === '-')) return left;
  if (left.section === null && operator === '+') return right;
  const isOne = left.section === right.section && left.region === right.region;
  return isOne && !ADDITIVE.includes(operator) ? null : undefined;
}

/** What two places of one section cannot be joined by. */
const ADDITIVE: readonly Operator[] = ['+', '*', '/', '%', '<<', '>>', '&', '|', '^', '&&', '||'];

function combine(at: Binary, left: Value, right: Value): Result {
  const base = baseOf(at, left, right);
  if (base === undefined) return refuse(at, MIXED, UNMIXED);
  const value = CALCULATE[at.operator](left.value, right.value);
  if (value === null) {
    return at.operator === '<<' || at.operator === '>>'
      ? refuse(at, 'A shift goes from 0 to 63 bits.', 'Shift by less.')
      : refuse(at, 'This divides by 0.', 'Divide by something else.');
  }
  if (value >= LIMIT || value <= -LIMIT) {
    return refuse(at, 'This result does not fit 64 bits.', 'Calculate with smaller numbers.');
  }
  if (base === null) return plain(value);
  return { ok: true, value, section: base.section, region: base.region, spot: base.spot };
}

function turn(at: Unary, of: Value): Result {
  if (of.section !== null) return refuse(at, MIXED, UNMIXED);
  if (at.operator === '-') return plain(-of.value);
  if (at.operator === '~') return plain(~of.value);
  return plain(of.value === 0n ? 1n : 0n);
}

export function evaluate(expression: Expression, scope: Scope): Result {
  switch (expression.kind) {
    case 'number':
      return plain(expression.value);
    case 'symbol':
      return scope.symbol(expression);
    case 'here':
      return scope.here;
    case 'unary': {
      const of = evaluate(expression.of, scope);
      return of.ok ? turn(expression, of) : of;
    }
    case 'binary': {
      const left = evaluate(expression.left, scope);
      if (!left.ok) return left;
      const right = evaluate(expression.right, scope);
      return right.ok ? combine(expression, left, right) : right;
    }
  }
}

/** Whether 32 bits can hold it, with sign or without. */
export function isWord(value: bigint): boolean {
  return value >= -(1n << 31n) && value < 1n << 32n;
}
