/** Points, boxes and polylines of the drawing, in CSS pixels; y grows downwards. */

import { line } from 'd3-shape';

export type Point = { readonly x: number; readonly y: number };
export type Box = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

export const box = (x: number, y: number, width: number, height: number): Box => ({
  x,
  y,
  width,
  height,
});

export const clamp = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, low), high);

export const mid = (of: Box): Point => ({ x: of.x + of.width / 2, y: of.y + of.height / 2 });

const between = (a: Point, b: Point, share: number): Point => ({
  x: a.x + (b.x - a.x) * share,
  y: a.y + (b.y - a.y) * share,
});

const distance = (a: Point, b: Point): number => Math.hypot(b.x - a.x, b.y - a.y);

export function lengthOf(line: readonly Point[]): number {
  return line.reduce(
    (sum, point, i) => sum + (i === 0 ? 0 : distance(line[i - 1] ?? point, point)),
    0,
  );
}

export type Spot = Point & {
  /** Unit vector along the line. */
  readonly alongX: number;
  readonly alongY: number;
};

/** The spot after `share` (0 to 1) of a line's length; of an empty line, the origin. */
export function spotAt(line: readonly Point[], share: number): Spot {
  let rest = clamp(share, 0, 1) * lengthOf(line);
  for (let i = 1; i < line.length; i++) {
    const from = line[i - 1] as Point;
    const to = line[i] as Point;
    const length = distance(from, to);
    if ((rest > length && i < line.length - 1) || length === 0) {
      rest -= length;
      continue;
    }
    const at = between(from, to, Math.min(1, rest / length));
    return { ...at, alongX: (to.x - from.x) / length, alongY: (to.y - from.y) / length };
  }
  const only = line.at(-1) ?? { x: 0, y: 0 };
  return { ...only, alongX: 1, alongY: 0 };
}

const drawn = line<Point>(
  ({ x }) => x,
  ({ y }) => y,
).digits(1);

/** `Mx,yL…`, one decimal. */
export function pathOf(points: readonly Point[]): string {
  return drawn(points) ?? '';
}

/** A cubic Bézier curve as a polyline of `pieces` pieces. */
export function cubic(a: Point, b: Point, c: Point, d: Point, pieces = 40): Point[] {
  return Array.from({ length: pieces + 1 }, (_, i) => {
    const t = i / pieces;
    const ab = between(a, b, t);
    const bc = between(b, c, t);
    const cd = between(c, d, t);
    return between(between(ab, bc, t), between(bc, cd, t), t);
  });
}

/** The line moved `by` pixels to its left (seen along it, y downwards: up when it runs right). */
export function beside(line: readonly Point[], by: number): Point[] {
  return line.map((point, i) => {
    const before = line[Math.max(0, i - 1)] ?? point;
    const after = line[Math.min(line.length - 1, i + 1)] ?? point;
    const length = distance(before, after) || 1;
    return {
      x: point.x + ((after.y - before.y) / length) * by,
      y: point.y - ((after.x - before.x) / length) * by,
    };
  });
}
