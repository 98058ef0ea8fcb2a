/** What `ping` remembers. */
import { NONE } from '../../contract/outcome';
import { NEVER, type Nanos } from '../../contract/time';
import type { Arguments } from './pingArguments';

export type Sent = { readonly sequence: number; readonly atNs: Nanos };

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
  readonly shortestNs: number;
  readonly longestNs: number;
  readonly sumNs: number;
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
    shortestNs: NEVER,
    longestNs: 0,
    sumNs: 0,
    finished: false,
  };
}
