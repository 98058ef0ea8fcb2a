/**
 * The receiving half: what of a segment lies in the window, and what of it comes next (RFC 9293
 * §3.10.7.4, "first" to see whether it is acceptable, "seventh" its text, "eighth" its FIN).
 */
import { append } from '../../contract/octets';
import { add32, before, distance } from '../../bits/words';
import type { Segment } from '../../wire/tcp';
import { change, waitOut, type Draft } from './draft';
import { from, insert, upTo } from './pieces';
import type { Receive } from './state';
import type { Phase } from './table';
import { lengthOf } from './transmit';

/** `sequence` lies at or behind `low` and before `high`. */
const within = (low: number, sequence: number, high: number): boolean =>
  !before(sequence, low) && before(sequence, high);

/**
 * The four cases of §3.4, table 6, and two allowances. A segment that takes no number may stand on
 * the right edge: there its sender is when a whole window was lost, and two who refused that would
 * answer each other for ever. At a closed window the next segment is heard for its ACK (§3.10.7.4).
 */
export function isAcceptable(receive: Receive, segment: Segment): boolean {
  const { nxt, edge } = receive;
  const { sequence } = segment;
  const length = lengthOf(segment);
  if (length === 0) return within(nxt, sequence, add32(edge, 1));
  if (nxt === edge) return sequence === nxt;
  return within(nxt, sequence, edge) || within(nxt, add32(sequence, length - 1), edge);
}

const ACKED_TOGETHER = 2;

const TAKING: ReadonlySet<Phase> = new Set<Phase>([
  'SYN-RECEIVED',
  'ESTABLISHED',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
]);

/** The octets and the FIN of an acceptable segment; out of order they are kept. */
export function take(draft: Draft, segment: Segment): void {
  const { receive } = draft;
  const { payload } = segment;
  const { fin } = segment.flags;
  if (payload.length === 0 && !fin) return;
  const sequence = add32(segment.sequence, segment.flags.syn ? 1 : 0);
  const isPlain = !fin && receive.pieces.length === 0 && sequence === receive.nxt;
  acknowledgeIt(draft, isPlain);
  if (receive.ended || !TAKING.has(draft.phase)) {
    draft.notes.push({ kind: 'ignored', why: 'after end', sequence });
    return;
  }
  const end = add32(sequence, payload.length);
  if (fin && receive.finAt === null && within(receive.nxt, end, receive.edge)) endAt(draft, end);
  if (payload.length > 0) takeOctets(draft, sequence, payload);
}

/**
 * At once what is out of order, or fills a gap (RFC 5681 §4.2); of what comes in order every second
 * segment, or when the wait is over (RFC 9293 §3.8.6.3).
 */
function acknowledgeIt(draft: Draft, isPlain: boolean): void {
  const { receive, timers, now, before: state } = draft;
  const { delayedAckNs } = state.settings;
  receive.unacknowledged += 1;
  if (!isPlain || delayedAckNs === 0 || receive.unacknowledged >= ACKED_TOGETHER) {
    draft.owesAck = true;
    return;
  }
  timers.delayedAck = Math.min(timers.delayedAck, now + delayedAckNs);
}

/** The peer's stream ends at `sequence`; whatever it claims beyond is none. */
function endAt({ receive }: Draft, sequence: number): void {
  receive.finAt = sequence;
  receive.pieces = receive.pieces
    .map((piece) => upTo(piece, sequence))
    .filter((piece) => piece.octets.length > 0);
}

function takeOctets(draft: Draft, sequence: number, payload: Uint8Array): void {
  const { receive, notes } = draft;
  const inWindow = upTo(from({ sequence, octets: payload }, receive.nxt), receive.edge);
  const piece = receive.finAt === null ? inWindow : upTo(inWindow, receive.finAt);
  const lengthOctets = piece.octets.length;
  if (lengthOctets === 0) {
    const why = receive.nxt === receive.edge ? 'full' : 'window';
    notes.push({ kind: 'ignored', why, sequence });
    return;
  }
  const expected = receive.nxt;
  receive.pieces = insert(receive.pieces, piece);
  if (piece.sequence !== expected) {
    notes.push({ kind: 'parked', sequence: piece.sequence, lengthOctets, expected });
    return;
  }
  join(receive);
  const arrived = distance(receive.nxt, expected);
  notes.push({ kind: 'received', sequence: expected, lengthOctets: arrived });
  // Before the handshake is over the octets may be an old connection's: nobody is told yet.
  if (draft.phase !== 'SYN-RECEIVED') draft.effects.push({ kind: 'readable' });
}

/** Moves to the buffer what follows without a gap. */
function join(receive: Draft['receive']): void {
  let joined = 0;
  for (const piece of receive.pieces) {
    if (piece.sequence !== receive.nxt) break;
    receive.buffer = append(receive.buffer, piece.octets);
    receive.nxt = add32(receive.nxt, piece.octets.length);
    joined += 1;
  }
  receive.pieces = receive.pieces.slice(joined);
}

/** Once all before the peer's FIN is here ("eighth" of §3.10.7.4). */
export function takeFin(draft: Draft): void {
  const { receive } = draft;
  if (receive.ended || receive.finAt !== receive.nxt) return;
  receive.nxt = add32(receive.nxt, 1);
  receive.ended = true;
  draft.owesAck = true;
  if (draft.phase === 'FIN-WAIT-2') waitOut(draft, 'fin');
  else change(draft, 'fin');
  draft.effects.push({ kind: 'readable' });
}
