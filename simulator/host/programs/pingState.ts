/** What `ping` remembers. */
import { NONE } from '../../contract/outcome';
import { NEVER, type Nanos } from '../../contract/time';
import type { Arguments } from './pingArguments';

export type Sent = { readonly sequence: number; readonly atNs: Nanos };

/** Of all round trips so far. */
export type Times = {
  readonly shortestNs: number;
  readonly longestNs: number;
  readonly sumNs: number;
};

export type State = {
  readonly asked: Arguments;
  readonly fd: number;
  readonly startedAtNs: Nanos;
  readonly transmitted: number;
  readonly received: number;
  readonly duplicates: number;
  readonly errors: number;
  /** Requests without an answer so far, oldest first. */
  readonly unanswered: readonly Sent[];
  readonly times: Times;
  readonly finished: boolean;
};

export function start(asked: Arguments, now: Nanos): State {
  return {
    asked,
    fd: -1,
    startedAtNs: now,
    transmitted: 0,
    received: 0,
    duplicates: 0,
    errors: 0,
    unanswered: NONE,
    times: { shortestNs: NEVER, longestNs: 0, sumNs: 0 },
    finished: false,
  };
}

type Tally = Pick<State, 'transmitted' | 'received' | 'unanswered' | 'times'>;

/** What changes with each request and answer; a literal, because a flood does it so often. */
export function tallied(state: State, tally: Tally): State {
  return {
    asked: state.asked,
    fd: state.fd,
    startedAtNs: state.startedAtNs,
    transmitted: tally.transmitted,
    received: tally.received,
    duplicates: state.duplicates,
    errors: state.errors,
    unanswered: tally.unanswered,
    times: tally.times,
    finished: state.finished,
  };
}
