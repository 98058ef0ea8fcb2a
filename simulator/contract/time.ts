/** Virtual time: a whole number of nanoseconds since the world began (exact up to 104 days). */

declare const unit: unique symbol;
/** A point in virtual time, ns. Durations are plain numbers named `…Ns`. */
export type Nanos = number & { readonly [unit]?: 'ns' };

/** "Never": later than every time; used for timers that are not set. JSON keeps it as null. */
export const NEVER = Number.MAX_SAFE_INTEGER;

export const MILLISECOND_NS = 1_000_000;
export const SECOND_NS = 1_000_000_000;
