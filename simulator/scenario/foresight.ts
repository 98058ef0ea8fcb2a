/**
 * A look ahead from where a question is asked: on a fork with what is supposed, so that the run that
 * it is asked about, its playhead and its scout do not move; and what was seen so far.
 */
import type { Position } from '../contract/position';
import type { Nanos } from '../contract/time';
import { withDeed, withInputs, type Run } from '../history/run';
import type { Input } from '../world/input';
import type { Contents } from './cells';
import type { Pattern, Prediction, Question } from './format';
import type { Seen } from './matcher';

/** Something that decided the answer; `timeNs` is when it happens, or begins to. */
export type Witness = { readonly at: Position; readonly timeNs: Nanos; readonly seen: Seen };

/** Of all that was seen, the how-manyth it was: what happens at one time stays in this order. */
export type Sighting = Witness & { readonly ordinal: number };

export type Phase = 'going' | 'looking' | 'settling' | 'comparing';

/** Its own: {@link proceed} writes to it. */
export type Foresight = {
  /** Its own run, whose scout looks ahead. */
  readonly run: Run;
  readonly question: Question;
  readonly patterns: readonly Pattern[];
  readonly from: { readonly at: Position; readonly timeNs: Nanos };
  readonly untilNs: Nanos;
  /** The input log of the fork. */
  readonly inputs: readonly Input[];
  /** When what is supposed is done; null when nothing is. */
  readonly supposedNs: Nanos | null;
  phase: Phase;
  /** For each pattern, the first that fits. */
  readonly first: (Sighting | null)[];
  /** All that fit what is counted: time and ordinal. */
  readonly counted: Pick<Sighting, 'timeNs' | 'ordinal'>[];
  seen: number;
  steps: number;
  /** Why what is supposed could not be done. */
  refused: string | null;
  /** What the cells hold at the question's moment, and when it is decided. */
  before: Contents;
  after: Contents;
};

/** The patterns of a question; of what is counted the first, and what ends it the second. */
export function patternsOf(question: Question): readonly Pattern[] {
  switch (question.kind) {
    case 'choice':
    case 'order':
      return question.options.map((option) => option.fits);
    case 'part':
      return [question.fits];
    case 'cells':
      return [question.changedBy];
    case 'number': {
      const { of } = question;
      if ('timeTo' in of) return [of.timeTo];
      if ('value' in of) return [of.value];
      return of.until === undefined ? [of.count] : [of.count, of.until];
    }
  }
}

/**
 * Looks ahead from `from`, where the question is asked, in a run like `run`. As far as `endsAtNs`;
 * where something is supposed, whose consequences take longer, as far as `longestNs`.
 */
export function begin(
  run: Run,
  from: Foresight['from'],
  { question, given }: Prediction,
  endsAtNs: Nanos,
  longestNs = endsAtNs,
): Foresight {
  const atNs = Math.max(0, from.timeNs);
  const deeds = given?.deeds ?? [];
  const fork = deeds.reduce<Run>((before, deed) => withDeed(before, { atNs, deed }), run);
  const own = fork === run ? withInputs(run, run.inputs) : fork;
  const patterns = patternsOf(question);
  const nothing: Contents = new Map();
  return {
    run: own,
    question,
    patterns,
    from,
    untilNs: deeds.length === 0 ? endsAtNs : Math.max(endsAtNs, longestNs),
    inputs: own.inputs,
    supposedNs: deeds.length === 0 ? null : atNs,
    phase: 'going',
    first: patterns.map(() => null),
    counted: [],
    seen: 0,
    steps: 0,
    refused: null,
    before: nothing,
    after: nothing,
  };
}

export const isCount = (question: Question): boolean =>
  question.kind === 'number' && 'count' in question.of;
