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
  Input,
  Move,
  Note,
  Position,
  Query,
  Verdict,
} from '../../simulator';
import type { Sources } from './programs';

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
  /** Was anything done or edited that can be taken back. */
  readonly undoable: boolean;
};

/** What a moment can be had again from. */
export type Place = {
  readonly slug: string;
  readonly seed: number;
  readonly inputs: readonly Input[];
  readonly at: Position;
  readonly timeNs: number;
  /** Sources that were edited; none when it is left out. */
  readonly sources?: Sources;
};

/** What a link says besides its moment. */
export type Opened = {
  /** Why the link was not followed, or null. */
  readonly notice: string | null;
  /** Path of the part whose room was open. */
  readonly room: string | null;
  readonly grain: Grain | null;
};

export type Order =
  | { readonly kind: 'open'; readonly slug: string; readonly link: string | null }
  | { readonly kind: 'reopen'; readonly place: Place }
  | { readonly kind: 'seek'; readonly to: Position | number }
  /** With a `host`, instructions and micro-steps are those of its processor. */
  | {
      readonly kind: 'step';
      readonly grain: Grain;
      readonly direction: 1 | -1;
      readonly host?: string;
    }
  /** Playing by time: run on to this time and answer with what was seen on the way. */
  | { readonly kind: 'advance'; readonly toNs: number }
  | { readonly kind: 'deed'; readonly deed: Deed }
  | { readonly kind: 'undo' }
  /** Assembles `source` for `host` and runs it from the start, with no inputs. */
  | { readonly kind: 'program'; readonly host: string; readonly source: string }
  | { readonly kind: 'link'; readonly room: string | null; readonly grain: Grain }
  | { readonly kind: 'pcap'; readonly cable: string }
  | { readonly kind: 'look' };

export type Reply =
  | { readonly kind: 'moment'; readonly moment: Moment; readonly opened: Opened | null }
  | { readonly kind: 'link'; readonly link: string }
  | { readonly kind: 'pcap'; readonly octets: Uint8Array }
  /** All marks up to `doneToNs`; more may come. */
  | { readonly kind: 'marks'; readonly marks: readonly Mark[]; readonly doneToNs: number }
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
