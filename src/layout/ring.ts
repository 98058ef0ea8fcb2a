/** A ring of segments, clockwise from the top: the drawing of a descriptor ring. */
import type { Point } from './geometry';

const point = (radius: number, turn: number): Point => ({
  x: radius * Math.sin(turn * 2 * Math.PI),
  y: -radius * Math.cos(turn * 2 * Math.PI),
});

const text = ({ x, y }: Point): string => `${x.toFixed(2)} ${y.toFixed(2)}`;

/** The outline of segment `index` of `count` between two radii, around 0,0. */
export function segment(index: number, count: number, inner: number, outer: number): string {
  const gap = 0.08 / count;
  const from = index / count + gap;
  const to = (index + 1) / count - gap;
  const big = to - from > 0.5 ? 1 : 0;
  return [
    `M${text(point(outer, from))}`,
    `A${outer} ${outer} 0 ${big} 1 ${text(point(outer, to))}`,
    `L${text(point(inner, to))}`,
    `A${inner} ${inner} 0 ${big} 0 ${text(point(inner, from))}z`,
  ].join('');
}

/** The middle of a segment at a radius: where a pointer or a number stands. */
export function segmentMiddle(index: number, count: number, radius: number): Point {
  return point(radius, (index + 0.5) / count);
}
