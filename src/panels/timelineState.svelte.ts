/**
 * The timeline's own state: which lanes, which stretch, what of it; and what the engine last said of
 * that. It never changes the moment on show but by the session.
 */
import { pickedHappening } from '../session/picked';
import type { Selecting } from '../session/selection.svelte';
import { lanesOf, type Lane, type LanesBy, type Wiring } from '../layout/lanes';
import { piecesOf, type Span } from '../layout/timelineAxis';
import {
  brushed,
  centred,
  isWhole,
  panned,
  refitted,
  wholeOf,
  zoomed,
  type Run,
} from '../layout/timelineWindow';
import { placeOf } from '../layout/timelineScene';
import type { Position } from '../../simulator';
import type { Filter, Happening } from '../session/happenings';
import type { Mark } from '../session/protocol';
import { foundIn, heapsOf, silencesIn, type Ask, type Found, type Heap } from './timelineAsk';
import {
  DETAIL_GROUPS,
  detailOf,
  GROUPS,
  kindsOf,
  toggled,
  USUAL,
  type Detail,
  type Group,
} from './timelineKinds';

/** What of the session the timeline reads and calls. */
export type TimelineSession = {
  readonly playheadNs: number;
  readonly marks: readonly Mark[];
  readonly markedToNs: number;
  readonly runId: number;
  readonly selection: Selecting;
  readonly ask: Ask;
  readonly seek: (to: Position | number) => void;
};

export type World = { readonly wiring: Wiring; readonly endsAtNs: number };

const KEPT_PART = 0.15;
/** So many lanes nobody sees at once. */
const MANY_LANES = 48;

