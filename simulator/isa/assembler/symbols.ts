/** Defining and finding symbols: in the first pass and the relaxation (places), then as addresses. */
import { CSR_NAMES } from '../rv32/csrs';
import { REGISTER_SPELLINGS, registerNumber } from '../rv32/registers';
import { errorAt, quote, type Span } from './errors';
import { evaluate, placed, plain, type Result, type Scope, type Value } from './evaluate';
import type { Expression } from './expression';
import { nearest } from '../../bits/nearest';
import { offsetOf, type Assembly, type Datum, type Spot, type Sym } from './state';

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
  assembly.symbols.set(name, { name, isLabel: true, span, spot, value: 0n, open: null });
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
    ? equal(found)
    : { spot: null, value: 0n, open: { expression: datum.expression, at: spot } };
  assembly.symbols.set(name, { name, isLabel: false, span, ...known });
  return true;
}

/** The place, or the number, that a value says; a place is kept by its item, which may still move. */
function equal({ spot, value }: Value): Pick<Sym, 'spot' | 'value' | 'open'> {
  if (spot === null) return { spot: null, value, open: null };
  return { spot, value: value - BigInt(offsetOf(spot)), open: null };
}

/** Labels are offsets in their section; what comes later in the source is not known. */
export function firstScope(assembly: Assembly, at: Spot): Scope {
  return {
    here: placed(at, 0n),
    symbol: (symbol) => {
      const found = assembly.symbols.get(symbol.name);
      if (found?.open === null) return valueOf(found);
      const message = `${shown(symbol.name)} is not known at this point.`;
      return refused(symbol, message, 'Define it above this line.');
    },
  };
}

const valueOf = ({ spot, value }: Sym): Value =>
  spot === null ? plain(value) : placed(spot, value);

const anyRegion = (value: Value): Value => ({ ...value, region: 0 });

/** While lengths are being found: every label has a place, whatever lies in between. */
export function looseScope(assembly: Assembly, at: Spot, depth = 0): Scope {
  return {
    here: anyRegion(placed(at, 0n)),
    symbol: (symbol) => {
      const found = assembly.symbols.get(symbol.name);
      if (found?.open === null) return anyRegion(valueOf(found));
      if (found === undefined || depth > LONGEST_CHAIN) {
        return refused(symbol, `${shown(symbol.name)} is not known.`, 'Define it.');
      }
      const { open } = found;
      return evaluate(open.expression, looseScope(assembly, open.at, depth + 1));
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
  const owner = assembly.outside.owner(name);
  if (owner !== null) return `${owner} defines it for itself: write \`.globl ${name}\` there.`;
  if (speller.budget > 0) {
    const known = [...symbols.keys(), ...assembly.outside.names(), ...more];
    const names = known.filter((one) => !isLocal(one));
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
  const { spot, value } = sym;
  if (sym.open === null) {
    return plain(spot === null ? value : value + BigInt(spot.section.address + offsetOf(spot)));
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

/** The address or number of what this source defines; null when it depends on what is not known. */
export function valueNow(assembly: Assembly, name: string): bigint | null {
  const sym = assembly.symbols.get(name);
  if (sym === undefined) return null;
  const { span } = sym;
  const found = resolve(assembly, sym, { kind: 'symbol', name, span }, { depth: 0 });
  return found.ok ? found.value : null;
}

/** After the layout: every symbol is an address or a number. */
export function secondScope(assembly: Assembly, at: Spot, chain: Chain = { depth: 0 }): Scope {
  return {
    here: plain(BigInt(at.section.address + offsetOf(at))),
    symbol: (symbol) => {
      const { name } = symbol;
      const found = assembly.symbols.get(name);
      if (found !== undefined && !assembly.weak.has(name)) {
        return resolve(assembly, found, symbol, chain);
      }
      const outer = assembly.outside.value(name);
      if (outer !== null) return plain(outer);
      if (found !== undefined) return resolve(assembly, found, symbol, chain);
      if (assembly.weak.has(name)) return plain(0n);
      return undefinedSymbol(assembly, symbol, CSR_NAMES);
    },
  };
}

/** `.equ` and `.set` once more, now that all labels are known: what follows sees this value. */
export function assignAgain(assembly: Assembly, name: string, datum: Datum, spot: Spot): Result {
  const sym = assembly.symbols.get(name) as Sym;
  const place = evaluate(datum.expression, looseScope(assembly, spot));
  const found = place.ok ? place : evaluate(datum.expression, secondScope(assembly, spot));
  if (found.ok) assembly.symbols.set(name, { ...sym, ...equal(found) });
  return found;
}
