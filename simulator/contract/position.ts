/**
 * A position in a run: which event (or CPU instruction, or micro-step of one) was done last.
 * Events are totally ordered by (timeNs, source, n): `source` is the number of the part that made
 * the event, `n` that part's own counter. An instruction of a host comes after whatever that host
 * made for the same nanosecond, so it takes the largest `n`.
 */
import type { Nanos } from './time';

export type Position = {
  readonly timeNs: Nanos;
  readonly source: number;
  readonly n: number;
  /** Micro-steps done of the instruction in flight; 0 when none is in flight. */
  readonly micro: number;
};

/** `n` of an instruction. */
export const INSTRUCTION = Number.MAX_SAFE_INTEGER;
/** `source` of what a person or a fault script does: after everything else at that time. */
export const OUTSIDE = Number.MAX_SAFE_INTEGER;

export const START: Position = { timeNs: -1, source: 0, n: 0, micro: 0 };

/** After everything that happens at `timeNs`, inputs included. */
export function endOf(timeNs: Nanos): Position {
  return { timeNs, source: OUTSIDE, n: INSTRUCTION, micro: 0 };
}

/** Negative when `a` comes first, positive when `b` does, 0 when they are one position. */
export function compare(a: Position, b: Position): number {
  return a.timeNs - b.timeNs || a.source - b.source || a.n - b.n || depth(a) - depth(b);
}

/** Inside an instruction comes before the end of it. */
const depth = ({ micro }: Position): number => (micro === 0 ? Number.MAX_SAFE_INTEGER : micro);

/** `timeNs.source.n.micro`, with `o` for OUTSIDE and `i` for INSTRUCTION. */
export function format({ timeNs, source, n, micro }: Position): string {
  const by = source === OUTSIDE ? 'o' : source;
  const count = n === INSTRUCTION ? 'i' : n;
  return `${timeNs}.${by}.${count}.${micro}`;
}

/** The inverse of {@link format}; null when `text` is not a position. */
export function parse(text: string): Position | null {
  const found = /^(-?\d{1,16})\.(\d{1,9}|o)\.(\d{1,16}|i)\.(\d{1,4})$/.exec(text);
  if (found === null) return null;
  const [, time = '', source = '', n = '', micro = ''] = found;
  return {
    timeNs: Number(time),
    source: source === 'o' ? OUTSIDE : Number(source),
    n: n === 'i' ? INSTRUCTION : Number(n),
    micro: Number(micro),
  };
}
