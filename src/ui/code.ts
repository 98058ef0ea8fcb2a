/** What is marked in a text that is edited. */
export type CodeMark = {
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
  readonly lengthColumns: number;
  readonly message: string;
};
