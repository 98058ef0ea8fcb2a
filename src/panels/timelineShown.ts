/** What the drawing of the timeline is handed: all that is on it, laid out for its size. */
import { axisOf, ticksOn, type Axis, type Tick } from '../layout/timelineAxis';
import { densityOf, type Bars, type Ribbon } from '../layout/timelineDensity';
import type { Area } from '../layout/timelineLabels';
import {
  clipped,
  inSight,
  lanesHigh,
  rowsOf,
  sceneOf,
  threadsOf,
  type Item,
  type Row,
  type Thread,
} from '../layout/timelineScene';
import type { Happening } from '../session/happenings';
import type { Picked } from '../session/selection.svelte';
import type { TimelineState } from './timelineState.svelte';

/** Pixels: of the whole drawing, and of a letter. */
export type Size = {
  readonly width: number;
  readonly height: number;
  readonly letterPx: number;
};

export type Edges = readonly [left: number, right: number];

export type Shown = {
  readonly edges: Edges;
  readonly narrow: boolean;
  readonly axis: Axis;
  readonly ticks: readonly Tick[];
  readonly rows: readonly Row[];
  readonly items: readonly Item<Happening>[];
  readonly threads: readonly Thread[];
  readonly bars: readonly Bars[];
  readonly ribbons: readonly Ribbon[];
};

const LANE = { least: 44, most: 120 } as const;
/** On a narrow drawing names stand above the rails. */
const HEAD = 14;
const NARROW = 560;
const RIGHT = 14;
const LETTERS = 17;
const TICKS = 16;
/** So far beyond the edges a line is drawn. */
const OUTSIDE = 40;

/** Where time begins and ends on the drawing; names stand left of it where there is room. */
export function edgesOf({ width, letterPx }: Size): Edges {
  const left = width < NARROW ? RIGHT : Math.round(LETTERS * letterPx) + RIGHT;
  return [left, Math.max(left + 40, width - RIGHT)];
}

export function shownOf(state: TimelineState, size: Size): Shown {
  const { window, run, lanes, place, found } = state;
  const edges = edgesOf(size);
  const narrow = size.width < NARROW;
  const head = narrow ? HEAD : 0;
  const axis = axisOf(window, run.gaps, edges);
  const least = LANE.least + head;
  const wanted = Math.floor(size.height / Math.max(1, lanesHigh(lanes)));
  const rows = rowsOf(lanes, Math.min(LANE.most, Math.max(least, wanted)), head);
  const items = sceneOf(found?.each ?? [], rows, axis, place).map((item) =>
    clipped(item, edges[0] - OUTSIDE, edges[1] + OUTSIDE),
  );
  const { bars, ribbons } = densityOf(found?.columns ?? [], rows, axis, place);
  const threads = threadsOf(items, rows);
  const ticks = ticksOn(axis, TICKS * size.letterPx);
  return { edges, narrow, axis, ticks, rows, items, threads, bars, ribbons };
}

/** So much more than what is in sight is drawn, in pixels. */
const SPARE = 160;

/** Rows of which something is between two heights. */
export const rowsIn = (rows: readonly Row[], from: number, high: number): Row[] =>
  rows.filter(({ top, height }) => top < from + high + SPARE && top + height > from - SPARE);

/** Where what is picked is drawn, or would be; null when it has no lane. */
export function rowAbout(
  { items, rows }: Shown,
  { id, parts }: Pick<Picked, 'id' | 'parts'>,
): Row | null {
  const drawn = items.find(({ seen }) => seen.id === id);
  const owners = parts.map((path) => path.split('.', 1)[0]);
  const likely = rows.find(({ lane }) => owners.includes(lane.owner));
  return rows[drawn?.row ?? -1] ?? likely ?? null;
}

/** The hosts and cables of these, each once. */
export const ownersOf = (rows: readonly Row[]): string[] => [
  ...new Set(rows.map(({ lane }) => lane.owner)),
];

/** On a narrow drawing names stand upon the lanes: nothing else is to be written there. */
export const namesOn = ({ rows, narrow }: Shown, { letterPx }: Size): Area[] =>
  narrow
    ? rows.map(({ lane, top }) => {
        const letters =
          lane.title.length + (lane.title === lane.ownerTitle ? 0 : lane.ownerTitle.length + 3);
        return { x0: 0, x1: 12 + letters * letterPx * 1.1, y0: top, y1: top + HEAD + 4 };
      })
    : [];

export const itemsIn = (
  items: readonly Item<Happening>[],
  from: number,
  high: number,
): Item<Happening>[] => inSight(items, from - SPARE, from + high + SPARE);
