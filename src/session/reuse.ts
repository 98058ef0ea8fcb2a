/**
 * What did not change stays the very object that it was, so that what is drawn from it need not be
 * drawn again. Plain data only: objects, arrays, octets, texts, numbers.
 */

type Bag = Readonly<Record<string, unknown>>;

/** More octets than this are taken to have changed rather than compared. */
const MOST_OCTETS = 4096;

const isBag = (value: unknown): value is Bag =>
  typeof value === 'object' &&
  value !== null &&
  [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);

function sameOctets(before: Uint8Array, after: Uint8Array): boolean {
  const { length } = after;
  if (before.length !== length || length > MOST_OCTETS) return false;
  return after.every((octet, index) => octet === before[index]);
}

function list(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  let reused: unknown[] | null = null;
  let same = before.length === after.length;
  for (const [place, is] of after.entries()) {
    const was = before[place];
    if (was === is) continue;
    const now = reuse<unknown>(was, is);
    same &&= now === was;
    // Most often nothing in a list that is another one is as it was, or all of it.
    if (now !== is) (reused ??= [...after])[place] = now;
  }
  return same ? before : (reused ?? after);
}

function bag(before: Bag, after: Bag): Bag {
  // What has another id is another thing: lists of what happened move on by some places.
  if (after['id'] !== undefined && after['id'] !== before['id']) return after;
  let reused: Record<string, unknown> | null = null;
  const keys = Object.keys(after);
  let same = keys.length === Object.keys(before).length;
  for (const key of keys) {
    const [was, is] = [before[key], after[key]];
    const now = was === is ? is : reuse<unknown>(was, is);
    same &&= now === was && (now !== undefined || key in before);
    if (now !== is) (reused ??= { ...after })[key] = now;
  }
  return same ? before : (reused ?? after);
}

/** `after`, made of the parts of `before` that are equal to its own; `before` itself if all are. */
export function reuse<T>(before: unknown, after: T): T {
  if (Object.is(before, after)) return after;
  if (Array.isArray(before) && Array.isArray(after)) return list(before, after) as T;
  if (before instanceof Uint8Array && after instanceof Uint8Array)
    return (sameOctets(before, after) ? before : after) as T;
  return isBag(before) && isBag(after) ? (bag(before, after) as T) : after;
}

/** Gives {@link reuse} of what it gave before. */
export function reusing(): <T>(next: T) => T {
  let before: unknown;
  return (next) => {
    const given = reuse(before, next);
    before = given;
    return given;
  };
}
