/** What all painters of many computers share: what is in sight, and strokes. */
import type { Box, Point } from '../../layout/geometry';
import { seenAt, type Looking, type Span, type WorldLayout } from '../../layout/world';
import type { ShownFlight } from '../scene';

export type Brush = CanvasRenderingContext2D;

/** A computer on the screen: the `index`-th of the layout. */
export type Seen = { readonly index: number; readonly at: Box };

type Size = { readonly width: number; readonly height: number };

/** Rings and names reach beyond what they are of. */
const BESIDE_PX = 12;

export const inSight = ({ x, y, width, height }: Box, screen: Size): boolean =>
  x < screen.width + BESIDE_PX &&
  y < screen.height + BESIDE_PX &&
  x + width > -BESIDE_PX &&
  y + height > -BESIDE_PX;

export function hostsSeen({ hosts }: WorldLayout, looking: Looking, screen: Size): Seen[] {
  const seen: Seen[] = [];
  hosts.forEach(({ at: drawn }, index) => {
    const at = seenAt(looking, drawn);
    if (inSight(at, screen)) seen.push({ index, at });
  });
  return seen;
}

/** A cable on the screen, with what is on it. */
export type SeenSpan = {
  readonly span: Span;
  readonly from: Point;
  readonly to: Point;
  readonly flights: readonly ShownFlight[];
};

export function cross(brush: Brush, { x, y }: Point, half: number): void {
  brush.moveTo(x - half, y - half);
  brush.lineTo(x + half, y + half);
  brush.moveTo(x + half, y - half);
  brush.lineTo(x - half, y + half);
}
