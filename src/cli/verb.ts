/** A verb of the command line. */
export type Verb = {
  /** How it is called, without the program's name. */
  readonly usage: string;
  /** One line for the list of verbs. */
  readonly summary: string;
  /** More, for `--help`. */
  readonly help: string;
  /** The exit status. Throws a Failure for what goes wrong. */
  readonly run: (words: readonly string[]) => number | Promise<number>;
};
