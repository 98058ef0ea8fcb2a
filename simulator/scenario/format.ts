/**
 * What a scenario's author writes beside its world, as plain data: where a playhead stops, what a
 * reader may turn and is asked. Matching goes by kinds and fields of moves and notes, never by
 * text; what is right is never written down, but found out by running ahead.
 */
import type { CableParameter } from '../link/parameters';
import type { Deed } from '../world/input';
import type { Grain } from '../contract/seen';
import type { Nanos } from '../contract/time';

export type Scalar = string | number | boolean | null;

/**
 * A kind of move or note. A path (`part`, `from`, `to`) fits the part itself and whatever lies
 * within it: `client.os` fits `client.os.tcp`. What is left out fits anything.
 */
export type Pattern = {
  readonly see: 'move' | 'note';
  readonly kind: string;
  /** Notes: who says it. */
  readonly part?: string;
  /** Moves: between which parts. */
  readonly from?: string;
  readonly to?: string;
  /** Fields of `what` by dotted path and the value that each must have: `{ 'call.kind': 'write' }`. */
  readonly what?: Readonly<Record<string, Scalar>>;
  /**
   * Fields of the frame that it carries, as the dissector names them: `{ TCP: { SYN: 'yes' } }`; a
   * layer without fields (`{ HTTP: {} }`) must just be there.
   */
  readonly frame?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** It happens inside a part (DMA, a word in the processor), so that it is seen only from close by. */
  readonly fine?: boolean;
};

/** Where in a run something is: the `nth` (from 1) that fits, after `after` or the stop before. */
export type Matcher = {
  /** Id of an earlier chapter behind which it lies; without it, of the one before. */
  readonly after?: string;
  readonly coarse: Pattern;
  readonly nth?: number;
  /** Inside the parts: the first that fits behind the coarse one, within `withinNs` (100 µs). */
  readonly then?: Pattern;
  readonly thenNth?: number;
  readonly withinNs?: Nanos;
};

/** Where a playhead stands. `start` is before anything has happened, `end` the run's end. */
export type Stop =
  | 'start'
  | 'end'
  | (Matcher & {
      /**
       * `after` (what happens when it is left out) what was found; `before` it; or, of a move that
       * takes time, `halfway` of it.
       */
      readonly stand?: 'before' | 'after' | 'halfway';
    });

export type Chapter = {
  /** Letters, digits and hyphens; the same for good, as progress is kept by it. */
  readonly id: string;
  readonly title: string;
  /** One to three paragraphs of Markdown (emphasis, code, links to the glossary: `[frame](term:frame)`). */
  readonly text: string;
  readonly stop: Stop;
  /** Path of the part whose room opens; null closes it. */
  readonly room: string | null;
  /** Paths of parts that are pointed at on the map. */
  readonly focus: readonly string[];
  /** How big the steps are from here on. */
  readonly grain?: Grain;
  readonly prediction?: Prediction;
};

/** What is tried before the engine looks ahead: on a fork, never in the run on show. */
export type Given = {
  /** In words that end "If …,": "the next frame is lost". */
  readonly words: string;
  readonly deeds: readonly Deed[];
};

/** A name for an answer and what in the run it stands for. */
export type Option = { readonly label: string; readonly fits: Pattern };

/** A set of things that can be marked, seen in a moment. */
export type Cells =
  /** Registers of a processor by name. */
  | { readonly kind: 'registers'; readonly host: string }
  /** Words (32 bits) of memory by address. */
  | {
      readonly kind: 'words';
      readonly host: string;
      readonly from: number;
      readonly count: number;
    };

/** What the reader is asked, and how the engine finds out. */
export type Question =
  /** Which comes first. What fits none of them within the run is "none of these". */
  | { readonly kind: 'choice'; readonly options: readonly Option[] }
  /** In which order they come; each must. */
  | { readonly kind: 'order'; readonly options: readonly Option[] }
  /** At which part (two names of its path: `client.nic`, or a cable) the first that fits is; a move arrives there. */
  | { readonly kind: 'part'; readonly fits: Pattern }
  /** How many, how long, or which value. */
  | {
      readonly kind: 'number';
      readonly of:
        /** Virtual time from here to the first that fits, ns. */
        | { readonly count?: never; readonly timeTo: Pattern }
        /** How many fit before the first that fits `until`, or the end. */
        | { readonly count: Pattern; readonly until?: Pattern }
        /** The number at a dotted path of the `what` of the first that fits. */
        | { readonly value: Pattern; readonly at: string };
      /** What the reader types is in this unit: `divisor` of the engine's make one. */
      readonly unit: string;
      readonly divisor?: number;
      /** How far off still counts as right, in the reader's unit; 0 when left out. */
      readonly tolerance?: number;
    }
  /** Which cells have another value just after the first that fits. */
  | { readonly kind: 'cells'; readonly of: Cells; readonly changedBy: Pattern };

export type Prediction = {
  readonly ask: string;
  readonly given?: Given;
  readonly question: Question;
  /** Said whatever was answered, beside the engine's evidence. */
  readonly because: string;
};

/** A parameter of the world that a reader may turn. */
export type Knob = {
  /** Letters, digits and hyphens; it stands in links and after `--set`. */
  readonly name: string;
  readonly title: string;
  /** One sentence. */
  readonly means: string;
  readonly range:
    | {
        readonly kind: 'number';
        readonly unit: string;
        readonly least: number;
        readonly most: number;
        readonly step: number;
        readonly preset: number;
        /** The world's number is this many times the reader's; 1 when left out. */
        readonly times?: number;
      }
    | {
        readonly kind: 'choice';
        readonly options: readonly { readonly value: string; readonly label: string }[];
        readonly preset: string;
      }
    | { readonly kind: 'switch'; readonly preset: boolean };
  readonly sets: Parameter;
};

/** What a knob turns. That of a cable also while time runs, the others from the start. */
export type Parameter =
  | { readonly of: 'cable'; readonly cable: string; readonly field: CableParameter }
  /** An argument of a modelled program, by the program's place in the host's list. */
  | {
      readonly of: 'program';
      readonly host: string;
      readonly program: number;
      readonly argument: string;
    }
  /** A cost of `contract/costs.ts` by dotted path, of every computer. */
  | { readonly of: 'cost'; readonly cost: string };

export type KnobValue = string | number | boolean;
/** By name; what is not named stands at its preset. In the reader's units. */
export type KnobValues = Readonly<Record<string, KnobValue>>;

/** What a reader answers, and what the engine finds out. */
export type Guess =
  /** Index of the option; null is "none of these". */
  | { readonly kind: 'choice'; readonly option: number | null }
  /** Indices of the options, the first first. */
  | { readonly kind: 'order'; readonly order: readonly number[] }
  /** Path of a part (`client.nic`) or the name of a cable. */
  | { readonly kind: 'part'; readonly part: string }
  /** In the reader's unit. */
  | { readonly kind: 'number'; readonly value: number }
  /** Names of the cells: `a0`, or `0x80001000`. */
  | { readonly kind: 'cells'; readonly cells: readonly string[] };
