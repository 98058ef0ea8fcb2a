/** The retransmission timeout: RFC 6298 §2 and §5. Times in whole nanoseconds. */
import { before } from '../../bits/words';
import type { Draft } from './draft';
import type { Settings } from './settings';

/** `ns` doubled `times` times, at most `greatestNs`. */
export function doubled(ns: number, times: number, greatestNs: number): number {
  let result = ns;
  for (let i = 0; i < times && result < greatestNs; i++) result *= 2;
  return Math.min(result, greatestNs);
}

const bounded = (ns: number, settings: Settings): number =>
  Math.min(Math.max(ns, settings.leastRtoNs), settings.greatestRtoNs);

/** `ack` is new: when it covers the segment that is timed, that is a measurement. */
export function measure(draft: Draft, ack: number): void {
  const { retransmission, now, before: state } = draft;
  const { timed } = retransmission;
  if (timed === null || before(ack, timed.sequence)) return;
  retransmission.timed = null;
  const rttNs = now - timed.sentAt;
  sample(retransmission, rttNs);
  const variationNs = Math.max(state.settings.granularityNs, 4 * retransmission.rttvarNs);
  retransmission.rtoNs = bounded((retransmission.srttNs ?? 0) + variationNs, state.settings);
  draft.notes.push({ kind: 'measured', rttNs, rtoNs: retransmission.rtoNs });
}

function sample(retransmission: Draft['retransmission'], rttNs: number): void {
  const { srttNs, rttvarNs } = retransmission;
  if (srttNs === null) {
    // (2.2)
    retransmission.srttNs = rttNs;
    retransmission.rttvarNs = Math.round(rttNs / 2);
    return;
  }
  // (2.3), with alpha = 1/8 and beta = 1/4; the variation first, from the old smoothed time.
  retransmission.rttvarNs = Math.round((3 * rttvarNs + Math.abs(srttNs - rttNs)) / 4);
  retransmission.srttNs = Math.round((7 * srttNs + rttNs) / 8);
}

/** (5.5) Twice the timeout; and what went again is not measured (Karn's algorithm, §3). */
export function backOff(draft: Draft): void {
  const { retransmission, before: state } = draft;
  retransmission.timed = null;
  retransmission.retries += 1;
  retransmission.rtoNs = doubled(retransmission.rtoNs, 1, state.settings.greatestRtoNs);
}

/**
 * (5.7) Data begins after a SYN that had to go twice: its timeout says nothing about data, and the
 * window begins with one segment (RFC 5681 §3.1).
 */
export function forgetLostSyn(draft: Draft): void {
  const { retransmission, congestion, send, before: state } = draft;
  if (retransmission.retries === 0) return;
  congestion.cwndOctets = send.mssOctets;
  retransmission.rtoNs = bounded(state.settings.afterLostSynRtoNs, state.settings);
}
