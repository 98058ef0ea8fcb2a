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
  const reused = after.map((value, index) => reuse<unknown>(before[index], value));
  const same = before.length === after.length && reused.every((value, k) => value === before[k]);
  return same ? before : reused;
}

function bag(before: Bag, after: Bag): Bag {
  const reused: Record<string, unknown> = {};
  let same = true;
  const keys = Object.keys(after);
  for (const key of keys) {
    reused[key] = reuse<unknown>(before[key], after[key]);
    same &&= key in before && reused[key] === before[key];
  }
  return same && keys.length === Object.keys(before).length ? before : reused;
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
