/**
 * The engine's own answer to a chapter's question: it runs ahead and looks at what comes, until the
 * question is decided.
 */
import { endOf, OUTSIDE } from '../contract/position';
import type { Nanos } from '../contract/time';
import { answerOf } from './answer';
import { contentsOf } from './cells';
import type { Guess } from './format';
import { begin, isCount, type Foresight, type Phase, type Witness } from './foresight';
import { goTo, look, type Looked } from './look';
import { fieldAt, fits, isMove, type Seen } from './matcher';

export { begin, type Foresight, type Witness } from './foresight';

export type Foreseen = {
  /** Null when it could not be found out; then `why` says so. */
  readonly answer: Guess | null;
  readonly why: string | null;
  /** What decided it, in the order of the run. */
  readonly witnesses: readonly Witness[];
};

/** Events or micro-steps after which it is given up. */
const MOST_STEPS = 1_000_000;

/** When all that the answer depends on has come; null while it has not. */
function decidedNs({ question, first }: Foresight): Nanos | null {
  const times = first.map((sighting) => sighting?.timeNs ?? Infinity);
  const needed = isCount(question) ? times.slice(1) : times;
  if (needed.length === 0) return null;
  const atNs = question.kind === 'choice' ? Math.min(...needed) : Math.max(...needed);
  return atNs === Infinity ? null : atNs;
}

/** A move happens when it departs, which may be later than what led to it. */
const happensNs = (seen: Seen): Nanos => (isMove(seen) ? seen.departNs : seen.at.timeNs);

function sight(foresight: Foresight, seen: Seen): void {
  const { first, counted, question, patterns, untilNs } = foresight;
  const ordinal = foresight.seen;
  foresight.seen += 1;
  noteRefusal(foresight, seen);
  const timeNs = happensNs(seen);
  if (timeNs > untilNs) return;
  patterns.forEach((pattern, index) => {
    if (!fits(pattern, seen)) return;
    if (index === 0 && isCount(question)) counted.push({ timeNs, ordinal });
    const before = first[index];
    if (!before || timeNs < before.timeNs) first[index] = { at: seen.at, timeNs, seen, ordinal };
  });
}

/** A fault for a frame that is not under way is none, and the question would be another. */
function noteRefusal(foresight: Foresight, { kind, at, what }: Seen): void {
  const { supposedNs } = foresight;
  if (kind !== 'ignored' || at.source !== OUTSIDE || at.timeNs !== supposedNs) return;
  const why = fieldAt(what, 'why');
  foresight.refused = typeof why === 'string' ? why : 'nothing came of it';
}

/** Looks on, at most so many events or micro-steps; null: call again. */
export function proceed(foresight: Foresight, mostSteps = Infinity): Foreseen | null {
  for (let left = mostSteps; foresight.steps < MOST_STEPS && left > 0;) {
    const most = Math.min(left, MOST_STEPS - foresight.steps);
    const outcome = PHASES[foresight.phase](foresight, most);
    if (outcome === 'done') return foreseen(foresight);
    if (outcome !== 'more') foresight.phase = outcome;
    else {
      foresight.steps += most;
      left -= most;
    }
  }
  return foresight.steps < MOST_STEPS ? null : { answer: null, why: TOO_FAR, witnesses: [] };
}

const TOO_FAR = 'It would take too long to find out: too much happens before it is decided.';

type Next = Phase | 'more' | 'done';

const PHASES: { readonly [phase in Phase]: (foresight: Foresight, most: number) => Next } = {
  going: (foresight, most) => {
    const { run, from, question } = foresight;
    if (!goTo(run, from.at, most)) return 'more';
    if (question.kind === 'cells') foresight.before = contentsOf(run.scout, question.of);
    return 'looking';
  },
  looking: (foresight, most) => {
    const found = lookOn(foresight, foresight.untilNs, most, true);
    if (found === 'more') return 'more';
    return found === 'found' ? 'settling' : 'comparing';
  },
  // What was seen may happen a little later; until then something else may come before it.
  settling: (foresight, most) => {
    const atNs = decidedNs(foresight) ?? foresight.untilNs;
    return lookOn(foresight, atNs, most, false) === 'more' ? 'more' : 'comparing';
  },
  comparing: (foresight, most) => {
    const { run, question, first } = foresight;
    const [decider] = first;
    if (question.kind !== 'cells' || !decider) return 'done';
    if (!goTo(run, decider.at, most)) return 'more';
    foresight.after = contentsOf(run.scout, question.of);
    return 'done';
  },
};

function lookOn(foresight: Foresight, untilNs: Nanos, most: number, ends: boolean): Looked {
  const { run, patterns } = foresight;
  const take = (seen: Seen): boolean => {
    sight(foresight, seen);
    return ends && decidedNs(foresight) !== null;
  };
  const fine = patterns.some((pattern) => pattern.fine === true);
  return look(run, { until: endOf(untilNs), fine, take }, most);
}

function foreseen(foresight: Foresight): Foreseen {
  const sightings = foresight.first.filter((sighting) => sighting !== null);
  const witnesses = sightings
    .toSorted((a, b) => a.timeNs - b.timeNs || a.ordinal - b.ordinal)
    .map(({ at, timeNs, seen }) => ({ at, timeNs, seen }));
  return { ...answerOf(foresight), witnesses };
}

/** In one piece. */
export function answer(...asked: Parameters<typeof begin>): Foreseen {
  const foresight = begin(...asked);
  let found = proceed(foresight);
  while (found === null) found = proceed(foresight);
  return found;
}
