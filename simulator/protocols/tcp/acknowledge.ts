/** The ACK field of a segment: RFC 9293 §3.10.7.4, "fifth", and RFC 5961 §5. */
import { drop } from '../../contract/octets';
import { add32, before, distance, shifted } from '../../bits/words';
import { NEVER } from '../../contract/time';
import type { Segment } from '../../wire/tcp';
import { flightOf } from './allowance';
import { change, end, waitOut, type Draft } from './draft';
import { forgetLostSyn, measure } from './rto';
import { isDuplicate, onDuplicate, onProgress } from './recovery';
import type { Settings } from './settings';
import type { Send } from './state';
import { rejectAck } from './transmit';

/** Our SYN is acknowledged: the connection stands, or a reset is sent and it does not. */
export function establish(draft: Draft, segment: Segment): boolean {
  const { send } = draft;
  const ack = segment.acknowledgment;
  if (!before(send.una, ack) || before(send.max, ack)) {
    rejectAck(draft, segment);
    return false;
  }
  setWindow(draft, segment);
  change(draft, 'ack of syn');
  draft.effects.push({ kind: 'connected' });
  // A close that had to wait for what was written before it (§3.10.4).
  if (send.finAt !== null) change(draft, 'close');
  return true;
}

/** False when nothing more is to be done with the segment. */
export function acknowledge(draft: Draft, segment: Segment): boolean {
  const { send, retransmission, timers } = draft;
  const { acknowledgment: ack, sequence } = segment;
  if (before(send.max, ack)) return challenge(draft, 'ack of the unsent', sequence);
  // RFC 5961 §5.2: whoever guesses must guess both numbers.
  if (distance(send.una, ack) > send.greatestWindow)
    return challenge(draft, 'ack of long ago', sequence);
  // While the peer answers probes the connection stays open (§3.8.6.1, MUST-37).
  if (timers.persist !== NEVER) retransmission.retries = 0;
  if (before(ack, send.una)) return true;
  if (ack !== send.una) advance(draft, ack);
  else if (isDuplicate(draft, segment, windowIn(draft, segment))) onDuplicate(draft);
  if (isNewer(draft, segment)) setWindow(draft, segment);
  afterFin(draft);
  return draft.phase !== 'CLOSED';
}

function challenge(
  draft: Draft,
  why: 'ack of the unsent' | 'ack of long ago',
  sequence: number,
): false {
  draft.notes.push({ kind: 'challenged', why, sequence });
  draft.owesAck = true;
  return false;
}

/** `ack` is new: what it covers needs no keeping. */
function advance(draft: Draft, ack: number): void {
  const { send, notes } = draft;
  notes.push({ kind: 'acknowledged', sequence: ack, lengthOctets: distance(ack, send.una) });
  measure(draft, ack);
  const flightOctets = flightOf(draft);
  if (!send.synAcknowledged) {
    forgetLostSyn(draft);
    send.synAcknowledged = true;
    send.una = add32(send.iss, 1);
    // What came with the peer's SYN may be told from now on.
    if (draft.receive.buffer.length > 0) draft.effects.push({ kind: 'readable' });
  }
  // A FIN is no octet of the buffer: `drop` stops at its end.
  const octets = distance(ack, send.una);
  send.buffer = drop(send.buffer, octets);
  send.una = ack;
  // The peer took the octet of a window probe.
  if (before(send.nxt, ack)) send.nxt = ack;
  // The timer begins anew (RFC 6298 (5.2), (5.3)).
  draft.retransmission.retries = 0;
  draft.timers.retransmission = NEVER;
  onProgress(draft, octets, flightOctets);
  tellRoom(draft);
}

/** A third of the buffer is free: Linux's sk_stream_is_writeable. */
export function isRoomy({ buffer }: Send, { sendBufferOctets }: Settings): boolean {
  return 3 * (sendBufferOctets - buffer.length) >= sendBufferOctets;
}

/** A program that was turned away hears of room once there is enough to be worth a call. */
function tellRoom(draft: Draft): void {
  const { send, before: state } = draft;
  if (!send.full || send.finAt !== null || !isRoomy(send, state.settings)) return;
  send.full = false;
  draft.effects.push({ kind: 'writable' });
}

/** Not an older segment than the one that set the window last (SND.WL1, SND.WL2). */
function isNewer({ send }: Draft, { sequence, acknowledgment }: Segment): boolean {
  if (before(send.wl1, sequence)) return true;
  return send.wl1 === sequence && !before(acknowledgment, send.wl2);
}

/** What the peer offers: beside a SYN it is never scaled (RFC 7323 §2.2). */
export function windowIn({ send }: Draft, segment: Segment): number {
  return segment.flags.syn ? segment.window : shifted(segment.window, send.shift);
}

export function setWindow(draft: Draft, segment: Segment): void {
  const { send, notes } = draft;
  const window = windowIn(draft, segment);
  if (window === 0 && send.window > 0) notes.push({ kind: 'windowClosed' });
  if (window > 0 && send.window === 0 && send.greatestWindow > 0)
    notes.push({ kind: 'windowOpened', windowOctets: window });
  send.window = window;
  send.wl1 = segment.sequence;
  send.wl2 = segment.acknowledgment;
  send.greatestWindow = Math.max(send.greatestWindow, window);
}

function afterFin(draft: Draft): void {
  const { send } = draft;
  if (send.finAt === null || send.una !== add32(send.finAt, 1)) return;
  if (draft.phase === 'FIN-WAIT-1') change(draft, 'ack of fin');
  else if (draft.phase === 'CLOSING') waitOut(draft, 'ack of fin');
  else if (draft.phase === 'LAST-ACK') end(draft, 'ack of fin', 'orderly');
}
