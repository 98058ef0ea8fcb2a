/**
 * The source as statements of tokens, one at a time. A statement ends at the end of its line or at
 * `;`; comments are `#` and `//` to the end of the line and `/` `*` to `*` `/` over any number of
 * lines.
 */
import { errorAt, quote, type AssemblyError, type Span } from './errors';
import { characterAt, numberOf } from './literals';

/** `local` is a reference to a numeric label: `1f`, `1b`. */
export type Token = Span & {
  readonly kind: 'name' | 'number' | 'local' | 'string' | 'mark';
  readonly text: string;
  /** Of a number or a character; else 0. */
  readonly value: bigint;
  /** Where the text behind it begins in the source of its lexer. */
  readonly end: number;
};

export type Statement = {
  readonly tokens: readonly Token[];
  /** What in it could not be read. */
  readonly errors: readonly AssemblyError[];
  /** The end of its text in the source of its lexer. */
  readonly to: number;
};

/** A text that is being read. Lines count from 1. */
export type Lexer = {
  readonly source: string;
  at: number;
  line: number;
  lineStart: number;
  /** Of the text that a macro or a file put in: the statement that called it, and its name. */
  readonly origin: Span | null;
  readonly title: string;
};

type Reading = Lexer & { tokens: Token[]; errors: AssemblyError[]; isDone: boolean; to: number };

export function createLexer(source: string, origin: Span | null = null, title = ''): Reading {
  const start = { at: 0, line: 1, lineStart: 0, tokens: [], errors: [], isDone: false, to: 0 };
  return { source, origin, title, ...start };
}

const [OTHER, BLANK, NAME, DIGIT, MARK] = [0, 1, 2, 3, 4];
const CLASS = new Uint8Array(128);
const IN_NAME = new Uint8Array(128);
const classify = (characters: string, kind: number): void => {
  for (let at = 0; at < characters.length; at++) CLASS[characters.charCodeAt(at)] = kind;
};
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_.$';
classify(' \t\r\f\v', BLANK);
classify(LETTERS, NAME);
classify('0123456789', DIGIT);
classify('(),:+-*/%&|^~!=@<>', MARK);
for (let at = 0; at < 128; at++) IN_NAME[at] = CLASS[at] === NAME || CLASS[at] === DIGIT ? 1 : 0;

const ZERO = 0n;

function spanOf(lexer: Lexer, lengthColumns: number): Span {
  const { origin, line, at, lineStart } = lexer;
  if (origin === null) return { line, column: at - lineStart + 1, lengthColumns, within: null };
  const outer = origin.within ?? null;
  const within = outer === null ? `${lexer.title}, line ${line}` : outer;
  return { ...origin, within };
}

function push(lexer: Reading, kind: Token['kind'], text: string, value = ZERO): void {
  const end = lexer.at + text.length;
  if (lexer.origin === null) {
    const { line } = lexer;
    const column = lexer.at - lexer.lineStart + 1;
    const lengthColumns = text.length;
    lexer.tokens.push({ kind, text, value, end, line, column, lengthColumns, within: null });
  } else {
    const { line, column, lengthColumns, within = null } = spanOf(lexer, 0);
    lexer.tokens.push({ kind, text, value, end, line, column, lengthColumns, within });
  }
  lexer.at = end;
}

/** Says what is wrong at the current place and goes past it. */
function refuse(lexer: Reading, length: number, message: string, remedy: string): void {
  lexer.errors.push(errorAt(spanOf(lexer, length), message, remedy));
  lexer.at += length;
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

function skipBlockComment(lexer: Reading): void {
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

/** The end of the name or number that begins at `at`. */
function wordEnd(source: string, at: number): number {
  let end = at + 1;
  while (IN_NAME[source.charCodeAt(end)] === 1) end += 1;
  return end;
}

function readName(lexer: Reading): void {
  push(lexer, 'name', lexer.source.slice(lexer.at, wordEnd(lexer.source, lexer.at)));
}

const isLocal = (text: string): boolean => /^[0-9]{1,9}[fb]$/.test(text);

function readNumber(lexer: Reading): void {
  const text = lexer.source.slice(lexer.at, wordEnd(lexer.source, lexer.at));
  const value = numberOf(text);
  if (value !== null) push(lexer, 'number', text, value);
  else if (isLocal(text)) push(lexer, 'local', text);
  else {
    const message = `${quote(text)} is no number.`;
    const remedy = 'Write decimal (42), hexadecimal (0x2a), binary (0b101010) or octal (052).';
    refuse(lexer, text.length, message, remedy);
  }
}

function readString(lexer: Reading): void {
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

function readCharacter(lexer: Reading): void {
  const found = characterAt(lexer.source, lexer.at);
  if (found === null) {
    refuse(lexer, 1, 'A character is expected after this quote.', "Write it as 'a' or '\\n'.");
    return;
  }
  const text = lexer.source.slice(lexer.at, lexer.at + found.length);
  push(lexer, 'number', text, BigInt(found.value));
}

function readUnknown(lexer: Reading): void {
  const point = lexer.source.codePointAt(lexer.at) as number;
  const remedy = 'Names are made of A-Z a-z 0-9 _ . $; a comment starts with #.';
  const shown = quote(String.fromCodePoint(point));
  refuse(lexer, point > 0xffff ? 2 : 1, `The character ${shown} means nothing here.`, remedy);
}

const DOUBLED: readonly string[] = ['<<', '>>', '==', '!=', '<=', '>=', '<>', '&&', '||'];

function readMark(lexer: Reading): void {
  const { source, at } = lexer;
  const two = source.slice(at, at + 2);
  if (two === '//') skipLineComment(lexer);
  else if (two === '/*') skipBlockComment(lexer);
  else push(lexer, 'mark', DOUBLED.includes(two) ? two : (source[at] as string));
}

/** What ends a statement, starts a comment or is quoted. */
function readOther(lexer: Reading): void {
  switch (lexer.source.charAt(lexer.at)) {
    case '\n':
      lexer.to = lexer.at;
      lexer.isDone = lexer.tokens.length > 0 || lexer.errors.length > 0;
      endLine(lexer);
      return;
    case ';':
      lexer.to = lexer.at;
      lexer.isDone = lexer.tokens.length > 0 || lexer.errors.length > 0;
      lexer.at += 1;
      return;
    case '#':
      skipLineComment(lexer);
      return;
    case '"':
      readString(lexer);
      return;
    case "'":
      readCharacter(lexer);
      return;
    default:
      readUnknown(lexer);
  }
}

function step(lexer: Reading): void {
  const code = lexer.source.charCodeAt(lexer.at);
  switch (code < 128 ? (CLASS[code] ?? OTHER) : OTHER) {
    case BLANK:
      lexer.at += 1;
      return;
    case NAME:
      readName(lexer);
      return;
    case DIGIT:
      readNumber(lexer);
      return;
    case MARK:
      readMark(lexer);
      return;
    default:
      readOther(lexer);
  }
}

function restart(lexer: Reading): void {
  lexer.tokens = [];
  lexer.errors = [];
  lexer.isDone = false;
}

/** The next statement, or null at the end of the text. */
export function nextStatement(input: Lexer): Statement | null {
  const lexer = input as Reading;
  restart(lexer);
  const { length } = lexer.source;
  while (lexer.at < length && !lexer.isDone) step(lexer);
  if (!lexer.isDone) lexer.to = length;
  const { tokens, errors, to } = lexer;
  return tokens.length === 0 && errors.length === 0 ? null : { tokens, errors, to };
}
