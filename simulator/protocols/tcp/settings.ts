/**
 * What can be turned about a TCP: times, limits and sizes, as data. The numbers of {@link RFC} are
 * those of RFC 9293 and RFC 6298 where they give one.
 */
import { MILLISECOND_NS, SECOND_NS } from '../../contract/time';

export type Settings = {
  /** Retransmission timeout before anything was measured: RFC 6298 (2.1). */
  readonly initialRtoNs: number;
  /** Its bounds: RFC 6298 (2.4), (2.5). */
  readonly leastRtoNs: number;
  readonly greatestRtoNs: number;
  /** Granularity of the clock, G in RFC 6298 (2). */
  readonly granularityNs: number;
  /** Timeout for data when the SYN had to be sent again: RFC 6298 (5.7). */
  readonly afterLostSynRtoNs: number;
  /** Retransmissions before we give up, R2 in RFC 9293 §3.8.3: of a SYN (3 minutes), of others. */
  readonly synRetriesMax: number;
  readonly retriesMax: number;
  /** How long TIME-WAIT lasts, 2 MSL. RFC 9293 §3.4.2 has an MSL of 2 minutes, systems 30 s. */
  readonly timeWaitNs: number;
  /** Octets that a program may write ahead of their acknowledgment. */
  readonly sendBufferOctets: number;
  /** Octets that may wait for a program to read them; the window is at most this (and 65535). */
  readonly receiveBufferOctets: number;
  /** What we take a peer's MSS to be that does not say: RFC 9293 §3.7.1 (MUST-15). */
  readonly unsaidMssOctets: number;
  /** No peer's MSS counts as less: what every link carries whole (RFC 791), less the headers. */
  readonly leastMssOctets: number;
};

export const RFC: Settings = {
  initialRtoNs: SECOND_NS,
  leastRtoNs: SECOND_NS,
  greatestRtoNs: 60 * SECOND_NS,
  granularityNs: MILLISECOND_NS,
  afterLostSynRtoNs: 3 * SECOND_NS,
  synRetriesMax: 7,
  retriesMax: 15,
  timeWaitNs: 60 * SECOND_NS,
  sendBufferOctets: 65_536,
  receiveBufferOctets: 65_535,
  unsaidMssOctets: 536,
  leastMssOctets: 28,
};

/** Where Linux differs: include/net/tcp.h, TCP_RTO_MIN, TCP_RTO_MAX, TCP_SYN_RETRIES. */
export const LINUX: Settings = {
  ...RFC,
  leastRtoNs: 200 * MILLISECOND_NS,
  greatestRtoNs: 120 * SECOND_NS,
  synRetriesMax: 6,
};
