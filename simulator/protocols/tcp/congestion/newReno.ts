/** Additive increase, multiplicative decrease: RFC 5681 §3.1, which NewReno (RFC 6582) keeps. */
import { isSlowStart, slowStart, type Control } from './window';

export const NEW_RENO: Control = {
  name: 'newReno',
  acknowledged: (window, facts) => {
    if (isSlowStart(window)) {
      slowStart(window, facts);
      return;
    }
    // (3): about a segment each round trip.
    const { mssOctets } = facts;
    const more = Math.floor((mssOctets * mssOctets) / window.cwndOctets);
    window.cwndOctets += Math.max(1, more);
  },
  lost: (window, { flightOctets, mssOctets }) => {
    // (4)
    window.ssthreshOctets = Math.max(Math.floor(flightOctets / 2), 2 * mssOctets);
  },
};
