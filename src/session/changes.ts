/** What was done to a run, in the order in which it was, and how each of it is taken back. */
import { run as history, type Input } from '../../simulator';

type Done = { readonly input: Input; readonly before: history.Run };

/** Runs from before a deed that are kept; what was done earlier is undone by running again. */
const MOST_BEFORE = 4;

export class Changes {
  #done: Input[];
  /** The runs before the last of them, oldest first. */
  #before: Done[] = [];

  constructor(done: readonly Input[]) {
    this.#done = [...done];
  }

  get none(): boolean {
    return this.#done.length === 0;
  }

  get last(): Input | undefined {
    return this.#done.at(-1);
  }

  add(input: Input, before: history.Run): void {
    this.#before = [...this.#before, { input, before }].slice(-MOST_BEFORE);
    this.#done.push(input);
  }

  /** The run without `input`: the one from before it when that is kept, else one to be run. */
  without(input: Input, run: history.Run): history.Run {
    const kept = this.#before.at(-1);
    const last = kept?.input === input;
    this.#before = last ? this.#before.slice(0, -1) : [];
    this.#done = this.#done.filter((each) => each !== input);
    const rest = run.inputs.filter((each) => each !== input);
    return last ? kept.before : history.withInputs(run, rest);
  }
}
