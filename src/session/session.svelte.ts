/**
 * The moment on show: what the components read and call. It owns the engine's worker, plays from
 * frame to frame while the playback machine says so, and asks once a frame for all views.
 */
import {
  START,
  type Answer,
  type AssemblyError,
  type Deed,
  type Grain,
  type Position,
  type Query,
} from '../../simulator';
import { reactiveActor } from './actor.svelte';
import { undoOf } from './change';
import { Client } from './client';
import type { Companion } from './companion';
import { Conversation, without, type StartClient } from './conversation';
import { obey, type Command } from './keyboard';
import { linkIn, urlWith } from './fragment';
import { Frames } from './frames';
import { focused, limited, NO_DOINGS, OTHER_RUN } from './ordered';
import { copied, prefersStillness, saveFile, whenVisible } from './page';
import { shareOfStep, wanted } from './pace';
import { playback, type PlaybackEvent, type PlaybackSnapshot } from './playback';
import { Playhead } from './playhead.svelte';
import type { Evidence, Mark, Moment, Opened, Order, Questions, Reached, Reply } from './protocol';
import { Selection } from './selection.svelte';
import { SPEEDS, type Stop, type Tempo } from './speeds';
import type { View } from './view';

type State = 'loading' | 'paused' | 'playing' | 'stepping' | 'scrubbing' | 'failed';

export class Session {
  /** Null until the engine has answered for the first time. */
  moment = $state.raw<Moment | null>(null);
  marks = $state.raw<readonly Mark[]>([]);
  /** How far the marks go; the rest is still being looked through. */
  markedToNs = $state(0);
  /** Goes up whenever the run is another one: what was asked of its history is asked again. */
  runId = $state(0);
  /** Where the chapters stop, as far as is known. */
  reached = $state.raw<readonly Reached[]>([]);
  /** What was refused last, in a sentence; null when nothing was since the last thing that worked. */
  message = $state<string | null>(null);
  /** Path of the part whose room is open; goes into the link and comes out of it. */
  room = $state<string | null>(null);
  /** Where the stage looks; null: at everything. Goes into the link and comes out of it. */
  view = $state.raw<View | null>(null);
  /** The stage goes where the step happens when that is out of its sight. */
  follow = $state(false);
  /** Nothing may move by itself (prefers-reduced-motion). */
  still = $state(false);
  /** The move or note that stage, timeline and log point at together. */
  readonly selection = new Selection();

