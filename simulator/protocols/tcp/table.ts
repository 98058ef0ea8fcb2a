/**
 * The eleven states of a TCP connection and every way from one to another: RFC 9293 §3.3.2,
 * figure 5, and the branches of §3.10 that it leaves out. The machine moves along these rows alone
 * ({@link follow}), and the state chart on the screen is drawn from them.
 */
import { assert } from '../../contract/outcome';

export const PHASES = [
  'CLOSED',
  'LISTEN',
  'SYN-SENT',
  'SYN-RECEIVED',
  'ESTABLISHED',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'CLOSE-WAIT',
  'CLOSING',
  'LAST-ACK',
  'TIME-WAIT',
] as const;

/** What the RFC calls the state of a connection. */
export type Phase = (typeof PHASES)[number];

export type Event =
  /** Calls of the program. */
  | 'active open'
  | 'passive open'
  | 'close'
  | 'abort'
  /** What the peer sent. */
  | 'syn'
  | 'syn and ack'
  | 'ack of syn'
  | 'fin'
  | 'ack of fin'
  | 'reset'
  /** Time that passed: retransmissions are used up; twice the maximum segment lifetime is over. */
  | 'timeout'
  | '2 msl';

/** State, event, next state, section of RFC 9293, words. */
export type Row = readonly [from: Phase, event: Event, to: Phase, section: string, words: string];

export const ROWS: readonly Row[] = [
  ['CLOSED', 'passive open', 'LISTEN', '3.10.1', 'a program waits for callers'],
  ['CLOSED', 'active open', 'SYN-SENT', '3.10.1', 'a program calls; SYN is sent'],

  ['LISTEN', 'syn', 'SYN-RECEIVED', '3.10.7.2', 'somebody calls; SYN and ACK are sent'],
  ['LISTEN', 'close', 'CLOSED', '3.10.4', 'the program waits no longer'],

  ['SYN-SENT', 'syn and ack', 'ESTABLISHED', '3.10.7.3', 'the call is answered; ACK is sent'],
  ['SYN-SENT', 'syn', 'SYN-RECEIVED', '3.10.7.3', 'both called at once; SYN and ACK are sent'],
  ['SYN-SENT', 'reset', 'CLOSED', '3.10.7.3', 'the peer refuses'],
  ['SYN-SENT', 'close', 'CLOSED', '3.10.4', 'the program gives up the call'],
  ['SYN-SENT', 'abort', 'CLOSED', '3.10.5', 'the program gives up the call'],
  ['SYN-SENT', 'timeout', 'CLOSED', '3.10.8', 'nobody answers'],

  ['SYN-RECEIVED', 'ack of syn', 'ESTABLISHED', '3.10.7.4', 'our SYN has arrived'],
  ['SYN-RECEIVED', 'close', 'FIN-WAIT-1', '3.10.4', 'the program has nothing to say; FIN is sent'],
  ['SYN-RECEIVED', 'syn', 'CLOSED', '3.10.7.4', 'the caller starts over; the listener goes on'],
  ['SYN-RECEIVED', 'reset', 'CLOSED', '3.10.7.4', 'the caller takes it back'],
  ['SYN-RECEIVED', 'abort', 'CLOSED', '3.10.5', 'RST is sent'],
  ['SYN-RECEIVED', 'timeout', 'CLOSED', '3.10.8', 'the caller went silent'],

  ['ESTABLISHED', 'close', 'FIN-WAIT-1', '3.10.4', 'we have said everything; FIN is sent'],
  ['ESTABLISHED', 'fin', 'CLOSE-WAIT', '3.10.7.4', 'the peer has said everything; ACK is sent'],
  ['ESTABLISHED', 'reset', 'CLOSED', '3.10.7.4', 'the peer breaks off'],
  ['ESTABLISHED', 'abort', 'CLOSED', '3.10.5', 'RST is sent'],
  ['ESTABLISHED', 'timeout', 'CLOSED', '3.10.8', 'the peer went silent'],

  ['FIN-WAIT-1', 'ack of fin', 'FIN-WAIT-2', '3.10.7.4', 'our FIN has arrived'],
  ['FIN-WAIT-1', 'fin', 'CLOSING', '3.10.7.4', 'both closed at once; ACK is sent'],
  ['FIN-WAIT-1', 'reset', 'CLOSED', '3.10.7.4', 'the peer breaks off'],
  ['FIN-WAIT-1', 'abort', 'CLOSED', '3.10.5', 'RST is sent'],
  ['FIN-WAIT-1', 'timeout', 'CLOSED', '3.10.8', 'the peer went silent'],

  ['FIN-WAIT-2', 'fin', 'TIME-WAIT', '3.10.7.4', 'the peer has said everything too; ACK is sent'],
  ['FIN-WAIT-2', 'reset', 'CLOSED', '3.10.7.4', 'the peer breaks off'],
  ['FIN-WAIT-2', 'abort', 'CLOSED', '3.10.5', 'RST is sent'],

  ['CLOSE-WAIT', 'close', 'LAST-ACK', '3.10.4', 'we have said everything too; FIN is sent'],
  ['CLOSE-WAIT', 'reset', 'CLOSED', '3.10.7.4', 'the peer breaks off'],
  ['CLOSE-WAIT', 'abort', 'CLOSED', '3.10.5', 'RST is sent'],
  ['CLOSE-WAIT', 'timeout', 'CLOSED', '3.10.8', 'the peer went silent'],

  ['CLOSING', 'ack of fin', 'TIME-WAIT', '3.10.7.4', 'our FIN has arrived'],
  ['CLOSING', 'reset', 'CLOSED', '3.10.7.4', 'the peer breaks off'],
  ['CLOSING', 'abort', 'CLOSED', '3.10.5', 'the program waits no longer'],
  ['CLOSING', 'timeout', 'CLOSED', '3.10.8', 'the peer went silent'],

  ['LAST-ACK', 'ack of fin', 'CLOSED', '3.10.7.4', 'our FIN has arrived; all is said'],
  ['LAST-ACK', 'reset', 'CLOSED', '3.10.7.4', 'the peer breaks off'],
  ['LAST-ACK', 'abort', 'CLOSED', '3.10.5', 'the program waits no longer'],
  ['LAST-ACK', 'timeout', 'CLOSED', '3.10.8', 'the peer went silent'],

  ['TIME-WAIT', 'fin', 'TIME-WAIT', '3.10.7.4', 'the peer missed our ACK; the wait begins again'],
  ['TIME-WAIT', '2 msl', 'CLOSED', '3.10.8', 'no old segment can be about any more'],
  ['TIME-WAIT', 'reset', 'CLOSED', '3.10.7.4', 'the peer has forgotten the connection'],
  ['TIME-WAIT', 'abort', 'CLOSED', '3.10.5', 'the program waits no longer'],
];

/** The row that `event` takes out of `from`, or undefined where the table has none. */
export function rowOf(from: Phase, event: Event): Row | undefined {
  return ROWS.find((row) => row[0] === from && row[1] === event);
}

/** Where `event` leads; an event that the table does not know in `from` is a defect of ours. */
export function follow(from: Phase, event: Event): Phase {
  const row = rowOf(from, event);
  assert(row !== undefined, `TCP has no way out of ${from} by "${event}"`);
  return row[2];
}
