/**
 * Where many computers and their cables stand: those that are joined stand together, the one with
 * most cables first and behind it, layer by layer, who is farther away; groups fill rows in the
 * order in which the scenario lists them. In CSS pixels of the drawing seen at its own size.
 */
import { box, clamp, mid, type Box, type Point } from './geometry';

export type Joined = { readonly name: string; readonly ends: readonly [string, string] };

export type Standing = { readonly name: string; readonly at: Box };
export type Span = Joined & { readonly from: Point; readonly to: Point };

export type WorldLayout = {
  readonly width: number;
  readonly height: number;
  /** As the scenario lists them. */
  readonly hosts: readonly Standing[];
  readonly cables: readonly Span[];
};

/** A computer: as high as wide as the whole drawing of one is. */
export const HOST = { width: 140, height: 105 } as const;
/** Between two layers there is room for a cable and what is on it, between two of a layer for little. */
const CABLE = 110;
const GAP = 24;
/** Around a group, and around all. */
const MARGIN = 26;

type Group = { readonly members: readonly Standing[]; readonly width: number; height: number };

function neighboursOf(hosts: readonly string[], cables: readonly Joined[]): Map<string, string[]> {
  const joined = new Map<string, string[]>(hosts.map((name) => [name, []]));
  for (const { ends } of cables) {
    const [a, b] = ends;
    joined.get(a)?.push(b);
    joined.get(b)?.push(a);
  }
  return joined;
}

/** Everybody who can be reached from `first`. */
function reachedFrom(first: string, joined: Map<string, string[]>): string[] {
  const reached = new Set([first]);
  for (const name of reached) for (const next of joined.get(name) ?? []) reached.add(next);
  return [...reached];
}

/** The middle of a group and, around it, who is one cable away, two, and so on. */
function layersOf(group: readonly string[], joined: Map<string, string[]>): string[][] {
  const degree = (name: string): number => joined.get(name)?.length ?? 0;
  const most = Math.max(...group.map(degree));
  const hub = group.find((name) => degree(name) === most) ?? '';
  const seen = new Set([hub]);
  const layers: string[][] = [];
  for (let layer = [hub]; layer.length > 0;) {
    layers.push(layer);
    const next: string[] = [];
    for (const name of layer)
      for (const other of joined.get(name) ?? []) {
        if (seen.has(other)) continue;
        seen.add(other);
        next.push(other);
      }
    layer = next;
  }
  return layers;
}

/** A layer of many is folded into columns, so that a star is no tower. */
const TALLEST = 8;

function columnsOf(layers: readonly string[][]): string[][] {
  return layers.flatMap((layer) => {
    const columns = Math.ceil(layer.length / Math.max(TALLEST, Math.ceil(Math.sqrt(layer.length))));
    const each = Math.ceil(layer.length / columns);
    return Array.from({ length: columns }, (_, i) => layer.slice(i * each, (i + 1) * each));
  });
}

function groupOf(layers: readonly string[][]): Group {
  const columns = columnsOf(layers);
  const tallest = Math.max(...columns.map(({ length }) => length));
  const height = tallest * HOST.height + (tallest - 1) * GAP;
  const members = columns.flatMap((column, x) => {
    const own = column.length * HOST.height + (column.length - 1) * GAP;
    return column.map((name, y) => {
      const top = (height - own) / 2 + y * (HOST.height + GAP);
      return { name, at: box(x * (HOST.width + CABLE), top, HOST.width, HOST.height) };
    });
  });
  const width = columns.length * HOST.width + (columns.length - 1) * CABLE;
  return { members, width: width + 2 * MARGIN, height: height + 2 * MARGIN };
}

/** Rows of groups, each as wide as `width` allows. */
function rowsOf(groups: readonly Group[], width: number): Group[][] {
  const rows: Group[][] = [];
  let [row, used]: [Group[], number] = [[], 0];
  for (const group of groups) {
    if (row.length === 0 || used + group.width > width) {
      row = [];
      rows.push(row);
      used = 0;
    }
    row.push(group);
    used += group.width;
  }
  return rows;
}

