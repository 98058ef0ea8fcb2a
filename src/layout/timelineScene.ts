/**
 * Where each thing that happened stands in a space-time diagram: a mark on its lane, or a line from
 * lane to lane, from its departure to its arrival. What a cable says of a frame stands on the line
 * of that frame, and the line of a lost one ends where it was lost.
 */
import { laneOf, type Lane, type LanesBy, type Wiring } from './lanes';
import type { Axis } from './timelineAxis';

/** What it needs to know of a happening. */
export type Seen = {
  readonly id: string;
  readonly departNs: number;
  readonly arriveNs: number;
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly move: boolean;
  readonly sentence: string;
  readonly cause: string | null;
};

/** A lane and where it is drawn: `y` is its rail. */
export type Row = {
  readonly lane: Lane;
  readonly top: number;
  readonly height: number;
  /** Above and below the rail together. */
  readonly room: number;
  readonly y: number;
};

export type Item<S> = {
  readonly seen: S;
  /** Indexes of rows. */
  readonly row: number;
  readonly toRow: number;
  readonly x: number;
  readonly y: number;
  readonly toX: number;
  readonly toY: number;
  /** A line, and not a mark. */
  readonly line: boolean;
  /** It ends on its way. */
  readonly lost: boolean;
  /** Its end is on the drawing. */
  readonly ends: boolean;
};

export type Place = { readonly by: LanesBy; readonly isCable: (name: string) => boolean };

export function placeOf(by: LanesBy, { cables }: Wiring): Place {
  const names = new Set(cables.map(({ name }) => name));
  return { by, isCable: (name) => names.has(name) };
}

/** How far apart what stands on a rail at the same time is drawn, and how near is the same time. */
const STACKED = 10;
const NEAR = 10;

/** A cable's lane is as high as this share of a host's: little is said there. */
const CABLE_SHARE = 0.65;

/** From top to bottom, each `height` high, a cable's less; of that, `head` for a name above the rail. */
export function rowsOf(lanes: readonly Lane[], height: number, head = 0): Row[] {
  let top = 0;
  return lanes.map((lane) => {
    const own = Math.round(lane.cable ? height * CABLE_SHARE : height);
    const row = { lane, top, height: own, room: own - head, y: top + head + (own - head) / 2 };
    top += own;
    return row;
  });
}

/** How high all together are, when each is `height` high: in lanes of that height. */
export const lanesHigh = (lanes: readonly Lane[]): number =>
  lanes.reduce((sum, { cable }) => sum + (cable ? CABLE_SHARE : 1), 0);

/** What is said of a frame after its colon is the same wherever it is said. */
const saidOf = ({ sentence }: Seen): string => sentence.slice(sentence.indexOf(': ') + 2);

const OF_A_FLIGHT = new Set(['arrived', 'lost', 'faulted']);

/** Whether a note is a cable's, of a frame. */
const isOfFlight = ({ kind, from }: Seen, { isCable }: Place): boolean =>
  OF_A_FLIGHT.has(kind) && isCable(from);

/** The line of the frame that a cable speaks of. */
function flightOf<S extends Seen>(note: S, flights: readonly Item<S>[]): Item<S> | undefined {
  const { departNs, cause } = note;
  const caused = flights.find(({ seen }) => seen.id === cause);
  if (caused !== undefined) return caused;
  const under = flights.filter(
    ({ seen }) => seen.departNs <= departNs && seen.arriveNs >= departNs,
  );
  return under.find(({ seen }) => saidOf(seen) === saidOf(note));
}

const lerp = (from: number, to: number, share: number): number => from + (to - from) * share;

/** How much of its way it has behind it; all of it where it takes no time. */
function shareAt({ seen }: Item<Seen>, timeNs: number): number {
  const took = seen.arriveNs - seen.departNs;
  return took <= 0 ? 1 : Math.min(1, Math.max(0, (timeNs - seen.departNs) / took));
}

/** A cable's rail is where a frame is lost that has not left yet: it never is on the far side. */
function lostAt<S extends Seen>(
  item: Item<S>,
  note: S,
  rows: readonly Row[],
  cable: number,
): Item<S> {
  const share = shareAt(item, note.departNs);
  const y = share === 0 ? (rows[cable]?.y ?? item.toY) : lerp(item.y, item.toY, share);
  return { ...item, toX: lerp(item.x, item.toX, share), toY: y, lost: true };
}

/** Up and down from the rail, for what stands at one place. */
const slots = (room: number): number[] => {
  const most = Math.max(0, Math.floor((room / 2 - STACKED / 2) / STACKED));
  return [0, ...Array.from({ length: most }, (_, i) => [-(i + 1), i + 1]).flat()];
};

/** Where lines touch the rails, so that no mark is put there. */
const touched = <S>(lines: readonly Item<S>[]): { row: number; x: number }[] =>
  lines.flatMap(({ row, toRow, x, toX, lost }) => [
    { row, x },
    ...(lost ? [] : [{ row: toRow, x: toX }]),
  ]);

