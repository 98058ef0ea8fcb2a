/** Numbers that a run ends with, by name; units in the name. */
import type { World } from './parts';

const overCables = (
  world: World,
  pick: (state: { sent: number; arrived: number; lost: number; corrupted: number }) => number,
): number =>
  world.parts.reduce((sum, part) => sum + (part.kind === 'cable' ? pick(part.state) : 0), 0);

export const MEASURES = {
  framesSent: (world: World) => overCables(world, ({ sent }) => sent),
  framesArrived: (world: World) => overCables(world, ({ arrived }) => arrived),
  framesLost: (world: World) => overCables(world, ({ lost }) => lost),
  framesCorrupted: (world: World) => overCables(world, ({ corrupted }) => corrupted),
} as const;

export type MeasureName = keyof typeof MEASURES;

export function measure(world: World, names: readonly MeasureName[]): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, MEASURES[name](world)]));
}