  readonly #slug: string;
  readonly #startClient: StartClient;
  readonly #machine = reactiveActor(playback);
  #engine: Conversation | null = null;
  /** Also before there is an engine. */
  #questions: Questions = {};
  #companion: Companion | null = null;
  #cleanups: (() => void)[] = [];
  readonly #head = new Playhead();
  readonly #frames = new Frames(
    (elapsedMs) => this.#draw(elapsedMs),
    () => this.#restless(),
  );

  constructor(slug: string, startClient: StartClient = (hearer) => new Client(hearer)) {
    this.#slug = slug;
    this.#startClient = startClient;
  }

  /** In the browser, once: starts the engine, at the moment that `hash` links to if it does. */
  start(hash = ''): void {
    const { actor } = this.#machine;
    const ordered = actor.on('order', ({ order }) =>
      this.#send(focused(order, this.room ?? this.view?.part ?? null)),
    );
    const moved = actor.subscribe(() => this.#frames.wake());
    this.#cleanups = [
      () => ordered.unsubscribe(),
      () => moved.unsubscribe(),
      prefersStillness((still) => (this.still = still)),
      whenVisible(() => this.#frames.wake()),
    ];
    this.#engine = new Conversation(this.#startClient, () => this.#questions, {
      heard: (reply, order) => this.#hear(reply, order),
      lost: () => this.#gone('The simulator had to be started again.', { type: 'LOST' }),
      failed: (why) => this.#gone(why, { type: 'FAILED', why }),
    });
    this.#send({ kind: 'open', slug: this.#slug, link: linkIn(hash) });
  }

  /** Before it is started. */
  accompany(companion: Companion): void {
    this.#companion = companion;
  }

  stop(): void {
    this.#engine?.close();
    this.#engine = null;
    this.#frames.stop();
    for (const cleanup of this.#cleanups) cleanup();
    this.#cleanups = [];
  }

  /** Snapshot of the playback machine. */
  get playback(): PlaybackSnapshot {
    return this.#machine.snapshot;
  }

  get state(): State {
    return this.playback.value;
  }

  get playing(): boolean {
    return this.state === 'playing';
  }

  get grain(): Grain {
    return this.playback.context.grain;
  }

  get grains(): readonly Grain[] {
    return this.moment?.grains ?? [this.grain];
  }

  get tempo(): Tempo {
    return this.playback.context.tempo;
  }

  /** The stops of the speed control at this tempo. */
  get speeds(): readonly Stop[] {
    return SPEEDS[this.tempo];
  }

  /** Index of the stop at which it stands. */
  get speed(): number {
    return this.playback.context.stops[this.tempo];
  }

  /** How far the step on show has been shown, 0 to 1; 1 when nothing plays or may move. */
  get phase(): number {
    return this.#head.phase(this);
  }

  /** Virtual time that is drawn; a fraction between two answers. -1 before the start. */
  get playheadNs(): number {
    return this.#head.timeNs(this);
  }

  play(): void {
    this.#machine.send({ type: 'PLAY' });
  }

  pause(): void {
    const behind = this.playing && this.tempo === 'time';
    this.#machine.send({ type: 'PAUSE' });
    // The engine stands at the last event before the playhead: what is done now is done at it.
    if (behind) this.#send({ kind: 'advance', toNs: Math.floor(this.#head.headNs) });
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  step(direction: 1 | -1): void {
    this.#machine.send({ type: direction === 1 ? 'STEP_FORWARD' : 'STEP_BACK' });
  }

  seek(to: Position | number): void {
    if (typeof to === 'number') this.#head.headNs = to;
    this.#machine.send({ type: 'SEEK', to });
  }

  toStart(): void {
    this.seek(START);
  }

  toEnd(): void {
    this.seek(this.moment?.endsAtNs ?? 0);
  }

  /** The scrubber was taken, moved, let go. */
  scrubStart(): void {
    this.#head.headNs = this.playheadNs;
    this.#machine.send({ type: 'SCRUB_START' });
  }

  scrub(timeNs: number): void {
    this.seek(Math.round(timeNs));
  }

  scrubEnd(): void {
    this.#machine.send({ type: 'SCRUB_END' });
  }

  setGrain(grain: Grain): void {
    this.#machine.send({ type: 'GRAIN', grain });
  }

  /** To the stop of this index, or to the nearest that there is. */
  setSpeed(stop: number): void {
    this.#machine.send({ type: 'SPEED', stop });
  }

  setTempo(tempo: Tempo): void {
    this.#head.headNs = this.playheadNs;
    this.#machine.send({ type: 'TEMPO', tempo });
  }

  do(deed: Deed): void {
    if (this.playing && this.tempo === 'time')
      this.#send({ kind: 'advance', toNs: Math.floor(this.#head.headNs) });
    this.#machine.send({ type: 'DEED', deed });
  }

  /** The last change, or that of the moment's `inputs` with this index. */
  undo(input?: number): void {
    if (input === undefined) this.#machine.send({ type: 'UNDO' });
    else this.order(undoOf(this.moment?.inputs ?? [], input));
  }

  /** What is done once, with time standing still: to a chapter, a knob, a comparison. */
  order(order: Order): void {
    this.#machine.send({ type: 'ORDER', order });
  }

  /** What will come of that chapter's question; null when it was refused, which `message` tells. */
  async foresee(id: string): Promise<Evidence | null> {
    const reply = await this.ask({ kind: 'foresee', id });
    return reply?.kind === 'evidence' ? reply.evidence : null;
  }

  /** Carries out a key's command; false when it is not one for the player (`legend`). */
  obey(command: Command): boolean {
    return obey(this, command);
  }

  /** Puts the moment's address on the clipboard. The address, also when that did not work. */
  async copyLink(): Promise<{ readonly url: string; readonly copied: boolean } | null> {
    const { room, grain, view } = this;
    const reply = await this.ask({ kind: 'link', room, grain, ...(view && { view }) });
    if (reply?.kind !== 'link') return null;
    const url = urlWith(location.href, reply.link);
    return { url, copied: await copied(url) };
  }

  /** Saves what came out of a cable up to the playhead as `<slug>-<cable>.pcapng`. */
  async savePcap(cable: string): Promise<boolean> {
    const reply = await this.ask({ kind: 'pcap', cable });
    if (reply?.kind !== 'pcap') return false;
    const slug = this.moment?.slug ?? this.#slug;
    saveFile(`${slug}-${cable}.pcapng`, reply.octets, 'application/x-pcapng');
    return true;
  }

  /**
   * Assembles `source` for `host` and runs it from the start. Empty when it runs; else what the
   * assembler says, or null when it was refused, which `message` tells. Then nothing has changed.
   */
  async program(host: string, source: string): Promise<readonly AssemblyError[] | null> {
    this.pause();
    const order: Order = { kind: 'program', host, source };
    const reply = await this.ask(order);
    if (reply?.kind === 'errors') return reply.errors;
    if (reply?.kind !== 'moment') return null;
    // Nobody sent it, so that the lesson has not heard of it: it is another run now.
    this.#companion?.ordered(order);
    this.#present(reply.moment, null, order);
    return [];
  }

  /** From now on every moment answers `query` under `key`. */
  watch(key: string, query: Query): void {
    this.#questions = { ...this.#questions, [key]: query };
    this.#engine?.wonder();
    this.#frames.wake();
  }

  unwatch(key: string): void {
    this.#questions = without(this.#questions, key);
  }

  /** What the moment answers to the question of that key; null while it does not. */
  answer(key: string): Answer | null {
    return this.moment?.answers[key] ?? null;
  }

  dismiss(): void {
    this.message = null;
  }

  /** Answered apart from the moments; null when it was refused, superseded or never asked. */
  async ask(order: Order): Promise<Reply | null> {
    const reply = (await this.#engine?.ask(order)) ?? null;
    if (reply?.kind === 'refused') this.message = reply.why;
    return reply?.kind === 'superseded' ? null : reply;
  }

  #send(order: Order): void {
    this.#engine?.send(limited(order, this.#companion?.until() ?? null));
    this.#companion?.ordered(order);
  }

  #hear(reply: Reply, order: Order | null): void {
    if (reply.kind === 'marks') {
      this.marks = reply.marks;
      this.markedToNs = reply.doneToNs;
      return;
    }
    if (reply.kind === 'chapters') this.reached = reply.reached;
    else if (reply.kind === 'moment') this.#present(reply.moment, reply.opened, order);
    else if (reply.kind === 'refused') {
      this.message = reply.why;
      this.#machine.send({ type: 'REFUSED' });
      this.#companion?.refused(order);
    }
    this.#frames.wake();
  }

  #gone(why: string, event: PlaybackEvent): void {
    this.message = why;
    this.#machine.send(event);
  }

  #present(moment: Moment, opened: Opened | null, order: Order | null): void {
    // A moment that nobody ordered is the one from before the engine had to be started again.
    const kind = order?.kind ?? 'reopen';
    const forward = order?.kind === 'step' && order.direction === 1;
    // The playhead runs on by itself by time, and follows the finger on the scrubber.
    const leads = kind === 'look' || kind === 'advance' || this.state === 'scrubbing';
    const shownMs = kind === 'look' ? null : forward ? 0 : Infinity;
    this.#head.arrive(moment, { leads, shownMs });
    this.moment = moment;
    const { atStart, atEnd } = moment;
    this.#machine.send({ type: 'MOMENT', atStart, atEnd });
    if (order !== null && !NO_DOINGS.includes(order.kind)) this.message = null;
    if (this.state === 'loading') this.#opened(opened);
    this.#shown(moment, order);
  }

  #shown(moment: Moment, order: Order | null): void {
    // Nobody orders the one after the engine had to be started again.
    if (order === null || OTHER_RUN.includes(order.kind)) {
      this.runId += 1;
      this.selection.clear();
    }
    // A broken law stops time: whoever looks on sees what broke it, not what came of it.
    if (moment.broken !== null && this.playing) this.pause();
    this.#companion?.presented(moment, order);
  }

  #opened(opened: Opened | null): void {
    if (opened !== null) {
      this.message = opened.notice;
      this.room = opened.room ?? this.room;
      this.view = opened.view ?? this.view;
    }
    this.#machine.send({ type: 'OPENED', grain: opened?.grain ?? null });
  }

  #restless(): boolean {
    if (this.#engine === null) return false;
    const { value } = this.#machine.actor.getSnapshot();
    // An engine that failed answers nothing that could be waited for.
    if (value === 'failed') return false;
    return this.#engine.curious || value === 'playing' || value === 'stepping';
  }

  #draw(elapsedMs: number): void {
    this.#show(elapsedMs);
    if (this.#engine?.curious === true && !this.#engine.waiting) this.#send({ kind: 'look' });
  }

  /** One frame of playing, or of one step by hand. */
  #show(elapsedMs: number): void {
    const { moment } = this;
    const snapshot = this.#machine.actor.getSnapshot();
    if (moment === null || this.#engine?.waiting !== false) return;
    this.#head.pass(elapsedMs, moment, snapshot);
    const { value, context } = snapshot;
    const { shownMs, headNs } = this.#head;
    if (value === 'stepping') {
      if (this.still || shareOfStep(context, shownMs) >= 1) this.#machine.send({ type: 'SHOWN' });
      return;
    }
    if (value !== 'playing') return;
    const order = wanted({ moment, pace: context, grain: context.grain, shownMs, headNs });
    if (order === 'end') this.#machine.send({ type: 'END' });
    else if (order !== null) this.#send(order);
  }
}
