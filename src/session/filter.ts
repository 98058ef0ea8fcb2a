/** What of a run's history somebody wants to see. */
import type { Filter } from './happenings';
import type { Shape } from './records';

const within = (part: string, path: string): boolean =>
  part === path || part.startsWith(`${path}.`);

export function fits({ kinds, parts }: Filter, shape: Omit<Shape, 'line' | 'move'>): boolean {
  const { kind, from, to } = shape;
  if (kinds?.includes(kind) === false) return false;
  return parts?.some((path) => within(from, path) || within(to, path)) ?? true;
}

/** By number of shape: 1 where what is of that shape passes. */
export const passing = (
  shapes: readonly Shape[],
  filter: Filter,
  only: 'lines' | 'all',
): Uint8Array =>
  Uint8Array.from(shapes, (shape) => Number((only === 'all' || shape.line) && fits(filter, shape)));
