/**
 * The timers of a connection: retransmission (RFC 6298 §5), the window probe (RFC 9293 §3.8.6.1)
 * with the override of §3.8.6.2.1, and TIME-WAIT. One of them runs at a time.
 */
import { NEVER } from '../../contract/time';
import { end, type Draft } from './draft';
import { backOff, doubled } from './rto';
import { onTimeout } from './recovery';
import { isIdle, isWaiting, probe, pump, resend } from './send';

/** What is to be sent waits for the window, and no acknowledgment under way will open it. */
function isStuck(draft: Draft): boolean {
  const { send } = draft;
  // Windows begin to count when our SYN has arrived.
  if (!send.synAcknowledged) return false;
  if (send.window === 0) return !isIdle(send) || isWaiting(draft);
  return isIdle(send) && isWaiting(draft);
}

/** Starts what must run at the end of a step and stops what must not. */
export function arm(draft: Draft): void {
  const { send, timers, retransmission, now, before: state } = draft;
  if (draft.phase === 'CLOSED') return;
  const stuck = isStuck(draft);
  const { rtoNs, probes } = retransmission;
  if (!stuck) {
    timers.persist = NEVER;
    retransmission.probes = 0;
  } else if (timers.persist === NEVER) {
    timers.persist = now + doubled(rtoNs, probes, state.settings.greatestRtoNs);
  }
  if (stuck || isIdle(send)) timers.retransmission = NEVER;
  else if (timers.retransmission === NEVER) timers.retransmission = now + rtoNs;
}

/** Whatever is due at `now`. */
export function expire(draft: Draft): void {
  const { timers, now } = draft;
  if (timers.timeWait <= now) {
    end(draft, '2 msl', 'orderly');
    return;
  }
  if (timers.retransmission <= now) onRetransmission(draft);
  if (timers.persist <= now) onPersist(draft);
  if (timers.delayedAck <= now) draft.owesAck = true;
}

function onRetransmission(draft: Draft): void {
  const { send, timers, retransmission } = draft;
  timers.retransmission = NEVER;
  if (hasGivenUp(draft)) return;
  backOff(draft);
  draft.notes.push({
    kind: 'retransmitted',
    sequence: send.una,
    why: 'timeout',
    retry: retransmission.retries,
    rtoNs: retransmission.rtoNs,
  });
  if (send.synAcknowledged) onTimeout(draft);
  // What went behind it goes again when it is acknowledged, and the window opens.
  send.nxt = resend(draft);
}

function onPersist(draft: Draft): void {
  const { send, timers, retransmission } = draft;
  timers.persist = NEVER;
  if (send.window > 0) {
    pump(draft, true);
    return;
  }
  if (hasGivenUp(draft)) return;
  retransmission.retries += 1;
  retransmission.probes += 1;
  draft.notes.push({ kind: 'probed', sequence: send.una, probe: retransmission.probes });
  probe(draft);
  // The octet will go again, and nobody could tell which of the two was acknowledged (Karn).
  retransmission.timed = null;
}

/** R2 of §3.8.3; every answer of the peer sets the count back. */
function hasGivenUp(draft: Draft): boolean {
  const { settings } = draft.before;
  const { retries } = draft.retransmission;
  const most = draft.send.synAcknowledged ? settings.retriesMax : settings.synRetriesMax;
  if (retries < most) return false;
  draft.notes.push({ kind: 'gaveUp', retries });
  end(draft, 'timeout', 'timeout');
  return true;
}
