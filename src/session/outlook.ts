/**
 * What lies ahead in the run on show, found in the background on a run of its own: where the
 * chapters stop, whether a law is broken, and what will come of a question.
 */
import {
  check,
  compare,
  endOf,
  foresee,
  locate,
  run as history,
  START,
  type Input,
  type Move,
  type Note,
  type Scenario,
} from '../../simulator';
import type { Names } from './names';
import type { Broken, Evidence, Reached, Reply, Stand } from './protocol';
import type { Work } from './running';
import { sentenceOf } from './sentences';

const SLICE_EVENTS = 64;
/** Pieces of a close look: a micro-step is much less than an event. */
const SLICE_STEPS = 400;

/** In a run that nobody changed it is the author's mistake. */
const missing = (title: string, changed: boolean): string =>
  changed
    ? `“${title}” does not come in this run: what was changed leads elsewhere. Undo the change, or begin the story anew.`
    : `“${title}” does not come in this run, though nothing was changed: that is a mistake of the scenario. The other chapters are there.`;

export class Outlook {
  #scenario: Scenario;
  #inputs: readonly Input[];
  readonly #names: Names;
  readonly #edited: boolean;
  #run!: history.Run;
  #locator!: locate.Locator;
  #through = false;
  #reached: Reached[] = [];
  #broken: Broken | null = null;

  /** `edited`: the scenario is not as its author wrote it. */
  constructor(scenario: Scenario, inputs: readonly Input[], names: Names, edited: boolean) {
    this.#names = names;
    this.#edited = edited;
    this.#scenario = scenario;
    this.#inputs = inputs;
    this.#begin();
  }

  get finished(): boolean {
    return this.#through && this.#reached.length === this.#scenario.chapters.length;
  }

  /** The chapters that were looked for: a list of its own for every run. */
  get reached(): readonly Reached[] {
    return this.#reached;
  }

  get reply(): Reply {
    const later = this.#scenario.chapters
      .slice(this.#reached.length)
      .map(({ id }): Reached => ({ id, state: 'looking', at: null, timeNs: -1 }));
    return { kind: 'chapters', reached: [...this.#reached, ...later] };
  }

  /** The first law that is broken, as far as is known, when it is up to `at`. */
  brokenBy(at: Stand['at']): Broken | null {
    return this.#broken !== null && compare(this.#broken.at, at) <= 0 ? this.#broken : null;
  }

  /** The run is another one. */
  changed(scenario: Scenario, inputs: readonly Input[]): void {
    this.#scenario = scenario;
    this.#inputs = inputs;
    this.#begin();
  }

  /** What is left cannot be looked through. */
  giveUp(): void {
    this.#through = true;
    const found = this.#reached;
    this.#reached = this.#scenario.chapters.map(({ id }, index) => found[index] ?? lost(id));
  }

  /** One slice; true when that was the last. */
  proceed(): boolean {
    if (!this.#through) this.#lookOn();
    else if (!this.finished) this.#resolveNext();
    return this.finished;
  }

  /** `until` or where a law is broken, whichever comes first and is ahead of `here`; else null. */
  ahead(until: Stand | undefined, here: Stand): Stand | null {
    const stands = [until, this.#broken ?? undefined].filter((each) => each !== undefined);
    const ahead = stands.filter(
      ({ at, timeNs }) => compare(at, here.at) > 0 || timeNs > here.timeNs,
    );
    return ahead.toSorted((a, b) => compare(a.at, b.at))[0] ?? null;
  }

  /** Where that chapter stops, or why it cannot be gone to. */
  *stand(id: string): Work<Stand | string> {
    const chapter = this.#scenario.chapters.find((each) => each.id === id);
    if (chapter === undefined) return `There is no chapter “${id}” here.`;
    if (chapter.stop === 'start') return { at: START, timeNs: START.timeNs };
    yield* this.#finish();
    const reached = this.#reached.find((each) => each.id === id);
    if (!reached?.at) return missing(chapter.title, this.#inputs.length > 0 || this.#edited);
    return { at: reached.at, timeNs: reached.timeNs };
  }

  /** The stop after (or before) where the playhead stands; null when there is none. */
  *nextTo({ at, timeNs }: Stand, direction: 1 | -1): Work<Stand | null> {
    yield* this.#finish();
    const stands = this.#reached.flatMap(({ at: stop, timeNs: stopNs }) =>
      stop === null ? [] : [{ at: stop, timeNs: stopNs }],
    );
    const order = (each: Stand): number => each.timeNs - timeNs || compare(each.at, at);
    if (direction === 1) return stands.find((each) => order(each) > 0) ?? null;
    return stands.findLast((each) => order(each) < 0) ?? null;
  }

  /** What will come of that chapter's question, or why it cannot be asked. */
  *foresee(id: string): Work<Evidence | string> {
    const prediction = this.#scenario.chapters.find((each) => each.id === id)?.prediction;
    if (prediction === undefined) return `There is no question in a chapter “${id}” here.`;
    const from = yield* this.stand(id);
    if (typeof from === 'string') return from;
    const { endsAtNs, longestNs } = this.#scenario;
    const foresight = foresee.begin(this.#run, from, prediction, endsAtNs, longestNs);
    let seen = foresee.proceed(foresight, SLICE_STEPS);
    for (; seen === null; seen = foresee.proceed(foresight, SLICE_STEPS)) yield;
    const { answer, why, witnesses } = seen;
    return {
      answer,
      why,
      witnesses: witnesses.map((witness) => ({
        at: witness.at,
        timeNs: witness.timeNs,
        sentence: sentenceOf(witness.seen, this.#names),
      })),
      inputs: foresight.inputs,
    };
  }

  *#finish(): Work<void> {
    for (; !this.finished; yield) this.proceed();
  }

  #begin(): void {
    this.#run = history.create(this.#scenario.world, this.#inputs);
    this.#locator = locate.create(this.#scenario);
    this.#through = false;
    this.#reached = [];
    this.#broken = null;
  }

  #lookOn(): void {
    const { world } = this.#run;
    const until = endOf(this.#scenario.endsAtNs);
    const take = (seen: Move | Note): void => locate.take(this.#locator, seen);
    world.see.sink = { fine: false, move: take, note: take };
    for (let done = 0; done < SLICE_EVENTS && !this.#through; done++) {
      this.#through = history.runTo(this.#run, until, 1);
      this.#judge();
    }
    world.see.sink = null;
  }

  /** Is a law broken by what has just happened? */
  #judge(): void {
    if (this.#broken !== null) return;
    const { world } = this.#run;
    const verdict = check(world, this.#scenario.invariants).find(({ holds }) => !holds);
    if (verdict !== undefined) this.#broken = { verdict, at: world.at, timeNs: world.at.timeNs };
  }

  #resolveNext(): void {
    const index = this.#reached.length;
    const located = locate.resolve(this.#run, this.#locator, index, this.#scenario.endsAtNs);
    const { id } = located;
    if (located.at === null) this.#reached.push(lost(id));
    else this.#reached.push({ id, state: 'found', at: located.at, timeNs: located.timeNs });
  }
}

const lost = (id: string): Reached => ({ id, state: 'missing', at: null, timeNs: -1 });
