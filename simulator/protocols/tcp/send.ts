/**
 * The sending half: which octets may go now, and which go again (RFC 9293 §3.7.1, §3.7.4 and
 * §3.8.6.2.1). Brakes are the window of the peer and the congestion window.
 */
import { view } from '../../contract/octets';
import { add32, before, distance } from '../../bits/words';
import { flags, type Flags } from '../../wire/tcp';
import { afterPause, allowed } from './allowance';
import type { Draft } from './draft';
import type { Send } from './state';
import type { Phase } from './table';
import { transmit } from './transmit';

const SENDING: ReadonlySet<Phase> = new Set<Phase>([
  'ESTABLISHED',
  'CLOSE-WAIT',
  'FIN-WAIT-1',
  'CLOSING',
  'LAST-ACK',
]);

/** The sequence number of the first octet of the buffer. */
const bufferFrom = (send: Send): number => (send.synAcknowledged ? send.una : add32(send.iss, 1));

/** Where the octets end that the program has written so far. */
export const bufferTo = (send: Send): number => add32(bufferFrom(send), send.buffer.length);

const finWasSent = (send: Send): boolean =>
  send.finAt !== null && send.nxt === add32(send.finAt, 1);

/** Nothing is on its way. */
export const isIdle = (send: Send): boolean => send.una === send.nxt;

/** Octets that never went. */
const unsent = (send: Send): number => Math.max(0, distance(bufferTo(send), send.nxt));

/** Something, be it only a FIN, has not gone yet. */
export const isWaiting = (draft: Draft): boolean =>
  SENDING.has(draft.phase) &&
  (unsent(draft.send) > 0 || (draft.send.finAt !== null && !finWasSent(draft.send)));

/** Octets from `nxt` on that the peer's window takes, and the congestion window lets go. */
function usable(draft: Draft): number {
  const { send } = draft;
  const together = Math.min(send.window, allowed(draft));
  return Math.max(0, together - distance(send.nxt, send.una));
}

/** Nagle's algorithm (§3.7.4): less than a segment waits for the answer to what went before. */
const mustWait = ({ before: state, send }: Draft, lengthOctets: number): boolean =>
  state.settings.nagle && lengthOctets < send.mssOctets && !isIdle(send);

type Chunk = { readonly lengthOctets: number; readonly fin: boolean };

/**
 * The next segment that is worth sending, or null. Worth are a full segment, all there is (it is
 * pushed), and half of the peer's greatest window (§3.8.6.2.1); `force` is its override timeout.
 */
function nextChunk(draft: Draft, force: boolean): Chunk | null {
  const { send } = draft;
  const all = unsent(send);
  const room = usable(draft);
  const lengthOctets = Math.min(all, room, send.mssOctets);
  // A FIN takes a sequence number, and so room in the window.
  const fin = send.finAt !== null && !finWasSent(send) && lengthOctets === all && room > all;
  if (fin) return { lengthOctets, fin };
  if (lengthOctets === 0) return null;
  const worth =
    lengthOctets === all ||
    lengthOctets === send.mssOctets ||
    2 * lengthOctets >= send.greatestWindow;
  if (force) return { lengthOctets, fin };
  return worth && !mustWait(draft, lengthOctets) ? { lengthOctets, fin } : null;
}

/** The octet that ends what was written so far carries PSH (§3.9.1.2, MUST-61). */
function flagsFor(lengthOctets: number, isLast: boolean, fin: boolean): Flags {
  if (fin) return lengthOctets > 0 ? flags('fin', 'psh', 'ack') : flags('fin', 'ack');
  return isLast ? flags('psh', 'ack') : flags('ack');
}

/** Sends octets of the buffer and perhaps the FIN after them, from `sequence` on. */
function emit(draft: Draft, sequence: number, { lengthOctets, fin }: Chunk): void {
  const { send } = draft;
  const from = distance(sequence, bufferFrom(send));
  const to = from + lengthOctets;
  const isLast = lengthOctets > 0 && to === send.buffer.length;
  transmit(draft, {
    sequence,
    flags: flagsFor(lengthOctets, isLast, fin),
    payload: view(send.buffer, from, to),
  });
}

/** An octet that was a probe of the window is no repetition. */
const isRepeating = ({ send, retransmission }: Draft): boolean =>
  retransmission.repair === 'timeout' && before(send.nxt, send.max);

/** After a timeout everything behind it goes again, as the window opens (RFC 5681 §3.1). */
function tellAgain({ send, retransmission, notes }: Draft): void {
  const { rtoNs } = retransmission;
  const why = 'after a timeout';
  notes.push({ kind: 'retransmitted', sequence: send.nxt, why, retry: 0, rtoNs });
}

/** Sends all that may go. `force`: what fits goes, worth it or not. */
export function pump(draft: Draft, force = false): void {
  if (!SENDING.has(draft.phase)) return;
  const { send } = draft;
  afterPause(draft);
  let chunk = nextChunk(draft, force);
  while (chunk !== null) {
    if (isRepeating(draft)) tellAgain(draft);
    emit(draft, send.nxt, chunk);
    send.nxt = add32(send.nxt, chunk.lengthOctets + (chunk.fin ? 1 : 0));
    chunk = nextChunk(draft, force);
  }
}

/** The first of what is not acknowledged goes again (RFC 6298 (5.4)); answers where it ends. */
export function resend(draft: Draft): number {
  const { send } = draft;
  if (!send.synAcknowledged) {
    sendSyn(draft);
    return send.nxt;
  }
  const inFlight = Math.min(send.buffer.length, distance(send.nxt, send.una));
  const lengthOctets = Math.min(inFlight, send.mssOctets);
  const fin = finWasSent(send) && lengthOctets === send.buffer.length;
  emit(draft, send.una, { lengthOctets, fin });
  return add32(send.una, lengthOctets + (fin ? 1 : 0));
}

/** One octet, or the FIN, that the window has no room for (§3.8.6.1); `nxt` stays. */
export function probe(draft: Draft): void {
  const { send } = draft;
  const lengthOctets = Math.min(1, send.buffer.length);
  emit(draft, send.una, { lengthOctets, fin: lengthOctets === 0 && send.finAt !== null });
}

/** The SYN; with an ACK when the peer's is here. */
export function sendSyn(draft: Draft): void {
  const { send, phase } = draft;
  transmit(draft, {
    sequence: send.iss,
    flags: phase === 'SYN-SENT' ? flags('syn') : flags('syn', 'ack'),
  });
}
