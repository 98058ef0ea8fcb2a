/** What a directive is given, and what it answers. */
import type { AssemblyError } from './errors';
import type { Token } from './lexer';
import type { Slice } from './operands';
import type { Assembly } from './state';

export type Call = {
  readonly name: Token;
  readonly tokens: readonly Token[];
  readonly slices: readonly Slice[];
};

/** The same for a directive whose operands are no values: all of its text. */
export type RawCall = { readonly name: Token; readonly text: string };

export type RawDirective = (assembly: Assembly, call: RawCall) => AssemblyError | null;

/** Null, or what is wrong with it. */
export type Directive = (assembly: Assembly, call: Call) => AssemblyError | null;
