/**
 * What passes between the screen and the engine's worker: plain data both ways. The screen sends
 * orders; every answer is one whole moment, so that a late or dropped answer leaves nothing stale.
 */
import type {
  Answer,
  AssemblyError,
  CableView,
  Deed,
  Grain,
  Guess,
  Input,
  KnobValue,
  KnobValues,
  Move,
  Note,
  Position,
  Query,
  Verdict,
} from '../../simulator';
import type { Change } from './change';
import type { Filter, Series, Window } from './happenings';
import type { Sources } from './programs';
import type { View } from './view';

/** The questions of all views on screen, by a key of the view's own (`client.ram`). */
export type Questions = Readonly<Record<string, Query>>;

/** A line of the log: a note or a move in words. */
export type LogLine = {
  readonly id: string;
  readonly at: Position;
  readonly timeNs: number;
  /** Path of the part that it is about; its first name is a host or a cable. */
  readonly part: string;
  readonly kind: string;
  readonly sentence: string;
};

/** A line of the log of the whole run: what it was about besides, and what led to it. */
export type HistoryLine = LogLine & {
  /** Where what moved arrives; of a note `part` again. */
  readonly to: string;
  /** Id of the move or the note that led to it, or of the input; null when nothing did. */
  readonly cause: string | null;
};

/** Something that matters, on the scrubber. */
export type Mark = {
  readonly at: Position;
  readonly timeNs: number;
  readonly kind: 'frame' | 'lost' | 'call' | 'print' | 'exit' | 'input';
  readonly label: string;
};

export type ProcessorSummary = {
  /** State of the control unit; null between two instructions. */
  readonly state: string | null;
  /** What the ALU did last in this instruction, or the one that has just ended; null when nothing. */
  readonly operation: string | null;
};

export type HostSummary = {
  readonly name: string;
  readonly title: string;
  readonly address: string;
  /** One short phrase: what it is doing at this moment ("running ping", "idle"). */
  readonly doing: string;
  readonly busy: boolean;
  /** Inside its processor; null where programs are modelled and it executes no instructions. */
  readonly processor: ProcessorSummary | null;
  readonly interrupt: boolean;
  readonly processes: readonly {
    readonly pid: number;
    readonly name: string;
    readonly state: string;
  }[];
  readonly consoleTail: string;
  readonly framesSent: number;
  readonly framesReceived: number;
};

export type Passed = { readonly moves: readonly Move[]; readonly notes: readonly Note[] };

export type Moment = {
  readonly slug: string;
  readonly seed: number;
  readonly at: Position;
  /** Where the playhead stands; -1 before anything has happened. */
  readonly timeNs: number;
  /** Where it stood before the step (or the stretch) that led here; `timeNs` after a leap. */
  readonly fromNs: number;
  /** When the next thing happens by itself; null when nothing does before the end. */
  readonly nextNs: number | null;
  readonly endsAtNs: number;
  readonly events: number;
  /** How big a step can be in this world, from coarse to fine. */
  readonly grains: readonly Grain[];
  readonly atStart: boolean;
  readonly atEnd: boolean;
  readonly hosts: readonly HostSummary[];
  readonly cables: Readonly<Record<string, CableView>>;
  readonly answers: Readonly<Record<string, Answer | null>>;
  /** What travelled and was said in the step (or the stretch) that led here, fine ones included. */
  readonly moves: readonly Move[];
  readonly notes: readonly Note[];
  /** After a leap, what was seen of frames before it, the latest; else nothing. */
  readonly passed: Passed;
  /** What the current step was, in one sentence. */
  readonly sentence: string;
  /** The latest lines, newest last. */
  readonly log: readonly LogLine[];
  readonly inputs: readonly Input[];
  readonly verdicts: readonly Verdict[];
  /** Sources that were edited. */
  readonly sources: Sources;
  /** Knobs as they stand at this moment, those at their presets too. */
  readonly knobs: KnobValues;
  /** Those that were turned before the start: what the run is made of. */
  readonly turned: KnobValues;
  /** Was anything done, turned or edited that can be taken back. */
  readonly undoable: boolean;
  /** The first law that is broken in this run up to here; null while all hold. */
  readonly broken: Broken | null;
  /** While two runs are compared. */
  readonly beside: Beside | null;
};