const highest = (row: readonly Group[]): number => Math.max(...row.map(({ height }) => height));
const widthOf = (row: readonly Group[]): number => row.reduce((sum, { width }) => sum + width, 0);

const SHAPES_TRIED = 12;

/** The rows that, all together, come closest to `aspect` (width by height). */
function packed(groups: readonly Group[], aspect: number): Group[][] {
  const area = groups.reduce((sum, { width, height }) => sum + width * height, 0);
  const widest = Math.max(...groups.map(({ width }) => width));
  let [best, off] = [rowsOf(groups, Infinity), Infinity];
  for (let i = 0; i < SHAPES_TRIED; i++) {
    const wanted = Math.max(widest, Math.sqrt(area * aspect) * (0.85 + i * 0.05));
    const rows = rowsOf(groups, wanted);
    const height = rows.reduce((sum, row) => sum + highest(row), 0);
    const is = Math.max(...rows.map(widthOf)) / height;
    const now = Math.abs(Math.log(is / aspect));
    if (now < off) [best, off] = [rows, now];
  }
  return best;
}

function standingIn(rows: readonly Group[][]): Map<string, Box> {
  const places = new Map<string, Box>();
  let top = MARGIN;
  for (const row of rows) {
    const height = highest(row);
    let left = MARGIN;
    for (const group of row) {
      const y = top + (height - group.height) / 2 + MARGIN;
      for (const { name, at } of group.members)
        places.set(name, { ...at, x: left + MARGIN + at.x, y: y + at.y });
      left += group.width;
    }
    top += height;
  }
  return places;
}

/** Where a line to `other` leaves the box of `at`: at the side that faces it. */
function sideTo(at: Box, other: Box): Point {
  const [from, to] = [mid(at), mid(other)];
  if (Math.abs(to.x - from.x) >= at.width)
    return { x: to.x > from.x ? at.x + at.width : at.x, y: from.y };
  return { x: from.x, y: to.y > from.y ? at.y + at.height : at.y };
}

/** `aspect`: width by height of the room that it will have. */
export function worldLayout(
  hosts: readonly string[],
  cables: readonly Joined[],
  aspect: number,
): WorldLayout {
  const joined = neighboursOf(hosts, cables);
  const placed = new Set<string>();
  const groups: Group[] = [];
  for (const host of hosts) {
    if (placed.has(host)) continue;
    const group = reachedFrom(host, joined);
    for (const name of group) placed.add(name);
    groups.push(groupOf(layersOf(group, joined)));
  }
  const rows = packed(groups, clamp(aspect, 0.3, 4));
  const places = standingIn(rows);
  const spans = cables.flatMap(({ name, ends }): Span[] => {
    const [a, b] = [places.get(ends[0]), places.get(ends[1])];
    return a === undefined || b === undefined
      ? []
      : [{ name, ends, from: sideTo(a, b), to: sideTo(b, a) }];
  });
  return {
    width: Math.max(...rows.map(widthOf)) + 2 * MARGIN,
    height: rows.reduce((sum, row) => sum + highest(row), 0) + 2 * MARGIN,
    hosts: hosts.flatMap((name) => {
      const at = places.get(name);
      return at === undefined ? [] : [{ name, at }];
    }),
    cables: spans,
  };
}

/** A point of the drawing is seen at (point − (x, y)) · k, in CSS pixels of the screen. */
export type Looking = { readonly x: number; readonly y: number; readonly k: number };

type Size = { readonly width: number; readonly height: number };

/** The whole in the middle of a screen of that size. */
export function fitting(world: Size, { width, height }: Size): Looking {
  const k = Math.min(width / world.width, height / world.height);
  return { x: (world.width - width / k) / 2, y: (world.height - height / k) / 2, k };
}

export const seenAt = ({ x, y, k }: Looking, at: Box): Box =>
  box((at.x - x) * k, (at.y - y) * k, at.width * k, at.height * k);

export const drawnAt = ({ x, y, k }: Looking, point: Point): Point => ({
  x: point.x / k + x,
  y: point.y / k + y,
});
