/** Walking a run: from grain to grain to its end, closely around a moment, and guesses about it. */
import {
  compare,
  endOf,
  hash,
  START,
  run as history,
  step as steps,
  type Guess,
  type Position,
  type Question,
  type Scenario,
} from '../../simulator';

type Run = history.Run;

export type Walked = {
  /** Steps, and where each ended: later than the one before. */
  readonly count: number;
  readonly last: Position;
  readonly ended: boolean;
};

const SLICE_EVENTS = 1_000;

/** At most `most` steps of `grain` from where the world is, up to `until`. */
export function walk(run: Run, grain: steps.Stepping, until: Position, most: number): Walked {
  let last = run.world.at;
  for (let count = 0; count < most;) {
    const stepped = steps.forward(run, grain, until, SLICE_EVENTS);
    if (stepped === 'end') return { count, last: run.world.at, ended: true };
    if (stepped === 'more') continue;
    const { at } = run.world;
    if (compare(at, last) <= 0) throw new Error(`step ${count} of ${grain} did not go on`);
    last = at;
    count += 1;
  }
  return { count: most, last, ended: false };
}

/** The hash of the moment at `at`, had by leaping there from nothing. */
export function hashAt({ world }: Scenario, at: Position, inputs: Run['inputs'] = []): string {
  const run = history.create(world, inputs);
  history.seek(run, at);
  return hash(run.world);
}

/** Time before a chapter in which a close walk begins: some hundred instructions. */
const BEFORE_NS = 10_000;

/** A run just before that time, seen closely, so that instructions are taken apart. */
export function closeRun({ world }: Scenario, timeNs: number): Run {
  const run = history.create(world);
  if (timeNs > BEFORE_NS) history.seekTime(run, timeNs - BEFORE_NS);
  else history.seek(run, START);
  const nothing = (): void => undefined;
  run.world.see.sink = { fine: true, move: nothing, note: nothing };
  return run;
}

export const endPosition = ({ endsAtNs }: Scenario): Position => endOf(endsAtNs);

/** A guess of the right kind that is wrong. */
export function wrongGuess(question: Question, answer: Guess): Guess {
  switch (answer.kind) {
    case 'choice':
      return { kind: 'choice', option: answer.option === null ? 0 : null };
    case 'order':
      return { kind: 'order', order: answer.order.toReversed() };
    case 'part':
      return { kind: 'part', part: `${answer.part}-b` };
    case 'number': {
      const tolerance = question.kind === 'number' ? (question.tolerance ?? 0) : 0;
      return { kind: 'number', value: answer.value + 2 * tolerance + 1 };
    }
    case 'cells':
      return { kind: 'cells', cells: [...answer.cells.slice(1), 'none-of-them'] };
  }
}
