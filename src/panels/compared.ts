/** Two runs at the same time: which lines of their logs only one of them has. */
import type { LogLine } from '../session/protocol';

const said = ({ timeNs, part, sentence }: LogLine): string => `${timeNs} ${part} ${sentence}`;

/**
 * Ids of the lines of `log` that `other` has not. A log goes back only so far: what is older than
 * the other's first line is not compared.
 */
export function ownLines(log: readonly LogLine[], other: readonly LogLine[]): ReadonlySet<string> {
  const known = new Set(other.map(said));
  const fromNs = other[0]?.timeNs ?? -Infinity;
  const own = log.filter((line) => line.timeNs >= fromNs && !known.has(said(line)));
  return new Set(own.map(({ id }) => id));
}
