/** The lesson on a session: chapters, their questions, and what is kept of them on the device. */
import { compare, isRight, type Chapter, type Guess, type Scenario } from '../../simulator';
import { reactiveActor } from './actor.svelte';
import type { Answered, Gate, LessonView } from './lesson';
import { lessonMachine } from './lessonMachine';
import { saveFile } from './page';
import { exported, load, merged, save, type Store } from './progress';
import type { Evidence, Moment, Order, Reached, Stand } from './protocol';
import type { Companion } from './companion';

/** What it needs of a session. */
type Player = {
  readonly moment: Moment | null;
  readonly reached: readonly Reached[];
  readonly playing: boolean;
  room: string | null;
  message: string | null;
  pause: () => void;
  setGrain: (grain: NonNullable<Chapter['grain']>) => void;
  order: (order: Order) => void;
  foresee: (id: string) => Promise<Evidence | null>;
  accompany: (companion: Companion) => void;
};

const NONE: readonly Chapter[] = [];

/** Swapped as a whole, so that it need not be reactive by itself. */
const setOf = (ids: readonly string[]): ReadonlySet<string> => new Set(ids);

/** Orders by which somebody leaves the story: it waits where it is. */
const LEAVES: readonly Order['kind'][] = ['seek', 'deed', 'undo', 'knob', 'program', 'reopen'];

/** Those that make another run. */
const CHANGES: readonly Order['kind'][] = ['deed', 'undo', 'knob', 'program'];
const isChange = (order: Order | null): boolean => order !== null && CHANGES.includes(order.kind);

export class Lesson implements LessonView {
  readonly #player: Player;
  readonly #scenarios: readonly Scenario[];
  readonly #store: () => Store | null;
  readonly #machine = reactiveActor(lessonMachine);
  /** Whose story it is; a link may open another scenario than the one that was expected. */
  #scenario = $state.raw<Scenario | null>(null);
  /** Since it was opened something was done to the run. */
  #changed = false;
  /** The slug of the run that is there; null before the first moment. */
  #begunFor: string | null = null;
  #seen = $state.raw<ReadonlySet<string>>(setOf([]));
  #answers = $state.raw<readonly Answered[]>([]);

  /** `store` is asked for when a run is there: what it keeps says where the story stands. */
  constructor(
    player: Player,
    { scenarios, first }: { readonly scenarios: readonly Scenario[]; readonly first: Scenario },
    store: () => Store | null,
  ) {
    this.#player = player;
    this.#scenarios = scenarios;
    this.#scenario = first;
    this.#store = store;
    this.#machine.actor.on('chapter', ({ index }) => this.#goTo(index));
    this.#machine.actor.on('foresee', ({ index }) => void this.#foresee(index));
    player.accompany({
      until: () => this.#until(),
      ordered: (order) => this.#ordered(order),
      presented: (moment, order) => {
        // The engine was started again, and what it was to do is lost: the story waits.
        const going = this.#machine.snapshot.matches({ story: 'going' });
        if (order === null && going) this.#machine.send({ type: 'LEFT' });
        this.#presented(moment, order);
      },
      refused: (order) => {
        if (order?.kind === 'chapter') this.#machine.send({ type: 'LEFT' });
      },
    });
  }

  get chapters(): readonly Chapter[] {
    return this.#scenario?.chapters ?? NONE;
  }

  get reached(): readonly Reached[] {
    return this.#player.reached;
  }

  /** Until a run is there, the page shows the story's beginning. */
  get index(): number {
    const { snapshot } = this.#machine;
    return snapshot.matches('absent') && this.chapters.length > 0 ? 0 : snapshot.context.index;
  }

  get chapter(): Chapter | null {
    return this.chapters[this.index] ?? null;
  }

  get mode(): 'story' | 'exploring' {
    return this.#machine.snapshot.matches('exploring') ? 'exploring' : 'story';
  }

  get seen(): ReadonlySet<string> {
    return this.#seen;
  }

  get answers(): readonly Answered[] {
    return this.#answers;
  }

  get gate(): Gate | null {
    const { snapshot } = this.#machine;
    const phase = (['asking', 'looking', 'answered'] as const).find((each) =>
      snapshot.matches({ story: each }),
    );
    if (phase === undefined) return null;
    const { guess, evidence, right } = snapshot.context;
    return { phase, guess, evidence, right };
  }

  /** Is a part of the map to be pressed as an answer. */
  get picking(): boolean {
    const { gate, chapter } = this;
    return gate?.phase === 'asking' && chapter?.prediction?.question.kind === 'part';
  }

  next(): void {
    this.#machine.send({ type: 'NEXT' });
  }

  back(): void {
    this.#machine.send({ type: 'BACK' });
  }

  goTo(id: string): void {
    this.#machine.send({ type: 'GO', index: this.chapters.findIndex((each) => each.id === id) });
  }

  resume(): void {
    this.#machine.send({ type: this.index < 0 ? 'NEXT' : 'RESUME' });
  }

  choose(guess: Guess): void {
    this.#machine.send({ type: 'CHOOSE', guess });
  }

  answer(): void {
    this.#machine.send({ type: 'ANSWER' });
  }

  again(): void {
    this.#machine.send({ type: 'AGAIN' });
  }

  witness(n: number): void {
    const { evidence } = this.#machine.snapshot.context;
    const seen = evidence?.witnesses[n];
    if (evidence === null || seen === undefined) return;
    const given = this.chapter?.prediction?.given;
    if (given !== undefined) {
      const title = `If ${given.words}`;
      const branch = { kind: 'inputs', inputs: evidence.inputs, title } as const;
      this.#player.order({ kind: 'compare', branch });
    }
    this.#player.order({ kind: 'seek', to: seen.at });
  }

