/** Short texts in a space-time diagram, where there is room: none lies upon another or on a mark. */
import type { Item } from './timelineScene';

export type Label<S> = {
  readonly item: Item<S>;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
};

export type Area = {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
};

export type Type = {
  /** Height of a line, and how wide a letter is in the mean. */
  readonly linePx: number;
  readonly letterPx: number;
};

const BUCKET = 96;
const MARK = 6;
const BESIDE = 8;
/** A line that falls less than this much for each pixel along has its text upon it. */
const SHALLOW = 0.35;

/** Areas that are taken, by columns so that few have to be looked at. */
function ground(): { readonly free: (area: Area) => boolean; readonly take: (area: Area) => void } {
  const columns = new Map<number, Area[]>();
  const over = ({ x0, x1 }: Area): number[] => {
    const [from, to] = [Math.floor(x0 / BUCKET), Math.floor(x1 / BUCKET)];
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  };
  const apart = (a: Area, b: Area): boolean =>
    a.x1 <= b.x0 || b.x1 <= a.x0 || a.y1 <= b.y0 || b.y1 <= a.y0;
  return {
    free: (area) =>
      over(area).every((column) => (columns.get(column) ?? []).every((each) => apart(each, area))),
    take: (area) => {
      for (const column of over(area)) columns.set(column, [...(columns.get(column) ?? []), area]);
    },
  };
}

type Candidate = Omit<Label<never>, 'item' | 'text'>;

function areaOf({ x, y, anchor }: Candidate, width: number, { linePx }: Type): Area {
  const x0 = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  return { x0, x1: x0 + width, y0: y - linePx * 0.8, y1: y + linePx * 0.25 };
}

function onLine<S>({ x, y, toX, toY }: Item<S>, { linePx }: Type): Candidate[] {
  const shallow = Math.abs(toY - y) < SHALLOW * Math.abs(toX - x);
  const middle = linePx * 0.28;
  return [0.5, 0.35, 0.65].flatMap((share): Candidate[] => {
    const [atX, atY] = [x + (toX - x) * share, y + (toY - y) * share + middle];
    if (shallow) return [{ x: atX, y: atY, anchor: 'middle' }];
    return [
      { x: atX + BESIDE, y: atY, anchor: 'start' },
      { x: atX - BESIDE, y: atY, anchor: 'end' },
    ];
  });
}

const besideMark = <S>({ x, y }: Item<S>, { linePx }: Type): Candidate[] => [
  { x: x + BESIDE, y: y + linePx * 0.28, anchor: 'start' },
];

/**
 * Lines first, then marks in the order of time. `textOf` is empty for what needs none. What would
 * reach over the left or the right edge is left out, and what would lie upon what is `taken`.
 */
export function labelsOf<S>(
  items: readonly Item<S>[],
  textOf: (item: Item<S>) => string,
  type: Type,
  [left, right]: readonly [number, number],
  taken: readonly Area[] = [],
): Label<S>[] {
  const { free, take } = ground();
  for (const area of taken) take(area);
  for (const { x, y, line } of items)
    if (!line) take({ x0: x - MARK, x1: x + MARK, y0: y - MARK, y1: y + MARK });
  const inOrder = [...items.filter(({ line }) => line), ...items.filter(({ line }) => !line)];
  const labels: Label<S>[] = [];
  for (const item of inOrder) {
    const text = textOf(item);
    if (text === '') continue;
    const width = text.length * type.letterPx;
    const candidates = item.line ? onLine(item, type) : besideMark(item, type);
    const found = candidates.find((candidate) => {
      const area = areaOf(candidate, width, type);
      return area.x0 >= left && area.x1 <= right && free(area);
    });
    if (found === undefined) continue;
    take(areaOf(found, width, type));
    labels.push({ item, text, ...found });
  }
  return labels;
}
