/** A second run that is shown beside the one on show, at the same time, and how they differ. */
import { differing, endOf, type Input, type Position, type run as history } from '../../simulator';
import type { Beside as Shown, Moment, Place, Questions } from './protocol';
import { plainInput } from './plainInput';
import type { Work } from './running';
import { isSameSetup, type Setup } from './setup';

type World = history.Run['world'];

/** What it needs of the other run's engine. */
export type Other = {
  readonly world: World;
  readonly inputs: readonly Input[];
  readonly setup: Setup;
  readonly scenario: { readonly endsAtNs: number };
  readonly place: () => Place;
  readonly reach: (place: Place) => Work<void>;
  readonly moment: (questions: Questions) => Moment;
};

/** An input as a text: what came over from the screen is another object. */
const written = (input: Input): string => JSON.stringify(plainInput(input));

/** When the first input is that only one of the two logs has; null when they are the same. */
function firstOwnNs(one: readonly Input[], other: readonly Input[]): number | null {
  const [here, there] = [one, other].map((inputs) => new Set(inputs.map(written)));
  const own = [...one, ...other].filter((input) => {
    const text = written(input);
    return here?.has(text) !== there?.has(text);
  });
  return own.length === 0 ? null : Math.min(...own.map(({ atNs }) => atNs));
}

export class Beside {
  readonly #other: Other;
  readonly #title: string;

  constructor(other: Other, title: string) {
    this.#other = other;
    this.#title = title;
  }

  get endsAtNs(): number {
    return this.#other.scenario.endsAtNs;
  }

  /** Puts it where the other is: after the same, or the end of everything at `timeNs`. */
  *follow(at: Position, timeNs: number): Work<void> {
    const to = timeNs > at.timeNs ? endOf(timeNs) : at;
    yield* this.#other.reach({ ...this.#other.place(), at: to, timeNs });
  }

  /** `here`: the engine of the run on show, whose inputs may have become others meanwhile. */
  shown(here: Pick<Other, 'world' | 'inputs' | 'setup'>, questions: Questions): Shown {
    const other = this.#other;
    const differs = differing(here.world, other.world);
    const alike = isSameSetup(here.setup, other.setup);
    // What they are made of makes them differ from the start, whatever was done later.
    const partedNs = alike ? firstOwnNs(here.inputs, other.inputs) : 0;
    const sinceNs = differs.length === 0 ? null : (partedNs ?? 0);
    return { moment: other.moment(questions), title: this.#title, differs, sinceNs };
  }
}