  save(): void {
    if (this.#scenario === null) return;
    const octets = new TextEncoder().encode(exported(this.#scenario, this.#answers));
    saveFile(`${this.#scenario.slug}-answers.json`, octets, 'application/json');
  }

  #keep(): void {
    const store = this.#store();
    if (store === null || this.#scenario === null) return;
    const chapter = this.chapter?.id ?? null;
    const own = { seen: [...this.#seen], chapter, answers: this.#answers };
    // Another tab may have kept something meanwhile.
    const all = merged(load(store, this.#scenario).progress, own);
    this.#seen = setOf(all.seen);
    this.#answers = all.answers;
    save(store, this.#scenario, all);
  }

  #goTo(index: number): void {
    const chapter = this.chapters[index];
    if (chapter === undefined) return;
    // The story is that of one run.
    if (this.#player.moment?.beside) this.#player.order({ kind: 'compare', branch: null });
    this.#player.order({ kind: 'chapter', id: chapter.id });
  }

  async #foresee(index: number): Promise<void> {
    const { id, prediction } = this.chapters[index] as Chapter;
    const { guess } = this.#machine.snapshot.context;
    const evidence = await this.#player.foresee(id);
    if (evidence === null || guess === null || prediction === undefined) {
      this.#machine.send({ type: 'UNKNOWN' });
      return;
    }
    const { answer } = evidence;
    const right = answer === null ? null : isRight(prediction.question, guess, answer);
    this.#machine.send({ type: 'FORESEEN', evidence, right });
    if (answer === null || right === null) return;
    const answered = { chapter: id, question: prediction.ask, guess, right, answer };
    const last = this.#answers.findLast(({ chapter }) => chapter === id);
    if (JSON.stringify(last) === JSON.stringify(answered)) return;
    this.#answers = [...this.#answers, answered];
    this.#keep();
  }

  /** Where the chapter after this one stops: playing and stepping go no further. */
  #until(): Stand | null {
    const { moment } = this.#player;
    if (moment === null || !this.#machine.snapshot.matches('story')) return null;
    for (const { at, timeNs } of this.reached.slice(this.index + 1))
      if (at !== null && (timeNs > moment.timeNs || compare(at, moment.at) > 0))
        return { at, timeNs };
    return null;
  }

  #ordered(order: Order): void {
    const back = order.kind === 'step' && order.direction === -1;
    if (back || LEAVES.includes(order.kind)) this.#machine.send({ type: 'LEFT' });
  }

  #presented(moment: Moment, order: Order | null): void {
    if (moment.slug !== this.#begunFor) this.#begin(moment);
    if (isChange(order)) this.#change();
    if (!this.#machine.snapshot.matches('story')) return;
    const sent = order?.kind === 'chapter' ? order.id : null;
    const asked = this.chapters.findIndex(({ id }) => id === sent);
    const index = asked >= 0 ? asked : this.#arrivedAt(moment);
    if (index < 0 || (asked < 0 && index === this.index)) return;
    this.#machine.send({ type: 'ARRIVED', index });
    this.#player.pause();
    this.#player.room = this.chapter?.room ?? null;
    this.#arrived();
    this.#answerAgain();
  }

  /** What was found out of the run before is not so in this one. */
  #change(): void {
    this.#changed = true;
    this.#machine.send({ type: 'CHANGED' });
  }

  /** A question that was answered shows what was said; the engine looks for its evidence again. */
  #answerAgain(): void {
    const { context } = this.#machine.snapshot;
    const kept = this.#answers.findLast(({ chapter }) => chapter === this.chapter?.id);
    if (this.#changed || this.gate?.phase !== 'asking') return;
    if (context.guess !== null || kept === undefined) return;
    this.choose(kept.guess);
    this.answer();
  }

  #begin({ slug, atStart }: Moment): void {
    this.#begunFor = slug;
    this.#scenario = this.#scenarios.find((each) => each.slug === slug) ?? null;
    const store = this.#store();
    if (this.#scenario === null) return;
    const kept = store === null ? null : load(store, this.#scenario);
    this.#seen = setOf(kept?.progress.seen ?? []);
    this.#answers = kept?.progress.answers ?? [];
    if (kept?.notice) this.#player.message = kept.notice;
    const { chapters } = this;
    const index = chapters.findIndex(({ id }) => id === kept?.progress.chapter);
    const asks = chapters.map(({ prediction }) => prediction !== undefined);
    this.#machine.send({ type: 'OPENED', asks, index, atStart });
    const { snapshot } = this.#machine;
    if (snapshot.matches('story') && !snapshot.matches({ story: 'going' })) this.#arrived();
  }

  /** The chapter is told. Whoever was faster than the engine keeps the room that is open. */
  #arrived(): void {
    const { chapter } = this;
    if (chapter === null) return;
    if (chapter.grain !== undefined) this.#player.setGrain(chapter.grain);
    this.#seen = setOf([...this.#seen, chapter.id]);
    this.#keep();
  }

  /** The chapter, from the present one on, that stops where the playhead stands; -1 when none does. */
  #arrivedAt({ at, timeNs, atEnd }: Moment): number {
    const { index, reached } = this;
    return reached.findLastIndex((each, i) => {
      if (i < index || each.at === null || timeNs < each.timeNs) return false;
      return compare(at, each.at) === 0 || (atEnd && each.timeNs === timeNs);
    });
  }
}
