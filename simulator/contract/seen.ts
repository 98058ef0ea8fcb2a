/**
 * What can be seen of a run: moves (something travelled) and notes (why something happened).
 * Coarse ones are indexed for the whole run; fine ones (micro-steps, bus words) are made again for
 * the stretch that is looked at. Neither is part of a moment: deleting them changes nothing.
 */
import type { Plain } from './plain';
import type { Position } from './position';
import type { Nanos } from './time';

/**
 * `t.s.n.m` of the event that made it, then `c` (coarse) or `f` (fine) and an ordinal: the same
 * whenever it is made again. An input of the log has the id `in.N`.
 */
export type Id = string;

/** How big one step is. */
export type Grain = 'micro' | 'instruction' | 'call' | 'frame' | 'message' | 'event' | 'chapter';

export type Move = {
  readonly id: Id;
  readonly at: Position;
  readonly fine: boolean;
  /** The move or input that led to this one; null when a part acted by itself. */
  readonly cause: Id | null;
  readonly kind: string;
  /** Path of a part: `client.nic`, `cable`, `client.cpu.alu`. */
  readonly from: string;
  readonly to: string;
  readonly departNs: Nanos;
  /** As it was known at departure: what is done to it on its way, notes tell. */
  readonly arriveNs: Nanos;
  readonly what: Plain;
};

export type Note = {
  readonly id: Id;
  readonly at: Position;
  readonly fine: boolean;
  readonly cause: Id | null;
  /** Path of the part that says it. */
  readonly part: string;
  readonly kind: string;
  readonly what: Plain;
};
