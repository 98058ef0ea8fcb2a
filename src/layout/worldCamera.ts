/** Looking nearer at a world of many hosts: what is seen after zooming and moving. */
import { clamp, type Box, type Point } from './geometry';
import { drawnAt, fitting, type Looking, type WorldLayout } from './world';

type Size = { readonly width: number; readonly height: number };

/** Of the screen's width, what a computer takes when it is looked at. */
const FILLS = 0.62;
/** A computer is not made larger than this many pixels for one of the drawing. */
const CLOSEST = 12;

/** Never from farther than all of it is seen; the middle stays within the world. */
function bounded(looking: Looking, world: WorldLayout, screen: Size): Looking | null {
  const all = fitting(world, screen);
  if (looking.k <= all.k * 1.001) return null;
  const k = Math.min(looking.k, CLOSEST);
  const half = { x: screen.width / k / 2, y: screen.height / k / 2 };
  return {
    x: clamp(looking.x, -half.x, world.width - half.x),
    y: clamp(looking.y, -half.y, world.height - half.y),
    k,
  };
}

/** `about` keeps its place on the screen. Null: everything is seen. */
export function nearer(
  looking: Looking | null,
  by: number,
  about: Point,
  world: WorldLayout,
  screen: Size,
): Looking | null {
  const from = looking ?? fitting(world, screen);
  const k = Math.min(from.k * by, CLOSEST);
  const point = drawnAt(from, about);
  return bounded({ x: point.x - about.x / k, y: point.y - about.y / k, k }, world, screen);
}

/** The drawing goes along with a finger that went so many pixels. */
export const dragged = (
  looking: Looking | null,
  by: Point,
  world: WorldLayout,
  screen: Size,
): Looking | null =>
  looking &&
  bounded(
    { ...looking, x: looking.x - by.x / looking.k, y: looking.y - by.y / looking.k },
    world,
    screen,
  );

/** A computer in the middle, large enough to be drawn in full. */
export function lookingAt(at: Box, world: WorldLayout, screen: Size): Looking | null {
  const k = Math.min((screen.width * FILLS) / at.width, (screen.height * 0.9) / at.height, CLOSEST);
  const x = at.x + at.width / 2 - screen.width / k / 2;
  const y = at.y + at.height / 2 - screen.height / k / 2;
  return bounded({ x, y, k }, world, screen);
}
