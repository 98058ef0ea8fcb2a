import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { scenario as page } from '../../../scenarios/fetch-a-page/scenario';
import { lanesOf, type LanesBy, type Wiring } from '../../../src/layout/lanes';
import { axisOf } from '../../../src/layout/timelineAxis';
import { densityOf } from '../../../src/layout/timelineDensity';
import { labelsOf, type Label } from '../../../src/layout/timelineLabels';
import {
  clipped,
  inSight,
  lanesHigh,
  neighbour,
  placeOf,
  rowsOf,
  sceneOf,
  threadsOf,
  type Item,
} from '../../../src/layout/timelineScene';
import type { Happening, Window } from '../../../src/session/happenings';
import type { Order } from '../../../src/session/protocol';
import { office } from '../../session/office';

const wiring: Wiring = page.world;
const ALL = { kinds: null, parts: null };
const asked = (toNs: number, most: number): Order => ({
  ...{ kind: 'window', fromNs: 0, toNs, filter: ALL, columns: 100, most, fine: false },
});

/** The page is fetched; in the second run the frame that leaves after 24 µs is dropped. */
let each: readonly Happening[] = [];
let dropped: readonly Happening[] = [];
let counted: Window;

beforeAll(async () => {
  const windowOf = async (
    ask: Awaited<ReturnType<typeof office>>,
    most: number,
  ): Promise<Window> => {
    await ask({ kind: 'seek', to: page.endsAtNs });
    for (;;) {
      const reply = await ask(asked(page.endsAtNs, most));
      if (reply.kind !== 'window') throw new Error(reply.kind);
      if (reply.window.doneToNs >= page.endsAtNs) return reply.window;
    }
  };
  const ask = await office(page);
  each = (await windowOf(ask, 1000)).each ?? [];
  counted = await windowOf(ask, 0);
  const other = await office(page);
  await other({ kind: 'seek', to: 24_000 });
  await other({ kind: 'deed', deed: { kind: 'fault', cable: 'cable', fault: { kind: 'drop' } } });
  dropped = (await windowOf(other, 1000)).each ?? [];
});

const axis = axisOf({ fromNs: 0, toNs: page.endsAtNs }, [], [100, 1300]);
const PATHS = [
  ...['client.os', 'client.nic', 'client.cpu', 'client.console', 'client.keyboard', 'server.os'],
  ...['server.nic', 'server.cpu', 'cable'],
];

function scene(of: readonly Happening[], by: LanesBy = 'hosts') {
  const rows = rowsOf(lanesOf(wiring, by, PATHS), 60);
  return { rows, items: sceneOf(of, rows, axis, placeOf(by, wiring)) };
}

const ofKind = (items: readonly Item<Happening>[], kind: string): Item<Happening>[] =>
  items.filter(({ seen }) => seen.kind === kind);

describe('a run as a scene', () => {
  test.each<LanesBy>(['hosts', 'layers', 'parts'])('by %s everything has its place', (by) => {
    const { items, rows } = scene(each, by);
    expect(items).toHaveLength(each.length);
    expect(each.length).toBeGreaterThan(150);
    const high = rows.reduce((sum, { height }) => sum + height, 0);
    for (const { seen, x, toX, y, toY } of items) {
      expect(x).toBeCloseTo(axis.xOf(seen.departNs), 6);
      expect(toX).toBeGreaterThanOrEqual(x);
      expect(Math.min(y, toY)).toBeGreaterThanOrEqual(0);
      expect(Math.max(y, toY)).toBeLessThanOrEqual(high);
    }
  });

  test('a frame is a line that leans by how long it travels', () => {
    const { items, rows } = scene(each);
    const [arp] = ofKind(items, 'frame');
    const [a, , b] = rows;
    expect(arp).toMatchObject({ line: true, lost: false, y: a?.y, toY: b?.y });
    expect(arp?.toX).toBeCloseTo(axis.xOf(arp?.seen.arriveNs ?? 0), 6);
    expect((arp?.toX ?? 0) - (arp?.x ?? 0)).toBeGreaterThan(10);
  });

  test('that it arrived is said at the end of its line', () => {
    const { items } = scene(each);
    const frames = ofKind(items, 'frame');
    const arrived = ofKind(items, 'arrived');
    expect(arrived).toHaveLength(frames.length);
    for (const { seen, x, y } of arrived) {
      const frame = frames.find((item) => item.seen.id === seen.cause);
      expect([x, y]).toEqual([frame?.toX, frame?.toY]);
    }
  });

  test('a lost frame ends on the cable, where that is said', () => {
    const { items, rows } = scene(dropped);
    const [lost] = ofKind(items, 'lost');
    const frame = items.find(({ seen }) => seen.id === lost?.seen.cause);
    expect(frame).toMatchObject({ lost: true, toY: rows[1]?.y });
    expect([lost?.x, lost?.y]).toEqual([frame?.toX, frame?.toY]);
    expect(ofKind(items, 'frame').filter((item) => item.lost)).toHaveLength(1);
  });

  test('marks of one time stand one above the other, and off the ends of lines', () => {
    const { items } = scene(each);
    const marks = items.filter(({ line, seen }) => !line && seen.kind !== 'arrived');
    const [first] = ofKind(items, 'interrupt').filter(({ seen }) => seen.from === 'server.nic');
    const at = marks.filter(
      ({ seen, row }) => seen.departNs === first?.seen.departNs && row === first.row,
    );
    expect(at.length).toBeGreaterThan(2);
    expect(new Set(at.map(({ y }) => y)).size).toBe(at.length);
  });

  test('what one computer does at once on several layers is threaded together', () => {
    const { items, rows } = scene(each, 'layers');
    const threads = threadsOf(items, rows);
    expect(threads.length).toBeGreaterThan(5);
    for (const { from, to } of threads) expect(to).toBeGreaterThan(from);
    const [hosts] = [scene(each)];
    expect(threadsOf(hosts.items, hosts.rows)).toEqual([]);
  });

  test('what is not in sight is left out, what passes through is not', () => {
    const { items, rows } = scene(each);
    const cable = rows[1];
    const some = inSight(items, (cable?.y ?? 0) - 1, (cable?.y ?? 0) + 1);
    expect(some.length).toBeLessThan(items.length);
    expect(ofKind(some, 'frame')).toHaveLength(ofKind(items, 'frame').length);
  });
});

