/**
 * The worker's desk: takes letters as they come, works on one order at a time in slices, drops what
 * a later letter made pointless, and looks through the rest of the run when there is nothing else
 * to do. Whatever goes wrong is answered; the desk goes on.
 */
import { checkKnob, type Scenario } from '../../simulator';
import { loadAssembler } from './assembler';
import { because } from './defect';
import { Engine, type Simple } from './engine';
import { assembles, read, written } from './onDemand';
import { engineOf, startOf, whyNot } from './outset';
import { asks, Inquiries, type Command } from './inquiries';
import type {
  Branch,
  Letter,
  Opened,
  Order,
  Place,
  Post,
  Questions,
  Reached,
  Reply,
} from './protocol';
import { withSource } from './programs';
import type { Work } from './running';
import { deedOf, reseeded, turned, withoutLast, type Setup } from './setup';

export type Surroundings = {
  readonly scenarios: readonly Scenario[];
  readonly post: (post: Post) => void;
  /** Calls back soon, after letters that have come in the meantime. */
  readonly soon: (go: () => void) => void;
  readonly nowMs: () => number;
};

/** Without a letter it is the desk's own. */
type Job = { readonly letter: Command | null; readonly work: Work<Reply | null> };

/** Orders that make another engine, and those that the one there is carries out. */
type Changing = Extract<Order, { kind: 'program' | 'knob' | 'compare' }>;
type Running = Exclude<Simple, { kind: 'reopen' }>;

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
  readonly #letters: Command[] = [];
  readonly #inquiries = new Inquiries(
    (id, reply) => this.#answer(id, reply),
    () => this.#call(),
  );
  #engine: Engine | null = null;
  #job: Job | null = null;
  #called = false;
  /** An order that waits for the browser (a link being unpacked) holds up the ones behind it. */
  #held = false;
  #marksMs = -Infinity;
  #marksDue = false;
  /** What was told last of where chapters stop. */
  #told: readonly Reached[] | null = null;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  receive(letter: Letter): void {
    if (asks(letter)) this.#inquiries.receive(letter);
    else this.#order(letter as Command);
  }

  #order(letter: Command): void {
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
    this.#postChapters();
    if (more) this.#call();
  }

  /** A little of whatever comes first; false when there is nothing left to do. */
  #slice(): boolean {
    try {
      if (this.#job === null) {
        const letter = this.#letters.shift();
        if (letter === undefined) return this.#inBackground();
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

  #take(letter: Command): void {
    const { id, order, questions } = letter;
    if (order.kind === 'open') this.#hold(id, this.#open(letter, order.slug, order.link));
    else if (order.kind === 'link') this.#hold(id, this.#link(id, order));
    else if (assembles(order)) this.#hold(id, this.#afterAssembler(letter));
    else if (order.kind === 'reopen')
      this.#job = { letter, work: this.#reopened(order.place, PLAIN, questions) };
    else if (this.#engine === null) this.#refuse(id, NOT_OPEN);
    else this.#job = { letter, work: this.#carriedOut(this.#engine, order, questions) };
  }

  /** Taken again when the assembler is there. */
  async #afterAssembler(letter: Command): Promise<void> {
    await loadAssembler();
    this.#letters.unshift(letter);
  }

  #carriedOut(engine: Engine, order: Changing | Running, questions: Questions): Work<Reply> {
    if (order.kind === 'program') return this.#reprogrammed(engine, order, questions);
    if (order.kind === 'knob') return this.#turned(engine, order, questions);
    if (order.kind === 'compare') return this.#compared(engine, order.branch, questions);
    if (order.kind === 'undo' && order.change === undefined && engine.untouched && engine.undoable)
      return this.#unedited(engine, questions);
    return engine.begin(order, questions);
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
  async #open(letter: Command, slug: string, text: string | null): Promise<void> {
    const { scenarios } = this.#around;
    const parsed = text === null ? null : await read(text, scenarios);
    if (parsed?.ok === true) {
      const { place, ...shown } = parsed.link;
      const opened = { notice: parsed.notice ?? null, ...shown };
      this.#job = { letter, work: this.#reopened(place, opened, letter.questions) };
      return;
    }
    const scenario = scenarios.find((each) => each.slug === slug);
    if (scenario === undefined) {
      this.#refuse(letter.id, unknown(slug));
      return;
    }
    const start = startOf(slug, scenario.world.seed);
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
    const engine = engineOf(scenario, place);
    if (!(engine instanceof Engine)) return whyNot(engine);
    engine.former = former;
    yield* engine.reach(place);
    this.#engine = engine;
    this.#marksMs = -Infinity;
    return { kind: 'moment', moment: engine.moment(questions), opened };
  }

  /** The edited program from the start, with no inputs. */
  #reprogrammed(
    from: Engine,
    { host, source }: Extract<Order, { kind: 'program' }>,
    questions: Questions,
  ): Work<Reply> {
    const { sources, knobs } = from.setup;
    const changed = withSource(this.#authored(from), sources, host, source);
    return this.#again(from, { sources: changed, knobs }, questions);
  }

  /** A cable's parameter is turned as time runs, everything else before the start. */
  *#turned(
    from: Engine,
    { name, value }: Extract<Order, { kind: 'knob' }>,
    questions: Questions,
  ): Work<Reply> {
    const scenario = this.#authored(from);
    const why = checkKnob(scenario, name, value);
    if (why !== null) return { kind: 'refused', why };
    const deed = deedOf(scenario, name, value);
    if (deed !== null && !from.atStart) return yield* from.begin({ kind: 'deed', deed }, questions);
    const { sources, knobs } = from.setup;
    return yield* this.#again(
      from,
      { sources, knobs: turned(scenario, knobs, name, value) },
      questions,
    );
  }

  #authored(engine: Engine): Scenario {
    const { slug } = engine.scenario;
    return this.#around.scenarios.find((each) => each.slug === slug) ?? engine.scenario;
  }

  /** Set up anew, from the start, with no inputs; undoing that is going back to `from`. */
  *#again(from: Engine, setup: Setup, questions: Questions): Work<Reply> {
    const { slug, seed } = from.place();
    const start: Place = { ...startOf(slug, seed), ...setup };
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
      const start: Place = { ...startOf(slug, seed), ...withoutLast(from.setup) };
      return yield* this.#reopened(start, PLAIN, questions);
    }
    this.#engine = engine;
    this.#marksMs = -Infinity;
    this.#marksDue = true;
    return { kind: 'moment', moment: engine.moment(questions), opened: null };
  }

  *#compared(engine: Engine, branch: Branch | null, questions: Questions): Work<Reply> {
    if (branch === null) yield* engine.compare(null, '');
    else if (branch.kind === 'authored') {
      const { seed } = engine.place();
      const other = new Engine(reseeded(this.#authored(engine), seed));
      yield* engine.compare(other, 'As it was written');
    } else yield* engine.compare(engine.with(branch.inputs), branch.title);
    return { kind: 'moment', moment: engine.moment(questions), opened: null };
  }

  async #link(id: number, order: Extract<Order, { kind: 'link' }>): Promise<void> {
    const engine = this.#engine;
    if (engine === null) {
      this.#refuse(id, NOT_OPEN);
      return;
    }
    const { version } = engine.scenario;
    this.#answer(id, await written({ ...order, place: engine.place() }, version));
  }

  /** A little of what was asked of the history, then of what nobody asked for yet. */
  #inBackground(): boolean {
    const engine = this.#engine;
    // An export looks the run through to its end.
    if (engine?.survey.finished === false) this.#marksDue = true;
    const asked = this.#inquiries.proceed('proceed', engine);
    return asked || this.#survey() || this.#inquiries.proceed('lookOn', engine);
  }

  /** A little of the survey, then of the outlook; false when there is nothing left of either. */
  #survey(): boolean {
    const engine = this.#engine;
    if (engine === null) return false;
    if (!engine.survey.finished) {
      engine.surveySlice();
      return true;
    }
    if (engine.outlook.finished) return false;
    engine.outlook.proceed();
    return true;
  }

  /** Once for each run, whoever found them: the background, or an order that could not wait. */
  #postChapters(): void {
    const outlook = this.#engine?.outlook;
    if (outlook?.finished !== true || outlook.reached === this.#told) return;
    this.#told = outlook.reached;
    this.#answer(null, outlook.reply);
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
      // Else the same would be tried again for ever.
      if (this.#engine?.survey.finished === false) this.#engine.survey.giveUp();
      else this.#engine?.outlook.giveUp();
      return;
    }
    const engine = this.#engine;
    if (job.letter === null) this.#engine = null;
    else this.#refuse(job.letter.id, because(error));
    if (job.letter !== null && engine !== null)
      this.#job = { letter: null, work: engine.recover() };
  }
}
