/** The pages of a memory as a grid of cells, row by row. */

type Region = { readonly from: number; readonly to: number };

export type PageCell = {
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly used: boolean;
  /** Index of the first region that reaches into the page, or null. */
  readonly region: number | null;
};

const PAGE_OCTETS = 4096;

/** Pages in a row of the drawing. */
export const PAGE_COLUMNS = 32;

export function pageCells(
  used: readonly boolean[],
  regions: readonly Region[],
  base: number,
  columns: number,
): PageCell[] {
  return used.map((holds, page) => {
    const from = base + page * PAGE_OCTETS;
    const region = regions.findIndex((each) => each.from < from + PAGE_OCTETS && each.to > from);
    return {
      page,
      x: page % columns,
      y: Math.floor(page / columns),
      used: holds,
      region: region < 0 ? null : region,
    };
  });
}
