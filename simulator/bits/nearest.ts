/**
 * The nearest right spelling of a word: optimal string alignment distance (Damerau 1964 with
 * Wagner and Fischer 1974), where a transposition of neighbours counts as one edit.
 */

/** Comparisons left; many wrong words times many names would otherwise be quadratic. */
export type Speller = { budget: number };

const LONGEST = 40;

function nextRow(
  a: string,
  b: string,
  i: number,
  last: readonly number[],
  beforeLast: readonly number[],
): number[] {
  const row = [i];
  for (let j = 1; j <= b.length; j++) {
    const isSame = a[i - 1] === b[j - 1];
    const replaced = (last[j - 1] as number) + (isSame ? 0 : 1);
    let least = Math.min(replaced, (last[j] as number) + 1, (row[j - 1] as number) + 1);
    const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
    if (isSwapped) least = Math.min(least, (beforeLast[j - 2] as number) + 1);
    row.push(least);
  }
  return row;
}

export function distance(a: string, b: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = nextRow(a, b, i, last, beforeLast);
    beforeLast = last;
    last = row;
  }
  return last[b.length] as number;
}

/** The candidate with the fewest edits, if they are few enough to be a slip; ties: the first. */
export function nearest(
  speller: Speller,
  word: string,
  candidates: Iterable<string>,
): string | null {
  if (word.length > LONGEST) return null;
  const lower = word.toLowerCase();
  const limit = Math.max(1, Math.floor(word.length / 3));
  let best: string | null = null;
  let bestEdits = limit + 1;
  for (const candidate of candidates) {
    if (speller.budget <= 0) return best;
    speller.budget -= 1;
    if (Math.abs(candidate.length - word.length) >= bestEdits) continue;
    const edits = distance(lower, candidate.toLowerCase());
    if (edits < bestEdits) [best, bestEdits] = [candidate, edits];
  }
  return best;
}
