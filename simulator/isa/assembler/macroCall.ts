/** Calls of macros: their arguments, and the text that they put in (gas/macro.c). */
import { errorAt, quote, type AssemblyError, type Span } from './errors';
import { createLexer, type Token } from './lexer';
import { withoutComments } from './rawText';
import type { Assembly, MacroDefinition } from './state';

/** Texts inside one another, and what all of them may take together. */
const DEEPEST = 100;
const MOST_CHARACTERS = 0x40_0000;

/** `text` takes the place of the statement at `span`; `title` says where it is from. */
export function insertText(
  assembly: Assembly,
  text: string,
  span: Span,
  title: string,
  isMacro: boolean,
): AssemblyError | null {
  assembly.expandedCharacters += text.length + 1;
  if (assembly.inputs.length > DEEPEST || assembly.expandedCharacters > MOST_CHARACTERS) {
    assembly.inputs.length = 0;
    const message = 'What is put in here goes on without end, or becomes too long.';
    return errorAt(span, message, 'End it with `.if` and `.exitm`, or repeat less.');
  }
  const lexer = createLexer(text, span, title);
  assembly.inputs.push({ lexer, conditions: assembly.conditions.length, isMacro });
  return null;
}

/** No blanks around operators, so that `a + b` is one argument. */
function squeezed(text: string): string {
  const parts = text.match(/"(?:[^"\\]|\\.)*"|[^"]+|"/g) ?? [];
  return parts
    .map((part) => {
      if (part.startsWith('"')) return part;
      return part.replaceAll(/\s+/g, ' ').replaceAll(/ ?([-+*/%&|^~<>=(),!]) ?/g, '$1');
    })
    .join('')
    .trim();
}

/** `rest` is all of the text from it on. */
type Argument = { readonly word: string; readonly rest: string };

/** Arguments are parted by commas, or by blanks outside parentheses and quotes. */
function argumentsOf(raw: string): readonly Argument[] {
  const text = squeezed(withoutComments(raw));
  const found: Argument[] = [];
  const take = (from: number, to: number): void => {
    found.push({ word: text.slice(from, to), rest: text.slice(from) });
  };
  let from = 0;
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const next = text[at] as string;
    if (next === '\\' && isQuoted) at += 1;
    else if (next === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (next === '(') depth += 1;
    else if (next === ')') depth -= 1;
    else if (next === ',' || (next === ' ' && depth <= 0)) {
      take(from, at);
      from = at + 1;
    }
  }
  if (text !== '') take(from, text.length);
  return found;
}

export const splitArguments = (raw: string): readonly string[] =>
  argumentsOf(raw).map(({ word }) => word);

/** The text between the quotes, if that is all there is. */
export function unquoted(text: string): string {
  return /^"(?:[^"\\]|\\.)*"$/.test(text) ? text.slice(1, -1) : text;
}

/** `\name`, `\()` and `\@`; what is no parameter stays for an inner macro. */
export function substitute(
  body: string,
  values: ReadonlyMap<string, string>,
  expansion: number,
): string {
  return body.replaceAll(/\\(@|\(\)|[A-Za-z_$.][\w$.]*)/g, (whole, name: string) => {
    if (name === '()') return '';
    return name === '@' ? String(expansion) : (values.get(name) ?? whole);
  });
}

type Values = Map<string, string>;

/** `name=value` goes to its parameter, others to the next one. */
function bind({ name, parameters }: MacroDefinition, words: readonly Argument[]): Values | string {
  const values: Values = new Map();
  let next = 0;
  for (const { word, rest } of words) {
    const keyed = /^([\w$.]+)=(.*)$/s.exec(word);
    const named = parameters.find((one) => one.name === keyed?.[1]);
    if (keyed !== null && named !== undefined) {
      values.set(named.name, unquoted(keyed[2] as string));
      continue;
    }
    const parameter = parameters[next];
    if (parameter === undefined) {
      const most = parameters.length;
      return `The macro \`${name}\` takes ${most === 1 ? '1 argument' : `${most} arguments`}, not ${words.length}.`;
    }
    if (parameter.kind === 'rest') {
      values.set(parameter.name, rest);
      return values;
    }
    values.set(parameter.name, unquoted(word));
    next += 1;
  }
  return values;
}

/** True when `token` calls a macro, whose text is read next. `to` is the end of the statement. */
export function expandMacro(assembly: Assembly, token: Token, to: number): boolean {
  const macro = assembly.macros.get(token.text);
  const input = assembly.inputs.at(-1);
  if (macro === undefined || input === undefined) return false;
  const values = bind(macro, argumentsOf(input.lexer.source.slice(token.end, to)));
  if (typeof values === 'string') {
    assembly.errors.push(errorAt(token, values, `It was defined on line ${macro.span.line}.`));
    return true;
  }
  for (const { name, otherwise, kind } of macro.parameters) {
    const given = values.get(name) ?? '';
    if (given === '' && kind === 'required') {
      const message = `The macro \`${macro.name}\` needs its argument ${quote(name)}.`;
      assembly.errors.push(errorAt(token, message, 'Write it, or as `name=value`.'));
      return true;
    }
    if (given === '') values.set(name, otherwise);
  }
  const text = substitute(macro.body, values, assembly.expansions);
  assembly.expansions += 1;
  const error = insertText(assembly, text, token, `in the macro \`${macro.name}\``, true);
  if (error !== null) assembly.errors.push(error);
  return true;
}
