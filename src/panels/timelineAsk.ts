/**
 * What the timeline asks of the run's history: a window in pieces, so that no column is spent on
 * folded silence, and where long silence is.
 */
import { gapsBetween, longSilences, type Span } from '../layout/timelineAxis';
import type { Columns } from '../layout/timelineDensity';
import type { Filter, Happening, Window } from '../session/happenings';
import type { Order, Reply } from '../session/protocol';

export type Ask = (order: Order) => Promise<Reply | null>;

export type Wanted = {
  readonly pieces: readonly Span[];
  readonly filter: Filter;
  readonly fine: boolean;
  /** In a row, over all pieces. */
  readonly columns: number;
  /** Who asks: an answer to it makes an earlier question of the same pointless. */
  readonly view: string;
};

export type Found = {
  readonly total: number;
  /** Null when there are too many to draw each; then `columns` says how many are where. */
  readonly each: readonly Happening[] | null;
  readonly columns: readonly Columns[];
  readonly fine: boolean;
};

/** So many are drawn one by one. */
const MOST_EACH = 1_200;
const MOST_PIECES = 12;

async function windowOf(
  ask: Ask,
  { fromNs, toNs }: Span,
  rest: Pick<Wanted, 'filter' | 'fine' | 'columns'> & { most: number; view: string },
): Promise<Window | null> {
  const reply = await ask({ kind: 'window', fromNs, toNs, ...rest });
  return reply?.kind === 'window' ? reply.window : null;
}

/** Each thing once: what is under way over a fold is in both pieces. */
function joined(windows: readonly Window[]): Happening[] | null {
  const byId = new Map<string, Happening>();
  for (const { each } of windows) {
    if (each === null) return null;
    for (const happening of each) byId.set(happening.id, happening);
  }
  return [...byId.values()];
}

const columnsOf = (windows: readonly Window[]): Columns[] =>
  windows.map(({ fromNs, toNs, density }) => ({ fromNs, toNs, density: density ?? [] }));

/** Few pieces: the first begins and the last ends where all do. */
function fewer(pieces: readonly Span[]): readonly Span[] {
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (pieces.length <= MOST_PIECES || first === undefined || last === undefined) return pieces;
  return [{ fromNs: first.fromNs, toNs: last.toNs }];
}

/** Null when it was superseded or could not be answered. */
export async function foundIn(ask: Ask, wanted: Wanted): Promise<Found | null> {
  const pieces = fewer(wanted.pieces);
  const { filter, fine, view } = wanted;
  const columns = Math.max(16, Math.floor(wanted.columns / Math.max(1, pieces.length)));
  const all = async (most: number): Promise<Window[] | null> => {
    const windows = await Promise.all(
      pieces.map((piece, i) =>
        windowOf(ask, piece, { filter, fine, columns, most, view: `${view} ${i}` }),
      ),
    );
    return windows.includes(null) ? null : (windows as Window[]);
  };
  const sum = (windows: readonly Window[]): number =>
    windows.reduce((total, window) => total + window.total, 0);
  const first = await all(Math.floor(MOST_EACH / Math.max(1, pieces.length)));
  // Some piece has more than its share: perhaps the others have less than theirs.
  const again = first !== null && pieces.length > 1 && joined(first) === null;
  const windows = again ? await all(sum(first) <= MOST_EACH ? MOST_EACH : 0) : first;
  if (windows === null) return null;
  const found = joined(windows);
  const total = found?.length ?? sum(windows);
  const close = windows.every((window) => window.fine);
  return { total, each: found, columns: found === null ? columnsOf(windows) : [], fine: close };
}

/** So many begin at a time. */
export type Heap = { readonly timeNs: number; readonly count: number };

/** What was found, as how much of it is when. */
export const heapsOf = ({ each, columns }: Found): Heap[] =>
  each?.map(({ departNs }) => ({ timeNs: departNs, count: 1 })) ??
  columns.flatMap(({ fromNs, toNs, density }) => {
    const [first] = density;
    return (first?.counts ?? []).map((_, column, { length }) => ({
      timeNs: fromNs + ((column + 0.5) * (toNs - fromNs)) / length,
      count: density.reduce((sum, { counts }) => sum + (counts[column] as number), 0),
    }));
  });

/** A silence is folded that is longer than all that is left when those are. */
const LONG = 1;
const SILENCE_COLUMNS = 256;
const MOST_FOLDS = 48;

/** The longest stretch of columns in which nothing is. */
function emptyIn({ fromNs, toNs, density, total }: Window): Span | null {
  const each = (toNs - fromNs) / SILENCE_COLUMNS;
  if (total === 0) return { fromNs, toNs };
  let [best, from] = [{ from: 0, to: 0 }, 0];
  for (let column = 0; column <= SILENCE_COLUMNS; column++) {
    const empty =
      column < SILENCE_COLUMNS && (density ?? []).every(({ counts }) => counts[column] === 0);
    if (empty) continue;
    if (column - from > best.to - best.from) best = { from, to: column };
    from = column + 1;
  }
  const [begins, ends] = [
    Math.ceil(fromNs + best.from * each),
    Math.floor(fromNs + best.to * each),
  ];
  return best.to - best.from > SILENCE_COLUMNS / 2 ? { fromNs: begins, toNs: ends } : null;
}

/**
 * Where a run is silent for long. `timesNs`, in order, are some times of what happens; what happens
 * besides is asked for.
 */
export async function silencesIn(
  ask: Ask,
  timesNs: readonly number[],
  endsAtNs: number,
): Promise<Span[] | null> {
  const likely = longSilences(gapsBetween(timesNs, endsAtNs), endsAtNs, LONG);
  const silences: Span[] = [];
  if (likely.length > MOST_FOLDS) return silences;
  const all = { kinds: null, parts: null };
  for (const gap of likely) {
    const asked = { filter: all, fine: false, columns: SILENCE_COLUMNS, most: 0 };
    const window = await windowOf(ask, gap, { ...asked, view: 'timeline silence' });
    if (window === null) return null;
    const empty = emptyIn(window);
    if (empty !== null) silences.push(empty);
  }
  return silences;
}
