/** What a program asks of its connection: RFC 9293 §3.10.2 to §3.10.5. */
import { append, drop, view } from '../../contract/octets';
import { change, end, type Draft } from './draft';
import type { Declined } from './notes';
import { bufferTo } from './send';
import type { Phase } from './table';
import { openWindow, transmitAck, transmitReset, windowOf } from './transmit';

const decline = (draft: Draft, why: Declined): void => {
  draft.notes.push({ kind: 'declined', why });
};

/** §3.10.2: takes what fits and says how much that was. */
export function send(draft: Draft, octets: Uint8Array): void {
  const { send: sending, before: state } = draft;
  if (draft.phase === 'CLOSED' || sending.finAt !== null) {
    decline(draft, draft.phase === 'CLOSED' ? 'no connection' : 'send after close');
    draft.effects.push({ kind: 'accepted', lengthOctets: 0 });
    return;
  }
  const room = Math.max(0, state.settings.sendBufferOctets - sending.buffer.length);
  const taken = octets.length <= room ? octets : octets.subarray(0, room);
  sending.buffer = append(sending.buffer, taken);
  if (taken.length < octets.length) sending.full = true;
  draft.effects.push({ kind: 'accepted', lengthOctets: taken.length });
}

/** §3.10.3: hands over what is here, and nothing when nothing is. */
export function read(draft: Draft, maxOctets: number): void {
  const { receive } = draft;
  const octets = view(receive.buffer, 0, maxOctets);
  receive.buffer = drop(receive.buffer, octets.length);
  const isLast = receive.ended || draft.phase === 'CLOSED';
  draft.effects.push({ kind: 'deliver', octets, end: isLast && receive.buffer.length === 0 });
  if (octets.length > 0) updateWindow(draft);
}

const HEARING: ReadonlySet<Phase> = new Set<Phase>(['ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2']);

/**
 * A peer that had room for less than a segment may stand still, and one whose room doubles soon
 * would: both are told at once. Others learn it from the next ACK.
 */
function updateWindow(draft: Draft): void {
  if (!HEARING.has(draft.phase)) return;
  const wasOctets = windowOf(draft.receive);
  const more = openWindow(draft);
  if (more === 0 || (wasOctets >= draft.before.mssOctets && more < wasOctets)) return;
  draft.notes.push({ kind: 'windowUpdated', windowOctets: wasOctets + more });
  transmitAck(draft);
}

/** §3.10.4: the FIN goes when everything written before it has gone. */
export function close(draft: Draft): void {
  const { send: sending, phase } = draft;
  if (phase === 'SYN-SENT') {
    end(draft, 'close', 'orderly');
    return;
  }
  if (phase === 'CLOSED' || sending.finAt !== null) {
    decline(draft, phase === 'CLOSED' ? 'no connection' : 'closed already');
    return;
  }
  sending.finAt = bufferTo(sending);
  // Before the handshake is over a FIN behind octets waits for it, and the close with it.
  if (phase !== 'SYN-RECEIVED' || sending.buffer.length === 0) change(draft, 'close');
}

/** Those that have something to lose, or do not know yet that all is said. */
const RESETTING: ReadonlySet<Phase> = new Set<Phase>([
  'SYN-RECEIVED',
  'ESTABLISHED',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'CLOSE-WAIT',
]);

/** §3.10.5. */
export function abort(draft: Draft): void {
  if (draft.phase === 'CLOSED') {
    decline(draft, 'no connection');
    return;
  }
  if (RESETTING.has(draft.phase)) transmitReset(draft);
  end(draft, 'abort', draft.phase === 'TIME-WAIT' ? 'orderly' : 'reset');
}
