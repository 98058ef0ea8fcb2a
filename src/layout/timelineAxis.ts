/**
 * An axis of virtual time, from left to right and even, but for long silence, which may be folded: a
 * gap in which nothing happens takes a few pixels, however long it is. Nothing else is bent: between
 * two folds a nanosecond is as wide as anywhere else, and every place is one time.
 */
import { tickStep } from 'd3-array';

export type Span = { readonly fromNs: number; readonly toNs: number };

/** A gap on the axis: where it is drawn. */
type Fold = { readonly gap: Span; readonly x: number; readonly width: number };

export type Axis = {
  readonly span: Span;
  readonly xOf: (timeNs: number) => number;
  /** The inverse; not rounded. */
  readonly timeAt: (x: number) => number;
  readonly folds: readonly Fold[];
  readonly pixelsPerNs: number;
};

export type Tick = { readonly timeNs: number; readonly x: number };

const length = ({ fromNs, toNs }: Span): number => toNs - fromNs;

/** Folds take at most this share of an axis, however many there are. */
const MOST_FOLDED = 0.4;

/** Between two of the times, before the first and after the last. The times are in order. */
export function gapsBetween(timesNs: readonly number[], endsAtNs: number): Span[] {
  const stops = [0, ...timesNs.filter((timeNs) => timeNs > 0 && timeNs < endsAtNs), endsAtNs];
  return stops.flatMap((toNs, i) => {
    const fromNs = stops[i - 1] ?? 0;
    return toNs > fromNs ? [{ fromNs, toNs }] : [];
  });
}

/** A gap without its edges, so that what happens beside it is not drawn upon it. */
function inner({ fromNs, toNs }: Span, edgeNs: number): Span {
  const edge = Math.max(1, Math.min(edgeNs, Math.floor((toNs - fromNs) / 8)));
  return { fromNs: fromNs + edge, toNs: toNs - edge };
}

/** Among gaps of all lengths none is long: the shortest that is, is this much longer than the next. */
const APART = 3;
/** There is something to be seen on both sides: so many other gaps for each that is folded. */
const OTHERS = 2;

/**
 * Which gaps are long: each of them is longer than `times` times all that is left without them.
 * They come in order and do not touch.
 */
export function longSilences(gaps: readonly Span[], lengthNs: number, times: number): Span[] {
  const longest = gaps.toSorted((a, b) => length(b) - length(a));
  let [rest, folded, left] = [lengthNs, 0, lengthNs];
  for (const [i, gap] of longest.entries()) {
    const next = longest[i + 1];
    rest -= length(gap);
    if (next === undefined || (i + 1) * OTHERS > longest.length - i - 1) break;
    if (length(gap) <= times * rest || length(gap) < APART * length(next)) continue;
    folded = i + 1;
    left = rest;
  }
  const edgeNs = Math.max(1, Math.round(left / 40));
  return longest
    .slice(0, folded)
    .map((gap) => inner(gap, edgeNs))
    .filter((gap) => length(gap) > 0)
    .toSorted((a, b) => a.fromNs - b.fromNs);
}

/** The parts of `span` that are not folded, in order. */
export function piecesOf(span: Span, gaps: readonly Span[]): Span[] {
  const pieces: Span[] = [];
  let { fromNs } = span;
  for (const gap of gaps) {
    if (gap.toNs <= fromNs || gap.fromNs >= span.toNs) continue;
    if (gap.fromNs > fromNs) pieces.push({ fromNs, toNs: gap.fromNs });
    fromNs = gap.toNs;
  }
  if (fromNs < span.toNs) pieces.push({ fromNs, toNs: span.toNs });
  return pieces;
}

/** A stretch of time and the stretch of pixels that it is drawn on. */
type Piece = { readonly of: Span; readonly x: number; readonly width: number };

function layOut(span: Span, gaps: readonly Span[], left: number, right: number, foldPx: number) {
  const pieces = piecesOf(span, gaps);
  const within = gaps.filter(({ fromNs, toNs }) => fromNs < span.toNs && toNs > span.fromNs);
  const room = Math.max(1, right - left);
  const foldWidth = Math.min(foldPx, (room * MOST_FOLDED) / Math.max(1, within.length));
  const busyNs = Math.max(
    1,
    pieces.reduce((sum, piece) => sum + length(piece), 0),
  );
  const pixelsPerNs = (room - foldWidth * within.length) / busyNs;
  const all: Piece[] = [];
  let x = left;
  const inOrder = [...pieces, ...within].toSorted((a, b) => a.fromNs - b.fromNs);
  for (const of of inOrder) {
    const width = within.includes(of) ? foldWidth : length(of) * pixelsPerNs;
    all.push({ of, x, width });
    x += width;
  }
  return { all, within, pixelsPerNs };
}

/** The last piece that begins at or before `value`; the first when none does. */
function pieceAt(pieces: readonly Piece[], begin: (piece: Piece) => number, value: number): Piece {
  let [low, high] = [0, pieces.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (begin(pieces[middle] as Piece) <= value) low = middle;
    else high = middle - 1;
  }
  return pieces[low] as Piece;
}

/** Times outside the span stand outside the pixels, as far as the axis would go on evenly. */
export function axisOf(
  span: Span,
  gaps: readonly Span[],
  [left, right]: readonly [number, number],
  foldPx = 28,
): Axis {
  const whole = length(span) > 0 ? span : { ...span, toNs: span.fromNs + 1 };
  const { all, within, pixelsPerNs } = layOut(whole, gaps, left, right, foldPx);
  const slope = ({ of, width }: Piece): number => width / length(of);
  const xOf = (timeNs: number): number => {
    if (timeNs < whole.fromNs) return left - (whole.fromNs - timeNs) * pixelsPerNs;
    if (timeNs > whole.toNs) return right + (timeNs - whole.toNs) * pixelsPerNs;
    const piece = pieceAt(all, ({ of }) => of.fromNs, timeNs);
    return piece.x + (timeNs - piece.of.fromNs) * slope(piece);
  };
  const timeAt = (x: number): number => {
    if (x < left) return whole.fromNs - (left - x) / pixelsPerNs;
    if (x > right) return whole.toNs + (x - right) / pixelsPerNs;
    const piece = pieceAt(all, (each) => each.x, x);
    return piece.of.fromNs + (x - piece.x) / slope(piece);
  };
  const folds = all
    .filter(({ of }) => within.includes(of))
    .map(({ of: gap, x, width }) => ({ gap, x, width }));
  return { span: whole, xOf, timeAt, folds, pixelsPerNs };
}

/** Round times, some `apart` pixels from each other; none in a fold. */
export function ticksOn(axis: Axis, apart: number): Tick[] {
  const { span, folds, pixelsPerNs, xOf } = axis;
  const gaps = folds.map(({ gap }) => gap);
  const pieces = piecesOf(span, gaps);
  const busyNs = pieces.reduce((sum, piece) => sum + length(piece), 0);
  const wanted = Math.max(1, Math.floor((busyNs * pixelsPerNs) / apart));
  const stepNs = Math.max(1, tickStep(0, Math.max(1, busyNs), wanted));
  const placed: Tick[] = [];
  for (const { fromNs, toNs } of pieces)
    for (let n = Math.ceil(fromNs / stepNs); n * stepNs <= toNs; n++) {
      const [timeNs, last] = [n * stepNs, placed.at(-1)];
      const x = xOf(timeNs);
      if (last === undefined || x - last.x > apart / 2) placed.push({ timeNs, x });
    }
  return placed;
}
