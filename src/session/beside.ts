/** A second run that is shown beside the one on show, at the same time, and how they differ. */
import { differing, endOf, type Input, type Position, type run as history } from '../../simulator';
import type { Beside as Shown, Moment, Place, Questions } from './protocol';
import type { Work } from './running';

type World = history.Run['world'];

/** What it needs of the other run's engine. */
export type Other = {
  readonly world: World;
  readonly inputs: readonly Input[];
  readonly scenario: { readonly endsAtNs: number };
  readonly place: () => Place;
  readonly reach: (place: Place) => Work<void>;
  readonly moment: (questions: Questions) => Moment;
};

/** The first input that only one of the two logs has; null when they are the same. */
function firstOwnNs(one: readonly Input[], other: readonly Input[]): number | null {
  const own = [
    ...one.filter((input) => !other.includes(input)),
    ...other.filter((input) => !one.includes(input)),
  ];
  return own.length === 0 ? null : Math.min(...own.map(({ atNs }) => atNs));
}

export class Beside {
  readonly #other: Other;
  readonly #title: string;
  /** Null: they differ from the start, in what they were made of. */
  readonly #partedNs: number | null;

  constructor(other: Other, title: string, inputs: readonly Input[]) {
    this.#other = other;
    this.#title = title;
    this.#partedNs = firstOwnNs(inputs, other.inputs);
  }

  get endsAtNs(): number {
    return this.#other.scenario.endsAtNs;
  }

  /** Puts it where the other is: after the same, or the end of everything at `timeNs`. */
  *follow(at: Position, timeNs: number): Work<void> {
    const to = timeNs > at.timeNs ? endOf(timeNs) : at;
    yield* this.#other.reach({ ...this.#other.place(), at: to, timeNs });
  }

  shown(world: World, questions: Questions): Shown {
    const differs = differing(world, this.#other.world);
    const sinceNs = differs.length === 0 ? null : (this.#partedNs ?? 0);
    return { moment: this.#other.moment(questions), title: this.#title, differs, sinceNs };
  }
}
