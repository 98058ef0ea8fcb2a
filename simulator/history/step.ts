/**
 * One step of a grain, forwards or backwards. A step ends after the event in which something of
 * that grain happened; going back finds the last such event by running the stretch before again.
 */
import { compare, START, type Position } from '../contract/position';
import type { Sink } from '../contract/see';
import type { Grain, Move, Note } from '../contract/seen';
import { restore, type Checkpoint } from '../world/save';
import { proceed, runTo, seek, upcoming, type Run } from './run';

type Coarse = Exclude<Grain, 'micro' | 'instruction' | 'chapter'>;

const MESSAGES = new Set(['write', 'sendto', 'read', 'recvfrom']);

const nameOf = (move: Move): string => {
  const what = move.what as { readonly kind?: string; readonly name?: string };
  return what.name ?? what.kind ?? '';
};

/** What ends a step of each grain; the rows of the timeline are made of the same kinds. */
const ENDS: {
  readonly [grain in Coarse]: {
    readonly move: (move: Move) => boolean;
    readonly note: (note: Note) => boolean;
  };
} = {
  event: { move: () => true, note: () => true },
  frame: {
    move: (move) => move.kind === 'frame',
    note: (note) => note.kind === 'arrived' || note.kind === 'lost',
  },
  call: {
    move: (move) => ['call', 'return', 'interrupt', 'trap'].includes(move.kind),
    note: () => false,
  },
  message: {
    move: (move) => ['call', 'return'].includes(move.kind) && MESSAGES.has(nameOf(move)),
    note: () => false,
  },
};

type Watcher = { readonly sink: Sink; seen: boolean };

const sawEnd = (watcher: Watcher, grain: Coarse): boolean => watcher.seen || grain === 'event';

function watcherOf(grain: Coarse): Watcher {
  const ends = ENDS[grain];
  const watcher: Watcher = {
    seen: false,
    sink: {
      fine: false,
      move: (move) => {
        watcher.seen ||= ends.move(move);
      },
      note: (note) => {
        watcher.seen ||= ends.note(note);
      },
    },
  };
  return watcher;
}

export type Stepped = 'there' | 'more' | 'end';

/**
 * Runs on until a step of `grain` has ended: `there`. `more` after `mostEvents` events without one
 * (call again), `end` when the run ends at `until` before one comes.
 */
export function forward(run: Run, grain: Coarse, until: Position, mostEvents: number): Stepped {
  const watcher = watcherOf(grain);
  const { world } = run;
  world.see.sink = watcher.sink;
  let outcome: Stepped = 'more';
  for (let done = 0; done < mostEvents && outcome === 'more'; done++) {
    const at = upcoming(run, world);
    if (at === null || compare(at, until) > 0) outcome = 'end';
    else {
      runTo(run, at);
      if (sawEnd(watcher, grain)) outcome = 'there';
    }
  }
  world.see.sink = null;
  return outcome;
}

/** The last end of a step after `checkpoint` and before `to`, or at it when `inclusive`. */
function lastEnd(
  run: Run,
  grain: Coarse,
  checkpoint: Checkpoint,
  to: Position,
  inclusive: boolean,
): Position | null {
  const { scout } = run;
  const watcher = watcherOf(grain);
  const reaches = inclusive ? 0 : -1;
  let last: Position | null = null;
  restore(scout, checkpoint);
  scout.see.sink = watcher.sink;
  for (;;) {
    const at = upcoming(run, scout);
    if (at === null || Math.sign(compare(at, to)) > reaches) break;
    watcher.seen = false;
    proceed(run, scout, at);
    if (sawEnd(watcher, grain)) last = at;
  }
  scout.see.sink = null;
  return last;
}

/** Where the last step of `grain` before `from` ended; START when there is none. */
export function previous(run: Run, grain: Coarse, from: Position): Position {
  let to = from;
  for (let index = run.checkpoints.length - 1; index >= 0; index--) {
    const checkpoint = run.checkpoints[index] as Checkpoint;
    if (compare(checkpoint.at, from) >= 0) continue;
    const found = lastEnd(run, grain, checkpoint, to, to !== from);
    if (found !== null) return found;
    to = checkpoint.at;
  }
  return START;
}

/** Goes back one step of `grain`. */
export function back(run: Run, grain: Coarse): Position {
  const target = previous(run, grain, run.world.at);
  seek(run, target);
  return target;
}
