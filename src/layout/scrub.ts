/** Where marks stand on a scrubber: those that would fall on the same spot are drawn once. */

export type Placed<M> = { readonly mark: M; readonly share: number; readonly count: number };

/** `share` is 0 to 1 of the run; marks of one kind closer than `1 / places` become one. */
export function placeMarks<M extends { readonly timeNs: number; readonly kind: string }>(
  marks: readonly M[],
  endsAtNs: number,
  places: number,
): Placed<M>[] {
  const byPlace = new Map<string, Placed<M>>();
  for (const mark of marks) {
    const share = Math.min(1, Math.max(0, mark.timeNs / Math.max(1, endsAtNs)));
    const key = `${mark.kind} ${Math.round(share * places)}`;
    const known = byPlace.get(key);
    if (known === undefined) byPlace.set(key, { mark, share, count: 1 });
    else byPlace.set(key, { ...known, count: known.count + 1 });
  }
  return [...byPlace.values()];
}
