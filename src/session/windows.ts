/**
 * A stretch of the run's history: each thing in it, or where there are too many, how many depart in
 * each column of the drawing. What is under way at an edge is in it.
 */
import { compare, endOf, step as steps, type Move, type Note, type Sink } from '../../simulator';
import { happeningOf, type Details, type Surveyed } from './details';
import { fits, passing } from './filter';
import type { Density, Filter, Happening, Window } from './happenings';
import type { Inquiry } from './protocol';
import { endsOf, spanOf, type Records, type Segment } from './records';
import type { Work } from './running';

type Wanted = Extract<Inquiry, { kind: 'window' }>;
type Span = { readonly fromNs: number; readonly toNs: number };
type Take = (of: Segment, index: number, departNs: number) => void;

/** What happens inside the parts is shown of stretches up to this long. */
export const MOST_FINE_NS = 1_000_000;
const MOST_EACH = 5_000;
const MOST_COLUMNS = 4_096;
/** Pairs of parts with a row of their own. */
const MOST_ROWS = 256;
const SEGMENTS_AT_ONCE = 4;
const SLICE_STEPS = 64;

/** Takes what lies in the span, at least in part, and passes. */
function* inSpan(records: Records, passes: Uint8Array, span: Span, take: Take): Work<void> {
  const { fromNs, toNs } = span;
  let looked = 0;
  for (const of of records.segments) {
    if ((of.timeNs[0] as number) > toNs) break;
    if (of.untilNs < fromNs) continue;
    for (let index = 0; index < of.records; index++) {
      if (passes[of.shape[index] as number] !== 1) continue;
      const departNs = records.departNs(of, index);
      if (departNs > toNs || records.arriveNs(of, index) < fromNs) continue;
      take(of, index, departNs);
    }
    looked += 1;
    if (looked % SEGMENTS_AT_ONCE === 0) yield;
  }
}

const lies = ({ fromNs, toNs }: Span, departNs: number, arriveNs: number): boolean =>
  departNs <= toNs && arriveNs >= fromNs;

type Row = { readonly from: string; readonly to: string; total: number; counts: number[] };

const hostOf = (path: string): string => path.split('.', 1)[0] ?? '';

/** The pair of parts that a record is counted for: of hosts and cables where there are very many. */
function rowsOf(
  { shapes }: Records,
  numbers: ReadonlySet<number>,
  columns: number,
): (Row | undefined)[] {
  const pairs = new Set(
    [...numbers].map((number) => `${shapes[number]?.from} ${shapes[number]?.to}`),
  );
  const called = pairs.size > MOST_ROWS ? hostOf : (path: string): string => path;
  const rows = new Map<string, Row>();
  const byShape: (Row | undefined)[] = [];
  for (const number of numbers) {
    const { from = '', to = '' } = shapes[number] ?? {};
    const key = `${called(from)} ${called(to)}`;
    const empty = (): number[] => new Array<number>(columns).fill(0);
    const row = rows.get(key) ?? { from: called(from), to: called(to), total: 0, counts: empty() };
    rows.set(key, row);
    byShape[number] = row;
  }
  return byShape;
}

/** The rows with the most in them, and the rest as one without names. */
function gathered(rows: readonly Row[]): Density[] {
  const most = rows.length <= MOST_ROWS ? rows : rows.toSorted((a, b) => b.total - a.total);
  const kept: Density[] = most
    .slice(0, MOST_ROWS)
    .map(({ from, to, counts }) => ({ from, to, counts }));
  const rest = most.slice(MOST_ROWS);
  const [first] = rest;
  if (first === undefined) return kept;
  const counts = first.counts.map((_, column) =>
    rest.reduce((sum, row) => sum + (row.counts[column] as number), 0),
  );
  return [...kept, { from: '', to: '', counts }];
}

export class Windows {
  readonly #survey: Surveyed;
  readonly #details: Details;

  constructor(survey: Surveyed, details: Details) {
    this.#survey = survey;
    this.#details = details;
  }

