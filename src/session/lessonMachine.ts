/**
 * What may be done in a lesson when: going from chapter to chapter, leaving the story and coming
 * back, and a chapter's question. It orders by emitting; it has no timers and asks nobody.
 */
import { assign, emit, setup } from 'xstate';
import type { Guess } from '../../simulator';
import type { Evidence } from './protocol';

type Context = {
  /** For each chapter, in order: does it ask something. */
  readonly asks: readonly boolean[];
  /** -1 when there is no story. */
  readonly index: number;
  /** Somebody asked for the next chapter before a run was there. */
  readonly eager: boolean;
  readonly guess: Guess | null;
  readonly evidence: Evidence | null;
  readonly right: boolean | null;
};

type Event =
  /** A run is there: at its start, or elsewhere, with the story where it was left. */
  | {
      readonly type: 'OPENED';
      readonly asks: readonly boolean[];
      readonly index: number;
      readonly atStart: boolean;
    }
  | { readonly type: 'GO'; readonly index: number }
  | { readonly type: 'NEXT' | 'BACK' | 'RESUME' | 'LEFT' | 'ANSWER' | 'AGAIN' | 'UNKNOWN' }
  /** It is another run now: what was found out is not so in it. */
  | { readonly type: 'CHANGED' }
  /** The run came to where that chapter stops. */
  | { readonly type: 'ARRIVED'; readonly index: number }
  | { readonly type: 'CHOOSE'; readonly guess: Guess }
  | { readonly type: 'FORESEEN'; readonly evidence: Evidence; readonly right: boolean | null };

type Emitted =
  | { readonly type: 'chapter'; readonly index: number }
  | { readonly type: 'foresee'; readonly index: number };

const FRESH = { guess: null, evidence: null, right: null } as const;

export const lessonMachine = setup({
  types: {
    context: {} as Context,
    events: {} as Event,
    emitted: {} as Emitted,
  },
  guards: {
    isSomewhere: ({ context }) => context.index >= 0,
    hasStory: ({ event }) => event.type === 'OPENED' && event.asks.length > 0,
    /** Whoever comes back, to the start of a run, is led to where the story was left. */
    returnsHere: ({ event }) =>
      event.type === 'OPENED' &&
      event.atStart &&
      event.index > 0 &&
      event.index < event.asks.length - 1,
    beginsHere: ({ event }) => event.type === 'OPENED' && event.atStart && event.asks.length > 0,
    goesOnHere: ({ context, event }) =>
      event.type === 'OPENED' && event.atStart && event.asks.length > 1 && context.eager,
    isThere: ({ context, event }) =>
      event.type === 'GO' && event.index >= 0 && event.index < context.asks.length,
    hasNext: ({ context }) => context.index + 1 < context.asks.length,
    hasBack: ({ context }) => context.index > 0,
    asksHere: ({ context }) => context.asks[context.index] === true,
    knowsHere: ({ context }) => context.evidence !== null,
    hasGuess: ({ context }) => context.guess !== null,
  },
  actions: {
    // Whoever comes back to a chapter finds its question as it was left.
    toGiven: assign(({ context, event }) =>
      'index' in event && event.index !== context.index ? { ...FRESH, index: event.index } : {},
    ),
    open: assign(({ event }) => (event.type === 'OPENED' ? { asks: event.asks } : {})),
    toFirst: assign({ index: 0 }),
    toNext: assign(({ context }) => ({ ...FRESH, index: context.index + 1 })),
    toBack: assign(({ context }) => ({ ...FRESH, index: context.index - 1 })),
    choose: assign(({ event }) => ({ guess: event.type === 'CHOOSE' ? event.guess : null })),
    forget: assign(() => FRESH),
    learn: assign(({ event }) =>
      event.type === 'FORESEEN' ? { evidence: event.evidence, right: event.right } : {},
    ),
    orderChapter: emit(({ context }): Emitted => ({ type: 'chapter', index: context.index })),
    orderForesee: emit(({ context }): Emitted => ({ type: 'foresee', index: context.index })),
  },
}).createMachine({
  id: 'lesson',
  context: { asks: [], index: -1, eager: false, ...FRESH },
  initial: 'absent',
  on: {
    GO: { guard: 'isThere', target: '#going', actions: 'toGiven' },
    NEXT: { guard: 'hasNext', target: '#going', actions: 'toNext' },
    BACK: { guard: 'hasBack', target: '#going', actions: 'toBack' },
    CHANGED: { actions: 'forget' },
  },
  states: {
    /** No run is there yet, or it has no story. */
    absent: {
      on: {
        NEXT: { actions: assign({ eager: true }) },
        OPENED: [
          { guard: 'returnsHere', target: '#going', actions: ['open', 'toGiven'] },
          { guard: 'goesOnHere', target: '#going', actions: ['open', 'toFirst', 'toNext'] },
          { guard: 'beginsHere', target: 'story', actions: ['open', 'toFirst'] },
          { guard: 'hasStory', target: 'exploring', actions: ['open', 'toGiven'] },
        ],
      },
    },
    exploring: {
      on: { RESUME: { guard: 'isSomewhere', target: '#going' } },
    },
    story: {
      initial: 'arrived',
      on: {
        LEFT: 'exploring',
        ARRIVED: { target: '.arrived', actions: 'toGiven' },
      },
      states: {
        going: { id: 'going', entry: 'orderChapter' },
        arrived: {
          always: [
            { guard: 'knowsHere', target: 'answered' },
            { guard: 'asksHere', target: 'asking' },
            { target: 'reading' },
          ],
        },
        reading: {},
        asking: {
          on: {
            CHOOSE: { actions: 'choose' },
            ANSWER: { guard: 'hasGuess', target: 'looking' },
          },
        },
        looking: {
          entry: 'orderForesee',
          on: { FORESEEN: { target: 'answered', actions: 'learn' }, UNKNOWN: 'asking' },
        },
        answered: { on: { AGAIN: { target: 'asking', actions: 'forget' } } },
      },
    },
  },
});
