/**
 * A persistent string of octets with a moving start: what a stream keeps between its writer and
 * its reader. Appending and dropping share the chunks; a chunk is never changed once it is in.
 */

export type Octets = {
  readonly length: number;
  /** Octets of the first chunk that were dropped already. */
  readonly skip: number;
  readonly chunks: readonly Uint8Array[];
};

export const EMPTY: Octets = { length: 0, skip: 0, chunks: [] };

/** Chunks are put together up to this length. */
const JOINED_OCTETS = 1024;

/** Takes ownership of `chunk`: the caller must not change it afterwards. */
export function append(octets: Octets, chunk: Uint8Array): Octets {
  if (chunk.length === 0) return octets;
  const { chunks, skip } = octets;
  const [kept, joined] = join(chunks, chunk);
  return { length: octets.length + chunk.length, skip, chunks: [...chunks.slice(0, kept), joined] };
}

/**
 * How many chunks stay, and the others with `chunk` as one: those that are no longer than what is
 * behind them, as the ones of a binary counter carry. An octet is copied some ten times.
 */
function join(chunks: readonly Uint8Array[], chunk: Uint8Array): [number, Uint8Array] {
  let kept = chunks.length;
  let size = chunk.length;
  for (; kept > 0; kept--) {
    const { length } = chunks[kept - 1] as Uint8Array;
    if (length > size || length + size > JOINED_OCTETS) break;
    size += length;
  }
  if (kept === chunks.length) return [kept, chunk];
  const joined = new Uint8Array(size);
  let at = 0;
  for (const part of [...chunks.slice(kept), chunk]) {
    joined.set(part, at);
    at += part.length;
  }
  return [kept, joined];
}

/** Without its first `count` octets (all of them, when there are fewer). */
export function drop(octets: Octets, count: number): Octets {
  if (count >= octets.length) return EMPTY;
  let skip = octets.skip + count;
  let first = 0;
  for (let size = octets.chunks[0]?.length ?? 0; skip >= size;) {
    skip -= size;
    first += 1;
    size = octets.chunks[first]?.length ?? Infinity;
  }
  return { length: octets.length - count, skip, chunks: octets.chunks.slice(first) };
}

/**
 * The octets `from` to before `to`, clipped to what there is: where they lie in one chunk, itself a
 * part of it, so nobody may change them; otherwise a copy.
 */
export function view(octets: Octets, from: number, to: number): Uint8Array {
  const end = Math.min(to, octets.length);
  const start = Math.min(Math.max(from, 0), end);
  let offset = -octets.skip;
  for (const chunk of octets.chunks) {
    if (start < offset + chunk.length) {
      if (end > offset + chunk.length) break;
      return chunk.subarray(start - offset, end - offset);
    }
    offset += chunk.length;
  }
  return slice(octets, start, end);
}

/** A fresh copy of the octets `from` to before `to`, clipped to what there is. */
export function slice(octets: Octets, from: number, to: number): Uint8Array {
  const end = Math.min(to, octets.length);
  const start = Math.min(Math.max(from, 0), end);
  const copy = new Uint8Array(end - start);
  let offset = -octets.skip;
  for (const chunk of octets.chunks) {
    const low = Math.max(start - offset, 0);
    const high = Math.min(end - offset, chunk.length);
    if (low < high) copy.set(chunk.subarray(low, high), offset + low - start);
    offset += chunk.length;
    if (offset >= end) break;
  }
  return copy;
}
