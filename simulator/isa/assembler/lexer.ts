/**
 * The source as statements of tokens. A statement ends at the end of its line or at `;`; comments
 * are `#` and `//` to the end of the line and `/` `*` to `*` `/` over any number of lines.
 */
import { errorAt, quote, type AssemblyError, type Span } from './errors';
import { characterAt, numberOf } from './literals';

/** `local` is a reference to a numeric label: `1f`, `1b`. */
export type Token = Span & {
  readonly kind: 'name' | 'number' | 'local' | 'string' | 'mark';
  readonly text: string;
  /** Of a number or a character; else 0. */
  readonly value: bigint;
};

/** `isBroken`: something in it could not be read, which has been said. */
export type Statement = { readonly tokens: readonly Token[]; readonly isBroken: boolean };

type Lexer = {
  readonly source: string;
  at: number;
  line: number;
  lineStart: number;
  tokens: Token[];
  isBroken: boolean;
  readonly statements: Statement[];
  readonly errors: AssemblyError[];
};

const BLANK = /[ \t\r\f\v]+/y;
const NAME = /[A-Za-z_.$][\w.$]*/y;
const DIGITS = /[0-9][\w.]*/y;
const MARK = /<<|>>|[(),:+\-*/%&|^~!=@]/y;

function match(lexer: Lexer, pattern: RegExp): string | null {
  pattern.lastIndex = lexer.at;
  return pattern.exec(lexer.source)?.[0] ?? null;
}

function spanOf(lexer: Lexer, lengthColumns: number): Span {
  return { line: lexer.line, column: lexer.at - lexer.lineStart + 1, lengthColumns };
}

function push(lexer: Lexer, kind: Token['kind'], text: string, value = 0n): void {
  const { line, column, lengthColumns } = spanOf(lexer, text.length);
  lexer.tokens.push({ kind, text, value, line, column, lengthColumns });
  lexer.at += text.length;
}

/** Says what is wrong at the current place and goes past it. */
function refuse(lexer: Lexer, length: number, message: string, remedy: string): void {
  lexer.errors.push(errorAt(spanOf(lexer, length), message, remedy));
  lexer.isBroken = true;
  lexer.at += length;
}

function endStatement(lexer: Lexer): void {
  const { tokens, isBroken } = lexer;
  if (tokens.length > 0) lexer.statements.push({ tokens, isBroken });
  lexer.tokens = [];
  lexer.isBroken = false;
}

function endLine(lexer: Lexer): void {
  lexer.at += 1;
  lexer.line += 1;
  lexer.lineStart = lexer.at;
}

function skipLineComment(lexer: Lexer): void {
  const end = lexer.source.indexOf('\n', lexer.at);
  lexer.at = end < 0 ? lexer.source.length : end;
}

function skipBlockComment(lexer: Lexer): void {
  const end = lexer.source.indexOf('*/', lexer.at + 2);
  if (end < 0) {
    refuse(lexer, 2, 'This comment has no end.', 'Close it with `*/`.');
    lexer.at = lexer.source.length;
    return;
  }
  for (;;) {
    const lineEnd = lexer.source.indexOf('\n', lexer.at);
    if (lineEnd < 0 || lineEnd > end) break;
    lexer.at = lineEnd;
    endLine(lexer);
  }
  lexer.at = end + 2;
}

function readNumber(lexer: Lexer, text: string): void {
  const value = numberOf(text);
  if (/^[0-9]{1,9}[fb]$/.test(text)) push(lexer, 'local', text);
  else if (value !== null) push(lexer, 'number', text, value);
  else {
    const message = `${quote(text)} is no number.`;
    const remedy = 'Write decimal (42), hexadecimal (0x2a), binary (0b101010) or octal (052).';
    refuse(lexer, text.length, message, remedy);
  }
}

function readString(lexer: Lexer): void {
  const { source, at } = lexer;
  for (let end = at + 1; end < source.length && source[end] !== '\n'; end++) {
    if (source[end] === '"') {
      push(lexer, 'string', source.slice(at, end + 1));
      return;
    }
    // A backslash at the end of the line does not carry the string over.
    if (source[end] === '\\' && source[end + 1] !== '\n') end += 1;
  }
  const lineEnd = source.indexOf('\n', at);
  const length = (lineEnd < 0 ? source.length : lineEnd) - at;
  refuse(lexer, length, 'This string has no end on its line.', 'Close it with `"`.');
}

function readCharacter(lexer: Lexer): void {
  const found = characterAt(lexer.source, lexer.at);
  if (found === null) {
    refuse(lexer, 1, 'A character is expected after this quote.', "Write it as 'a' or '\\n'.");
    return;
  }
  const text = lexer.source.slice(lexer.at, lexer.at + found.length);
  push(lexer, 'number', text, BigInt(found.value));
}

function readUnknown(lexer: Lexer): void {
  const point = lexer.source.codePointAt(lexer.at) as number;
  const remedy = 'Names are made of A-Z a-z 0-9 _ . $; a comment starts with #.';
  const shown = quote(String.fromCodePoint(point));
  refuse(lexer, point > 0xffff ? 2 : 1, `The character ${shown} means nothing here.`, remedy);
}

function readWord(lexer: Lexer): void {
  const name = match(lexer, NAME);
  const digits = name === null ? match(lexer, DIGITS) : null;
  const mark = name === null && digits === null ? match(lexer, MARK) : null;
  if (name !== null) push(lexer, 'name', name);
  else if (digits !== null) readNumber(lexer, digits);
  else if (mark !== null) push(lexer, 'mark', mark);
  else readUnknown(lexer);
}

function step(lexer: Lexer): void {
  const { source, at } = lexer;
  const next = source[at] as string;
  if (next === '\n') {
    endStatement(lexer);
    endLine(lexer);
  } else if (next === ';') {
    endStatement(lexer);
    lexer.at += 1;
  } else if (next === '#' || source.startsWith('//', at)) skipLineComment(lexer);
  else if (source.startsWith('/*', at)) skipBlockComment(lexer);
  else if (next === '"') readString(lexer);
  else if (next === "'") readCharacter(lexer);
  else {
    lexer.at += match(lexer, BLANK)?.length ?? 0;
    if (lexer.at === at) readWord(lexer);
  }
}

/** Appends to `errors` what cannot be read. */
export function lex(source: string, errors: AssemblyError[]): readonly Statement[] {
  const lexer: Lexer = {
    source,
    at: 0,
    line: 1,
    lineStart: 0,
    tokens: [],
    isBroken: false,
    statements: [],
    errors,
  };
  while (lexer.at < source.length) step(lexer);
  endStatement(lexer);
  return lexer.statements;
}
