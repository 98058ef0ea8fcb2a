/** What of a world of many a press on the painting means: a frame, a computer or a cable. */
import type { Point } from '../../layout/geometry';
import { drawnAt, HOST, type Looking } from '../../layout/world';
import { cableAt, hostAt, type WorldIndex } from '../../layout/worldIndex';
import { pickedFrame } from '../../session/picked';
import type { Picked } from '../../session/selection.svelte';
import type { ShownFlight } from '../scene';
import { spotOf } from './paintFrames';

export type Struck =
  | { readonly kind: 'host'; readonly name: string }
  | { readonly kind: 'cable'; readonly name: string }
  | {
      readonly kind: 'frame';
      readonly cable: string;
      readonly number: number;
      /** On the screen. */
      readonly at: Point;
    };

/** The frame that was hit, as it is picked; null when something else was. */
export function frameStruck(flights: Sight['flights'], hit: Struck | null): Picked | null {
  if (hit?.kind !== 'frame') return null;
  const flight = flights.get(hit.cable)?.find(({ number }) => number === hit.number);
  return flight === undefined ? null : pickedFrame(flight);
}

type Sight = {
  readonly index: WorldIndex;
  readonly looking: Looking;
  readonly flights: ReadonlyMap<string, readonly ShownFlight[]>;
  readonly still: boolean;
};

/** Half of the least that a finger hits (WCAG 2.2, 2.5.8). */
const REACH_PX = 12;

/** `at`: in CSS pixels of the screen. What is smaller is looked for first. */
export function struckAt({ index, looking, flights, still }: Sight, at: Point): Struck | null {
  const place = drawnAt(looking, at);
  const inside = hostAt(index, place);
  if (inside !== null) return { kind: 'host', name: inside.name };
  const reach = REACH_PX / looking.k;
  const span = cableAt(index, place, reach);
  if (span !== null) {
    const ends = [span.from, span.to].map(({ x, y }) => ({
      x: (x - looking.x) * looking.k,
      y: (y - looking.y) * looking.k,
    })) as [Point, Point];
    const all = flights.get(span.name) ?? [];
    const seen = { span, from: ends[0], to: ends[1], flights: all };
    for (const flight of all) {
      const spot = spotOf(seen, flight, looking.k, still);
      if (Math.hypot(spot.x - at.x, spot.y - at.y) > REACH_PX) continue;
      return { kind: 'frame', cable: span.name, number: flight.number, at: spot };
    }
  }
  // Beside a tiny square the square is meant, unless there is room for a cable of its own.
  const tiny = HOST.width * looking.k < 2 * REACH_PX;
  const near = tiny ? hostAt(index, place, reach / 2) : null;
  if (near !== null) return { kind: 'host', name: near.name };
  return span === null ? null : { kind: 'cable', name: span.name };
}
