/** What the driver remembers of its rings; the descriptors themselves lie in RAM. */
import { NONE } from '../../contract/outcome';

/** Replaced for each frame, so written as a literal each time: in a hot path a spread is slow. */
export type Rings = {
  /** The receive descriptor that the NIC fills next. */
  readonly receiveNext: number;
  /** The transmit descriptor that is written next (TDT). */
  readonly transmitNext: number;
  /** The oldest transmit descriptor that is not known to be done. */
  readonly transmitOldest: number;
};

export type Queue = {
  /** Frames in front of a full transmit ring, oldest first. */
  readonly waiting: readonly Uint8Array[];
  readonly dropped: number;
};

export const FRESH_RINGS: Rings = { receiveNext: 0, transmitNext: 0, transmitOldest: 0 };
export const EMPTY_QUEUE: Queue = { waiting: NONE, dropped: 0 };
