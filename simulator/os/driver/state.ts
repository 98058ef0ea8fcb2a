/** What the driver remembers of its rings; the descriptors themselves lie in RAM. */
import { NONE } from '../../contract/outcome';

export type Driver = {
  /** The receive descriptor that the NIC fills next. */
  readonly receiveNext: number;
  /** The transmit descriptor that is written next (TDT). */
  readonly transmitNext: number;
  /** The oldest transmit descriptor that is not known to be done. */
  readonly transmitOldest: number;
  /** Frames in front of a full transmit ring, oldest first. */
  readonly waiting: readonly Uint8Array[];
  readonly dropped: number;
};

export const OFF: Driver = {
  receiveNext: 0,
  transmitNext: 0,
  transmitOldest: 0,
  waiting: NONE,
  dropped: 0,
};
