/** What of a world of many stands where a finger points, and who is next in a direction. */
import { clamp, mid, type Box, type Point } from './geometry';
import type { Span, Standing, WorldLayout } from './world';

/** A square of the drawing has a list of what reaches into it. */
const CELL = 256;

type Cells<T> = ReadonlyMap<string, readonly T[]>;

export type WorldIndex = {
  readonly hosts: Cells<Standing>;
  readonly cables: Cells<Span>;
};

const cellOf = (value: number): number => Math.floor(value / CELL);

function sorted<T>(all: readonly T[], boxOf: (each: T) => Box): Cells<T> {
  const cells = new Map<string, T[]>();
  for (const each of all) {
    const at = boxOf(each);
    for (let x = cellOf(at.x); x <= cellOf(at.x + at.width); x++)
      for (let y = cellOf(at.y); y <= cellOf(at.y + at.height); y++) {
        const key = `${x} ${y}`;
        const cell = cells.get(key);
        if (cell === undefined) cells.set(key, [each]);
        else cell.push(each);
      }
  }
  return cells;
}

const boxAbout = ({ from, to }: Span): Box => ({
  x: Math.min(from.x, to.x),
  y: Math.min(from.y, to.y),
  width: Math.abs(to.x - from.x),
  height: Math.abs(to.y - from.y),
});

export const indexOf = ({ hosts, cables }: WorldLayout): WorldIndex => ({
  hosts: sorted(hosts, ({ at }) => at),
  cables: sorted(cables, boxAbout),
});

const holds = ({ x, y, width, height }: Box, at: Point, reach: number): boolean =>
  at.x >= x - reach && at.x <= x + width + reach && at.y >= y - reach && at.y <= y + height + reach;

/** Along a cable: the nearest spot as a share of it, and how far away that is. */
export function nearestOn({ from, to }: Span, { x, y }: Point): { share: number; away: number } {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : clamp(((x - from.x) * dx + (y - from.y) * dy) / length, 0, 1);
  return { share, away: Math.hypot(from.x + share * dx - x, from.y + share * dy - y) };
}

/** All that reach into the cells about `at`. */
function* about<T>(cells: Cells<T>, at: Point, reach: number): Generator<T> {
  for (let x = cellOf(at.x - reach); x <= cellOf(at.x + reach); x++)
    for (let y = cellOf(at.y - reach); y <= cellOf(at.y + reach); y++)
      yield* cells.get(`${x} ${y}`) ?? [];
}

/** The host at that point, or at most `reach` from it. */
export function hostAt({ hosts }: WorldIndex, at: Point, reach = 0): Standing | null {
  let [best, away] = [null as Standing | null, Infinity];
  for (const each of about(hosts, at, reach)) {
    if (!holds(each.at, at, reach)) continue;
    const middle = mid(each.at);
    const distance = Math.hypot(middle.x - at.x, middle.y - at.y);
    if (distance < away) [best, away] = [each, distance];
  }
  return best;
}

/** The cable at most `reach` from that point. */
export function cableAt({ cables }: WorldIndex, at: Point, reach: number): Span | null {
  let [best, nearest] = [null as Span | null, reach];
  for (const each of about(cables, at, reach)) {
    const { away } = nearestOn(each, at);
    if (away <= nearest) [best, nearest] = [each, away];
  }
  return best;
}

export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

const ALONG: Readonly<Record<Direction, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
/** Aside counts more than ahead: the next in a row comes before one that is nearer but askew. */
const ASKEW = 2.5;

/** The next host in that direction; null at the edge. */
export function nextTo(
  { hosts }: WorldLayout,
  { at }: Standing,
  direction: Direction,
): Standing | null {
  const { x: alongX, y: alongY } = ALONG[direction];
  const from = mid(at);
  let [best, least] = [null as Standing | null, Infinity];
  for (const each of hosts) {
    const to = mid(each.at);
    const ahead = (to.x - from.x) * alongX + (to.y - from.y) * alongY;
    const aside = Math.abs((to.x - from.x) * alongY) + Math.abs((to.y - from.y) * alongX);
    if (ahead <= 1 || aside > ahead * ASKEW) continue;
    const cost = ahead + ASKEW * aside;
    if (cost < least) [best, least] = [each, cost];
  }
  return best;
}
