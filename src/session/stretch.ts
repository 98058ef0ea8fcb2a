/**
 * What a stretch of a run showed: its moves and notes, the latest of them when there are too many,
 * which one tells the most, and its lines of the log.
 */
import type { Grain, Lengthened, Move, Note, Sink } from '../../simulator';
import type { Names } from './names';
import { instructionSentence } from './processorWords';
import type { LogLine, Passed } from './protocol';
import { sentenceOf } from './sentences';

type Seen = Move | Note;

/** Coarse and fine apart, so that a thousand micro-steps do not crowd out the frame among them. */
export type Stretch = { coarse: Seen[]; fine: Seen[] };

/** Of each kind; what came first goes first. */
const MOST_SEEN = 400;
const MOST_LINES = 40;

export const emptyStretch = (): Stretch => ({ coarse: [], fine: [] });

function keep(list: Seen[], seen: Seen): void {
  list.push(seen);
  if (list.length > 2 * MOST_SEEN) list.splice(0, list.length - MOST_SEEN);
}

/** A sink that collects into `stretch`; with `fine`, also what happens inside the parts. */
export function collector(stretch: Stretch, fine: boolean): Sink {
  const take = (seen: Seen): void => keep(seen.fine ? stretch.fine : stretch.coarse, seen);
  return { fine, move: take, note: take };
}

export const isMove = (seen: Seen): seen is Move => 'departNs' in seen;

export function movesAndNotes({ coarse, fine }: Stretch): { moves: Move[]; notes: Note[] } {
  const all = [...coarse.slice(-MOST_SEEN), ...fine.slice(-MOST_SEEN)];
  return {
    moves: all.filter(isMove),
    notes: all.filter((seen): seen is Note => !isMove(seen)),
  };
}

/** Of each kind: enough for the frames that a cable's room lists. */
const MOST_PASSED = 24;

/** What it showed of frames: that they left, and what the cables said of them. */
export function framesOf(stretch: Stretch): Passed {
  const { moves, notes } = movesAndNotes(stretch);
  const ofFrame = ({ what }: Note): boolean =>
    (what as { flight?: unknown } | null)?.flight !== undefined;
  return {
    moves: moves.filter(({ kind }) => kind === 'frame').slice(-MOST_PASSED),
    notes: notes.filter(ofFrame).slice(-MOST_PASSED),
  };
}

/** The most telling first; a kind that is not named comes after all of these. */
const TELLING: readonly string[] = [
  ...['fault', 'cut', 'mend', 'set', 'type', 'key'],
  ...['lost', 'dropped', 'killed', 'frame', 'arrived', 'faulted'],
  ...['exited', 'print', 'rejected', 'refused', 'called', 'returned', 'trap'],
  ...['tcp', 'arp', 'call', 'return', 'woken', 'received', 'sent', 'interrupt'],
  ...['ignored', 'blocked', 'booted', 'started', 'switched'],
];

/** What somebody who goes by this grain looks for comes before everything else. */
const SOUGHT: { readonly [grain in Grain]?: readonly string[] } = {
  call: ['called', 'returned', 'trap', 'call', 'return', 'interrupt'],
  message: ['called', 'returned', 'call', 'return'],
  frame: ['lost', 'frame', 'arrived'],
};

function rankOf({ kind }: Seen, sought: readonly string[]): number {
  const first = sought.indexOf(kind);
  if (first >= 0) return first - sought.length;
  const rank = TELLING.indexOf(kind);
  return rank >= 0 ? rank : TELLING.length;
}

/** The sentence of the whole stretch: of its most telling thing, the last of several; or null. */
export function sentenceOfStretch(
  { coarse, fine }: Stretch,
  grain: Grain | null,
  names: Names,
): string | null {
  if (grain === 'instruction' && coarse.length === 0) {
    const sentence = instructionSentence(fine.filter(isMove), names);
    if (sentence !== null) return sentence;
  }
  const sought = (grain === null ? undefined : SOUGHT[grain]) ?? [];
  let best: Seen | undefined;
  for (const seen of coarse.length > 0 ? coarse : fine)
    if (best === undefined || rankOf(seen, sought) <= rankOf(best, sought)) best = seen;
  return best === undefined ? null : sentenceOf(best, names);
}

/** Said better by the kernel's own note of it, or too small to be a line. */
export const NOT_IN_LOG: ReadonlySet<string> = new Set([
  'call',
  'return',
  'trap',
  'switched',
  'armed',
]);

function lineOf(seen: Seen, names: Names): LogLine {
  const part = isMove(seen) ? seen.from : seen.part;
  const { id, at, kind } = seen;
  return { id, at, timeNs: Math.max(0, at.timeNs), part, kind, sentence: sentenceOf(seen, names) };
}

/** `before` and the lines of `stretch`: the latest of them, newest last. */
export function withLines(
  before: readonly LogLine[],
  stretch: Stretch,
  names: Names,
): readonly LogLine[] {
  const added = stretch.coarse.filter(({ kind }) => !NOT_IN_LOG.has(kind)).slice(-MOST_LINES);
  if (added.length === 0) return before;
  return [...before, ...added.map((seen) => lineOf(seen, names))].slice(-MOST_LINES);
}

/** Are there as many lines as are ever shown. */
export const isFull = (lines: readonly LogLine[]): boolean => lines.length >= MOST_LINES;

/** A run that was changed so that it does not come to rest is looked through only so far. */
export const sentenceAtEnd = ({ cutShort }: Pick<Lengthened, 'cutShort'>): string =>
  cutShort ? 'The run would go on, but is shown only up to here.' : 'The run ends here.';