/** Where a chapter stops in the run on show. */
export type Reached = {
  readonly id: string;
  /** `missing`: in this run it does not come. */
  readonly state: 'found' | 'missing' | 'looking';
  /** Null unless it was found. */
  readonly at: Position | null;
  readonly timeNs: number;
};

/** Where a playhead stands: what was done last, and the time, which may be later. */
export type Stand = { readonly at: Position; readonly timeNs: number };

/** A law that was found broken: at the first moment at which it was. */
export type Broken = { readonly verdict: Verdict; readonly at: Position; readonly timeNs: number };

/** The other of two runs that are compared, at the same time. */
export type Beside = {
  readonly moment: Moment;
  /** What was done in it, in words for its heading. */
  readonly title: string;
  /** Paths of parts whose state differs: `client.nic`, `cable`. */
  readonly differs: readonly string[];
  /** When they first differ; null while they do not. */
  readonly sinceNs: number | null;
};

/** What the engine found out by running ahead, for a chapter's question. */
export type Evidence = {
  /** Null when it could not be found out; then `why` says so. */
  readonly answer: Guess | null;
  readonly why: string | null;
  /** What decided it, in the order of the run. */
  readonly witnesses: readonly {
    readonly at: Position;
    readonly timeNs: number;
    readonly sentence: string;
  }[];
  /** The input log of the fork: the run's own, and what the question supposed. */
  readonly inputs: readonly Input[];
};

/** A run to compare with: without anything that was changed, or with another input log. */
export type Branch =
  | { readonly kind: 'authored' }
  | { readonly kind: 'inputs'; readonly inputs: readonly Input[]; readonly title: string };

/** What a moment can be had again from. */
export type Place = {
  readonly slug: string;
  readonly seed: number;
  readonly inputs: readonly Input[];
  readonly at: Position;
  readonly timeNs: number;
  /** Sources that were edited; none when it is left out. */
  readonly sources?: Sources;
  /** Knobs that were turned before the start; those not named stand at their presets. */
  readonly knobs?: KnobValues;
};

/** What a link says besides its moment. */
export type Opened = {
  /** Why the link was not followed, or null. */
  readonly notice: string | null;
  /** Path of the part whose room was open. */
  readonly room: string | null;
  readonly grain: Grain | null;
  /** Where the stage looked, unless at everything. */
  readonly view?: View;
};

export type Order =
  | { readonly kind: 'open'; readonly slug: string; readonly link: string | null }
  | { readonly kind: 'reopen'; readonly place: Place }
  | { readonly kind: 'seek'; readonly to: Position | number }
  /**
   * With a `host`, instructions and micro-steps are those of its processor. Neither this nor
   * `advance` goes beyond `until`.
   */
  | {
      readonly kind: 'step';
      readonly grain: Grain;
      readonly direction: 1 | -1;
      readonly host?: string;
      readonly until?: Stand;
    }
  /** Playing by time: run on to this time and answer with what was seen on the way. */
  | { readonly kind: 'advance'; readonly toNs: number; readonly until?: Stand }
  /** To where that chapter stops; when it does not come in this run, that is refused. */
  | { readonly kind: 'chapter'; readonly id: string }
  | { readonly kind: 'deed'; readonly deed: Deed }
  /** A cable's from now on; the others from the start, with nothing done. */
  | { readonly kind: 'knob'; readonly name: string; readonly value: KnobValue }
  /** The last change; or the one that is meant, and nothing when it is no longer there. */
  | { readonly kind: 'undo'; readonly change?: Change }
  /** Puts another run beside this one; null ends it. */
  | { readonly kind: 'compare'; readonly branch: Branch | null }
  /** What will come of that chapter's question, from where the chapter stops. */
  | { readonly kind: 'foresee'; readonly id: string }
  /** Assembles `source` for `host` and runs it from the start, with no inputs. */
  | { readonly kind: 'program'; readonly host: string; readonly source: string }
  | {
      readonly kind: 'link';
      readonly room: string | null;
      readonly grain: Grain;
      readonly view?: View;
    }
  | { readonly kind: 'pcap'; readonly cable: string }
  | { readonly kind: 'look' }
  | Inquiry;

