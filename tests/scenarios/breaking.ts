/** A scenario's run in which somebody does something to frames just as they leave. */
import {
  check,
  endOf,
  look,
  run as history,
  type Answer,
  type Deed,
  type Fault,
  type Input,
  type Scenario,
} from '../../simulator';

/** The number of a frame on its cable, and what happens to it. */
export type Breaking = { readonly frame: number; readonly fault: Fault | 'cut' };

export type Outcome = {
  readonly run: history.Run;
  /** What somebody did, so that the run can be had again. */
  readonly inputs: readonly Input[];
  /** What was wrong on the way, with the law that was broken. */
  readonly broken: readonly string[];
};

/** Frames that a whole run may take before it counts as a storm. */
const MOST_EVENTS = 5_000;

const deedOf = (cable: string, { frame, fault }: Breaking): Deed =>
  fault === 'cut' ? { kind: 'cut', cable } : { kind: 'fault', cable, fault, frame };

/** Runs to `untilNs` and looks at the laws after every event. */
export function broken(
  scenario: Scenario,
  breakings: readonly Breaking[],
  untilNs: number,
): Outcome {
  const run = history.create(scenario.world);
  const cable = scenario.world.cables[0]?.name ?? '';
  const wrong = new Set<string>();
  const until = endOf(untilNs);
  let left: number[] = [];
  run.world.see.sink = {
    fine: false,
    note: () => undefined,
    move: ({ kind, what }) => {
      if (kind === 'frame') left.push((what as { readonly number: number }).number);
    },
  };
  while (!history.runTo(run, until, 1)) {
    const hit = breakings.filter(({ frame }) => left.includes(frame));
    left = [];
    const atNs = run.world.at.timeNs;
    for (const each of hit) history.record(run, { atNs, deed: deedOf(cable, each) });
    for (const { name, holds, why } of check(run.world, scenario.invariants))
      if (!holds) wrong.add(`${name}: ${why ?? ''}`);
    if (run.world.events > MOST_EVENTS) return { run, inputs: run.inputs, broken: ['a storm'] };
  }
  run.world.see.sink = null;
  return { run, inputs: run.inputs, broken: [...wrong] };
}

type Seen = {
  readonly printed: string;
  readonly os: Answer<'os'>;
};

export function seen({ world }: history.Run, part: string): Seen {
  const os = look(world, { view: 'os', part });
  const console = look(world, { view: 'console', part });
  if (os === null || console === null) throw new Error(`${part} is no computer`);
  return { printed: console.text, os };
}
