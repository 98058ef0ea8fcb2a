/**
 * A scenario: what a run is created from, as plain data. It has no callback that the engine calls,
 * and the engine knows none by name.
 */
import { endOf } from '../contract/position';
import type { Nanos } from '../contract/time';
import type { ChartName } from '../world/charts';
import type { FaultName, Input } from '../world/input';
import type { InvariantName } from '../world/invariants';
import type { MeasureName } from '../world/measures';
import type { WorldSpec } from '../world/spec';
import { create, runTo } from '../history/run';
import type { Chapter, Knob } from './format';

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
  /** A run that somebody changed may go on, until its consequences are over, but not beyond. */
  readonly longestNs: Nanos;
  /** What a person may do to a frame, a cable, RAM or a process. */
  readonly faults: readonly FaultName[];
  readonly invariants: readonly InvariantName[];
  readonly measures: readonly MeasureName[];
  /** What a reader may turn. */
  readonly knobs: readonly Knob[];
  /** Its story, in the order of the run; none when it has none. */
  readonly chapters: readonly Chapter[];
  /** What is drawn over time beside the map. */
  readonly charts: readonly ChartName[];
};

/** Events after which the consequences of a change count as endless. */
const MOST_EVENTS = 200_000;

/** `cutShort`: it was given up after so many events, and would go on before `longestNs`. */
export type Lengthened = Scenario & { readonly cutShort: boolean };

type Limits = {
  /** It is not the scenario that its author wrote: a program was edited. */
  readonly edited?: boolean;
  readonly mostEvents?: number;
};

/**
 * The scenario as long as a run with these inputs is worth looking at: to the last thing that
 * happens before `longestNs`, and a twentieth more. Unchanged it ends where its author says.
 */
export function lengthened(
  scenario: Scenario,
  inputs: readonly Input[],
  { edited = false, mostEvents = MOST_EVENTS }: Limits = {},
): Lengthened {
  if (inputs.length === 0 && !edited) return { ...scenario, cutShort: false };
  const run = create(scenario.world, inputs);
  let lastNs = 0;
  run.world.see.sink = {
    fine: false,
    move: ({ arriveNs }) => {
      // A delay may be longer than anybody waits.
      if (arriveNs <= scenario.longestNs) lastNs = Math.max(lastNs, arriveNs);
    },
    note: ({ at }) => {
      lastNs = Math.max(lastNs, at.timeNs);
    },
  };
  const cutShort = !runTo(run, endOf(scenario.longestNs), mostEvents);
  const endsAtNs = Math.min(Math.ceil(lastNs * 1.05), scenario.longestNs);
  return { ...scenario, endsAtNs: Math.max(scenario.endsAtNs, endsAtNs), cutShort };
}
