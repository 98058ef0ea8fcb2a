/**
 * How moves and notes leave the engine. Whoever carries an effect records it here; the recorder
 * gives ids, which are the same whenever the same stretch is run again, watched or not. Coarse and
 * fine things count apart, so that leaving out the fine ones does not rename the coarse.
 */
import type { Plain } from './plain';
import { format, START, type Position } from './position';
import type { Id, Move, Note } from './seen';
import type { Nanos } from './time';

/** Who listens. Without one nothing is built beyond the ids of moves that are causes. */
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

/** The id of a coarse move that is about to be recorded, for those that it will cause. */
export function nextId(see: See): Id {
  const id = `${format(see.at)}.c${see.coarse}`;
  see.coarse += 1;
  return id;
}

export type Seen = Omit<Move, 'at' | 'fine'>;

/** Records a coarse move whose id was taken by {@link nextId}. */
export function move(see: See, seen: Seen): void {
  see.sink?.move({ ...seen, at: see.at, fine: false });
}

/** Records a move inside a part, at one moment. Costs nothing unless somebody looks closely. */
export function fineMove(
  see: See,
  kind: string,
  path: { readonly from: string; readonly to: string; readonly cause: Id | null },
  what: Plain,
  durationNs = 0,
): void {
  if (!watchedClosely(see) || see.sink === null) return;
  const id = `${format(see.at)}.f${see.fine}`;
  see.fine += 1;
  const departNs: Nanos = see.at.timeNs;
  const arriveNs: Nanos = departNs + durationNs;
  see.sink.move({ id, at: see.at, fine: true, kind, ...path, departNs, arriveNs, what });
}

/** Does anybody listen? Whoever does not ask builds what nobody takes. */
export const watched = (see: See): boolean => see.sink !== null;

/** Does anybody look closely? */
export const watchedClosely = (see: See): boolean => see.sink?.fine === true;

/** Records coarse notes of one part, in order. */
export function notes(
  see: See,
  part: () => string,
  said: readonly ({ readonly kind: string } & Plain)[],
  cause: Id | null,
): void {
  if (see.sink === null) {
    see.coarse += said.length;
    return;
  }
  const path = part();
  for (const each of said) note(see, path, each, cause);
}

/** Records a coarse note. */
export function note(
  see: See,
  part: string,
  said: { readonly kind: string } & Plain,
  cause: Id | null,
): void {
  const id = see.sink === null ? '' : `${format(see.at)}.c${see.coarse}`;
  see.coarse += 1;
  see.sink?.note({ id, at: see.at, fine: false, cause, part, kind: said.kind, what: said });
}
