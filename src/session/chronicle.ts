/**
 * Answers what is asked of a run's whole history, out of the survey's records and by running
 * stretches again beside the moment on show, which none of this changes.
 */
import type { Position, Scenario } from '../../simulator';
import { Details, type Surveyed } from './details';
import { FileOfLines } from './export';
import type { Filter, Happening, Series } from './happenings';
import { Lines } from './lines';
import { namesOf } from './names';
import type { HistoryLine, Inquiry, Reply } from './protocol';
import type { Work } from './running';
import { Search } from './search';
import { Windows } from './windows';

/** What it needs of the engine whose run it tells of. */
export type Told = {
  readonly scenario: Scenario;
  readonly survey: Surveyed & { readonly sampler: { readonly series: readonly Series[] } };
  readonly surveySlice: () => void;
  readonly place: () => { readonly at: Position };
};

type Asked<Kind extends Inquiry['kind']> = Extract<Inquiry, { readonly kind: Kind }>;

const MOST_LINES = 1_000;
const MOST_EXPORTED = 100_000;
const EXPORTED_AT_ONCE = 200;
/** Slices of a search that an answer waits for: a short run is looked through at once. */
const PATIENCE = 400;
/** Lists that are kept for whoever scrolls in them. */
const MOST_LISTS = 4;

const lineOf = (happening: Happening): HistoryLine => {
  const { id, at, from, to, kind, sentence, cause } = happening;
  return { id, at, timeNs: Math.max(0, at.timeNs), part: from, to, kind, sentence, cause };
};

const keyOf = ({ kinds, parts }: Filter, text: string): string =>
  JSON.stringify([kinds?.toSorted() ?? null, parts?.toSorted() ?? null, text.toLowerCase()]);

export class Chronicle {
  readonly #engine: Told;
  readonly #details: Details;
  readonly #windows: Windows;
  /** The latest last. */
  readonly #lists = new Map<string, Lines | Search>();
  #generation: number;

  constructor(engine: Told) {
    const { survey, scenario } = engine;
    this.#engine = engine;
    this.#generation = survey.records.generation;
    this.#details = new Details(survey, namesOf(scenario.world));
    this.#windows = new Windows(survey, this.#details);
  }

  /** The number of the run that it tells of: what was begun for another is begun anew. */
  get generation(): number {
    return this.#engine.survey.records.generation;
  }

  *answer(inquiry: Inquiry): Work<Reply> {
    switch (inquiry.kind) {
      case 'window':
        return { kind: 'window', window: yield* this.#windows.window(inquiry) };
      case 'lines':
        return yield* this.#lines(inquiry);
      case 'export':
        return yield* this.#export(inquiry);
      case 'kinds':
        return this.#kinds();
      case 'series': {
        const { sampler, doneToNs } = this.#engine.survey;
        return { kind: 'series', series: sampler.series, doneToNs };
      }
    }
  }

  /** One slice of the latest search, when nothing else is to be done; false when there is none. */
  proceed(): boolean {
    const search = [...this.#lists.values()].findLast((list) => list instanceof Search);
    if (search === undefined || this.#generation !== this.generation || search.caughtUp)
      return false;
    search.proceed();
    return true;
  }

  *#lines({ filter, text, offset, count }: Asked<'lines'>): Work<Reply> {
    const list = this.#listOf(filter, text);
    const from = Math.max(0, Math.floor(offset));
    const most = Math.min(count, MOST_LINES);
    if (list instanceof Search) yield* waited(list, from + most);
    const { at } = this.#engine.place();
    const { total } = list;
    const current = list.upTo(at) - 1;
    const complete = this.#engine.survey.finished && (list instanceof Lines || list.caughtUp);
    const lines = (yield* this.#details.each(list.page(from, most))).map(lineOf);
    return { kind: 'lines', lines, offset: from, total, current, complete };
  }

  /** Looks the run through to its end first. */
  *#export({ filter, text, as, upToNow }: Asked<'export'>): Work<Reply> {
    const list = this.#listOf(filter, text);
    const { at } = this.#engine.place();
    for (; !this.#engine.survey.finished; yield) this.#engine.surveySlice();
    for (; list instanceof Search && !list.caughtUp && list.total <= MOST_EXPORTED; yield)
      list.proceed();
    const file = new FileOfLines(as);
    const wanted = upToNow ? list.upTo(at) : list.total;
    const most = Math.min(wanted, MOST_EXPORTED);
    while (file.lines < most) {
      const count = Math.min(EXPORTED_AT_ONCE, most - file.lines);
      const each = yield* this.#details.each(list.page(file.lines, count));
      file.add(each.map(lineOf));
    }
    const whole = wanted <= MOST_EXPORTED;
    return { kind: 'export', octets: file.octets(), lines: file.lines, whole };
  }

  #kinds(): Reply {
    const { shapes, counts } = this.#engine.survey.records;
    const kinds = new Map<string, { kind: string; count: number; line: boolean }>();
    const parts = new Map<string, number>();
    for (const [number, { kind, from, to, line }] of shapes.entries()) {
      const count = counts[number] ?? 0;
      if (count === 0) continue;
      const before = kinds.get(kind)?.count ?? 0;
      kinds.set(kind, { kind, line, count: before + count });
      for (const path of new Set([...around(from), ...around(to)]))
        parts.set(path, (parts.get(path) ?? 0) + count);
    }
    return {
      kind: 'kinds',
      kinds: [...kinds.values()].toSorted((a, b) => b.count - a.count),
      parts: [...parts].map(([path, count]) => ({ path, count })),
    };
  }

  #listOf(filter: Filter, text: string): Lines | Search {
    const { survey } = this.#engine;
    if (this.#generation !== this.generation) this.#lists.clear();
    this.#generation = this.generation;
    const key = keyOf(filter, text);
    const list =
      this.#lists.get(key) ??
      (text === ''
        ? new Lines(survey.records, filter)
        : new Search(survey, this.#details, filter, text));
    this.#lists.delete(key);
    this.#lists.set(key, list);
    const [oldest] = this.#lists.keys();
    if (this.#lists.size > MOST_LISTS && oldest !== undefined) this.#lists.delete(oldest);
    return list;
  }
}

/** Until there are so many lines, or for as long as somebody waits gladly. */
function* waited(search: Search, lines: number): Work<void> {
  for (let slices = 0; slices < PATIENCE && search.total < lines && !search.caughtUp; slices++) {
    search.proceed();
    yield;
  }
}

/** `client.nic` lies within `client`. */
const around = (path: string): string[] =>
  path.split('.').map((_, index, names) => names.slice(0, index + 1).join('.'));
