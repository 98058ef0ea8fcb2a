/**
 * What passes between the screen and the engine's worker: plain data both ways. The screen sends
 * orders; every answer is one whole moment, so that a late or dropped answer leaves nothing stale.
 */
import type {
  Answer,
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

export type HostSummary = {
  readonly name: string;
  readonly title: string;
  readonly address: string;
  /** One short phrase: what it is doing at this moment ("running ping", "idle"). */
  readonly doing: string;
  readonly busy: boolean;
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

export type Moment = {
  readonly slug: string;
  readonly at: Position;
  readonly timeNs: number;
  readonly endsAtNs: number;
  readonly events: number;
  readonly atStart: boolean;
  readonly atEnd: boolean;
  readonly hosts: readonly HostSummary[];
  readonly cables: Readonly<Record<string, CableView>>;
  readonly answers: Readonly<Record<string, Answer | null>>;
  /** What travelled and was said in the step (or the stretch) that led here, fine ones included. */
  readonly moves: readonly Move[];
  readonly notes: readonly Note[];
  /** What the current step was, in one sentence. */
  readonly sentence: string;
  /** The latest lines, newest last. */
  readonly log: readonly LogLine[];
  readonly inputs: readonly Input[];
  readonly verdicts: readonly Verdict[];
};

export type Order =
  | { readonly kind: 'open'; readonly slug: string; readonly link: string | null }
  | { readonly kind: 'seek'; readonly to: Position | number }
  | { readonly kind: 'step'; readonly grain: Grain; readonly direction: 1 | -1 }
  /** Playing by time: run on to this time and answer with what was seen on the way. */
  | { readonly kind: 'advance'; readonly toNs: number }
  | { readonly kind: 'deed'; readonly deed: Deed }
  | { readonly kind: 'undo' }
  | { readonly kind: 'link' }
  | { readonly kind: 'pcap'; readonly cable: string }
  | { readonly kind: 'look' };

export type Reply =
  | { readonly kind: 'moment'; readonly moment: Moment }
  | { readonly kind: 'link'; readonly link: string }
  | { readonly kind: 'pcap'; readonly octets: Uint8Array }
  /** What went wrong and what to do; the moment on screen stays. */
  | { readonly kind: 'refused'; readonly why: string };
