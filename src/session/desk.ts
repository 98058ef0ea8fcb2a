/**
 * The worker's desk: takes letters as they come, works on one order at a time in slices, drops what
 * a later letter made pointless, and looks through the rest of the run when there is nothing else
 * to do. Whatever goes wrong is answered; the desk goes on.
 */
import { START, type Scenario } from '../../simulator';
import { Engine } from './engine';
import * as link from './link';
import type { Letter, Opened, Order, Place, Post, Questions, Reply } from './protocol';
import { edited, withSource, type Edited } from './programs';
import type { Work } from './running';

export type Surroundings = {
  readonly scenarios: readonly Scenario[];
  readonly post: (post: Post) => void;
  /** Calls back soon, after letters that have come in the meantime. */
  readonly soon: (go: () => void) => void;
  readonly nowMs: () => number;
};

/** Without a letter it is the desk's own. */
type Job = { readonly letter: Letter | null; readonly work: Work<Reply | null> };

/** Longest work before letters are looked at again. */
const SLICE_MS = 8;
/** At most so often while it is being looked through. */
const MARKS_EVERY_MS = 250;

/** A later order of this kind makes an earlier one of those kinds pointless. */
const SUPERSEDES: { readonly [kind in Order['kind']]?: readonly Order['kind'][] } = {
  seek: ['seek', 'advance', 'look'],
  advance: ['advance', 'look'],
  look: ['look'],
};

const supersedes = (later: Order, earlier: Order): boolean =>
  SUPERSEDES[later.kind]?.includes(earlier.kind) ?? false;

const NOT_OPEN = 'No scenario is open yet.';
const unknown = (slug: string): string => `There is no scenario called ${slug}.`;
const PLAIN: Opened = { notice: null, room: null, grain: null };

