/**
 * A scenario: what a run is created from, as plain data. It has no callback that the engine calls,
 * and the engine knows none by name.
 */
import type { Nanos } from '../contract/time';
import type { FaultKind } from '../world/input';
import type { InvariantName } from '../world/invariants';
import type { MeasureName } from '../world/measures';
import type { WorldSpec } from '../world/spec';

export type Scenario = {
  /** Name of its folder, and of its links. */
  readonly slug: string;
  /** Goes up when a run of it would differ; a link made for another version says so. */
  readonly version: number;
  readonly title: string;
  /** One sentence. */
  readonly summary: string;
  readonly world: WorldSpec;
  readonly endsAtNs: Nanos;
  /** What a person may do to a frame or a cable. */
  readonly faults: readonly (FaultKind | 'cut')[];
  readonly invariants: readonly InvariantName[];
  readonly measures: readonly MeasureName[];
};
