/**
 * The camera over a drawing: which stretch of it is seen. A frame is where points of the drawing are
 * seen on a screen of the drawing's own size; a view says the same by a part, so that it holds for
 * every screen.
 */
import { clamp, mid, type Box, type Point } from './geometry';

export type Size = { readonly width: number; readonly height: number };

/** A point of the drawing is seen at `k` times itself, moved by `x` and `y`. */
export type Frame = Point & { readonly k: number };

export type View = {
  /** Path of the part that is looked at; empty: the whole drawing. */
  readonly part: string;
  /** The middle of what is seen, as shares of that part's width and height. */
  readonly x: number;
  readonly y: number;
  /** How much of the screen the part takes: at 1 it fits exactly. */
  readonly k: number;
};

export type Places = Readonly<Record<string, Box>>;

export const WHOLE: Frame = { x: 0, y: 0, k: 1 };
/** Where a drawing is shown small, as on a phone, its bits are read only from very near. */
export const CLOSEST = 300;
/** Around a part that is looked at there is a little of what is about it. */
const FITS = 0.94;
/** A part is what is looked at from this size on. */
const LOOKED_AT = 0.6;

const scaleToFit = (at: Size, { width, height }: Size): number =>
  Math.min(width / at.width, height / at.height);

/** From near, what stands at the drawing's edge can be in the middle: then half of it is empty. */
const MOST_EMPTY = 0.5;

/** A frame that shows little beyond the drawing's edges, and nothing while the whole is seen. */
export function bounded({ x, y, k }: Frame, { width, height }: Size): Frame {
  const closer = clamp(k, 1, CLOSEST);
  const empty = Math.min(closer - 1, MOST_EMPTY);
  return {
    x: clamp(x, width * (1 - closer - empty), width * empty),
    y: clamp(y, height * (1 - closer - empty), height * empty),
    k: closer,
  };
}

/** With `at` of the drawing in the middle of a stretch of the screen. */
function centredIn(open: Box, at: Point, k: number): Frame {
  const middle = mid(open);
  return { x: middle.x - k * at.x, y: middle.y - k * at.y, k };
}

export const whole = ({ width, height }: Size): Box => ({ x: 0, y: 0, width, height });

export function frameOf({ x, y, k }: View, at: Box, size: Size): Frame {
  const middle = { x: at.x + x * at.width, y: at.y + y * at.height };
  return bounded(centredIn(whole(size), middle, k * scaleToFit(at, size)), size);
}

/**
 * All of `at`, as large as it goes in the stretch of the screen that nothing covers, and at least
 * `leastK` large.
 */
export function fitTo(at: Box, size: Size, open: Box, leastK = 0): Frame {
  const k = Math.max(scaleToFit(at, open) * FITS, leastK);
  return bounded(centredIn(open, mid(at), k), size);
}

/** What of the drawing is seen in a stretch of the screen. */
const unmoved = ({ x, y, k }: Frame, open: Box): Box => ({
  x: (open.x - x) / k,
  y: (open.y - y) / k,
  width: open.width / k,
  height: open.height / k,
});

/** The stretch of the drawing that is seen. */
export const seenIn = (frame: Frame, size: Size): Box => unmoved(frame, whole(size));

export function viewOf(frame: Frame, part: string, at: Box, size: Size): View {
  const middle = mid(seenIn(frame, size));
  return {
    part,
    x: (middle.x - at.x) / at.width,
    y: (middle.y - at.y) / at.height,
    k: frame.k / scaleToFit(at, size),
  };
}

/** Nearer (or, below 1, farther) about a point of the screen, which stays where it is. */
export function zoomed({ x, y, k }: Frame, by: number, about: Point, size: Size): Frame {
  const closer = clamp(k * by, 1, CLOSEST);
  const factor = closer / k;
  return bounded(
    { x: about.x + (x - about.x) * factor, y: about.y + (y - about.y) * factor, k: closer },
    size,
  );
}

export const contains = (outer: Box, inner: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

export const meets = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** The smallest part about the middle that is large enough to be what is looked at; else the whole. */
export function lookedAt(frame: Frame, places: Places, size: Size): string {
  const { x, y } = mid(seenIn(frame, size));
  let [best, area] = ['', Infinity];
  for (const [path, at] of Object.entries(places)) {
    const about = contains(at, { x, y, width: 0, height: 0 });
    if (!about || at.width * at.height >= area) continue;
    if (path !== '' && frame.k / scaleToFit(at, size) < LOOKED_AT) continue;
    [best, area] = [path, at.width * at.height];
  }
  return best;
}

/** What leads to a part, from the whole on; a control unit and an ALU are within their CPU. */
export function wayTo(part: string, places: Places): string[] {
  const [owner = '', inner = ''] = part.split('.');
  const cpu = `${owner}.cpu`;
  const way = ['', owner, inner === 'control' || inner === 'alu' ? cpu : '', part];
  return [...new Set(way)].filter((path) => path in places);
}

/**
 * From where `at` is in the open stretch of the screen: the frame itself if it is already, else at
 * the same size or farther.
 */
export function withInSight(frame: Frame, at: Box, size: Size, open: Box): Frame {
  const seen = unmoved(frame, open);
  if (contains(seen, at)) return frame;
  const k = Math.min(frame.k, scaleToFit(at, open) * FITS);
  return bounded(centredIn(open, mid(at), k), size);
}
