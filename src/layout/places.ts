/** Where every part is, by its path: what a view is anchored to. The whole has the empty path. */
import type { Places } from './camera';
import { partIn } from './datapath';
import { box, type Box, type Point } from './geometry';
import { insideBox } from './insides';
import type { MapBoxes } from './map';

type Host = {
  readonly name: string;
  /** It executes instructions: control unit and ALU are parts of its CPU. */
  readonly deep: boolean;
};

/** The smallest box about all of them. */
export function hull(corners: readonly Point[]): Box {
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return box(left, top, Math.max(...xs) - left, Math.max(...ys) - top);
}

const corners = ({ x, y, width, height }: Box): Point[] => [
  { x, y },
  { x: x + width, y: y + height },
];

export const grown = ({ x, y, width, height }: Box, by: number): Box =>
  box(x - by, y - by, width + 2 * by, height + 2 * by);

/** Control unit and ALU, where the datapath in a CPU has them. */
export const coreIn = (cpu: Box): { readonly control: Box; readonly alu: Box } => {
  const inside = insideBox(cpu, 'cpu');
  return { control: partIn('control', inside), alu: partIn('alu', inside) };
};

const CABLE_ROOM = 24;

export function placesOf(map: MapBoxes, hosts: readonly Host[], cables: readonly string[]): Places {
  const places: Record<string, Box> = { '': box(0, 0, map.width, map.height) };
  for (const [i, { name, deep }] of hosts.slice(0, 2).entries()) {
    const { board, processes, os, cpu, ram, nic, display, keyboard } =
      map.computers[i === 0 ? 0 : 1];
    places[name] = board;
    const soft = hull([processes, os].flatMap(corners));
    const parts = { os: soft, cpu, ram, nic, display, keyboard, ...(deep && coreIn(cpu)) };
    for (const [part, at] of Object.entries(parts)) places[`${name}.${part}`] = at;
  }
  for (const name of cables) places[name] = grown(hull(map.cable), CABLE_ROOM);
  return places;
}
