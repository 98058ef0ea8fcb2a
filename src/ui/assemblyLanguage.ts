/**
 * Colours for RISC-V assembly in the editor. It only paints: what is right and wrong is the
 * simulator's assembler's to say.
 */
import {
  HighlightStyle,
  StreamLanguage,
  syntaxHighlighting,
  type StringStream,
} from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { tags } from '@lezer/highlight';

type State = {
  /** Within a comment that goes over several lines. */
  comment: boolean;
  /** Has this line had its mnemonic or directive. */
  operands: boolean;
};

const REGISTER = /^(?:x[12]?\d|x3[01]|zero|ra|sp|gp|tp|fp|t[0-6]|s\d|s1[01]|a[0-7])(?![\w.$])/;

/** What starts a statement and sets `operands`: a directive, or a mnemonic. */
const OPENERS: readonly (readonly [RegExp, string])[] = [
  [/^\.[\w.]+/, 'meta'],
  [/^[a-zA-Z][\w.]*/, 'keyword'],
];

/** Anywhere in a statement, the first that fits; what has no name is not coloured. */
const TOKENS: readonly (readonly [RegExp, string | null])[] = [
  [/^\s+/, null],
  [/^(?:#|\/\/).*/, 'comment'],
  [/^[\w.$]+(?=\s*:)/, 'labelName'],
  [/^"(?:\\.|[^"\\])*"?/, 'string'],
  [/^'(?:\\.|[^'\\])'?/, 'string'],
  [/^%[a-z_]+/, 'macroName'],
  [REGISTER, 'variableName'],
  [/^-?(?:0[xX][\da-fA-F]+|0[bB][01]+|\d+)[bf]?\b/, 'number'],
  [/^[\w.$]+/, null],
  [/^./, null],
];

function firstOf(
  stream: StringStream,
  patterns: readonly (readonly [RegExp, string | null])[],
): string | null | undefined {
  for (const [pattern, name] of patterns) if (stream.match(pattern)) return name;
  return undefined;
}

/** A comment that may go over several lines; it has begun. */
function comment(stream: StringStream, state: State): string {
  state.comment = stream.match(/^.*?\*\//) === null;
  if (state.comment) stream.skipToEnd();
  return 'comment';
}

const LABEL = /^[\w.$]+\s*:/;

const language = StreamLanguage.define<State>({
  name: 'riscv-assembly',
  startState: () => ({ comment: false, operands: false }),
  token(stream, state) {
    if (stream.sol()) state.operands = false;
    if (state.comment || stream.match('/*')) return comment(stream, state);
    if (stream.peek() === ';') state.operands = false;
    if (!state.operands && stream.match(LABEL, false) === null) {
      const opener = firstOf(stream, OPENERS);
      state.operands = opener !== undefined;
      if (opener !== undefined) return opener;
    }
    return firstOf(stream, TOKENS) ?? null;
  },
});

const style = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--ink-soft)', fontStyle: 'italic' },
  { tag: tags.keyword, color: 'var(--cpu)', fontWeight: 'var(--weight-strong)' },
  { tag: tags.meta, color: 'var(--os)' },
  { tag: tags.labelName, color: 'var(--ink)', fontWeight: 'var(--weight-strong)' },
  { tag: tags.variableName, color: 'var(--memory)' },
  { tag: tags.macroName, color: 'var(--os)' },
  { tag: tags.number, color: 'var(--network)' },
  { tag: tags.string, color: 'var(--accent)' },
]);

export const assembly: Extension = [language, syntaxHighlighting(style)];
