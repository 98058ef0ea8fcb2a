/** Defining and finding symbols, in the first pass (offsets) and in the second (addresses). */
import { CSR_NAMES } from '../rv32/csrs';
import { REGISTER_SPELLINGS, registerNumber } from '../rv32/registers';
import { errorAt, quote, type Span } from './errors';
import { evaluate, plain, type Result, type Scope } from './evaluate';
import type { Expression } from './expression';
import { nearest } from '../../bits/nearest';
import type { Assembly, Datum, Spot, Sym } from './state';

type SymbolNode = Extract<Expression, { kind: 'symbol' }>;

/** Stands between the number of a local label and its count; no source can write it. */
const MARK = '\u0001';

export const isLocal = (name: string): boolean => name.includes(MARK);

/** The symbol that `1f` or `1b` means at this point of the source. */
export function localName(assembly: Assembly, text: string): string {
  const number = Number(text.slice(0, -1));
  const count = assembly.locals.get(number) ?? 0;
  return `${number}${MARK}${text.endsWith('f') ? count + 1 : count}`;
}

function defineHere(assembly: Assembly, name: string, span: Span, spot: Spot): void {
  const { section, offset } = spot;
  const value = BigInt(offset);
  assembly.symbols.set(name, { name, isLabel: true, span, section, value, open: null });
}

/** `1:`, which may be given again and again. */
export function defineLocal(assembly: Assembly, text: string, span: Span, spot: Spot): void {
  const number = Number(text);
  const count = (assembly.locals.get(number) ?? 0) + 1;
  assembly.locals.set(number, count);
  defineHere(assembly, `${number}${MARK}${count}`, span, spot);
}

function firstDefinition(assembly: Assembly, name: string, span: Span): boolean {
  const earlier = assembly.symbols.get(name);
  const isRegister = registerNumber(name) !== undefined;
  if (earlier !== undefined) {
    const message = `${quote(name)} is defined already, on line ${earlier.span.line}.`;
    assembly.errors.push(errorAt(span, message, 'Give one of the two another name.'));
  } else if (isRegister) {
    const message = `${quote(name)} is the name of a register.`;
    assembly.errors.push(errorAt(span, message, `Choose another, such as \`${name}_value\`.`));
  }
  return earlier === undefined && !isRegister;
}

export function defineLabel(assembly: Assembly, name: string, span: Span, spot: Spot): void {
  if (firstDefinition(assembly, name, span)) defineHere(assembly, name, span, spot);
}

/** `.equ`, `.set` and `name = value`. */
export function assign(
  assembly: Assembly,
  name: string,
  span: Span,
  spot: Spot,
  datum: Datum,
): boolean {
  const earlier = assembly.symbols.get(name);
  const isAgain = earlier !== undefined && !earlier.isLabel;
  if (!isAgain && !firstDefinition(assembly, name, span)) return false;
  const found = evaluate(datum.expression, firstScope(assembly, spot));
  const known = found.ok
    ? { section: found.section, value: found.value, open: null }
    : { section: null, value: 0n, open: { expression: datum.expression, at: spot } };
  assembly.symbols.set(name, { name, isLabel: false, span, ...known });
  return true;
}

/** Labels are offsets in their section; what comes later in the source is not known. */
export function firstScope(assembly: Assembly, at: Spot): Scope {
  return {
    here: { ok: true, value: BigInt(at.offset), section: at.section },
    symbol: (symbol) => {
      const found = assembly.symbols.get(symbol.name);
      if (found?.open === null) return { ok: true, value: found.value, section: found.section };
      const message = `${shown(symbol.name)} is not known at this point.`;
      return refused(symbol, message, 'Define it above this line.');
    },
  };
}

function shown(name: string): string {
  return isLocal(name) ? `\`${name.slice(0, name.indexOf(MARK))}\`` : quote(name);
}

function refused(symbol: SymbolNode, message: string, remedy: string): Result {
  return { ok: false, error: errorAt(symbol.span, message, remedy) };
}

function undefinedSymbol(assembly: Assembly, symbol: SymbolNode, more: readonly string[]): Result {
  const { name } = symbol;
  if (isLocal(name)) {
    const number = name.slice(0, name.indexOf(MARK));
    return refused(
      symbol,
      `There is no label \`${number}:\` on that side.`,
      `Write \`${number}:\`.`,
    );
  }
  if (registerNumber(name) !== undefined) {
    return refused(
      symbol,
      `${quote(name)} is a register, not a number.`,
      'Write a number or a label.',
    );
  }
  const remedy = definitionFor(assembly, name, more);
  return refused(symbol, `${quote(name)} is not defined.`, remedy);
}

function definitionFor(assembly: Assembly, name: string, more: readonly string[]): string {
  const { speller, symbols } = assembly;
  if (speller.budget > 0) {
    const names = [...symbols.keys(), ...more].filter((one) => !isLocal(one));
    const near = nearest(speller, name, names);
    if (near !== null) return `Did you mean \`${near}\`?`;
    const register = name.length > 3 ? null : nearest(speller, name, REGISTER_SPELLINGS);
    if (register !== null) return `Did you mean the register \`${register}\`? If not, define it.`;
  }
  return name.length > 40 ? 'Define it.' : `Define it: \`${name}:\`.`;
}

/** Definitions that wait for one another may be this many. */
const LONGEST_CHAIN = 50;

type Chain = { depth: number };

function resolve(assembly: Assembly, sym: Sym, symbol: SymbolNode, chain: Chain): Result {
  if (sym.open === null) {
    return plain(sym.value + BigInt(sym.section === null ? 0 : sym.section.address));
  }
  if (chain.depth >= LONGEST_CHAIN) {
    const message = `${quote(sym.name)} is defined by itself, or by a chain too long to follow.`;
    return refused(symbol, message, 'Give it a value that does not depend on it.');
  }
  chain.depth += 1;
  const found = evaluate(sym.open.expression, secondScope(assembly, sym.open.at, chain));
  chain.depth -= 1;
  // Kept, so that names that share one are not worked out again and again.
  if (found.ok) assembly.symbols.set(sym.name, { ...sym, value: found.value, open: null });
  return found;
}

/** After the layout: every symbol is an address or a number. */
export function secondScope(assembly: Assembly, at: Spot, chain: Chain = { depth: 0 }): Scope {
  return {
    here: plain(BigInt(at.section.address + at.offset)),
    symbol: (symbol) => {
      const found = assembly.symbols.get(symbol.name);
      if (found === undefined) return undefinedSymbol(assembly, symbol, CSR_NAMES);
      return resolve(assembly, found, symbol, chain);
    },
  };
}

/** `.equ` and `.set` once more, now that all labels are known: what follows sees this value. */
export function assignAgain(assembly: Assembly, name: string, datum: Datum, spot: Spot): Result {
  const sym = assembly.symbols.get(name) as Sym;
  const placed = evaluate(datum.expression, firstScope(assembly, spot));
  const found = placed.ok ? placed : evaluate(datum.expression, secondScope(assembly, spot));
  if (!found.ok) return found;
  const { value, section } = found;
  assembly.symbols.set(name, { ...sym, value, section, open: null });
  return found;
}
