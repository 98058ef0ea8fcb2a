/** A segment arrives: RFC 9293 §3.10.7.3 (SYN-SENT) and §3.10.7.4 (all later states), in order. */
import { add32, before } from '../../bits/words';
import type { Segment } from '../../wire/tcp';
import { acknowledge, establish, setWindow } from './acknowledge';
import { initialOctets } from './congestion/window';
import { end, change, waitOut, type Draft } from './draft';
import type { Ignored } from './notes';
import { refuse } from './refuse';
import { isAcceptable, take, takeFin } from './receive';
import { sendSyn } from './send';
import { lengthOf, MOST_SHIFT, receiveLimit, rejectAck, shiftFor } from './transmit';

export function arrive(draft: Draft, segment: Segment): void {
  if (draft.phase === 'CLOSED') arriveAtClosed(draft, segment);
  else if (draft.phase === 'SYN-SENT') arriveAtSynSent(draft, segment);
  else arriveLater(draft, segment);
}

function arriveAtClosed(draft: Draft, segment: Segment): void {
  const next = refuse(segment);
  draft.effects.push(...next.effects);
  draft.notes.push(...next.notes);
}

const ignore = (draft: Draft, why: 'no syn' | 'reset without ack', segment: Segment): void => {
  draft.notes.push({ kind: 'ignored', why, sequence: segment.sequence });
};

/** §3.10.7.3. */
function arriveAtSynSent(draft: Draft, segment: Segment): void {
  const { send } = draft;
  const { flags, acknowledgment: ack } = segment;
  // First: an ACK of anything but our SYN belongs to an old connection.
  if (flags.ack && (!before(send.iss, ack) || before(send.max, ack))) {
    if (flags.rst) ignore(draft, 'reset without ack', segment);
    else rejectAck(draft, segment);
    return;
  }
  // Second: only a reset that knows our SYN is believed.
  if (flags.rst) {
    if (flags.ack) end(draft, 'reset', 'refused');
    else ignore(draft, 'reset without ack', segment);
    return;
  }
  // Fourth.
  if (!flags.syn) {
    ignore(draft, 'no syn', segment);
    return;
  }
  learnSyn(draft, segment);
  if (flags.ack) {
    change(draft, 'syn and ack');
    draft.effects.push({ kind: 'connected' });
    draft.owesAck = true;
    acknowledge(draft, segment);
    setWindow(draft, segment);
    take(draft, segment);
    takeFin(draft);
    return;
  }
  callTogether(draft, segment);
}

/** Both sides called: what came with the SYN counts, but nobody is told before the handshake. */
function callTogether(draft: Draft, segment: Segment): void {
  change(draft, 'syn');
  setWindow(draft, segment);
  take(draft, segment);
  sendSyn(draft);
  // Its ACK may answer the first SYN or this one (Karn's algorithm, RFC 6298 §3).
  draft.retransmission.timed = null;
}

/** The peer's numbers begin: RCV.NXT, IRS, and how much it takes at once (§3.7.1). */
export function learnSyn(draft: Draft, segment: Segment): void {
  const { receive, send } = draft;
  const { mssOctets, settings } = draft.before;
  receive.irs = segment.sequence;
  receive.nxt = add32(segment.sequence, 1);
  // What the SYN itself offers is never scaled.
  receive.edge = add32(receive.nxt, receiveLimit(draft));
  if (settings.windowScale && segment.windowScale !== undefined) {
    receive.shift = shiftFor(settings);
    send.shift = Math.min(segment.windowScale, MOST_SHIFT);
  }
  const theirs = Math.max(segment.mss ?? settings.unsaidMssOctets, settings.leastMssOctets);
  send.mssOctets = Math.min(theirs, mssOctets);
  const { initialWindowSegments } = settings;
  draft.congestion.cwndOctets = initialOctets(send.mssOctets, initialWindowSegments);
}

/** §3.10.7.4. */
function arriveLater(draft: Draft, segment: Segment): void {
  if (!isAcceptable(draft.receive, segment)) {
    onUnacceptable(draft, segment);
  } else if (segment.flags.rst) {
    onReset(draft, segment);
  } else if (segment.flags.syn) {
    onSyn(draft, segment);
  } else if (!segment.flags.ack) {
    draft.notes.push({ kind: 'ignored', why: 'no ack', sequence: segment.sequence });
  } else {
    if (draft.phase === 'SYN-RECEIVED' && !establish(draft, segment)) return;
    if (!acknowledge(draft, segment)) return;
    take(draft, segment);
    takeFin(draft);
  }
}

/** First: outside the window an ACK says where we are, unless it is a reset. */
function onUnacceptable(draft: Draft, segment: Segment): void {
  const { sequence, flags } = segment;
  draft.notes.push({ kind: 'ignored', why: strangeness(draft, segment), sequence });
  if (flags.rst) return;
  draft.owesAck = true;
  // "The only thing that can arrive in this state is a retransmission of the remote FIN."
  const isFin = flags.fin && add32(sequence, lengthOf(segment)) === draft.receive.nxt;
  if (draft.phase === 'TIME-WAIT' && isFin) waitOut(draft, 'fin');
}

function strangeness({ receive }: Draft, { flags, sequence }: Segment): Ignored {
  if (flags.rst) return 'reset';
  return flags.syn && sequence === receive.irs ? 'known syn' : 'window';
}

/** Second, with RFC 5961 §3.2: to be believed a reset must name the very next number. */
function onReset(draft: Draft, { sequence }: Segment): void {
  if (sequence !== draft.receive.nxt) {
    draft.notes.push({ kind: 'challenged', why: 'reset', sequence });
    draft.owesAck = true;
    return;
  }
  const { phase, before: state } = draft;
  if (phase === 'SYN-RECEIVED') end(draft, 'reset', state.passive ? 'reset' : 'refused');
  else end(draft, 'reset', phase === 'TIME-WAIT' ? 'orderly' : 'reset');
}

/** Fourth, with RFC 5961 §4.2: a peer that really starts anew answers the ACK with a reset. */
function onSyn(draft: Draft, { sequence }: Segment): void {
  if (draft.phase === 'SYN-RECEIVED' && draft.before.passive) {
    end(draft, 'syn', 'reset');
    return;
  }
  draft.notes.push({ kind: 'challenged', why: 'syn', sequence });
  draft.owesAck = true;
}
