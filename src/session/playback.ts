/**
 * The playback machine: what the controls mean in each state. It orders what is done once (a step,
 * a seek, a deed) by emitting it; what goes on from frame to frame the session does while the
 * machine is `playing`. It has no timers.
 */
import { assign, emit, enqueueActions, setup, type SnapshotFrom } from 'xstate';
import { START, type Deed, type Grain, type Position } from '../../simulator';
import type { Order } from './protocol';
import { clampStop, FIRST_STOP, type Tempo } from './speeds';

export type PlaybackContext = {
  readonly grain: Grain;
  readonly tempo: Tempo;
  /** Index of the stop of each tempo. */
  readonly stops: { readonly [tempo in Tempo]: number };
  readonly atStart: boolean;
  readonly atEnd: boolean;
  /** Was it playing before the scrubber was taken. */
  readonly resume: boolean;
  /** What was asked for while nothing could be done yet. */
  readonly kept: readonly PlaybackEvent[];
  readonly error: string | null;
};

export type PlaybackEvent =
  | { readonly type: 'OPENED'; readonly grain: Grain | null }
  /** A moment is on show. */
  | { readonly type: 'MOMENT'; readonly atStart: boolean; readonly atEnd: boolean }
  | { readonly type: 'PLAY' | 'PAUSE' | 'STEP_FORWARD' | 'STEP_BACK' }
  | { readonly type: 'GRAIN'; readonly grain: Grain }
  | { readonly type: 'SPEED'; readonly stop: number }
  | { readonly type: 'TEMPO'; readonly tempo: Tempo }
  | { readonly type: 'SEEK'; readonly to: Position | number }
  | { readonly type: 'SCRUB_START' | 'SCRUB_END' }
  | { readonly type: 'DEED'; readonly deed: Deed }
  | { readonly type: 'UNDO' }
  /** Anything else that is done once and stops what plays: to a chapter, a knob, a comparison. */
  | { readonly type: 'ORDER'; readonly order: Order }
  /** The step on show has been shown whole. */
  | { readonly type: 'SHOWN' }
  /** The run's end has been shown. */
  | { readonly type: 'END' }
  | { readonly type: 'REFUSED' }
  /** The engine was lost and is being started again. */
  | { readonly type: 'LOST' }
  | { readonly type: 'FAILED'; readonly why: string };

type Emitted = { readonly type: 'order'; readonly order: Order };

const STEP_FORWARD = {
  guard: 'notAtEnd',
  actions: { type: 'orderStep', params: { direction: 1 } },
} as const;

const STEP_BACK = {
  guard: 'notAtStart',
  actions: { type: 'orderStep', params: { direction: -1 } },
} as const;

/** The scrubber is taken; `resume`: playing goes on when it is let go. */
const scrubbing = <R extends boolean>(resume: R) =>
  ({ target: 'scrubbing', actions: { type: 'keepResume', params: { resume } } }) as const;

