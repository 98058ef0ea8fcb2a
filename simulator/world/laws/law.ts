/** What a law is: a sentence, and a search of a moment for two parts that contradict each other. */
import type { CablePart, ComputerPart, World } from '../parts';

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

export const cablesOf = (world: World): CablePart[] =>
  world.parts.filter((part): part is CablePart => part.kind === 'cable');

export const computersOf = (world: World): ComputerPart[] =>
  world.parts.filter((part): part is ComputerPart => part.kind === 'computer');

export const sum = (numbers: readonly number[]): number => numbers.reduce((all, n) => all + n, 0);

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
