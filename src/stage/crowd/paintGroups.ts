/** Computers too small to tell apart: squares of the screen, and what is in each, counted. */
import type { Brush, Seen, SeenSpan } from './brush';
import type { Scene } from './scene';

const CELL_PX = 56;
const GAP_PX = 3;
const COUNT_PX = 12;

type Group = { hosts: number; works: number; frames: number; lost: number };

/** The groups by where they are, in columns and rows of the screen. */
export function groupsIn(
  scene: Scene,
  seen: readonly Seen[],
  spans: readonly SeenSpan[],
): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  const at = (x: number, y: number): Group => {
    const key = `${Math.floor(x / CELL_PX)} ${Math.floor(y / CELL_PX)}`;
    const group = groups.get(key) ?? { hosts: 0, works: 0, frames: 0, lost: 0 };
    groups.set(key, group);
    return group;
  };
  for (const { index, at: box } of seen) {
    const group = at(box.x + box.width / 2, box.y + box.height / 2);
    group.hosts += 1;
    if (scene.states[index] === 'works') group.works += 1;
  }
  for (const { from, to, flights } of spans) {
    const group = at((from.x + to.x) / 2, (from.y + to.y) / 2);
    group.frames += flights.length;
    group.lost += flights.filter(({ lost }) => lost !== null).length;
  }
  return groups;
}

export function paintGroups(
  brush: Brush,
  scene: Scene,
  seen: readonly Seen[],
  spans: readonly SeenSpan[],
): void {
  const { colours } = scene;
  const side = CELL_PX - 2 * GAP_PX;
  brush.font = `${COUNT_PX}px ${colours.font}`;
  brush.textAlign = 'center';
  brush.textBaseline = 'middle';
  brush.lineWidth = 1;
  for (const [key, { hosts, works, frames, lost }] of groupsIn(scene, seen, spans)) {
    const [column = 0, row = 0] = key.split(' ').map(Number);
    const [x, y] = [column * CELL_PX + GAP_PX, row * CELL_PX + GAP_PX];
    brush.fillStyle = colours.surface;
    brush.fillRect(x, y, side, side);
    // At the foot: the share that is at work; above it, that of frames under way to computers.
    brush.fillStyle = colours.works;
    brush.fillRect(x, y + side - 6, hosts === 0 ? 0 : (side * works) / hosts, 6);
    brush.fillStyle = lost > 0 ? colours.bad : colours.frame;
    brush.fillRect(
      x,
      y + side - 12,
      Math.min(side, hosts === 0 ? side : (side * frames) / hosts),
      4,
    );
    brush.strokeStyle = colours.line;
    brush.strokeRect(x, y, side, side);
    brush.fillStyle = colours.ink;
    brush.fillText(String(hosts), x + side / 2, y + side / 2 - 6);
  }
}
