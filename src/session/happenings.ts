/**
 * The run's history as the timeline, the log and the charts ask for it: plain data that passes
 * between the screen and the engine's worker and never changes the moment on show.
 */
import type { Position } from '../../simulator';

export type Filter = {
  /** Kinds of moves and notes (`frame`, `called`); null: all. */
  readonly kinds: readonly string[] | null;
  /** Paths of parts; what lies within them counts (`client` has `client.nic`); null: all. */
  readonly parts: readonly string[] | null;
};

/** A move or a note. A note happens at one time at one part: both times and both parts are equal. */
export type Happening = {
  readonly id: string;
  readonly at: Position;
  readonly departNs: number;
  readonly arriveNs: number;
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly move: boolean;
  readonly sentence: string;
  /** Id of the move or the note that led to it, or of the input; null when nothing did. */
  readonly cause: string | null;
};

/** Where there are too many to draw each: how many depart in each column of the window. */
export type Density = {
  readonly from: string;
  readonly to: string;
  readonly counts: readonly number[];
};

export type Window = {
  readonly fromNs: number;
  readonly toNs: number;
  readonly filter: Filter;
  /** How many pass the filter. */
  readonly total: number;
  /** Null when there are more than were asked for; then there is `density`. */
  readonly each: readonly Happening[] | null;
  readonly density: readonly Density[] | null;
  /** Does it hold what happens inside the parts (instructions, words on the bus). */
  readonly fine: boolean;
  /** The run has been looked through so far. */
  readonly doneToNs: number;
};

/** One line of a chart: a step function of virtual time. */
export type Series = {
  readonly name: string;
  readonly title: string;
  /** `frames`, `octets`, `%`; empty for a plain number. */
  readonly unit: string;
  /** The host or the cable that it is of; null when of the whole world. */
  readonly part: string | null;
  readonly timesNs: readonly number[];
  readonly values: readonly number[];
};
