/**
 * What can be turned about a TCP: times, limits and sizes, as data. The numbers of {@link RFC} are
 * those of RFC 9293 and RFC 6298 where they give one.
 */
import type { ControlName } from './congestion/controls';
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
  /** How the congestion window is controlled, and how many segments it begins with (RFC 6928). */
  readonly congestion: ControlName;
  readonly initialWindowSegments: number;
  /** How long an ACK may wait for a second segment or for data to ride on (RFC 9293 §3.8.6.3); 0: not at all. */
  readonly delayedAckNs: number;
  /** Little data waits while something is on its way (Nagle's algorithm, §3.7.4). */
  readonly nagle: boolean;
  /** Octets that a program may write ahead of their acknowledgment. */
  readonly sendBufferOctets: number;
  /** Octets that may wait for a program to read them; the window is at most this. */
  readonly receiveBufferOctets: number;
  /** Offers window scale (RFC 7323 §2): without it no window is above 65,535 octets. */
  readonly windowScale: boolean;
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
  congestion: 'newReno',
  initialWindowSegments: 10,
  delayedAckNs: 0,
  nagle: false,
  sendBufferOctets: 65_536,
  receiveBufferOctets: 65_535,
  windowScale: false,
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

/**
 * What Linux does besides: CUBIC, delayed acknowledgments (TCP_DELACK_MIN), Nagle's algorithm,
 * windows above 65,535 octets (tcp_rmem and tcp_wmem grow up to 6 and 4 MB).
 */
export const LINUX_IN_FULL: Settings = {
  ...LINUX,
  congestion: 'cubic',
  delayedAckNs: 40 * MILLISECOND_NS,
  nagle: true,
  windowScale: true,
  sendBufferOctets: 4_194_304,
  receiveBufferOctets: 6_291_456,
};
