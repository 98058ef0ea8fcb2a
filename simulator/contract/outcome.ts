/**
 * The step contract: `step(state, input, now)` answers with the next state, the effects that the
 * caller must carry out in order, and notes that say why. Effects are imperatives (`transmit`),
 * notes are in the past tense (`ignored`). Deleting every note changes nothing in a run.
 */
import type { Plain } from './plain';

export type Kinded = { readonly kind: string } & Plain;

export type Outcome<S extends Plain, E extends Kinded, N extends Kinded> = {
  readonly state: S;
  readonly effects: readonly E[];
  readonly notes: readonly N[];
};

/**
 * Shared empty list: an outcome without effects or notes allocates none. Nobody may change it; it is
 * not frozen, because walking a frozen list makes garbage on the hottest path.
 */
export const NONE: readonly never[] = [];

/** The default branch of an exhaustive switch; reaching it is a defect of ours and throws. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}

/** A broken invariant of our own throws; a peer's bad octets never do (they are an `ignored` note). */
export function assert(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`broken invariant: ${what}`);
}
