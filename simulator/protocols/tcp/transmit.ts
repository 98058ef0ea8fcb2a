/** Segments going out (RFC 9293 §3.1, §3.8.6.2.2): every one of them passes here. */
import { NEVER } from '../../contract/time';
import { add32, before, distance, shifted } from '../../bits/words';
import { flags, type Flags, type Segment } from '../../wire/tcp';
import type { Settings } from './settings';
import type { Draft } from './draft';

const NO_OCTETS = new Uint8Array(0);
const LARGEST_FIELD = 0xffff;
/** RFC 7323 §2.3. */
export const MOST_SHIFT = 14;

/** Sequence numbers that a segment takes: its octets, and one each for SYN and FIN (§3.4). */
export function lengthOf(segment: Segment): number {
  return segment.payload.length + (segment.flags.syn ? 1 : 0) + (segment.flags.fin ? 1 : 0);
}

/** Octets that the peer may send from `receive.nxt` on. */
export function windowOf(receive: Draft['receive']): number {
  return distance(receive.edge, receive.nxt);
}

/**
 * Moves the right edge of the window when there is room for something worth sending: half the
 * buffer or a full segment (§3.8.6.2.2, against silly windows). Answers by how much.
 */
export function openWindow(draft: Draft): number {
  const { receive, before: state } = draft;
  const limit = receiveLimit(draft);
  const room = Math.max(0, limit - receive.buffer.length);
  const more = room - windowOf(receive);
  const worth = Math.max(1, Math.min(Math.floor(limit / 2), state.mssOctets));
  if (more < worth) return 0;
  receive.edge = add32(receive.nxt, room);
  return more;
}

/** The field has 16 bits, and is scaled when both sides offered that. */
export function receiveLimit({ before: state, receive }: Draft): number {
  return Math.min(state.settings.receiveBufferOctets, shifted(LARGEST_FIELD, receive.shift ?? 0));
}

/** The least shift by which the whole buffer can be told, RFC 7323 §2.3: at most 14. */
export function shiftFor({ receiveBufferOctets }: Settings): number {
  let shift = 0;
  while (shift < MOST_SHIFT && shifted(LARGEST_FIELD, shift) < receiveBufferOctets) shift += 1;
  return shift;
}

/** The field of a segment: never scaled beside a SYN (RFC 7323 §2.2). */
function windowField(draft: Draft, isSyn: boolean): number {
  const { receive, phase } = draft;
  const octets = phase === 'SYN-SENT' ? receiveLimit(draft) : windowOf(receive);
  if (isSyn) return Math.min(octets, LARGEST_FIELD);
  return Math.min(Math.floor(octets / shifted(1, receive.shift ?? 0)), LARGEST_FIELD);
}

/** We offer it, or answer an offer; in a simultaneous open both offered. */
function offersScale({ before: state, phase, receive }: Draft): boolean {
  return state.settings.windowScale && (phase === 'SYN-SENT' || receive.shift !== null);
}

/** How a segment differs from one without octets that carries an ACK from `send.nxt`. */
type Parts = {
  readonly flags: Flags;
  readonly sequence?: number;
  readonly payload?: Uint8Array;
};

function segment(draft: Draft, parts: Parts): Segment {
  const { before: state, send, receive } = draft;
  const { ack: carriesAck, syn: isSyn } = parts.flags;
  if (carriesAck) openWindow(draft);
  return {
    sourcePort: state.local.port,
    destinationPort: state.remote.port,
    sequence: parts.sequence ?? send.nxt,
    acknowledgment: carriesAck ? receive.nxt : 0,
    flags: parts.flags,
    window: windowField(draft, isSyn),
    urgent: 0,
    // The option belongs into segments with SYN alone (§3.7.1).
    mss: isSyn ? state.mssOctets : null,
    ...(isSyn && offersScale(draft) && { windowScale: shiftFor(state.settings) }),
    payload: parts.payload ?? NO_OCTETS,
  };
}

export function transmit(draft: Draft, parts: Parts): void {
  const { send, retransmission, now } = draft;
  const out = segment(draft, parts);
  draft.effects.push({ kind: 'transmit', segment: out });
  if (out.flags.ack) {
    draft.owesAck = false;
    draft.receive.unacknowledged = 0;
    draft.timers.delayedAck = NEVER;
  }
  const end = add32(out.sequence, lengthOf(out));
  if (end !== out.sequence) send.lastSentNs = now;
  if (!before(send.max, end)) return;
  // One segment at a time is timed, and never one that went before (RFC 6298 §3, Karn).
  if (retransmission.timed === null && out.sequence === send.max)
    retransmission.timed = { sequence: end, sentAt: now };
  send.max = end;
}

export function transmitAck(draft: Draft): void {
  transmit(draft, { flags: flags('ack') });
}

/** A reset that its receiver believes: its number is the one that was acknowledged (§3.10.7.4). */
export function rejectAck(draft: Draft, offender: Segment): void {
  draft.notes.push({
    kind: 'rejected',
    why: 'wrong ack',
    acknowledgment: offender.acknowledgment,
  });
  const reset = { flags: flags('rst'), sequence: offender.acknowledgment };
  draft.effects.push({ kind: 'transmit', segment: { ...segment(draft, reset), window: 0 } });
}

/** Breaks off (§3.10.5). */
export function transmitReset(draft: Draft): void {
  const reset = segment(draft, { flags: flags('rst') });
  draft.effects.push({ kind: 'transmit', segment: { ...reset, window: 0 } });
}
