/** The lines of a run's log that a view has at hand: pages of them, asked for as they come in sight. */
import type { Filter } from '../session/happenings';
import type { HistoryLine, Order, Reply } from '../session/protocol';

export type Ask = (order: Order) => Promise<Reply | null>;
export type Wanted = { readonly filter: Filter; readonly text: string };

/** A page of lines, by its number. */
type Sheet = { readonly page: number; readonly lines: readonly HistoryLine[] };
type Answered = Extract<Reply, { readonly kind: 'lines' }>;

const PAGE_LINES = 64;
/** What lies far from what is in sight is let go of. */
const MOST_PAGES = 8;
/** The run is looked through and played meanwhile: how often it is asked how far. */
const AGAIN_MS = 250;

export class LogBook {
  /** So many pass, as far as is known. */
  total = $state(0);
  /** Index of the last line at or before the playhead; -1 before the first. */
  current = $state(-1);
  /** The whole run was looked through. */
  complete = $state(false);
  /** There was an answer to what is wanted now. */
  told = $state(false);

  readonly #ask: Ask;
  #pages = $state.raw<readonly Sheet[]>([]);
  #wanted: Wanted = { filter: { kinds: null, parts: null }, text: '' };
  #first = 0;
  #end = 1;
  /** Goes up with what is wanted: an answer to what was wanted before is late. */
  #edition = 0;
  #asking = false;
  #stale = true;
  #stopped = false;
  /** Somebody stirred since it was asked last. */
  #again = false;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Null while it is asked for. */
  line(index: number): HistoryLine | null {
    const page = Math.floor(index / PAGE_LINES);
    return this.#linesOf(page)[index - page * PAGE_LINES] ?? null;
  }

  /** Index of that line among those at hand; -1 when it is not there. */
  indexOf(id: string): number {
    for (const { page, lines } of this.#pages) {
      const found = lines.findIndex((line) => line.id === id);
      if (found >= 0) return page * PAGE_LINES + found;
    }
    return -1;
  }

  /** From now on these lines; also when the run is another one. */
  want(wanted: Wanted): void {
    this.#wanted = wanted;
    this.#edition += 1;
    this.told = false;
    this.#stale = true;
    void this.#pump();
  }

  /** These are in sight. */
  show(first: number, end: number): void {
    this.#first = Math.max(0, first);
    this.#end = end;
    void this.#pump();
  }

  /** The playhead has moved, or more of the run is known. Asks at once, then only so often. */
  stir(): void {
    if (this.#timer !== null) {
      this.#again = true;
      return;
    }
    this.#wait();
    this.#stale = true;
    void this.#pump();
  }

  /** One line, wherever it is. */
  async fetch(index: number): Promise<HistoryLine | null> {
    const known = this.line(index);
    if (known !== null) return known;
    const reply = await this.#ask(this.#order(index, 1, 'log line'));
    return reply?.kind === 'lines' ? (reply.lines[0] ?? null) : null;
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #order(offset: number, count: number, view: string): Order {
    return { kind: 'lines', ...this.#wanted, offset, count, view };
  }

  async #pump(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    for (let page = this.#next(); page !== null && !this.#stopped; page = this.#next()) {
      const edition = this.#edition;
      this.#stale = false;
      const reply = await this.#ask(this.#order(page * PAGE_LINES, PAGE_LINES, 'log'));
      if (edition !== this.#edition) continue;
      if (reply?.kind !== 'lines' || !this.#take(page, reply)) break;
    }
    this.#asking = false;
    if (this.complete || this.#stopped) return;
    this.#again = true;
    if (this.#timer === null) this.#wait();
  }

  #wait(): void {
    this.#timer = setTimeout(() => {
      this.#timer = null;
      const again = this.#again;
      this.#again = false;
      if (again) this.stir();
    }, AGAIN_MS);
  }

  /** The page to ask for; null when all that is in sight is at hand and fresh. */
  #next(): number | null {
    const first = Math.floor(this.#first / PAGE_LINES);
    const last = Math.floor(
      Math.max(this.#first, Math.min(this.#end, this.total) - 1) / PAGE_LINES,
    );
    if (!this.told) return first;
    for (let page = first; page <= last; page++) {
      const full = Math.min(PAGE_LINES, this.total - page * PAGE_LINES);
      if (this.#linesOf(page).length < full) return page;
    }
    return this.#stale ? first : null;
  }

  /** False when it brought nothing that was missing. */
  #take(page: number, { lines, total, current, complete }: Answered): boolean {
    const before = this.told ? this.#linesOf(page).length : -1;
    const others = this.told ? this.#pages.filter((sheet) => sheet.page !== page) : [];
    const near = others.toSorted((a, b) => Math.abs(a.page - page) - Math.abs(b.page - page));
    this.#pages = [{ page, lines }, ...near.slice(0, MOST_PAGES - 1)];
    [this.total, this.current, this.complete, this.told] = [total, current, complete, true];
    return lines.length > before || lines.length >= Math.min(PAGE_LINES, total - page * PAGE_LINES);
  }

  #linesOf(page: number): readonly HistoryLine[] {
    return this.#pages.find((sheet) => sheet.page === page)?.lines ?? [];
  }
}
