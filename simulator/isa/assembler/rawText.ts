/** Source text that is not read yet: the bodies of macros and repetitions, and what `.if` leaves out. */
import type { Lexer } from './lexer';

/** Past the quoted text that begins at `at`, or past its quote when its line does not close it. */
function quoteEnd(source: string, at: number): number {
  for (let end = at + 1; end < source.length && source[end] !== '\n'; end++) {
    if (source[end] === '"') return end + 1;
    if (source[end] === '\\') end += 1;
  }
  return at + 1;
}

/** Past a comment, a string or a character that begins at `at`; or past one character. */
function pieceEnd(source: string, at: number): number {
  switch (source.charAt(at)) {
    case '"':
      return quoteEnd(source, at);
    case "'":
      return at + (source[at + 1] === '\\' ? 3 : source[at + 1] === '\n' ? 1 : 2);
    case '/': {
      if (source[at + 1] !== '*') return at + 1;
      const end = source.indexOf('*/', at + 2);
      return end < 0 ? source.length : end + 2;
    }
    default:
      return at + 1;
  }
}

const isComment = (source: string, at: number): boolean =>
  source[at] === '#' || (source[at] === '/' && source[at + 1] === '/');

/** The end of the statement at `from`: its `;`, its line's end, or the end of the text. */
export function statementEnd(source: string, from: number): number {
  let at = from;
  while (at < source.length) {
    const next = source[at];
    if (next === '\n' || next === ';') return at;
    if (isComment(source, at)) {
      const end = source.indexOf('\n', at);
      return end < 0 ? source.length : end;
    }
    at = pieceEnd(source, at);
  }
  return source.length;
}

/** The same text without its comments. */
export function withoutComments(text: string): string {
  let kept = '';
  for (let at = 0; at < text.length;) {
    if (isComment(text, at)) return kept;
    const end = Math.min(pieceEnd(text, at), text.length);
    kept += text.startsWith('/*', at) ? ' ' : text.slice(at, end);
    at = end;
  }
  return kept;
}

/** Labels in front, then the name of a directive or a mnemonic. */
const FIRST_WORD = /[ \t\r\f\v]*(?:[\w.$]+[ \t]*:[ \t]*)*([\w.$]*)/y;

function firstWord(source: string, at: number): string {
  FIRST_WORD.lastIndex = at;
  return FIRST_WORD.exec(source)?.[1] ?? '';
}

/** Moves the lexer to `to`, counting lines. */
function advance(lexer: Lexer, to: number): void {
  for (;;) {
    const end = lexer.source.indexOf('\n', lexer.at);
    if (end < 0 || end >= to) break;
    lexer.at = end + 1;
    lexer.line += 1;
    lexer.lineStart = lexer.at;
  }
  lexer.at = to;
}

type Nesting = { readonly opens: RegExp; readonly closes: RegExp };

export const MACRO: Nesting = { opens: /^\.macro$/, closes: /^\.endm(acro)?$/ };
export const REPEAT: Nesting = { opens: /^\.(rept|rep|irpc?)$/, closes: /^\.endr$/ };
export const CONDITION: Nesting = { opens: /^\.if\w*$/, closes: /^\.endif$/ };

/** The body from here to what closes it, which is read over; null when nothing does. */
export function takeBlock(lexer: Lexer, { opens, closes }: Nesting): string | null {
  const { source } = lexer;
  const start = lexer.at;
  let depth = 1;
  for (let at = start; at < source.length;) {
    const end = statementEnd(source, at);
    const word = firstWord(source, at);
    if (opens.test(word)) depth += 1;
    else if (closes.test(word)) depth -= 1;
    if (depth === 0) {
      advance(lexer, end);
      return source.slice(start, at);
    }
    at = end + 1;
  }
  advance(lexer, source.length);
  return null;
}

/** Goes to the `.else`, `.elseif` or `.endif` that ends the part that is left out. */
export function skipCondition(lexer: Lexer): void {
  const { source } = lexer;
  let depth = 1;
  let at = lexer.at;
  while (at < source.length) {
    const word = firstWord(source, at);
    if (CONDITION.opens.test(word)) depth += 1;
    else if (CONDITION.closes.test(word)) depth -= 1;
    const isOwn = depth === 0 || (depth === 1 && /^\.else(if)?$/.test(word));
    if (isOwn) break;
    at = statementEnd(source, at) + 1;
  }
  advance(lexer, Math.min(at, source.length));
}