test('lanes share the height by their kind', () => {
  const lanes = lanesOf(wiring, 'hosts', []);
  const rows = rowsOf(lanes, 100);
  expect(rows.map(({ top, height }) => [top, height])).toEqual([
    [0, 100],
    [100, 65],
    [165, 100],
  ]);
  expect(lanesHigh(lanes)).toBeCloseTo(2.65);
});

test('a clipped line lies on the line that it is of', () => {
  const coordinate = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(coordinate, coordinate, coordinate, coordinate, (x0, y, x1, toY) => {
      const [x, toX] = [Math.min(x0, x1), Math.max(x0, x1)];
      fc.pre(toX - x > 1 && toX > 0 && x < 500);
      const item = { x, y, toX, toY, line: true, lost: false, ends: true } as Item<null>;
      const cut = clipped(item, 0, 500);
      const slope = (toY - y) / (toX - x);
      expect(cut.x).toBeGreaterThanOrEqual(Math.min(0, x));
      expect(cut.toX).toBeLessThanOrEqual(500);
      expect(Math.abs(cut.y - (y + (cut.x - x) * slope))).toBeLessThan(1);
      expect(Math.abs(cut.toY - (y + (cut.toX - x) * slope))).toBeLessThan(1);
      expect(cut.ends).toBe(toX <= 500);
    }),
  );
});

type Area = { x0: number; x1: number; y0: number; y1: number };

/** Of a label twelve pixels high whose letters are six wide. */
function areaOf({ x, y, text, anchor }: Label<Happening>): Area {
  const width = text.length * 6;
  const x0 = { start: x, middle: x - width / 2, end: x - width }[anchor];
  return { x0, x1: x0 + width, y0: y - 9, y1: y + 2 };
}

const meet = (a: Area, b: Area): boolean =>
  a.x1 > b.x0 && b.x1 > a.x0 && a.y1 > b.y0 && b.y1 > a.y0;

test('labels lie neither on each other nor on marks, and within the edges', () => {
  const { items } = scene(each);
  const type = { linePx: 12, letterPx: 6 };
  const labels = labelsOf(items, ({ seen }) => seen.sentence.slice(0, 20), type, [100, 1300]);
  expect(labels.length).toBeGreaterThan(10);
  const areas = labels.map(areaOf);
  for (const [i, a] of areas.entries()) {
    expect(a.x0).toBeGreaterThanOrEqual(100);
    expect(a.x1).toBeLessThanOrEqual(1300);
    expect(areas.slice(i + 1).filter((b) => meet(a, b))).toEqual([]);
    const marks = items.filter(({ line }) => !line);
    expect(marks.filter(({ x, y }) => meet(a, { x0: x, x1: x, y0: y, y1: y }))).toEqual([]);
  }
});

describe('the arrow keys', () => {
  test('lead along a lane to its ends, and back', () => {
    const { items } = scene(each);
    const first = items.findIndex(({ row }) => row === 2);
    const path = [first];
    for (let at: number | null = first; at !== null;) {
      at = neighbour(items, at, 'ArrowRight');
      if (at !== null) path.push(at);
    }
    expect(path).toEqual(items.flatMap(({ row }, i) => (row === 2 ? [i] : [])));
    expect(neighbour(items, path[1] ?? 0, 'ArrowLeft')).toBe(first);
    expect(neighbour(items, first, 'ArrowLeft')).toBeNull();
  });

  test('lead to what is nearest on the next lane that has anything', () => {
    const { items } = scene(each);
    const [frame] = ofKind(items, 'frame') as [Item<Happening>];
    const from = items.indexOf(frame);
    const below = items[neighbour(items, from, 'ArrowDown') ?? -1] as Item<Happening>;
    expect(below.row).toBeGreaterThan(frame.row);
    const awayFrom = ({ x }: Item<Happening>): number => Math.abs(x - frame.x);
    const nearest = Math.min(...items.filter(({ row }) => row === below.row).map(awayFrom));
    expect(awayFrom(below)).toBe(nearest);
    expect(neighbour(items, from, 'ArrowUp')).toBeNull();
  });
});

test('densities: bars on the lanes, ribbons between, nothing where nothing is', () => {
  const { rows } = scene([]);
  const { fromNs, toNs, density } = counted;
  const windows = [{ fromNs, toNs, density: density ?? [] }];
  const { bars, ribbons } = densityOf(windows, rows, axis, placeOf('hosts', wiring));
  expect(bars.map(({ row }) => row).toSorted()).toEqual([0, 1, 2]);
  expect(new Set(ribbons.map(({ row, toRow }) => `${row} ${toRow}`))).toEqual(
    new Set(['0 2', '2 0']),
  );
  const columns = (of: string): number => of.split('M').length - 1;
  const frames = each.filter(({ kind }) => kind === 'frame').length;
  const drawn = ribbons.reduce((sum, { d }) => sum + columns(d), 0);
  expect(drawn).toBeGreaterThan(0);
  expect(drawn).toBeLessThanOrEqual(frames);
  expect(densityOf([], rows, axis, placeOf('hosts', wiring))).toEqual({ bars: [], ribbons: [] });
});
