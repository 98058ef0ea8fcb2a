/**
 * Where too much happens to draw each: how much does, on each lane as bars about its rail, and
 * between two lanes as a ribbon that is the darker, the more passes.
 */
import { laneOf } from './lanes';
import type { Axis, Span } from './timelineAxis';
import type { Place, Row } from './timelineScene';

type Counted = { readonly from: string; readonly to: string; readonly counts: readonly number[] };

/** A stretch of time, parted into columns of one width. */
export type Columns = Span & { readonly density: readonly Counted[] };

export type Bars = { readonly row: number; readonly d: string };
export type Ribbon = {
  readonly row: number;
  readonly toRow: number;
  /** 1 to `LEVELS`: how much passes. */
  readonly level: number;
  readonly d: string;
};

const LEVELS = 4;
const EDGE = 4;
const LEAST_PX = 1.5;

type Bin = { readonly x: number; readonly width: number; count: number };
type Bins = { readonly row: number; readonly toRow: number; readonly bins: Map<number, Bin> };

/** Sums what is between the same lanes. */
function binned(
  windows: readonly Columns[],
  rows: readonly Row[],
  axis: Axis,
  { by, isCable }: Place,
): Bins[] {
  const index = new Map(rows.map(({ lane }, i) => [lane.id, i]));
  const rowOf = (path: string): number | undefined =>
    index.get(laneOf(by, { kind: '', path }, isCable));
  const all = new Map<string, Bins>();
  let first = 0;
  for (const { fromNs, toNs, density } of windows) {
    let columns = 0;
    for (const { from, to, counts } of density) {
      const [row, toRow] = [rowOf(from), rowOf(to)];
      columns = counts.length;
      if (row === undefined || toRow === undefined) continue;
      const key = `${row} ${toRow}`;
      const bins = all.get(key) ?? { row, toRow, bins: new Map<number, Bin>() };
      all.set(key, bins);
      const each = (toNs - fromNs) / counts.length;
      for (const [column, count] of counts.entries()) {
        if (count === 0) continue;
        const x = axis.xOf(fromNs + column * each);
        const width = Math.max(LEAST_PX, axis.xOf(fromNs + (column + 1) * each) - x);
        const bin = bins.bins.get(first + column) ?? { x, width, count: 0 };
        bin.count += count;
        bins.bins.set(first + column, bin);
      }
    }
    first += columns;
  }
  return [...all.values()];
}

const most = (all: readonly Bins[]): number =>
  all.reduce((top, { bins }) => [...bins.values()].reduce((a, b) => Math.max(a, b.count), top), 1);

const rect = ({ x, width }: Bin, top: number, height: number): string =>
  `M${x.toFixed(1)} ${top.toFixed(1)}h${width.toFixed(1)}v${height.toFixed(1)}h${(-width).toFixed(1)}z`;

export function densityOf(
  windows: readonly Columns[],
  rows: readonly Row[],
  axis: Axis,
  place: Place,
): { readonly bars: readonly Bars[]; readonly ribbons: readonly Ribbon[] } {
  const all = binned(windows, rows, axis, place);
  const [on, between] = [true, false].map((same) =>
    all.filter(({ row, toRow }) => (row === toRow) === same),
  ) as [Bins[], Bins[]];
  const mostOn = most(on);
  const bars = on.map(({ row, bins }): Bars => {
    const { y = 0, room = 0 } = rows[row] ?? {};
    const half = (count: number): number =>
      Math.max(1, Math.sqrt(count / mostOn) * (room / 2 - EDGE));
    const path = [...bins.values()].map((bin) =>
      rect(bin, y - half(bin.count), 2 * half(bin.count)),
    );
    return { row, d: path.join('') };
  });
  const mostBetween = most(between);
  const levelOf = ({ count }: Bin): number => Math.ceil(Math.sqrt(count / mostBetween) * LEVELS);
  const ribbons = between.flatMap(({ row, toRow, bins }) => {
    const ys = [rows[row]?.y ?? 0, rows[toRow]?.y ?? 0];
    const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
    return Array.from({ length: LEVELS }, (_, i) => i + 1).flatMap((level): Ribbon[] => {
      const own = [...bins.values()].filter((bin) => levelOf(bin) === level);
      if (own.length === 0) return [];
      return [{ row, toRow, level, d: own.map((bin) => rect(bin, top, bottom - top)).join('') }];
    });
  });
  return { bars, ribbons };
}
