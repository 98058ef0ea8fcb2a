/**
 * One TCP connection as plain data: the transmission control block of RFC 9293 §3.3.1, with what
 * goes in and comes out of its step. Sequence numbers are modulo 2^32; a variable keeps the name
 * the RFC gives it (SND.UNA is `send.una`).
 */
import type { Endpoint } from '../../contract/program';
import type { Octets } from '../../contract/octets';
import type { Nanos } from '../../contract/time';
import type { Segment } from '../../wire/tcp';
import type { Window } from './congestion/window';
import type { Note } from './notes';
import type { Settings } from './settings';
import type { Phase } from './table';
import type { Outcome } from '../../contract/outcome';

export type Send = {
  readonly iss: number;
  /** The oldest sequence number that is not acknowledged, and the next to be sent. */
  readonly una: number;
  readonly nxt: number;
  /** After the highest ever sent: a window probe goes beyond `nxt` and does not move it. */
  readonly max: number;
  /** What the peer lets us send from `una` on, and the segment that said so. */
  readonly window: number;
  readonly wl1: number;
  readonly wl2: number;
  /** By how many bits the window is shifted that the peer says. */
  readonly shift: number;
  /** The largest window it ever offered. */
  readonly greatestWindow: number;
  /** Octets of data in a full segment: Eff.snd.MSS of §3.7.1. */
  readonly mssOctets: number;
  readonly synAcknowledged: boolean;
  /** What the program wrote and the peer has not acknowledged; sent octets first. */
  readonly buffer: Octets;
  /** The sequence number of our FIN, once the program has closed. */
  readonly finAt: number | null;
  /** The program was told that not everything fits. */
  readonly full: boolean;
  /** When something last went that takes a number. */
  readonly lastSentNs: Nanos;
};

/** Octets that came before those in front of them. */
export type Piece = { readonly sequence: number; readonly octets: Uint8Array };

/** All 0 until the peer's SYN is here. */
export type Receive = {
  readonly irs: number;
  /** The next sequence number that is wanted. */
  readonly nxt: number;
  /** The right edge of the window that was offered, RCV.NXT + RCV.WND; it never moves back. */
  readonly edge: number;
  /** In order, and not read yet. */
  readonly buffer: Octets;
  /** In the order of their numbers, without overlaps, all beyond `nxt`. */
  readonly pieces: readonly Piece[];
  /** The sequence number of the peer's FIN, and whether everything before it is here. */
  readonly finAt: number | null;
  readonly ended: boolean;
  /** By how many bits the window is shifted that we say (RFC 7323 §2.2); null: not agreed upon. */
  readonly shift: number | null;
  /** Segments in order since the last ACK that was sent. */
  readonly unacknowledged: number;
};

/** RFC 6298, and the counts of what went unanswered. */
export type Retransmission = {
  readonly srttNs: number | null;
  readonly rttvarNs: number;
  readonly rtoNs: number;
  /** The one segment whose round trip is being measured: acknowledged by `sequence`. */
  readonly timed: { readonly sequence: number; readonly sentAt: Nanos } | null;
  /** Retransmissions or probes since the peer last answered. */
  readonly retries: number;
  /** Probes of the window since it closed. */
  readonly probes: number;
  /** Duplicate ACKs since the last new one. */
  readonly duplicates: number;
  /** What is being repaired: a loss that duplicates told of, or all that was sent before a timeout. */
  readonly repair: 'none' | 'fast recovery' | 'timeout';
  /** The highest number sent when the repair began; the repair is over when it is acknowledged. */
  readonly recover: number | null;
};

/** When each is due, or NEVER. */
export type Timers = {
  readonly retransmission: Nanos;
  readonly persist: Nanos;
  readonly timeWait: Nanos;
  readonly delayedAck: Nanos;
};

export type State = {
  readonly phase: Phase;
  readonly local: Endpoint;
  readonly remote: Endpoint;
  /** Came out of a listening socket. */
  readonly passive: boolean;
  /** The MSS that we announce. */
  readonly mssOctets: number;
  readonly settings: Settings;
  readonly send: Send;
  readonly receive: Receive;
  readonly retransmission: Retransmission;
  readonly congestion: Readonly<Window>;
  readonly timers: Timers;
  /** The earliest of the timers. */
  readonly wakeAt: Nanos;
};

export type Input =
  | { readonly kind: 'segment'; readonly segment: Segment }
  /** The octets are the connection's from now on. */
  | { readonly kind: 'send'; readonly octets: Uint8Array }
  | { readonly kind: 'read'; readonly maxOctets: number }
  /** We have nothing more to say; the peer may go on (half-close). */
  | { readonly kind: 'close' }
  /** Some settings are others from now on. */
  | { readonly kind: 'set'; readonly settings: Partial<Settings> }
  | { readonly kind: 'abort' }
  | { readonly kind: 'wake' };

/** Why a connection is gone; an abort of our own counts as `reset`. */
export type Why = 'orderly' | 'reset' | 'timeout' | 'refused';

export type Effect =
  | { readonly kind: 'transmit'; readonly segment: Segment }
  | { readonly kind: 'connected' }
  /** Answers `send`: how many of its octets were taken; `writable` follows when there is room. */
  | { readonly kind: 'accepted'; readonly lengthOctets: number }
  /** Answers `read`. `end`: nothing will come after these octets. */
  | { readonly kind: 'deliver'; readonly octets: Uint8Array; readonly end: boolean }
  /** New octets in order, or the end of the stream. */
  | { readonly kind: 'readable' }
  | { readonly kind: 'writable' }
  /** The phase is CLOSED: the caller may forget the connection. */
  | { readonly kind: 'closed'; readonly why: Why };

export type Next = Outcome<State, Effect, Note>;
