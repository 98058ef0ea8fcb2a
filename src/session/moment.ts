/** A moment as the screen gets it: asked of the world, with nothing in it that is the engine's own. */
import {
  check,
  look,
  run as history,
  type Answer,
  type CableView,
  type Grain,
  type Query,
  type Scenario,
} from '../../simulator';
import type { LogLine, Moment, Passed, Questions } from './protocol';
import { movesAndNotes, type Stretch } from './stretch';
import { cableOf, summaryOf } from './summary';

/** Where the playhead is and what led there. */
export type Show = {
  readonly timeNs: number;
  readonly fromNs: number;
  readonly stretch: Stretch;
  readonly sentence: string;
  readonly log: readonly LogLine[];
  readonly passed: Passed;
};

type World = history.Run['world'];

const GRAINS: readonly Grain[] = ['message', 'frame', 'call', 'event'];
/** Where there is an instruction-level processor to look into. */
const FINE_GRAINS: readonly Grain[] = [...GRAINS, 'instruction', 'micro'];

function grainsOf({ chapters }: Scenario, { processors }: World): readonly Grain[] {
  const grains = processors.length > 0 ? FINE_GRAINS : GRAINS;
  return chapters.length > 0 ? ['chapter', ...grains] : grains;
}

/** A question that the engine cannot answer is answered with null; the others are not lost. */
function answered(world: World, query: Query): Answer | null {
  try {
    return look(world, query);
  } catch {
    return null;
  }
}

function cablesOf(world: World, { world: spec }: Scenario): Record<string, CableView> {
  const views: Record<string, CableView> = {};
  for (const { name } of spec.cables) {
    const view = cableOf(world, name);
    if (view !== null) views[name] = view;
  }
  return views;
}

export function momentOf(
  scenario: Scenario,
  run: history.Run,
  { timeNs, fromNs, stretch, sentence, log, passed }: Show,
  questions: Questions,
): Omit<Moment, 'sources' | 'knobs' | 'turned' | 'undoable' | 'broken' | 'beside'> {
  const { world } = run;
  const { slug, endsAtNs } = scenario;
  const nextNs = history.upcoming(run, world)?.timeNs ?? Infinity;
  const answers = Object.entries(questions).map(([key, query]) => [key, answered(world, query)]);
  return {
    slug,
    seed: scenario.world.seed,
    at: world.at,
    timeNs,
    fromNs,
    nextNs: nextNs > endsAtNs ? null : nextNs,
    endsAtNs,
    events: world.events,
    grains: grainsOf(scenario, world),
    atStart: timeNs < 0,
    atEnd: timeNs >= endsAtNs,
    hosts: scenario.world.hosts.map((host) => summaryOf(world, host, timeNs)),
    cables: cablesOf(world, scenario),
    answers: Object.fromEntries(answers) as Moment['answers'],
    ...movesAndNotes(stretch),
    passed,
    sentence,
    log,
    inputs: run.inputs,
    verdicts: check(world, scenario.invariants),
  };
}
