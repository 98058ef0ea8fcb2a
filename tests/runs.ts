/** How many random cases: few in the tests, `TIMES` as many by `npm run fuzz`. */
const times = Math.max(1, Number(process.env['TIMES'] ?? 1) || 1);

export const runs = (usual: number): number => usual * times;

/** A limit for a crowded machine; alone each takes about a second. */
export const slowMs = 60_000 * times;
