/**
 * CUBIC (RFC 9438): after a loss the window comes back along a cubic curve of the time since then,
 * flat where the last loss was. Windows in segments and times in seconds, as in the RFC.
 */
import { cubeRoot } from '../../../bits/cubeRoot';
import { SECOND_NS, type Nanos } from '../../../contract/time';
import { isSlowStart, slowStart, type Acknowledged, type Control, type Window } from './window';

/** §4.1.1 and §4.6: how steep the curve is, and what a loss leaves of the window. */
const C = 0.4;
const BETA = 0.7;
/** §4.3: with this a window grows as Reno's does on average. */
const ALPHA = (3 * (1 - BETA)) / (1 + BETA);

/** `epochNs` is null from a loss until congestion avoidance begins again. */
type Memory = {
  /** W_max: the window where the last loss was, segments. */
  readonly max: number;
  /** cwnd_prior: the window just before the last loss. */
  readonly prior: number;
  readonly epochNs: Nanos | null;
  /** K: seconds from the epoch to W_max. */
  readonly k: number;
  /** W_est: what Reno would have, segments. */
  readonly estimate: number;
};

const memoryOf = (window: Window): Memory | null => window.memory as Memory | null;

/** §4.2: a new stage of congestion avoidance, from the window that there is. */
function begin(window: Window, known: Memory | null, facts: Acknowledged): Memory {
  const cwnd = window.cwndOctets / facts.mssOctets;
  const max = Math.max(known?.max ?? cwnd, cwnd);
  const k = cubeRoot((max - cwnd) / C);
  return { max, prior: known?.prior ?? cwnd, epochNs: facts.now, k, estimate: cwnd };
}

/** W_cubic(t) of §4.2, (1). */
function curve({ max, k }: Memory, seconds: number): number {
  const past = seconds - k;
  return C * past * past * past + max;
}

function avoid(window: Window, facts: Acknowledged): void {
  const known = memoryOf(window);
  const going = known?.epochNs == null ? begin(window, known, facts) : known;
  const cwnd = window.cwndOctets / facts.mssOctets;
  const acked = facts.octets / facts.mssOctets;
  // §4.3: when it has caught up with the window of before the loss it grows as Reno does.
  const alpha = going.estimate >= going.prior ? 1 : ALPHA;
  const estimate = going.estimate + (alpha * acked) / cwnd;
  window.memory = { ...going, estimate };
  const seconds = (facts.now - (going.epochNs ?? facts.now)) / SECOND_NS;
  if (curve(going, seconds) < estimate) {
    window.cwndOctets = Math.floor(Math.max(cwnd, estimate) * facts.mssOctets);
    return;
  }
  // §4.4 and §4.5: towards where the curve is a round trip later, never by more than half.
  const ahead = curve(going, seconds + (facts.srttNs ?? 0) / SECOND_NS);
  const target = Math.min(Math.max(ahead, cwnd), 1.5 * cwnd);
  const next = cwnd + ((target - cwnd) / cwnd) * acked;
  window.cwndOctets = Math.floor(next * facts.mssOctets);
}

export const CUBIC: Control = {
  name: 'cubic',
  acknowledged: (window, facts) => {
    if (isSlowStart(window)) slowStart(window, facts);
    else avoid(window, facts);
  },
  lost: (window, { flightOctets, mssOctets }) => {
    const cwnd = window.cwndOctets / mssOctets;
    const before = memoryOf(window)?.max ?? 0;
    // §4.7, fast convergence: who loses below the last maximum makes room for others.
    const max = cwnd < before ? (cwnd * (1 + BETA)) / 2 : cwnd;
    window.memory = { max, prior: cwnd, epochNs: null, k: 0, estimate: cwnd } satisfies Memory;
    // §4.6.
    const kept = Math.floor(Math.min(flightOctets, window.cwndOctets) * BETA);
    window.ssthreshOctets = Math.max(kept, 2 * mssOctets);
  },
};
