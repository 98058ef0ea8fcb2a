/** What ends a step of each grain; the rows of a timeline are made of the same kinds. */
import type { Sink } from '../contract/see';
import type { Move, Note } from '../contract/seen';
import type { World } from '../world/parts';

/**
 * Grains whose steps end with a coarse move or note, or with every event. A stretch of instructions
 * in which nothing of the kind happened ends none: where it is cut depends on who runs it.
 */
export type Coarse = 'event' | 'frame' | 'call' | 'message';

const MESSAGES = new Set(['write', 'sendto', 'read', 'recvfrom']);
const CALLS = new Set(['call', 'return', 'interrupt', 'trap']);

const nameOf = (move: Move): string => {
  const what = move.what as { readonly kind?: string; readonly name?: string };
  return what.name ?? what.kind ?? '';
};

const ENDS: {
  readonly [grain in Coarse]: {
    readonly move: (move: Move) => boolean;
    readonly note: (note: Note) => boolean;
  };
} = {
  event: { move: () => true, note: () => true },
  frame: {
    move: ({ kind }) => kind === 'frame',
    note: ({ kind }) => kind === 'arrived' || kind === 'lost',
  },
  call: { move: ({ kind }) => CALLS.has(kind), note: () => false },
  message: {
    move: (move) => CALLS.has(move.kind) && MESSAGES.has(nameOf(move)),
    note: () => false,
  },
};

export type Watcher = { readonly sink: Sink; readonly takeEnd: () => boolean };

const doneIn = (world: World): number => world.events + world.inputs;

/** `takeEnd` tells whether a step of `world` has ended since it was asked last. */
export function watcherOf(grain: Coarse, world: World, inner: Sink | null): Watcher {
  const ends = ENDS[grain];
  let ended = false;
  let done = doneIn(world);
  return {
    sink: {
      fine: inner?.fine ?? false,
      move: (move) => {
        ended ||= !move.fine && ends.move(move);
        inner?.move(move);
      },
      note: (note) => {
        ended ||= !note.fine && ends.note(note);
        inner?.note(note);
      },
    },
    takeEnd: () => {
      const was = ended || (grain === 'event' && doneIn(world) > done);
      ended = false;
      done = doneIn(world);
      return was;
    },
  };
}
