/**
 * How moves and notes leave the engine. Whoever carries an effect records it here; the recorder
 * gives ids, which are the same whenever the same stretch is run again, watched or not. Coarse and
 * fine things count apart, so that leaving out the fine ones does not rename the coarse.
 */
import type { Plain } from './plain';
import { format, START, type Position } from './position';
import type { Id, Move, Note } from './seen';
import type { Nanos } from './time';

/** Who listens. Without one nothing is built beyond what stands for moves that are causes. */
export type Sink = {
  readonly fine: boolean;
  readonly move: (move: Move) => void;
  readonly note: (note: Note) => void;
};

/** Owned by the run loop. */
export type See = {
  at: Position;
  coarse: number;
  fine: number;
  sink: Sink | null;
};

export function create(): See {
  return { at: START, coarse: 0, fine: 0, sink: null };
}

/** From now on things happen at `at`. */
export function enter(see: See, at: Position): void {
  see.at = at;
  see.coarse = 0;
  see.fine = 0;
}

/**
 * A coarse move or input, for what it leads to: the one of ordinal `coarse` at `at`. Parts carry it
 * on; it becomes an {@link Id} where somebody sees it. (As texts, which nobody reads in a run that
 * nobody watches, these took a sixth of a ping flood's time.)
 */
export type Cause = { readonly at: Position; readonly coarse: number };

export const idOf = ({ at, coarse }: Cause): Id => `${format(at)}.c${coarse}`;

export const idOrNull = (cause: Cause | null): Id | null => (cause === null ? null : idOf(cause));

/** Stands for a coarse move that is about to be recorded, for those that it will cause. */
export function nextCause(see: See): Cause {
  const cause: Cause = { at: see.at, coarse: see.coarse };
  see.coarse += 1;
  return cause;
}

/** Instead of its id a move has here what {@link nextCause} gave for it. */
export type Seen = Omit<Move, 'at' | 'fine' | 'id' | 'cause'> & {
  readonly self: Cause;
  readonly cause: Cause | null;
};

/** Records a coarse move. */
export function move(see: See, { self, cause, ...seen }: Seen): void {
  see.sink?.move({ ...seen, id: idOf(self), cause: idOrNull(cause), at: see.at, fine: false });
}

/** Records a move inside a part, at one moment. Costs nothing unless somebody looks closely. */
export function fineMove(
  see: See,
  kind: string,
  path: { readonly from: string; readonly to: string; readonly cause: Cause | null },
  what: Plain,
  durationNs = 0,
): void {
  if (!watchedClosely(see) || see.sink === null) return;
  const id = `${format(see.at)}.f${see.fine}`;
  see.fine += 1;
  const departNs: Nanos = see.at.timeNs;
  const arriveNs: Nanos = departNs + durationNs;
  const cause = idOrNull(path.cause);
  see.sink.move({ id, at: see.at, fine: true, kind, ...path, cause, departNs, arriveNs, what });
}

/** Does anybody listen? Whoever does not ask builds what nobody takes. */
export const watched = (see: See): boolean => see.sink !== null;

/** Does anybody look closely? */
export const watchedClosely = (see: See): boolean => see.sink?.fine === true;

/** Counts `count` coarse notes that nobody hears, so that ids are those of a watched run. */
export function unheard(see: See, count: number): void {
  see.coarse += count;
}

/** Records coarse notes of one part, in order. */
export function notes(
  see: See,
  part: string,
  said: readonly ({ readonly kind: string } & Plain)[],
  cause: Cause | null,
): void {
  for (const each of said) note(see, part, each, cause);
}

/** Records a coarse note. */
export function note(
  see: See,
  part: string,
  said: { readonly kind: string } & Plain,
  cause: Cause | null,
): void {
  const { at, coarse, sink } = see;
  see.coarse += 1;
  if (sink === null) return;
  const id = idOf({ at, coarse });
  const { kind } = said;
  sink.note({ id, at, fine: false, cause: idOrNull(cause), part, kind, what: said });
}
