/** What is wrong in a Markdown file, and where. */

export type Mistake = {
  /** From the root of the repository. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly what: string;
};

export type Report = (line: number, what: string) => void;

export const told = ({ file, line, what }: Mistake): string => `${file}:${line}: ${what}`;

/** A list of mistakes of one file, and the function that adds to it. */
export function mistakesOf(file: string): { mistakes: Mistake[]; report: Report } {
  const mistakes: Mistake[] = [];
  return {
    mistakes,
    report: (line, what) => mistakes.push({ file, line, what }),
  };
}
