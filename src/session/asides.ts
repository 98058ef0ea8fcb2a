/**
 * What is asked of a run's history waits here, apart from the orders that make a moment: it is
 * worked on a slice at a time while none of those is there. Loaded when something is first asked.
 */
import { Chronicle, type Told } from './chronicle';
import type { Inquiry, Letter, Reply } from './protocol';
import type { Work } from './running';

export type Question = Letter & { readonly order: Inquiry };

type Job = { readonly generation: number; readonly work: Work<Reply> };

const viewOf = ({ order }: Question): string => `${order.kind} ${order.view ?? ''}`;

export class Asides {
  readonly #answer: (id: number, reply: Reply) => void;
  #waiting: Question[] = [];
  /** What was begun; a question that is sooner answered goes first, and others go on after it. */
  readonly #jobs = new Map<Question, Job>();
  #chronicle: Chronicle | null = null;
  #of: Told | null = null;

  constructor(answer: (id: number, reply: Reply) => void) {
    this.#answer = answer;
  }

  receive(letter: Question): void {
    const earlier = this.#waiting.filter((each) => viewOf(each) === viewOf(letter));
    for (const each of earlier) this.#answered(each, { kind: 'superseded' });
    this.#waiting.push(letter);
  }

  /** One slice for whoever asked; false when nobody has. */
  proceed(engine: Told): boolean {
    const chronicle = this.#chronicleOf(engine);
    const letter = this.#first;
    if (letter === undefined) return false;
    const { generation } = chronicle;
    const begun = this.#jobs.get(letter);
    // Of another run: what was begun for it is begun anew.
    const job =
      begun?.generation === generation
        ? begun
        : { generation, work: chronicle.answer(letter.order) };
    this.#jobs.set(letter, job);
    const { done, value } = job.work.next();
    if (done === true) this.#answered(letter, value);
    return true;
  }

  /** One slice of what nobody waits for: the rest of a search. False when there is none. */
  lookOn(engine: Told): boolean {
    return this.#chronicleOf(engine).proceed();
  }

  /** What is worked on cannot be answered; false when it was nothing that anybody waits for. */
  refuse(why: string): boolean {
    this.#chronicle = null;
    const letter = this.#first;
    if (letter !== undefined) this.#answered(letter, { kind: 'refused', why });
    return letter !== undefined;
  }

  /** Exports come last: they take long, and nobody scrolls or zooms with them. */
  get #first(): Question | undefined {
    return this.#waiting.find(({ order }) => order.kind !== 'export') ?? this.#waiting[0];
  }

  #chronicleOf(engine: Told): Chronicle {
    if (this.#chronicle === null || this.#of !== engine) {
      this.#chronicle = new Chronicle(engine);
      this.#jobs.clear();
    }
    this.#of = engine;
    return this.#chronicle;
  }

  #answered(letter: Question, reply: Reply): void {
    this.#jobs.delete(letter);
    this.#waiting = this.#waiting.filter((each) => each !== letter);
    this.#answer(letter.id, reply);
  }
}
