/**
 * The congestion window as plain data, and what every way of controlling it is asked. When a loss
 * is found, and what is sent again, is not a control's business (recovery.ts).
 */
import type { Nanos } from '../../../contract/time';
import type { Plain } from '../../../contract/plain';

export type Window = {
  /** cwnd, octets: no more than this may be on the way (RFC 5681 §2). */
  cwndOctets: number;
  /** ssthresh, octets: below it the window grows in slow start, above it by congestion avoidance. */
  ssthreshOctets: number;
  /** What one control remembers beside these. */
  memory: Plain;
};

/** What has been acknowledged in order, and what is known at that time. */
export type Acknowledged = {
  readonly octets: number;
  readonly mssOctets: number;
  readonly now: Nanos;
  /** Null before the first measurement. */
  readonly srttNs: number | null;
};

/** What was on the way when a loss was found: FlightSize of RFC 5681 §2. */
export type Lost = { readonly flightOctets: number; readonly mssOctets: number };

/** Both change the window that they are given, which is a step's own. */
export type Control = {
  readonly name: string;
  readonly acknowledged: (window: Window, facts: Acknowledged) => void;
  /** Sets ssthresh; cwnd is for recovery.ts, as it depends on how the loss was found. */
  readonly lost: (window: Window, facts: Lost) => void;
};

/** "Arbitrarily high" (RFC 5681 §3.1): slow start goes on until something is lost. */
const NO_THRESHOLD_OCTETS = 0x4000_0000;

/** RFC 6928 §2, with `segments` for its 10. */
export function initialOctets(mssOctets: number, segments: number): number {
  return Math.min(segments * mssOctets, Math.max(2 * mssOctets, segments * 1460));
}

export function create(mssOctets: number, segments: number): Window {
  return {
    cwndOctets: initialOctets(mssOctets, segments),
    ssthreshOctets: NO_THRESHOLD_OCTETS,
    memory: null,
  };
}

export const isSlowStart = ({ cwndOctets, ssthreshOctets }: Window): boolean =>
  cwndOctets < ssthreshOctets;

/** RFC 5681 §3.1, (2): one segment for each acknowledgment, at most what it acknowledges. */
export function slowStart(window: Window, { octets, mssOctets }: Acknowledged): void {
  window.cwndOctets += Math.min(octets, mssOctets);
}