/** Marks on one rail that are near to each other, or to a line's end, are put one above the other. */
function stacked<S>(
  marks: readonly Item<S>[],
  lines: readonly Item<S>[],
  rows: readonly Row[],
): Item<S>[] {
  const lastX = new Map<string, number>();
  const last = (row: number, slot: number): number => lastX.get(`${row} ${slot}`) ?? -Infinity;
  const ends = touched(lines).toSorted((a, b) => a.x - b.x);
  let next = 0;
  return marks.map((mark) => {
    const { row, x } = mark;
    for (let end = ends[next]; end !== undefined && end.x < x + NEAR; end = ends[++next])
      lastX.set(`${end.row} 0`, Math.max(end.x, last(end.row, 0)));
    const all = slots(rows[row]?.room ?? 0);
    // Where all are taken, the one that has been for longest.
    const slot =
      all.find((each) => x - last(row, each) >= NEAR) ??
      all.reduce((a, b) => (last(row, b) < last(row, a) ? b : a), 0);
    lastX.set(`${row} ${slot}`, Math.max(x, last(row, slot)));
    const y = mark.y + slot * STACKED;
    return { ...mark, y, toY: y };
  });
}

function placed<S extends Seen>(
  seen: S,
  rows: readonly Row[],
  index: ReadonlyMap<string, number>,
  axis: Axis,
  { by, isCable }: Place,
): Item<S> | null {
  const { kind, from, to, departNs, arriveNs } = seen;
  const row = index.get(laneOf(by, { kind, path: from }, isCable));
  const toRow = index.get(laneOf(by, { kind, path: to, from }, isCable));
  if (row === undefined || toRow === undefined) return null;
  const [x, toX] = [axis.xOf(departNs), axis.xOf(arriveNs)];
  const [y, toY] = [rows[row]?.y ?? 0, rows[toRow]?.y ?? 0];
  const line = row !== toRow || arriveNs > departNs;
  return { seen, row, toRow, x, y, toX, toY, line, lost: false, ends: true };
}

/** In the order of time. What has no lane is left out. */
export function sceneOf<S extends Seen>(
  each: readonly S[],
  rows: readonly Row[],
  axis: Axis,
  place: Place,
): Item<S>[] {
  const index = new Map(rows.map(({ lane }, i) => [lane.id, i]));
  const all = each.flatMap((seen) => placed(seen, rows, index, axis, place) ?? []);
  const flights = new Map(all.filter(({ line }) => line).map((item) => [item.seen.id, item]));
  const lines = [...flights.values()];
  const onLines: Item<S>[] = [];
  const marks: Item<S>[] = [];
  for (const item of all) {
    if (item.line) continue;
    const flight = isOfFlight(item.seen, place) ? flightOf(item.seen, lines) : undefined;
    if (flight === undefined) {
      marks.push(item);
      continue;
    }
    const { seen, row } = item;
    const share = shareAt(flight, seen.departNs);
    const cut = seen.kind === 'lost' ? lostAt(flight, seen, rows, row) : flight;
    flights.set(flight.seen.id, cut);
    const [x, y] = cut.lost
      ? [cut.toX, cut.toY]
      : [lerp(flight.x, flight.toX, share), lerp(flight.y, flight.toY, share)];
    onLines.push({ ...item, x, y, toX: x, toY: y });
  }
  const drawn = [...flights.values()];
  return [...drawn, ...stacked(marks, drawn, rows), ...onLines].toSorted(
    (a, b) => a.seen.departNs - b.seen.departNs || a.x - b.x,
  );
}

/** The part of a line between two places; what is left out would be drawn far outside. */
export function clipped<S>(item: Item<S>, left: number, right: number): Item<S> {
  const { x, y, toX, toY } = item;
  if (toX <= x || (x >= left && toX <= right)) return item;
  const yAt = (at: number): number => lerp(y, toY, (at - x) / (toX - x));
  const [from, to] = [Math.max(x, left), Math.min(toX, right)];
  return { ...item, x: from, y: yAt(from), toX: to, toY: yAt(to), ends: to === toX };
}

export type Thread = { readonly x: number; readonly from: number; readonly to: number };

/** What one computer says at one time on several lanes belongs together: where to draw that. */
export function threadsOf(items: readonly Item<Seen>[], rows: readonly Row[]): Thread[] {
  const threads = new Map<string, Thread>();
  for (const { seen, row, x, line } of items) {
    const { lane, y = 0 } = rows[row] ?? {};
    if (line || lane === undefined || lane.cable) continue;
    const key = `${lane.owner} ${seen.departNs}`;
    const { from, to } = threads.get(key) ?? { from: y, to: y };
    threads.set(key, { x, from: Math.min(from, y), to: Math.max(to, y) });
  }
  return [...threads.values()].filter(({ from, to }) => to > from);
}

/** Those of which something is to be seen between two heights. */
export const inSight = <S>(items: readonly Item<S>[], top: number, bottom: number): Item<S>[] =>
  items.filter(({ y, toY }) => Math.min(y, toY) <= bottom && Math.max(y, toY) >= top);

/** Where the arrow keys lead from `at`: along its lane, or to what is nearest on another. */
export function neighbour<S>(
  items: readonly Item<S>[],
  at: number,
  key: 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown',
): number | null {
  const from = items[at];
  if (from === undefined) return null;
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    const by = key === 'ArrowRight' ? 1 : -1;
    for (let next = at + by; next >= 0 && next < items.length; next += by)
      if (items[next]?.row === from.row) return next;
    return null;
  }
  const down = key === 'ArrowDown';
  const beyond = items
    .map(({ row, x }, i) => ({ i, row, away: Math.abs(x - from.x) }))
    .filter(({ row }) => (down ? row > from.row : row < from.row));
  const rows = beyond.map(({ row }) => row);
  const row = down ? Math.min(...rows) : Math.max(...rows);
  const near = beyond.filter((each) => each.row === row);
  return near.length === 0 ? null : near.reduce((a, b) => (b.away < a.away ? b : a)).i;
}
