/** How connections begin: RFC 9293 §3.10.1 (OPEN) and §3.10.7.2 (a segment finds a listener). */
import { add32 } from '../../bits/words';
import { EMPTY } from '../../contract/octets';
import { NONE, type Outcome } from '../../contract/outcome';
import type { Endpoint } from '../../contract/program';
import { NEVER, type Nanos } from '../../contract/time';
import type { Segment } from '../../wire/tcp';
import { setWindow } from './acknowledge';
import { learnSyn } from './arrive';
import { create as createWindow } from './congestion/window';
import { begin, change } from './draft';
import type { Note } from './notes';
import { refuse } from './refuse';
import { take } from './receive';
import { sendSyn } from './send';
import { RFC, type Settings } from './settings';
import type { Effect, Next, State } from './state';
import { conclude } from './step';
import { follow, type Phase } from './table';

export type Opening = {
  readonly local: Endpoint;
  readonly remote: Endpoint;
  /** The initial send sequence number: hard to guess from outside (§3.4.1), drawn by the caller. */
  readonly iss: number;
  /** Octets of data in a segment that our link carries whole: 1460 on Ethernet. */
  readonly mss: number;
  readonly now: Nanos;
  readonly settings?: Settings;
};

/** A socket that waits for callers. Each call becomes a connection of its own. */
export type Listener = { readonly phase: Phase; readonly local: Endpoint };

/** CLOSED → LISTEN. */
export function listen(local: Endpoint): Outcome<Listener, Effect, Note> {
  return moved({ phase: 'CLOSED', local }, 'passive open');
}

/** LISTEN → CLOSED. What became of earlier calls is not touched. */
export function unlisten(listener: Listener): Outcome<Listener, Effect, Note> {
  return moved(listener, 'close');
}

function moved(
  listener: Listener,
  event: 'passive open' | 'close',
): Outcome<Listener, Effect, Note> {
  const phase = follow(listener.phase, event);
  const note: Note = { kind: 'changed', from: listener.phase, to: phase, event };
  return { state: { ...listener, phase }, effects: NONE, notes: [note] };
}

/** CLOSED → SYN-SENT, with the SYN on its way. */
export function open(opening: Opening): Next {
  const draft = begin(blank(opening, 'CLOSED'), opening.now);
  change(draft, 'active open');
  sendSyn(draft);
  return conclude(draft);
}

/**
 * A segment for a listening socket that belongs to no connection: LISTEN → SYN-RECEIVED on a
 * connection of its own. The state is null when the segment does not call (§3.10.7.2).
 */
export function accept(segment: Segment, opening: Opening): Outcome<State | null, Effect, Note> {
  const { sequence, flags } = segment;
  // First a reset, then an ACK: both belong to a connection that is no more.
  if (flags.rst || flags.ack) return refuse(segment);
  if (!flags.syn) {
    const note: Note = { kind: 'ignored', why: 'not a call', sequence };
    return { state: null, effects: NONE, notes: [note] };
  }
  const draft = begin(blank(opening, 'LISTEN'), opening.now);
  change(draft, 'syn');
  learnSyn(draft, segment);
  setWindow(draft, segment);
  take(draft, segment);
  sendSyn(draft);
  return conclude(draft);
}

function blank(opening: Opening, phase: 'CLOSED' | 'LISTEN'): State {
  const { local, remote, iss, mss: mssOctets, settings = RFC } = opening;
  return {
    phase,
    local,
    remote,
    passive: phase === 'LISTEN',
    mssOctets,
    settings,
    send: {
      iss,
      una: iss,
      nxt: add32(iss, 1),
      max: iss,
      window: 0,
      wl1: 0,
      wl2: 0,
      shift: 0,
      greatestWindow: 0,
      mssOctets: Math.min(mssOctets, settings.unsaidMssOctets),
      synAcknowledged: false,
      buffer: EMPTY,
      finAt: null,
      full: false,
      lastSentNs: opening.now,
    },
    receive: {
      irs: 0,
      nxt: 0,
      edge: 0,
      buffer: EMPTY,
      pieces: NONE,
      finAt: null,
      ended: false,
      shift: null,
      unacknowledged: 0,
    },
    retransmission: {
      srttNs: null,
      rttvarNs: 0,
      rtoNs: settings.initialRtoNs,
      timed: null,
      retries: 0,
      probes: 0,
      duplicates: 0,
      repair: 'none',
      recover: null,
    },
    congestion: createWindow(mssOctets, settings.initialWindowSegments),
    timers: { retransmission: NEVER, persist: NEVER, timeWait: NEVER, delayedAck: NEVER },
    wakeAt: NEVER,
  };
}