/**
 * Asks for the history of the whole run: changes no moment, and waits for orders that do. A later
 * one of the same kind from the same `view` makes an earlier one that still waits pointless.
 */
export type Inquiry =
  /** `fine`: what happens inside the parts too, of stretches short enough. */
  | {
      readonly kind: 'window';
      readonly fromNs: number;
      readonly toNs: number;
      readonly filter: Filter;
      readonly columns: number;
      readonly most: number;
      readonly fine: boolean;
      readonly view?: string;
    }
  /** The lines from the one with index `offset` on; `text` is looked for in their sentences. */
  | {
      readonly kind: 'lines';
      readonly filter: Filter;
      readonly text: string;
      readonly offset: number;
      readonly count: number;
      readonly view?: string;
    }
  /** All lines that pass, as a file. */
  | {
      readonly kind: 'export';
      readonly filter: Filter;
      readonly text: string;
      readonly as: 'tsv' | 'jsonl';
      /** Nothing that lies behind the playhead. */
      readonly upToNow: boolean;
      readonly view?: string;
    }
  /** What a filter can name. */
  | { readonly kind: 'kinds'; readonly view?: string }
  | { readonly kind: 'series'; readonly view?: string };

export type Reply =
  | { readonly kind: 'moment'; readonly moment: Moment; readonly opened: Opened | null }
  | { readonly kind: 'link'; readonly link: string }
  | { readonly kind: 'pcap'; readonly octets: Uint8Array }
  /** All marks up to `doneToNs`; more may come. */
  | { readonly kind: 'marks'; readonly marks: readonly Mark[]; readonly doneToNs: number }
  /** Where the chapters stop, as far as is known. */
  | { readonly kind: 'chapters'; readonly reached: readonly Reached[] }
  | { readonly kind: 'evidence'; readonly evidence: Evidence }
  | { readonly kind: 'window'; readonly window: Window }
  | {
      readonly kind: 'lines';
      readonly lines: readonly HistoryLine[];
      /** Index of the first of them. */
      readonly offset: number;
      readonly total: number;
      /** Index of the last line at or before the playhead; -1 before the first. */
      readonly current: number;
      /** Whether the run was looked through to its end; until then `total` grows. */
      readonly complete: boolean;
    }
  /** `whole`: all lines are in it; a file has only the first of very many. */
  | {
      readonly kind: 'export';
      readonly octets: Uint8Array;
      readonly lines: number;
      readonly whole: boolean;
    }
  | {
      readonly kind: 'kinds';
      /** The most frequent first; `line`: the log has a line of each. */
      readonly kinds: readonly {
        readonly kind: string;
        readonly count: number;
        readonly line: boolean;
      }[];
      /** Of each path of a part and of each path that lies around one. */
      readonly parts: readonly { readonly path: string; readonly count: number }[];
    }
  | { readonly kind: 'series'; readonly series: readonly Series[]; readonly doneToNs: number }
  /** A later one of its kind came before it was answered. */
  | { readonly kind: 'superseded' }
  /** The source does not assemble; nothing has changed. */
  | { readonly kind: 'errors'; readonly errors: readonly AssemblyError[] }
  /** What went wrong and what to do; the moment on screen stays. */
  | { readonly kind: 'refused'; readonly why: string };

/** To the worker. A later seek, advance or look makes an earlier one that still waits pointless. */
export type Letter = {
  readonly id: number;
  readonly order: Order;
  readonly questions: Questions;
};

/** From the worker; `id` is null for what was not asked for. */
export type Post = { readonly id: number | null; readonly reply: Reply };
