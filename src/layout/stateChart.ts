/**
 * A state machine as a chart: its states in columns, by how many steps they are from the first;
 * what only a fault leads to stands behind those, and the last state of all at the end.
 */
import type { Size } from './camera';
import { box, type Box } from './geometry';

type Transition = { readonly from: string; readonly on: string; readonly to: string };

export type Chart = {
  readonly nodes: readonly { readonly name: string; readonly at: Box }[];
  readonly edges: readonly (Transition & { readonly path: string })[];
};

const ROWS = 10;
const NODE = { width: 0.88, height: 0.8 } as const;

/** The most steps in which a state is reached from the first; faults do not count, nor do circles. */
function levelsFrom(first: string, last: string, transitions: readonly Transition[]) {
  const ways = transitions.filter(({ on, to }) => on !== 'fault' && to !== last);
  const levels = new Map([[first, 0]]);
  // No way without a circle has more steps than there are states to come to.
  const passes = new Set(ways.map(({ to }) => to)).size;
  for (let pass = 0; pass < passes; pass++)
    for (const { from, to } of ways) {
      const level = levels.get(from);
      if (level !== undefined) levels.set(to, Math.max(levels.get(to) ?? 0, level + 1));
    }
  return levels;
}

function columnsOf(
  names: readonly string[],
  transitions: readonly Transition[],
  last: string,
): string[][] {
  const levels = levelsFrom(names[0] ?? '', last, transitions);
  const columns: string[][] = [];
  const put = (all: readonly string[]): void => {
    for (let i = 0; i < all.length; i += ROWS) columns.push(all.slice(i, i + ROWS));
  };
  for (let level = 0; level <= Math.max(...levels.values()); level++)
    put(names.filter((name) => levels.get(name) === level));
  put(names.filter((name) => !levels.has(name) && name !== last));
  put([last]);
  return columns;
}

const curve = (a: Box, b: Box): string => {
  const [fromY, toY] = [a.y + a.height / 2, b.y + b.height / 2];
  const back = b.x <= a.x;
  const from = a.x + (back ? a.width / 2 : a.width);
  const turn = back ? from : (from + b.x) / 2;
  return `M${from} ${fromY}C${turn} ${fromY} ${turn} ${toY} ${b.x} ${toY}`;
};

/** `names`: the first state first; `last`: the state in which it ends. */
export function stateChart(
  names: readonly string[],
  transitions: readonly Transition[],
  last: string,
  { width, height }: Size,
): Chart {
  const columns = columnsOf(names, transitions, last);
  const [across, down] = [width / columns.length, height / ROWS];
  const nodes = columns.flatMap((column, c) =>
    column.map((name, r) => {
      const y = (r + (ROWS - column.length) / 2) * down + (down * (1 - NODE.height)) / 2;
      const x = c * across + (across * (1 - NODE.width)) / 2;
      return { name, at: box(x, y, across * NODE.width, down * NODE.height) };
    }),
  );
  const places = new Map(nodes.map(({ name, at }) => [name, at]));
  const edges = transitions.flatMap((transition) => {
    const [a, b] = [places.get(transition.from), places.get(transition.to)];
    return a === undefined || b === undefined ? [] : [{ ...transition, path: curve(a, b) }];
  });
  return { nodes, edges };
}
