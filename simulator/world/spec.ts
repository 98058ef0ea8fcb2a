/**
 * What a world is built from: plain data of a scenario. The number of a part, which orders events
 * of one nanosecond, is its place in the list: hosts first, then cables.
 */
import type { HostSpec } from '../host/spec';
import type { Bursts, GivenParameters } from '../link/parameters';

export type CableSpec = {
  readonly name: string;
  /** Names of the two hosts. */
  readonly ends: readonly [string, string];
  /** Losses that come in bursts; none when it is left out. */
  readonly bursts?: Bursts;
} & GivenParameters;

export type WorldSpec = {
  readonly seed: number;
  readonly hosts: readonly HostSpec[];
  readonly cables: readonly CableSpec[];
  /** Costs that are other than those of the table, by dotted path (`kernel.systemCall`). */
  readonly costs?: Readonly<Record<string, number>>;
};
