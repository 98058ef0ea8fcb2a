/** What the assembler says about a line that it cannot take. */

/** Lines and columns count from 1; a column is one UTF-16 unit. */
export type Span = {
  readonly line: number;
  readonly column: number;
  readonly lengthColumns: number;
  /** Where in a macro or an included file it stands; line and column are those of its caller. */
  readonly within?: string | null;
};

export type AssemblyError = {
  readonly line: number;
  readonly column: number;
  readonly lengthColumns: number;
  /** What is wrong, and what was expected. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
};

export function errorAt(span: Span, message: string, remedy: string): AssemblyError {
  const { line, column, lengthColumns, within = null } = span;
  const said = within === null ? message : `${message} (${within})`;
  return { line, column, lengthColumns, message: said, remedy };
}

/** From the start of `first` to the end of `last`, or `first` alone where they lie on two lines. */
export function join(first: Span, last: Span): Span {
  const { line, column, within = null } = first;
  if (line !== last.line || column > last.column) return first;
  const lengthColumns = last.column + last.lengthColumns - column;
  return { line, column, lengthColumns, within };
}

/** Cuts what is quoted in a message, so that a line of a megabyte does not come back. */
export function quote(text: string): string {
  return text.length <= 40 ? `\`${text}\`` : `\`${text.slice(0, 37)}...\``;
}

/** In the order of the source; what was found twice is said once. */
export function inOrder(errors: readonly AssemblyError[]): readonly AssemblyError[] {
  const sorted = [...errors].sort((a, b) => a.line - b.line || a.column - b.column);
  return sorted.filter((error, at) => {
    const { line, column, message } = sorted[at - 1] ?? { line: 0, column: 0, message: '' };
    return error.line !== line || error.column !== column || error.message !== message;
  });
}
