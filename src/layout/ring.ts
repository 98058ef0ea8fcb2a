/** A ring of segments, clockwise from the top: the drawing of a descriptor ring. */
import { arc, pointRadial } from 'd3-shape';
import type { Point } from './geometry';

const GAP = 0.08;
const TURN = 2 * Math.PI;

const shape = arc<{ from: number; to: number; inner: number; outer: number }>()
  .innerRadius(({ inner }) => inner)
  .outerRadius(({ outer }) => outer)
  .startAngle(({ from }) => from)
  .endAngle(({ to }) => to)
  .digits(2);

/** The outline of segment `index` of `count` between two radii, around 0,0. */
export function segment(index: number, count: number, inner: number, outer: number): string {
  const from = ((index + GAP) / count) * TURN;
  const to = ((index + 1 - GAP) / count) * TURN;
  return shape({ from, to, inner, outer }) ?? '';
}

/** The middle of a segment at a radius: where a pointer or a number stands. */
export function segmentMiddle(index: number, count: number, radius: number): Point {
  const [x, y] = pointRadial(((index + 0.5) / count) * TURN, radius);
  return { x, y };
}