export const playback = setup({
  types: {
    context: {} as PlaybackContext,
    events: {} as PlaybackEvent,
    emitted: {} as Emitted,
  },
  guards: {
    atEnd: ({ context }) => context.atEnd,
    notAtEnd: ({ context }) => !context.atEnd,
    notAtStart: ({ context }) => !context.atStart,
    wasPlaying: ({ context }) => context.resume,
  },
  actions: {
    orderStep: emit(({ context }, { direction }: { direction: 1 | -1 }): Emitted => ({
      type: 'order',
      order: { kind: 'step', grain: context.grain, direction },
    })),
    orderStart: emit((): Emitted => ({ type: 'order', order: { kind: 'seek', to: START } })),
    orderSeek: emit(({ event }): Emitted => {
      const to = event.type === 'SEEK' ? event.to : START;
      return { type: 'order', order: { kind: 'seek', to } };
    }),
    orderDeed: emit(({ event }): Emitted => ({
      type: 'order',
      order: event.type === 'DEED' ? { kind: 'deed', deed: event.deed } : { kind: 'undo' },
    })),
    orderAsked: emit(({ event }): Emitted => ({
      type: 'order',
      order: event.type === 'ORDER' ? event.order : { kind: 'look' },
    })),
    keepGrain: assign(({ context, event }) => ({
      grain: (event.type === 'OPENED' ? event.grain : null) ?? context.grain,
    })),
    keepForLater: assign(({ context, event }) => ({ kept: [...context.kept, event] })),
    doKept: enqueueActions(({ context, enqueue }) => {
      for (const event of context.kept) enqueue.raise(event);
      enqueue.assign({ kept: [] });
    }),
    keepResume: assign((_, { resume }: { resume: boolean }) => ({ resume })),
  },
}).createMachine({
  id: 'playback',
  context: {
    grain: 'event',
    tempo: 'step',
    stops: FIRST_STOP,
    atStart: true,
    atEnd: false,
    resume: false,
    kept: [],
    error: null,
  },
  initial: 'loading',
  on: {
    MOMENT: {
      actions: assign(({ event }) => ({ atStart: event.atStart, atEnd: event.atEnd })),
    },
    GRAIN: { actions: assign(({ event }) => ({ grain: event.grain })) },
    TEMPO: { actions: assign(({ event }) => ({ tempo: event.tempo })) },
    SPEED: {
      actions: assign(({ context, event }) => ({
        stops: { ...context.stops, [context.tempo]: clampStop(context.tempo, event.stop) },
      })),
    },
    LOST: '.loading',
    FAILED: { target: '.failed', actions: assign(({ event }) => ({ error: event.why })) },
  },
  states: {
    loading: {
      entry: assign({ error: null, resume: false, kept: [] }),
      on: {
        // Whoever was faster than the engine need not press twice.
        STEP_FORWARD: { actions: 'keepForLater' },
        STEP_BACK: { actions: 'keepForLater' },
        SEEK: { actions: 'keepForLater' },
        DEED: { actions: 'keepForLater' },
        UNDO: { actions: 'keepForLater' },
        ORDER: { actions: 'keepForLater' },
        PLAY: { actions: { type: 'keepResume', params: { resume: true } } },
        PAUSE: { actions: { type: 'keepResume', params: { resume: false } } },
        OPENED: [
          { guard: 'wasPlaying', target: 'playing', actions: ['keepGrain', 'doKept'] },
          { target: 'paused', actions: ['keepGrain', 'doKept'] },
        ],
      },
    },
    paused: {
      on: {
        PLAY: [{ guard: 'atEnd', target: 'playing', actions: 'orderStart' }, { target: 'playing' }],
        STEP_FORWARD: { ...STEP_FORWARD, target: 'stepping' },
        STEP_BACK: { ...STEP_BACK, target: 'stepping' },
        SEEK: { actions: 'orderSeek' },
        SCRUB_START: scrubbing(false),
        DEED: { actions: 'orderDeed' },
        UNDO: { actions: 'orderDeed' },
        ORDER: { actions: 'orderAsked' },
      },
    },
    playing: {
      on: {
        PAUSE: 'paused',
        END: 'paused',
        REFUSED: 'paused',
        STEP_FORWARD: { ...STEP_FORWARD, target: 'stepping' },
        STEP_BACK: { ...STEP_BACK, target: 'stepping' },
        SEEK: { actions: 'orderSeek' },
        SCRUB_START: scrubbing(true),
        DEED: { actions: 'orderDeed' },
        UNDO: { actions: 'orderDeed' },
        ORDER: { target: 'paused', actions: 'orderAsked' },
      },
    },
    stepping: {
      on: {
        SHOWN: 'paused',
        PAUSE: 'paused',
        REFUSED: 'paused',
        PLAY: [{ guard: 'atEnd', target: 'playing', actions: 'orderStart' }, { target: 'playing' }],
        STEP_FORWARD,
        STEP_BACK,
        SEEK: { target: 'paused', actions: 'orderSeek' },
        SCRUB_START: scrubbing(false),
        DEED: { target: 'paused', actions: 'orderDeed' },
        UNDO: { target: 'paused', actions: 'orderDeed' },
        ORDER: { target: 'paused', actions: 'orderAsked' },
      },
    },
    scrubbing: {
      on: {
        SEEK: { actions: 'orderSeek' },
        ORDER: { target: 'paused', actions: 'orderAsked' },
        SCRUB_END: [{ guard: 'wasPlaying', target: 'playing' }, { target: 'paused' }],
      },
    },
    failed: {},
  },
});

export type PlaybackSnapshot = SnapshotFrom<typeof playback>;
