/**
 * Seeded random streams, one for each part, so that adding a part does not change another's dice.
 * The generator is sfc32 (Doty-Humphrey, PractRand, 2010: "small fast chaotic", 128 bits of state);
 * the state is four numbers of plain data and every draw answers with the next state.
 */
import { hashText } from './murmur';

export type Stream = readonly [a: number, b: number, c: number, counter: number];
export type Draw<T> = { readonly value: T; readonly stream: Stream };

/** The next 32 bits, unsigned. */
export function draw32([a, b, c, counter]: Stream): Draw<number> {
  const sum = (a + b + counter) | 0;
  const next: Stream = [
    b ^ (b >>> 9),
    (c + (c << 3)) | 0,
    (((c << 21) | (c >>> 11)) + sum) | 0,
    (counter + 1) | 0,
  ];
  return { value: sum >>> 0, stream: next };
}

/** The stream of the part called `name` in a world seeded with `seed` (a whole number). */
export function streamOf(seed: number, name: string): Stream {
  const [a, b, c] = hashText(name, seed >>> 0);
  let stream: Stream = [a, b ^ Math.floor(seed / 0x1_0000_0000), c, 1];
  // PractRand's own seeding runs the generator 12 times so that similar seeds part ways.
  for (let turn = 0; turn < 12; turn++) stream = draw32(stream).stream;
  return stream;
}

/** A whole number from 0 to before `limit` (1 to 2^32), without bias (rejection). */
export function drawBelow(stream: Stream, limit: number): Draw<number> {
  const fair = 0x1_0000_0000 - (0x1_0000_0000 % limit);
  let drawn = draw32(stream);
  while (drawn.value >= fair) drawn = draw32(drawn.stream);
  return { value: drawn.value % limit, stream: drawn.stream };
}

/** True with a probability of `perMillion` in a million. */
export function drawChance(stream: Stream, perMillion: number): Draw<boolean> {
  const drawn = drawBelow(stream, 1_000_000);
  return { value: drawn.value < perMillion, stream: drawn.stream };
}
