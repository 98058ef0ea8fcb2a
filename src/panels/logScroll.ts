/**
 * Where rows stand in a list of which only those in sight are drawn. Browsers draw nothing that is
 * taller than some millions of pixels, so from there on one pixel of the scroll bar is several.
 */

export type Sheet = { readonly count: number; readonly rowPx: number; readonly viewPx: number };

const TALLEST_PX = 12_000_000;
/** Rows that are drawn beyond each edge. */
const SPARE = 6;

const fullPx = ({ count, rowPx }: Sheet): number => count * rowPx;

export const heightPx = (sheet: Sheet): number => Math.min(fullPx(sheet), TALLEST_PX);

/** Pixels of rows for a pixel of the scroll bar. */
function ratio(sheet: Sheet): number {
  const scrolled = heightPx(sheet) - sheet.viewPx;
  return scrolled <= 0 ? 1 : (fullPx(sheet) - sheet.viewPx) / scrolled;
}

export type Rows = {
  readonly first: number;
  /** One behind the last. */
  readonly end: number;
  /** Where the first of them stands in the scrolled sheet. */
  readonly topPx: number;
};

export function rowsAt(sheet: Sheet, scrollPx: number): Rows {
  const { count, rowPx, viewPx } = sheet;
  const passedPx = scrollPx * ratio(sheet);
  const first = Math.max(0, Math.min(Math.floor(passedPx / rowPx) - SPARE, count - 1));
  const end = Math.min(count, Math.ceil((passedPx + viewPx) / rowPx) + SPARE);
  return { first, end, topPx: scrollPx - passedPx + first * rowPx };
}

/** Does all of the row stand in the view. */
export function inSight(sheet: Sheet, scrollPx: number, index: number): boolean {
  const topPx = index * sheet.rowPx - scrollPx * ratio(sheet);
  return topPx >= -1 && topPx + sheet.rowPx <= sheet.viewPx + 1;
}

/** How far to scroll so that the row is in sight: no farther than needed, or to the middle of it. */
export function reveal(sheet: Sheet, scrollPx: number, index: number): number {
  if (inSight(sheet, scrollPx, index)) return scrollPx;
  const { rowPx, viewPx } = sheet;
  const passedPx = scrollPx * ratio(sheet);
  const near = Math.abs(index * rowPx - passedPx) < 2 * viewPx;
  const above = index * rowPx < passedPx;
  const edgePx = above ? index * rowPx : (index + 1) * rowPx - viewPx;
  const wantedPx = near ? edgePx : index * rowPx - (viewPx - rowPx) / 2;
  const mostPx = Math.max(0, fullPx(sheet) - viewPx);
  return Math.max(0, Math.min(wantedPx, mostPx)) / ratio(sheet);
}
