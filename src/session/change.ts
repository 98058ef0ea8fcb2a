/**
 * Which entry of the input log is meant, in a way that cannot mean another one: by what it is and
 * not by its place, which the next one takes when it goes.
 */
import type { Input } from '../../simulator';

/** The `nth` (from 0) of the `count` entries that are just like it. */
export type Change = { readonly input: Input; readonly nth: number; readonly count: number };

/** What came over from the screen is another object. */
const isLike = (one: Input, other: Input): boolean =>
  one.atNs === other.atNs && JSON.stringify(one.deed) === JSON.stringify(other.deed);

const likeIn = (inputs: readonly Input[], input: Input): readonly Input[] =>
  inputs.filter((each) => isLike(each, input));

type Undoing = { readonly kind: 'undo'; readonly change: Change } | { readonly kind: 'look' };

/** The order that takes back the entry with this index of the log that somebody looks at. */
export function undoOf(inputs: readonly Input[], index: number): Undoing {
  const input = inputs[index];
  if (input === undefined) return { kind: 'look' };
  const like = likeIn(inputs, input);
  return { kind: 'undo', change: { input, nth: like.indexOf(input), count: like.length } };
}

/**
 * The entry itself; null when it is no longer there. Of entries that are alike nobody can say which
 * is gone when there are fewer or more of them than there were: then none is meant.
 */
export function meantIn(inputs: readonly Input[], { input, nth, count }: Change): Input | null {
  const like = likeIn(inputs, input);
  return like.length === count ? (like[nth] ?? null) : null;
}
