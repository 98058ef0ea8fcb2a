/** What a connection says about why something happened, and each as a sentence for a learner. */
import { MILLISECOND_NS } from '../../contract/time';
import { rowOf, type Event, type Phase } from './table';

export type Note =
  | { readonly kind: 'changed'; readonly from: Phase; readonly to: Phase; readonly event: Event }
  /** Everything before `sequence`; `lengthOctets` counts sequence numbers. */
  | { readonly kind: 'acknowledged'; readonly sequence: number; readonly lengthOctets: number }
  | { readonly kind: 'measured'; readonly rttNs: number; readonly rtoNs: number }
  | {
      readonly kind: 'retransmitted';
      readonly sequence: number;
      readonly why: Repaired;
      /** 0 when it is not a timeout. */
      readonly retry: number;
      /** The timeout from now on. */
      readonly rtoNs: number;
    }
  /** The congestion window after a loss was found, or repaired. */
  | { readonly kind: 'slowed'; readonly cwndOctets: number; readonly ssthreshOctets: number }
  | { readonly kind: 'probed'; readonly sequence: number; readonly probe: number }
  | { readonly kind: 'gaveUp'; readonly retries: number }
  | { readonly kind: 'received'; readonly sequence: number; readonly lengthOctets: number }
  /** Kept until the octets from `expected` on are here. */
  | {
      readonly kind: 'parked';
      readonly sequence: number;
      readonly lengthOctets: number;
      readonly expected: number;
    }
  | { readonly kind: 'ignored'; readonly why: Ignored; readonly sequence: number }
  /** Answered with an ACK, so that a forger learns nothing and a true peer can set it right. */
  | { readonly kind: 'challenged'; readonly why: Challenged; readonly sequence: number }
  /** Answered with a reset. */
  | { readonly kind: 'rejected'; readonly why: Rejected; readonly acknowledgment: number }
  | { readonly kind: 'windowClosed' }
  | { readonly kind: 'windowOpened'; readonly windowOctets: number }
  /** Told the peer that there is room again. */
  | { readonly kind: 'windowUpdated'; readonly windowOctets: number }
  | { readonly kind: 'declined'; readonly why: Declined };

const REPAIRED = {
  timeout: 'No answer in time',
  'three duplicates': 'Three acknowledgments asked for the same number',
  'partial acknowledgment': 'More of what went before is missing',
  'after a timeout': 'More of what went before the timeout may be missing',
} as const;

const IGNORED = {
  window: 'it lies outside the window, so it is an old one or a stray one',
  full: 'its octets find no room in the buffer',
  'known syn': 'its SYN is known already',
  reset: 'it is a reset that does not lie in the window',
  'no ack': 'it acknowledges nothing',
  'no syn': 'we wait for the answer to our SYN, and this is not it',
  'reset without ack': 'it is a reset that does not show that it knows our SYN',
  'after end': 'its sender had said that it was done',
  'not a call': 'it does not ask for a connection',
  gone: 'there is no connection any more, and it is a reset',
} as const;

const CHALLENGED = {
  reset: 'a reset lay in the window, but not exactly where the next octet was wanted',
  syn: 'a SYN came into an open connection',
  'ack of the unsent': 'it acknowledged what was never sent',
  'ack of long ago': 'it acknowledged something from long ago',
} as const;

const REJECTED = {
  'no connection': 'there is no connection here',
  'wrong ack': 'it acknowledged what was never sent',
} as const;

const DECLINED = {
  'send after close': 'The program wrote after it had closed: nothing was taken.',
  'closed already': 'The program closed again: nothing was left to do.',
  'no connection': 'The program asked something of a connection that is gone.',
} as const;

/** Why something goes again. */
export type Repaired = keyof typeof REPAIRED;
export type Ignored = keyof typeof IGNORED;
export type Challenged = keyof typeof CHALLENGED;
export type Rejected = keyof typeof REJECTED;
export type Declined = keyof typeof DECLINED;

const octets = (count: number): string => (count === 1 ? '1 octet' : `${count} octets`);

const milliseconds = (ns: number): string => `${Math.round(ns / MILLISECOND_NS)} ms`;

/** Short ones in microseconds. */
const span = (ns: number): string =>
  ns < MILLISECOND_NS ? `${Math.round(ns / 1_000)} µs` : milliseconds(ns);

type Of<K extends Note['kind']> = Extract<Note, { readonly kind: K }>;

const SENTENCES: { readonly [K in Note['kind']]: (note: Of<K>) => string } = {
  changed: ({ from, to, event }) => `${from} → ${to}: ${rowOf(from, event)?.[4] ?? event}.`,
  acknowledged: ({ sequence }) => `Everything before number ${sequence} has arrived.`,
  measured: ({ rttNs, rtoNs }) =>
    `There and back took ${span(rttNs)}; from now on the wait is ${milliseconds(rtoNs)}.`,
  retransmitted: ({ why, sequence, rtoNs }) => {
    const wait = why === 'timeout' ? `; now wait ${milliseconds(rtoNs)}` : '';
    return `${REPAIRED[why]}: sent again from number ${sequence} on${wait}.`;
  },
  slowed: ({ cwndOctets, ssthreshOctets }) =>
    `The congestion window is ${octets(cwndOctets)} now, and its threshold ${ssthreshOctets}.`,
  probed: ({ sequence, probe }) =>
    `The peer's window is shut: asked with number ${sequence} whether it still is (${probe}).`,
  gaveUp: ({ retries }) => `Gave up after ${retries} retransmissions without an answer.`,
  received: ({ sequence, lengthOctets }) =>
    `${octets(lengthOctets)} from number ${sequence} on arrived in order.`,
  parked: ({ sequence, lengthOctets, expected }) =>
    `${octets(lengthOctets)} from number ${sequence} on came early: ${expected} is missing.`,
  ignored: ({ sequence, why }) => `Ignored segment ${sequence}: ${IGNORED[why]}.`,
  challenged: ({ sequence, why }) =>
    `Segment ${sequence} was answered with an ACK alone: ${CHALLENGED[why]}.`,
  rejected: ({ why }) => `Answered with a reset: ${REJECTED[why]}.`,
  windowClosed: () => "The peer's buffer is full: nothing may be sent until it says so.",
  windowOpened: ({ windowOctets }) => `The peer has room for ${octets(windowOctets)} again.`,
  windowUpdated: ({ windowOctets }) =>
    `The program has read: told the peer that there is room for ${octets(windowOctets)}.`,
  declined: ({ why }) => DECLINED[why],
};

/** `note` in plain words; sequence numbers as they stand in the segments. */
export function sentence(note: Note): string {
  const say = SENTENCES[note.kind] as (note: Note) => string;
  return say(note);
}