  *window(wanted: Wanted): Work<Window> {
    const { fromNs, filter } = wanted;
    const toNs = Math.max(fromNs, wanted.toNs);
    const span = { fromNs, toNs };
    const most = Math.min(wanted.most, MOST_EACH);
    const { doneToNs } = this.#survey;
    const close = wanted.fine && toNs - fromNs <= MOST_FINE_NS && toNs <= doneToNs;
    const inside = close ? yield* this.#fine(span, filter, most) : null;
    const told = { ...span, filter, doneToNs };
    if (inside !== null)
      return { ...told, total: inside.length, each: inside, density: null, fine: true };
    const { total, indexes, shapes } = yield* this.#coarse(span, filter, most);
    if (total <= most) {
      const each = yield* this.#details.each(indexes);
      return { ...told, total, each, density: null, fine: false };
    }
    const density = yield* this.#density(span, shapes, wanted.columns);
    return { ...told, total, each: null, density, fine: false };
  }

  /** How many there are, the first of them, and which shapes they have. */
  *#coarse(
    span: Span,
    filter: Filter,
    most: number,
  ): Work<{ total: number; indexes: number[]; shapes: Set<number> }> {
    const { records } = this.#survey;
    const found = { total: 0, indexes: [] as number[], shapes: new Set<number>() };
    yield* inSpan(records, passing(records.shapes, filter, 'all'), span, (of, index) => {
      found.total += 1;
      found.shapes.add(of.shape[index] as number);
      if (found.indexes.length < most) found.indexes.push(of.first + index);
    });
    return found;
  }

  *#density({ fromNs, toNs }: Span, shapes: ReadonlySet<number>, asked: number): Work<Density[]> {
    const { records } = this.#survey;
    const columns = Math.max(1, Math.min(Math.floor(asked), MOST_COLUMNS));
    const rows = rowsOf(records, shapes, columns);
    const passes = Uint8Array.from(records.shapes, (_, number) => Number(shapes.has(number)));
    const perNs = columns / Math.max(1, toNs - fromNs);
    yield* inSpan(records, passes, { fromNs, toNs }, (of, index, departNs) => {
      const row = rows[of.shape[index] as number] as Row;
      const column = Math.floor((departNs - fromNs) * perNs);
      const within = Math.max(0, Math.min(column, columns - 1));
      row.total += 1;
      row.counts[within] = (row.counts[within] as number) + 1;
    });
    return gathered([...new Set(rows)].filter((row) => row !== undefined));
  }

  /** What happens inside the parts too; null when that is too much. */
  *#fine(span: Span, filter: Filter, most: number): Work<readonly Happening[] | null> {
    const { records } = this.#survey;
    const from = endOf(span.fromNs - 1);
    const under: number[] = [];
    yield* inSpan(records, passing(records.shapes, filter, 'all'), span, (of, index) => {
      if (compare(records.position(of, index), from) <= 0) under.push(of.first + index);
    });
    if (under.length > most) return null;
    const before = yield* this.#details.each(under);
    yield* this.#details.reach(from);
    const within = yield* this.#closely(span, filter, most - before.length);
    return within === null ? null : [...before, ...within];
  }

  /** From where the world is, instruction by instruction. */
  *#closely(span: Span, filter: Filter, most: number): Work<readonly Happening[] | null> {
    const { run } = this.#details;
    const seen: Happening[] = [];
    const take = (each: Move | Note): void => {
      const [from, to] = endsOf(each);
      if (!fits(filter, { kind: each.kind, from, to }) || !lies(span, ...spanOf(each))) return;
      if (seen.length <= most) seen.push(happeningOf(each, this.#details.names));
    };
    const sink: Sink = { fine: true, move: take, note: take };
    for (let done = 0; seen.length <= most; done++) {
      // Whoever works on this world while this waits is not to tell this.
      if (done > 0 && done % SLICE_STEPS === 0) {
        const { at } = run.world;
        yield;
        yield* this.#details.reach(at);
      }
      run.world.see.sink = sink;
      const stepped = steps.forward(run, 'instruction', endOf(span.toNs), 1);
      run.world.see.sink = null;
      if (stepped === 'end') return seen;
    }
    return null;
  }
}