export class TimelineState {
  by = $state<LanesBy>('hosts');
  /** Is long silence folded. */
  folding = $state(true);
  /** What happens inside the parts too. */
  fine = $state(false);
  groups = $state.raw<ReadonlySet<Group>>(USUAL);
  /** Paths; null: all. */
  parts = $state.raw<readonly string[] | null>(null);
  /** Null until it was answered. */
  found = $state.raw<Found | null>(null);
  /** How much of what passes the filter is where in the whole run. */
  overview = $state.raw<readonly Heap[]>([]);
  silences = $state.raw<readonly Span[]>([]);
  kinds = $state.raw<readonly { readonly kind: string; readonly count: number }[]>([]);
  paths = $state.raw<readonly string[]>([]);
  /** Hosts and cables whose lanes are in sight, when there are very many; null: all. */
  sight = $state.raw<readonly string[] | null>(null);
  /** Pixels, for columns. */
  width = $state(800);
  readonly place = $derived.by(() => placeOf(this.by, this.#world().wiring));
  readonly lanes = $derived.by((): readonly Lane[] => {
    const seen = this.fine ? (this.found?.each ?? []) : [];
    const paths = [...this.paths, ...seen.flatMap(({ from, to }) => [from, to])];
    return lanesOf(this.#world().wiring, this.by, paths, this.parts);
  });
  /** Null: the whole run, however long it gets. */
  #span = $state.raw<Span | null>(null);
  readonly #session: TimelineSession;
  readonly #world: () => World;

  constructor(session: TimelineSession, world: () => World) {
    this.#session = session;
    this.#world = world;
  }

  get run(): Run {
    const { endsAtNs } = this.#world();
    return { endsAtNs, gaps: this.folding ? this.silences : [] };
  }

  get window(): Span {
    return this.#span === null ? wholeOf(this.run) : refitted(this.run, this.#span);
  }

  get whole(): boolean {
    return isWhole(this.run, this.window);
  }

  get filter(): Filter {
    const known = this.kinds.map(({ kind }) => kind);
    return {
      kinds: this.fine ? this.#fineKinds : kindsOf(this.groups, known),
      parts: this.parts ?? this.sight,
    };
  }

  /** The detail whose groups are chosen; null when they are a choice of one's own. */
  get detail(): Detail | null {
    if (this.fine) return 'inside';
    return detailOf(this.groups);
  }

  detailed(detail: Detail): void {
    this.fine = detail === 'inside';
    this.groups = DETAIL_GROUPS[detail];
  }

  toggle(group: Group): void {
    this.fine = false;
    this.groups = toggled(this.groups, group);
  }

  only(parts: readonly string[] | null): void {
    this.parts = parts !== null && parts.length > 0 ? parts : null;
  }

  zoom(factor: number, aroundNs?: number): void {
    const { fromNs, toNs } = this.window;
    const head = this.#session.playheadNs;
    const shown = head >= fromNs && head <= toNs ? head : (fromNs + toNs) / 2;
    this.#look(zoomed(this.run, this.window, aroundNs ?? shown, factor));
  }

  pan(share: number): void {
    this.#look(panned(this.run, this.window, share));
  }

  brush(oneNs: number, otherNs: number): void {
    this.#look(brushed(this.run, oneNs, otherNs));
  }

  centre(timeNs: number, share = 0.5): void {
    this.#look(centred(this.run, this.window, timeNs, share));
  }

  /** Goes there unless it is in the window. */
  show(timeNs: number): void {
    const { fromNs, toNs } = this.window;
    if (timeNs < fromNs || timeNs > toNs) this.centre(timeNs);
  }

  all(): void {
    this.#span = null;
  }

  /** The playhead went from one time to another: does the window go along. */
  follow(wasNs: number, isNs: number): void {
    const { fromNs, toNs } = this.window;
    const within = (timeNs: number): boolean => timeNs >= fromNs && timeNs <= toNs;
    if (within(Math.max(0, wasNs)) && !within(Math.max(0, isNs))) this.centre(isNs, KEPT_PART);
  }

  pick(happening: Happening): void {
    this.#session.selection.pick(pickedHappening(happening));
    this.#session.seek(happening.at);
  }

  hint(happening: Happening | null): void {
    this.#session.selection.hint(happening === null ? null : pickedHappening(happening));
  }

  /** These hosts and cables can be seen: of very many lanes no others are asked for. */
  see(owners: readonly string[]): void {
    const sight = this.lanes.length > MANY_LANES ? owners : null;
    if (sight?.join() !== this.sight?.join()) this.sight = sight;
  }

  /** Asks for what is in the window; what was found before stays until that is answered. */
  async look(): Promise<void> {
    const { filter, fine } = this;
    const pieces = piecesOf(this.window, this.run.gaps);
    const columns = Math.max(64, Math.round(this.width / 3));
    const ask: Ask = (order) => this.#session.ask(order);
    const found = await foundIn(ask, { pieces, filter, fine, columns, view: 'timeline' });
    if (found !== null) this.found = found;
  }

  /** Asks where in the whole run how much is. */
  async survey(): Promise<void> {
    const pieces = piecesOf(wholeOf(this.run), this.run.gaps);
    const columns = Math.max(64, Math.round(this.width / 4));
    const ask: Ask = (order) => this.#session.ask(order);
    const asked = { pieces, filter: this.filter, fine: false, columns, view: 'timeline whole' };
    const found = await foundIn(ask, asked);
    if (found !== null) this.overview = heapsOf(found);
  }

  /** What the filter can name, and where silence is long. */
  async learn(): Promise<void> {
    const ask: Ask = (order) => this.#session.ask(order);
    const { marks, markedToNs } = this.#session;
    const { endsAtNs } = this.#world();
    const reply = await ask({ kind: 'kinds', view: 'timeline' });
    if (reply?.kind === 'kinds') {
      this.kinds = reply.kinds;
      this.paths = reply.parts.map(({ path }) => path);
    }
    if (markedToNs < endsAtNs) {
      this.silences = [];
      return;
    }
    const timesNs = marks.map(({ timeNs }) => timeNs).toSorted((a, b) => a - b);
    const silences = await silencesIn(ask, timesNs, endsAtNs);
    if (silences !== null) this.silences = silences;
  }

  /** Kinds inside the parts are not known beforehand: either all groups, or those chosen. */
  get #fineKinds(): string[] | null {
    return this.groups.size === GROUPS.length ? null : kindsOf(this.groups, []);
  }

  #look(span: Span): void {
    this.#span = isWhole(this.run, span) ? null : span;
  }
}
