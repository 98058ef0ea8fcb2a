/** What the drawing of the timeline is handed: all that is on it, laid out for its size. */
import { axisOf, ticksOn, type Axis, type Tick } from '../layout/timelineAxis';
import { densityOf, type Bars, type Ribbon } from '../layout/timelineDensity';
import { clipped, lanesHigh, rowsOf, sceneOf, type Item, type Row } from '../layout/timelineScene';
import type { Happening } from '../session/happenings';
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
  readonly bars: readonly Bars[];
  readonly ribbons: readonly Ribbon[];
};

const LANE = { least: 44, most: 84 } as const;
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
  const axis = axisOf(window, run.gaps, edges);
  const laneHeight = size.height / Math.max(1, lanesHigh(lanes));
  const rows = rowsOf(lanes, Math.floor(Math.min(LANE.most, Math.max(LANE.least, laneHeight))));
  const items = sceneOf(found?.each ?? [], rows, axis, place).map((item) =>
    clipped(item, edges[0] - OUTSIDE, edges[1] + OUTSIDE),
  );
  const { bars, ribbons } = densityOf(found?.columns ?? [], rows, axis, place);
  const narrow = size.width < NARROW;
  const ticks = ticksOn(axis, TICKS * size.letterPx);
  return { edges, narrow, axis, ticks, rows, items, bars, ribbons };
}
