/**
 * The moment on show: what the components read and call. It owns the engine's worker, plays from
 * frame to frame while the playback machine says so, and asks once a frame for all views.
 */
import {
  START,
  type Answer,
  type Deed,
  type Grain,
  type Position,
  type Query,
} from '../../simulator';
import { reactiveActor } from './actor.svelte';
import { Client, type Hearer } from './client';
import { obey, type Command } from './keyboard';
import { linkIn, urlWith } from './fragment';
import { prefersStillness, saveFile, whenVisible } from './page';
import { headAfter, shareOfStep, shareOfWait, wanted } from './pace';
import { playback, type PlaybackSnapshot } from './playback';
import type { Mark, Moment, Opened, Order, Reply } from './protocol';
import { SPEEDS, type Stop, type Tempo } from './speeds';

type State = 'loading' | 'paused' | 'playing' | 'stepping' | 'scrubbing' | 'failed';

/** What it needs of a client. */
type Engine = Pick<Client, 'send' | 'ask' | 'close'>;
type Pending = { readonly id: number; readonly order: Order };

/** What makes an older message pointless. */
const NEW_DOINGS: ReadonlySet<string> = new Set(['open', 'seek', 'step', 'deed', 'undo']);

/** Longest wall time that one frame is taken to have lasted: a hidden page does not leap. */
const MOST_FRAME_MS = 100;

export class Session {
  /** Null until the engine has answered for the first time. */
  moment = $state.raw<Moment | null>(null);
  marks = $state.raw<readonly Mark[]>([]);
  /** How far the marks go; the rest is still being looked through. */
  markedToNs = $state(0);
  /** What was refused last, in a sentence; null when nothing was since the last thing that worked. */
  message = $state<string | null>(null);
  /** Path of the part whose room is open; goes into the link and comes out of it. */
  room = $state<string | null>(null);
  /** Nothing may move by itself (prefers-reduced-motion). */
  still = $state(false);

  readonly #slug: string;
  readonly #startClient: (hearer: Hearer) => Engine;
  readonly #machine = reactiveActor(playback);
  #questions: Readonly<Record<string, Query>> = {};
  #client: Engine | null = null;
  /** Orders that a moment will answer, oldest first. */
  #pending: Pending[] = [];
  /** Is there a question that no order has carried yet. */
  #curious = false;
  #frame = 0;
  #clockMs = 0;
  #cleanups: (() => void)[] = [];
  /** Wall time for which the step on show has been shown, ms. */
  #shownMs = $state(Infinity);
  /** Where the playhead is between two answers: by time, and while the scrubber is held. */
  #headNs = $state(-1);

  constructor(
    slug: string,
    startClient: (hearer: Hearer) => Engine = (hearer) => new Client(hearer),
  ) {
    this.#slug = slug;
    this.#startClient = startClient;
  }

