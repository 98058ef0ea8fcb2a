/**
 * A step in the making: fresh copies of what a step changes, what it has said so far, and what it
 * owes the peer. Only the step that began a draft sees it.
 */
import { EMPTY } from '../../contract/octets';
import { NEVER, type Nanos } from '../../contract/time';
import type { Window } from './congestion/window';
import type { Note } from './notes';
import type { Effect, Next, Receive, Retransmission, Send, State, Timers, Why } from './state';
import { follow, type Event, type Phase } from './table';

type Mutable<T> = { -readonly [field in keyof T]: T[field] };

export type Draft = {
  readonly now: Nanos;
  readonly before: State;
  phase: Phase;
  readonly send: Mutable<Send>;
  readonly receive: Mutable<Receive>;
  readonly retransmission: Mutable<Retransmission>;
  readonly congestion: Window;
  readonly timers: Mutable<Timers>;
  /** The peer must hear an ACK; any segment that carries one will do. */
  owesAck: boolean;
  readonly effects: Effect[];
  readonly notes: Note[];
};

// Field by field: spreads of so many fields, some of them doubles, took a seventh of a bulk transfer.
const copySend = (from: Send): Mutable<Send> => ({
  iss: from.iss,
  una: from.una,
  nxt: from.nxt,
  max: from.max,
  window: from.window,
  wl1: from.wl1,
  wl2: from.wl2,
  shift: from.shift,
  greatestWindow: from.greatestWindow,
  mssOctets: from.mssOctets,
  synAcknowledged: from.synAcknowledged,
  buffer: from.buffer,
  finAt: from.finAt,
  full: from.full,
  lastSentNs: from.lastSentNs,
});

const copyReceive = (from: Receive): Mutable<Receive> => ({
  irs: from.irs,
  nxt: from.nxt,
  edge: from.edge,
  buffer: from.buffer,
  pieces: from.pieces,
  finAt: from.finAt,
  ended: from.ended,
  shift: from.shift,
  unacknowledged: from.unacknowledged,
});

const copyRetransmission = (from: Retransmission): Mutable<Retransmission> => ({
  srttNs: from.srttNs,
  rttvarNs: from.rttvarNs,
  rtoNs: from.rtoNs,
  timed: from.timed,
  retries: from.retries,
  probes: from.probes,
  duplicates: from.duplicates,
  repair: from.repair,
  recover: from.recover,
});

const copyTimers = (from: Timers): Mutable<Timers> => ({
  retransmission: from.retransmission,
  persist: from.persist,
  timeWait: from.timeWait,
  delayedAck: from.delayedAck,
});

const copyWindow = ({ cwndOctets, ssthreshOctets, memory }: Window): Window => ({
  cwndOctets,
  ssthreshOctets,
  memory,
});

export function begin(state: State, now: Nanos): Draft {
  return {
    now,
    before: state,
    phase: state.phase,
    send: copySend(state.send),
    receive: copyReceive(state.receive),
    retransmission: copyRetransmission(state.retransmission),
    congestion: copyWindow(state.congestion),
    timers: copyTimers(state.timers),
    owesAck: false,
    effects: [],
    notes: [],
  };
}

export function finish(draft: Draft): Next {
  const { before, phase, send, receive, retransmission, congestion, timers, effects, notes } =
    draft;
  const { persist, timeWait, delayedAck } = timers;
  const wakeAt = Math.min(timers.retransmission, persist, timeWait, delayedAck);
  return {
    state: {
      phase,
      local: before.local,
      remote: before.remote,
      passive: before.passive,
      mssOctets: before.mssOctets,
      settings: before.settings,
      send,
      receive,
      retransmission,
      congestion,
      timers,
      wakeAt,
    },
    effects,
    notes,
  };
}

/** Moves along a row of the table. */
export function change(draft: Draft, event: Event): void {
  const from = draft.phase;
  draft.phase = follow(from, event);
  draft.notes.push({ kind: 'changed', from, to: draft.phase, event });
}

/** TIME-WAIT begins or begins again (§3.10.7.4: all other timers off, the 2 MSL timer on). */
export function waitOut(draft: Draft, event: 'fin' | 'ack of fin'): void {
  change(draft, event);
  draft.timers.timeWait = draft.now + draft.before.settings.timeWaitNs;
}

/**
 * The connection is gone. What the peer sent in order stays to be read after an orderly end; else
 * "all segment queues should be flushed" (§3.10.7.4).
 */
export function end(draft: Draft, event: Event, why: Why): void {
  change(draft, event);
  draft.owesAck = false;
  draft.send.buffer = EMPTY;
  draft.receive.pieces = [];
  if (why !== 'orderly') draft.receive.buffer = EMPTY;
  draft.timers.retransmission = NEVER;
  draft.timers.persist = NEVER;
  draft.timers.timeWait = NEVER;
  draft.timers.delayedAck = NEVER;
  draft.effects.push({ kind: 'closed', why });
}
