/** What a law is: a sentence, and a search of a moment for two parts that contradict each other. */
import type { World } from '../parts';

/** What a part says that cannot be true together with what the other says. */
export type Witness = {
  /** Path of the part. */
  readonly part: string;
  readonly says: string;
};

export type Contradiction = readonly [Witness, Witness];

export type Law = {
  /** One sentence for people. */
  readonly means: string;
  /** Null while it holds. */
  readonly broken: (world: World) => Contradiction | null;
};

/** Looked at after every event of a whole run, of a thousand parts too: no list is made. */
export function sum<T>(parts: readonly T[], count: (part: T) => number): number {
  let all = 0;
  for (const part of parts) all += count(part);
  return all;
}

export const witness = (part: string, says: string): Witness => ({ part, says });

/** The first of `parts` that breaks it. */
export function first<T>(
  parts: readonly T[],
  check: (part: T) => Contradiction | null,
): Contradiction | null {
  for (const part of parts) {
    const found = check(part);
    if (found !== null) return found;
  }
  return null;
}

/** `1 frame`, `2 frames`. */
export const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? '' : 's'}`;
