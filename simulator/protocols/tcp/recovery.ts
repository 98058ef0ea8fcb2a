/**
 * Finding losses and repairing them: fast retransmit and NewReno's fast recovery (RFC 5681 §3.2,
 * RFC 6582, with the careful variant of its §4 and a timer that each partial acknowledgment sets
 * back), limited transmit (RFC 3042), and what follows a timeout (RFC 5681 §3.1). By how much the
 * window shrinks and grows is the control's (congestion/).
 */
import { before } from '../../bits/words';
import type { Segment } from '../../wire/tcp';
import { flightOf } from './allowance';
import { CONTROLS } from './congestion/controls';
import { isSlowStart } from './congestion/window';
import type { Draft } from './draft';
import type { Repaired } from './notes';
import { resend } from './send';

const DUPLICATES_OF_A_LOSS = 3;

const controlOf = ({ before: state }: Draft) => CONTROLS[state.settings.congestion];

/** RFC 5681 §2, whose five conditions these are. */
export function isDuplicate({ send }: Draft, segment: Segment, window: number): boolean {
  const { flags, payload, acknowledgment } = segment;
  const isEmpty = payload.length === 0 && !flags.syn && !flags.fin;
  return isEmpty && acknowledgment === send.una && send.una !== send.max && window === send.window;
}

function tell(draft: Draft, why: Repaired): void {
  const { retransmission, send } = draft;
  const { rtoNs, retries } = retransmission;
  draft.notes.push({ kind: 'retransmitted', sequence: send.una, why, retry: retries, rtoNs });
}

function tellWindow(draft: Draft): void {
  const { cwndOctets, ssthreshOctets } = draft.congestion;
  draft.notes.push({ kind: 'slowed', cwndOctets, ssthreshOctets });
}

export function onDuplicate(draft: Draft): void {
  const { retransmission, congestion, send } = draft;
  retransmission.duplicates += 1;
  if (retransmission.repair === 'fast recovery') {
    // RFC 5681 §3.2, step 4: a segment has left the network.
    congestion.cwndOctets += send.mssOctets;
    return;
  }
  // RFC 6582 §4.1: duplicates of what a timeout sent again tell of no new loss.
  const isNew = retransmission.recover === null || before(retransmission.recover, send.una);
  const isLoss = retransmission.duplicates === DUPLICATES_OF_A_LOSS;
  if (retransmission.repair === 'none' && isLoss && isNew) enter(draft);
}

/** RFC 6582 §3.2, steps 2 and 3. */
function enter(draft: Draft): void {
  const { retransmission, congestion, send } = draft;
  const { mssOctets } = send;
  controlOf(draft).lost(congestion, { flightOctets: flightOf(draft), mssOctets });
  congestion.cwndOctets = congestion.ssthreshOctets + DUPLICATES_OF_A_LOSS * mssOctets;
  retransmission.repair = 'fast recovery';
  retransmission.recover = send.max;
  // What goes again cannot be timed (Karn).
  retransmission.timed = null;
  tell(draft, 'three duplicates');
  tellWindow(draft);
  resend(draft);
}

/**
 * New octets are acknowledged. `flightOctets`: how many were on the way before; a window that was
 * not in use says nothing about the path, and does not grow (RFC 7661 §1).
 */
export function onProgress(draft: Draft, octets: number, flightOctets: number): void {
  const { retransmission } = draft;
  retransmission.duplicates = 0;
  if (retransmission.repair === 'fast recovery') {
    inFastRecovery(draft, octets);
    return;
  }
  if (retransmission.recover !== null && before(retransmission.recover, draft.send.una))
    retransmission.recover = null;
  const { recover } = retransmission;
  if (retransmission.repair === 'timeout' && (recover === null || recover === draft.send.una))
    retransmission.repair = 'none';
  if (octets > 0) grow(draft, octets, flightOctets);
}

/** RFC 6582 §3.2, step 4. */
function inFastRecovery(draft: Draft, octets: number): void {
  const { retransmission, congestion, send } = draft;
  const { mssOctets } = send;
  if (retransmission.recover !== null && before(send.una, retransmission.recover)) {
    tell(draft, 'partial acknowledgment');
    resend(draft);
    const deflated = congestion.cwndOctets - octets + (octets >= mssOctets ? mssOctets : 0);
    congestion.cwndOctets = Math.max(deflated, mssOctets);
    return;
  }
  const flight = Math.max(flightOf(draft), mssOctets) + mssOctets;
  congestion.cwndOctets = Math.min(congestion.ssthreshOctets, flight);
  retransmission.repair = 'none';
  retransmission.recover = null;
  tellWindow(draft);
}

function grow(draft: Draft, octets: number, flightOctets: number): void {
  const { congestion, retransmission, send, now } = draft;
  const { mssOctets } = send;
  const isUsed = isSlowStart(congestion)
    ? 2 * flightOctets >= congestion.cwndOctets
    : flightOctets + mssOctets > congestion.cwndOctets;
  if (!isUsed) return;
  const { srttNs } = retransmission;
  controlOf(draft).acknowledged(congestion, { octets, mssOctets, now, srttNs });
}

/** RFC 5681 §3.1: one segment, and the threshold falls once for all timeouts of one loss. */
export function onTimeout(draft: Draft): void {
  const { retransmission, congestion, send } = draft;
  const { mssOctets } = send;
  if (retransmission.repair !== 'timeout')
    controlOf(draft).lost(congestion, { flightOctets: flightOf(draft), mssOctets });
  congestion.cwndOctets = mssOctets;
  retransmission.repair = 'timeout';
  retransmission.recover = send.max;
  retransmission.duplicates = 0;
  tellWindow(draft);
}
