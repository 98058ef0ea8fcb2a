/** When a screen reader says by itself what happens: somebody's choice, kept in this browser. */

export type Telling = 'steps' | 'always' | 'never';

const KEY = 'telling';

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export const TELLINGS: readonly { readonly value: Telling; readonly name: string }[] = [
  { value: 'steps', name: 'at each step' },
  { value: 'always', name: 'while it plays too' },
  { value: 'never', name: 'not by itself' },
];

/** Steps, when nothing was kept or it is no longer known. */
export function keptTelling(storage: Kept | null): Telling {
  const kept = storage?.getItem(KEY);
  return TELLINGS.find(({ value }) => value === kept)?.value ?? 'steps';
}

export function keepTelling(storage: Kept | null, telling: Telling): void {
  try {
    if (telling === 'steps') storage?.removeItem(KEY);
    else storage?.setItem(KEY, telling);
  } catch {
    // Storage is full or off: it lasts until the page is left.
  }
}

/** Is the sentence of a moment to be said now. */
export const isTold = (telling: Telling, playing: boolean): boolean =>
  telling === 'always' || (telling === 'steps' && !playing);
