/**
 * What a record does not hold: the event is run again, between two checkpoints, on the world that
 * the survey's run has besides its own. Whoever comes in between may have moved that world, so each
 * slice begins by looking where it is.
 */
import { run as history, type Move, type Note, type Position } from '../../simulator';
import type { Happening } from './happenings';
import type { Names } from './names';
import { endsOf, spanOf, type Records, type Segment } from './records';
import type { Work } from './running';
import { sentenceOf } from './sentences';
import { isMove } from './stretch';

/** What it needs of the survey. */
export type Surveyed = {
  readonly records: Records;
  readonly run: history.Run;
  readonly finished: boolean;
  readonly doneToNs: number;
};

const SLICE_EVENTS = 64;
/** What was found out lately is asked for again as somebody moves about. */
const MOST_KNOWN = 20_000;

export function happeningOf(seen: Move | Note, names: Names): Happening {
  const { id, at, kind, cause } = seen;
  const [from, to] = endsOf(seen);
  const [departNs, arriveNs] = spanOf(seen);
  const sentence = sentenceOf(seen, names);
  return { id, at, departNs, arriveNs, from, to, kind, move: isMove(seen), sentence, cause };
}

/** The last position before the event at `at`. */
const before = (at: Position): Position => ({ ...at, n: at.n - 1 });

export class Details {
  readonly #survey: Surveyed;
  readonly names: Names;
  #known = new Map<number, Happening>();
  #generation = 0;

  constructor(survey: Surveyed, names: Names) {
    this.#survey = survey;
    this.names = names;
  }

  /** The survey's scout as a run's world, which makes no checkpoints. */
  get run(): history.Run {
    const { run } = this.#survey;
    return { ...run, world: run.scout, interval: Infinity };
  }

  /** Puts that world at `to`; afterwards nobody else has moved it. */
  *reach(to: Position): Work<void> {
    for (;;) {
      const { run } = this;
      history.approach(run, run.world, to);
      for (let done = 0; done < SLICE_EVENTS; done++)
        if (!history.proceed(run, run.world, to)) return;
      yield;
    }
  }

  /** Everything coarse of the event that this record is of, in its order. */
  *event(of: Segment, index: number): Work<readonly (Move | Note)[]> {
    const at = this.#survey.records.position(of, index);
    yield* this.reach(before(at));
    const { run } = this;
    const all: (Move | Note)[] = [];
    const take = (seen: Move | Note): void => void all.push(seen);
    run.world.see.sink = { fine: false, move: take, note: take };
    try {
      while (history.proceed(run, run.world, at));
    } finally {
      run.world.see.sink = null;
    }
    return all;
  }

  /** The records with these indexes, in words. */
  *each(indexes: readonly number[]): Work<readonly Happening[]> {
    const { records } = this.#survey;
    const fresh = records.generation === this.#generation && this.#known.size < MOST_KNOWN;
    if (!fresh) this.#known = new Map();
    this.#generation = records.generation;
    const missing = new Set(indexes.filter((index) => !this.#known.has(index)));
    const found: Happening[] = [];
    for (const index of indexes) {
      if (!this.#known.has(index)) yield* this.#learn(index, missing);
      const happening = this.#known.get(index);
      if (happening !== undefined) found.push(happening);
    }
    return found;
  }

  /** The record, and those of `wanted` that are of the same event. */
  *#learn(index: number, wanted: ReadonlySet<number>): Work<void> {
    const { records } = this.#survey;
    const of = records.holding(index);
    const first = index - records.ordinal(of, index - of.first);
    const all = yield* this.event(of, index - of.first);
    for (const [ordinal, seen] of all.entries())
      if (wanted.has(first + ordinal))
        this.#known.set(first + ordinal, happeningOf(seen, this.names));
    yield;
  }
}