  /** In the browser, once: starts the engine, at the moment that `hash` links to if it does. */
  start(hash = ''): void {
    const { actor, send } = this.#machine;
    const ordered = actor.on('order', ({ order }) => this.#send(this.#focused(order)));
    const moved = actor.subscribe(() => this.#wake());
    this.#cleanups = [
      () => ordered.unsubscribe(),
      () => moved.unsubscribe(),
      prefersStillness((still) => (this.still = still)),
      whenVisible(() => this.#wake()),
    ];
    const lost = (): void => {
      this.#pending = [];
      this.message = 'The simulator had to be started again.';
      send({ type: 'LOST' });
    };
    const failed = (why: string): void => {
      this.message = why;
      send({ type: 'FAILED', why });
    };
    const heard = (reply: Reply, id: number | null): void => this.#hear(reply, id);
    this.#client = this.#startClient({ heard, lost, failed });
    this.#send({ kind: 'open', slug: this.#slug, link: linkIn(hash) });
  }

  stop(): void {
    this.#client?.close();
    this.#client = null;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
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
    const { moment, state, playback } = this;
    if (this.still || moment === null) return 1;
    if (state === 'stepping') return shareOfStep(playback.context, this.#shownMs);
    if (state !== 'playing') return 1;
    if (this.tempo === 'time') return shareOfWait(moment, this.#headNs);
    return shareOfStep(playback.context, this.#shownMs);
  }

  /** Virtual time that is drawn; a fraction between two answers. -1 before the start. */
  get playheadNs(): number {
    const { moment, state } = this;
    if (moment === null) return -1;
    const runs = state === 'scrubbing' || (state === 'playing' && this.tempo === 'time');
    if (runs) return this.#headNs;
    return moment.fromNs + (moment.timeNs - moment.fromNs) * this.phase;
  }

  play(): void {
    this.#machine.send({ type: 'PLAY' });
  }

  pause(): void {
    const behind = this.playing && this.tempo === 'time';
    this.#machine.send({ type: 'PAUSE' });
    // The engine stands at the last event before the playhead: what is done now is done at it.
    if (behind) this.#send({ kind: 'advance', toNs: Math.floor(this.#headNs) });
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  step(direction: 1 | -1): void {
    this.#machine.send({ type: direction === 1 ? 'STEP_FORWARD' : 'STEP_BACK' });
  }

  seek(to: Position | number): void {
    if (typeof to === 'number') this.#headNs = to;
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
    this.#headNs = this.playheadNs;
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
    this.#headNs = this.playheadNs;
    this.#machine.send({ type: 'TEMPO', tempo });
  }

  do(deed: Deed): void {
    if (this.playing && this.tempo === 'time')
      this.#send({ kind: 'advance', toNs: Math.floor(this.#headNs) });
    this.#machine.send({ type: 'DEED', deed });
  }

  undo(): void {
    this.#machine.send({ type: 'UNDO' });
  }

  /** Carries out a key's command; false when it is not one for the player (`legend`). */
  obey(command: Command): boolean {
    return obey(this, command);
  }

  /** Puts the moment's address on the clipboard. The address, also when that did not work. */
  async copyLink(): Promise<{ readonly url: string; readonly copied: boolean } | null> {
    const reply = await this.#ask({ kind: 'link', room: this.room, grain: this.grain });
    if (reply?.kind !== 'link') return null;
    const url = urlWith(location.href, reply.link);
    const copied = await navigator.clipboard.writeText(url).then(
      () => true,
      () => false,
    );
    return { url, copied };
  }

  /** Saves what came out of a cable up to the playhead as `<slug>-<cable>.pcapng`. */
  async savePcap(cable: string): Promise<boolean> {
    const reply = await this.#ask({ kind: 'pcap', cable });
    if (reply?.kind !== 'pcap') return false;
    saveFile(`${this.#slug}-${cable}.pcapng`, reply.octets, 'application/x-pcapng');
    return true;
  }

  /** From now on every moment answers `query` under `key`. */
  watch(key: string, query: Query): void {
    this.#questions = { ...this.#questions, [key]: query };
    this.#curious = true;
    this.#wake();
  }

  unwatch(key: string): void {
    const rest = Object.entries(this.#questions).filter(([name]) => name !== key);
    this.#questions = Object.fromEntries(rest);
  }

  /** What the moment answers to the question of that key; null while it does not. */
  answer(key: string): Answer | null {
    return this.moment?.answers[key] ?? null;
  }

  dismiss(): void {
    this.message = null;
  }

  async #ask(order: Order): Promise<Reply | null> {
    const reply = (await this.#client?.ask(order)) ?? null;
    if (reply?.kind === 'refused') this.message = reply.why;
    return reply;
  }

  /** Inside a computer's processor, steps are those of that processor. */
  #focused(order: Order): Order {
    const [host, part] = this.room?.split('.') ?? [];
    const within = part === 'cpu' || part === 'control' || part === 'alu';
    if (order.kind !== 'step' || host === undefined || !within) return order;
    return { ...order, host };
  }

  #send(order: Order): void {
    if (this.#client === null) return;
    this.#curious = false;
    const id = this.#client.send(order, this.#questions);
    this.#pending.push({ id, order });
  }

  #hear(reply: Reply, id: number | null): void {
    if (reply.kind === 'marks') {
      this.marks = reply.marks;
      this.markedToNs = reply.doneToNs;
      return;
    }
    const order = this.#pending.find((each) => each.id === id)?.order ?? null;
    if (id !== null) this.#pending = this.#pending.filter((each) => each.id > id);
    if (reply.kind === 'moment') this.#present(reply.moment, reply.opened, order);
    else if (reply.kind === 'refused') {
      this.message = reply.why;
      this.#machine.send({ type: 'REFUSED' });
    }
    this.#wake();
  }

  #present(moment: Moment, opened: Opened | null, order: Order | null): void {
    // A moment that nobody ordered is the one from before the engine had to be started again.
    const kind = order?.kind ?? 'reopen';
    const forward = order?.kind === 'step' && order.direction === 1;
    if (kind !== 'look') this.#shownMs = forward ? 0 : Infinity;
    // The playhead runs on by itself by time, and follows the finger on the scrubber.
    const leads = kind === 'look' || kind === 'advance' || this.state === 'scrubbing';
    this.#headNs = leads ? Math.max(this.#headNs, moment.timeNs) : moment.timeNs;
    this.moment = moment;
    const { atStart, atEnd } = moment;
    this.#machine.send({ type: 'MOMENT', atStart, atEnd });
    if (NEW_DOINGS.has(kind)) this.message = null;
    if (this.state === 'loading') this.#opened(opened);
  }

  #opened(opened: Opened | null): void {
    if (opened !== null) {
      this.message = opened.notice;
      this.room = opened.room ?? this.room;
    }
    this.#machine.send({ type: 'OPENED', grain: opened?.grain ?? null });
  }

  /** Sees to it that the next frame is drawn, when there is something to do in it. */
  #wake(): void {
    if (this.#frame !== 0 || this.#client === null || !this.#restless()) return;
    this.#clockMs = performance.now();
    this.#frame = requestAnimationFrame((nowMs) => this.#draw(nowMs));
  }

  #restless(): boolean {
    if (typeof document === 'undefined' || document.hidden) return false;
    const { value } = this.#machine.actor.getSnapshot();
    return this.#curious || value === 'playing' || value === 'stepping';
  }

  #draw(nowMs: number): void {
    this.#frame = 0;
    const elapsedMs = Math.min(MOST_FRAME_MS, Math.max(0, nowMs - this.#clockMs));
    this.#show(elapsedMs);
    if (this.#curious && this.#pending.length === 0) this.#send({ kind: 'look' });
    this.#wake();
    this.#clockMs = nowMs;
  }

  /** One frame of playing, or of one step by hand. */
  #show(elapsedMs: number): void {
    const { moment } = this;
    const { value, context } = this.#machine.actor.getSnapshot();
    if (moment === null || this.#pending.length > 0) return;
    this.#shownMs += elapsedMs;
    if (value === 'stepping') {
      if (this.still || shareOfStep(context, this.#shownMs) >= 1)
        this.#machine.send({ type: 'SHOWN' });
      return;
    }
    if (value !== 'playing') return;
    if (context.tempo === 'time')
      this.#headNs = headAfter(context, this.#headNs, elapsedMs, moment);
    const frame = { moment, pace: context, grain: context.grain };
    const order = wanted({ ...frame, shownMs: this.#shownMs, headNs: this.#headNs });
    if (order === 'end') this.#machine.send({ type: 'END' });
    else if (order !== null) this.#send(order);
  }
}
