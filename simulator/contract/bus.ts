/**
 * The bus as a processor sees it: physical addresses, little-endian, widths of 1, 2 or 4 octets.
 * RAM and device registers answer; nothing answers at other addresses, and that is an access fault
 * (privileged specification §3.1.15), told by {@link NO_ANSWER}.
 */

export type Width = 1 | 2 | 4;

/** Nothing lies at that address, or it refuses that width. */
export const NO_ANSWER = -1;

export type BusPort = {
  /** The unsigned value, 0 to 2^32-1, or {@link NO_ANSWER}. Reading a device register may act. */
  readonly read: (address: number, width: Width) => number;
  /** False when nothing answers; then nothing was changed. `value` is taken modulo 2^(8·width). */
  readonly write: (address: number, width: Width, value: number) => boolean;
};