export class Desk {
  readonly #around: Surroundings;
  readonly #letters: Letter[] = [];
  #engine: Engine | null = null;
  #job: Job | null = null;
  #called = false;
  /** An order that waits for the browser (a link being unpacked) holds up the ones behind it. */
  #held = false;
  #marksMs = -Infinity;
  #marksDue = false;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  receive(letter: Letter): void {
    for (let last = this.#letters.at(-1); last !== undefined; last = this.#letters.at(-1)) {
      if (!supersedes(letter.order, last.order)) break;
      this.#letters.pop();
    }
    this.#giveUpFor(letter.order);
    this.#letters.push(letter);
    this.#call();
  }

  /** A seek that is under way stops for a later one; a stretch that is being played is finished. */
  #giveUpFor(order: Order): void {
    const job = this.#job;
    if (job?.letter?.order.kind !== 'seek' || order.kind !== 'seek') return;
    if (this.#letters.length > 0) return;
    job.work.return(null);
    this.#job = null;
  }

  #call(): void {
    if (this.#called || this.#held) return;
    this.#called = true;
    this.#around.soon(() => {
      this.#called = false;
      this.#work();
    });
  }

  #work(): void {
    const untilMs = this.#around.nowMs() + SLICE_MS;
    let more = true;
    while (more && !this.#held && this.#around.nowMs() < untilMs) more = this.#slice();
    this.#postMarks();
    if (more) this.#call();
  }

  /** A little of whatever comes first; false when there is nothing left to do. */
  #slice(): boolean {
    try {
      if (this.#job === null) {
        const letter = this.#letters.shift();
        if (letter === undefined) return this.#survey();
        this.#take(letter);
      } else this.#goOn(this.#job);
    } catch (error) {
      this.#broke(error);
    }
    return true;
  }

  #goOn({ letter, work }: Job): void {
    const { done, value } = work.next();
    if (done !== true) return;
    this.#job = null;
    if (letter !== null && value !== null) this.#answer(letter.id, value);
  }

  #answer(id: number | null, reply: Reply): void {
    this.#around.post({ id, reply });
  }

  #refuse(id: number, why: string): void {
    this.#answer(id, { kind: 'refused', why });
  }

  #take(letter: Letter): void {
    const { id, order, questions } = letter;
    if (order.kind === 'open') this.#hold(id, this.#open(letter, order.slug, order.link));
    else if (order.kind === 'link') this.#hold(id, this.#link(id, order));
    else if (order.kind === 'reopen')
      this.#job = { letter, work: this.#reopened(order.place, PLAIN, questions) };
    else if (this.#engine === null) this.#refuse(id, NOT_OPEN);
    else if (order.kind === 'program')
      this.#job = { letter, work: this.#reprogrammed(this.#engine, order, questions) };
    else if (order.kind === 'undo' && this.#engine.untouched && this.#engine.undoable)
      this.#job = { letter, work: this.#unedited(this.#engine, questions) };
    else this.#job = { letter, work: this.#engine.begin(order, questions) };
  }

  #hold(id: number, waiting: Promise<void>): void {
    this.#held = true;
    void waiting
      .catch((error: unknown) => this.#refuse(id, because(error)))
      .finally(() => {
        this.#held = false;
        this.#call();
      });
  }

  /** The scenario at its start, or at what the link says; a link that is no good is told of. */
  async #open(letter: Letter, slug: string, text: string | null): Promise<void> {
    const { scenarios } = this.#around;
    const parsed = text === null ? null : await link.parse(text, scenarios);
    if (parsed?.ok === true) {
      const { place, room, grain } = parsed.link;
      const opened = { notice: null, room, grain };
      this.#job = { letter, work: this.#reopened(place, opened, letter.questions) };
      return;
    }
    const scenario = scenarios.find((each) => each.slug === slug);
    if (scenario === undefined) {
      this.#refuse(letter.id, unknown(slug));
      return;
    }
    const { seed } = scenario.world;
    const start: Place = { slug, seed, inputs: [], at: START, timeNs: START.timeNs };
    const opened = { ...PLAIN, notice: parsed?.why ?? null };
    this.#job = { letter, work: this.#reopened(start, opened, letter.questions) };
  }

  *#reopened(
    place: Place,
    opened: Opened,
    questions: Questions,
    former: Engine | null = null,
  ): Work<Reply> {
    const scenario = this.#around.scenarios.find(({ slug }) => slug === place.slug);
    if (scenario === undefined) return { kind: 'refused', why: unknown(place.slug) };
    const made = edited(scenario, place.sources ?? {});
    if (!made.ok) return whyNot(made);
    const world = { ...made.scenario.world, seed: place.seed };
    const engine = new Engine({ ...made.scenario, world }, place.inputs, place.sources);
    engine.former = former;
    yield* engine.reach(place);
    this.#engine = engine;
    this.#marksMs = -Infinity;
    return { kind: 'moment', moment: engine.moment(questions), opened };
  }

  /** The edited program from the start, with no inputs; undoing that is going back to `from`. */
  *#reprogrammed(
    from: Engine,
    { host, source }: Extract<Order, { kind: 'program' }>,
    questions: Questions,
  ): Work<Reply> {
    const { slug, seed } = from.place();
    const scenario = this.#around.scenarios.find((each) => each.slug === slug);
    if (scenario === undefined) return { kind: 'refused', why: unknown(slug) };
    const sources = withSource(scenario, from.sources, host, source);
    const start: Place = { slug, seed, inputs: [], at: START, timeNs: START.timeNs, sources };
    const reply = yield* this.#reopened(start, PLAIN, questions, from);
    // Each keeps its checkpoints: two edits can be undone, and no more are kept.
    if (reply.kind === 'moment' && from.former !== null) from.former.former = null;
    return reply;
  }

  /** The run from before the last edit; when that is not known (a link), without that edit. */
  *#unedited(from: Engine, questions: Questions): Work<Reply> {
    const engine = from.former;
    if (engine === null) {
      const { slug, seed } = from.place();
      const sources = Object.fromEntries(Object.entries(from.sources).slice(0, -1));
      const start: Place = { slug, seed, inputs: [], at: START, timeNs: START.timeNs, sources };
      return yield* this.#reopened(start, PLAIN, questions);
    }
    this.#engine = engine;
    this.#marksMs = -Infinity;
    this.#marksDue = true;
    return { kind: 'moment', moment: engine.moment(questions), opened: null };
  }

  async #link(id: number, { room, grain }: Extract<Order, { kind: 'link' }>): Promise<void> {
    const engine = this.#engine;
    if (engine === null) {
      this.#refuse(id, NOT_OPEN);
      return;
    }
    const { version } = engine.scenario;
    const text = await link.emit({ place: engine.place(), room, grain }, version);
    if (text === null) this.#refuse(id, link.TOO_MUCH);
    else this.#answer(id, { kind: 'link', link: text });
  }

  /** A little of the survey; false when it is finished or there is nothing to survey. */
  #survey(): boolean {
    const engine = this.#engine;
    if (engine === null || engine.survey.finished) return false;
    engine.surveySlice();
    this.#marksDue = true;
    return true;
  }

  #postMarks(): void {
    const engine = this.#engine;
    const nowMs = this.#around.nowMs();
    if (engine === null || !this.#marksDue) return;
    const { marks, doneToNs, finished } = engine.survey;
    if (!finished && nowMs < this.#marksMs + MARKS_EVERY_MS) return;
    this.#marksMs = nowMs;
    this.#marksDue = false;
    this.#answer(null, { kind: 'marks', marks, doneToNs });
  }

  /** The simulator met a defect of its own: the moment on show stays, and can be gone on from. */
  #broke(error: unknown): void {
    const job = this.#job;
    this.#job = null;
    if (job === null) {
      this.#engine?.survey.giveUp();
      return;
    }
    const engine = this.#engine;
    if (job.letter === null) this.#engine = null;
    else this.#refuse(job.letter.id, because(error));
    if (job.letter !== null && engine !== null)
      this.#job = { letter: null, work: engine.recover() };
  }
}

function whyNot({ host, errors }: Extract<Edited, { ok: false }>): Reply {
  if (errors.length > 0) return { kind: 'errors', errors };
  return { kind: 'refused', why: `There is no program to edit on ${host}.` };
}

function because(error: unknown): string {
  const what = error instanceof Error ? error.message : String(error);
  return `The simulator met a defect of its own (${what}). The moment on show stays; go another way.`;
}
