/**
 * Many computers on a canvas, in CSS pixels: everything of one colour in one path, nothing that is
 * out of sight, and of what is too small to tell apart only how many.
 */
import type { Box, Point } from '../../layout/geometry';
import { HOST } from '../../layout/world';
import type { ShownFlight } from '../scene';
import { cross, hostsSeen, inSight, type Brush, type Seen, type SeenSpan } from './brush';
import { paintFrames } from './paintFrames';
import { paintGroups } from './paintGroups';
import { detailOf, type HostState, type Rings, type Scene } from './scene';

const BESIDE_PX = 12;

const NONE: readonly ShownFlight[] = [];

function spansSeen(scene: Scene): SeenSpan[] {
  const { looking, layout, flights } = scene;
  const place = ({ x, y }: Point): Point => ({
    x: (x - looking.x) * looking.k,
    y: (y - looking.y) * looking.k,
  });
  const seen: SeenSpan[] = [];
  for (const span of layout.cables) {
    const [from, to] = [place(span.from), place(span.to)];
    const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
    const about = { x, y, width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) };
    if (inSight(about, scene))
      seen.push({ span, from, to, flights: flights.get(span.name) ?? NONE });
  }
  return seen;
}

function paintCables(
  brush: Brush,
  { cables, colours, looking }: Scene,
  seen: readonly SeenSpan[],
): void {
  const strokeWidth = Math.min(3, Math.max(1, looking.k * 3));
  const stroke = (which: readonly SeenSpan[], colour: string, dash: readonly number[]): void => {
    brush.beginPath();
    for (const { from, to } of which) {
      brush.moveTo(from.x, from.y);
      brush.lineTo(to.x, to.y);
    }
    brush.lineWidth = strokeWidth;
    brush.strokeStyle = colour;
    brush.setLineDash(dash as number[]);
    brush.stroke();
    brush.setLineDash([]);
  };
  const cut = seen.filter(({ span }) => cables[span.name]?.cut === true);
  const whole = cut.length === 0 ? seen : seen.filter((each) => !cut.includes(each));
  stroke(whole, colours.trace, []);
  stroke(cut, colours.bad, [3, 3]);
  brush.beginPath();
  for (const { from, to } of cut)
    cross(brush, { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }, 5);
  brush.lineWidth = 2;
  brush.stroke();
}

/** What is inside the square of each state: all of it, a smaller square, a dash, nothing. */
const INNER: Readonly<Record<HostState, (brush: Brush, at: Box) => void>> = {
  works: (brush, { x, y, width, height }) => brush.rect(x, y, width, height),
  waits: (brush, { x, y, width, height }) =>
    brush.rect(x + width * 0.3, y + height * 0.3, width * 0.4, height * 0.4),
  ended: (brush, { x, y, width, height }) =>
    brush.rect(x + width * 0.2, y + height * 0.42, width * 0.6, Math.max(1, height * 0.16)),
  idle: () => undefined,
};

function paintHosts(brush: Brush, { states, colours }: Scene, seen: readonly Seen[]): void {
  brush.beginPath();
  for (const { at } of seen) brush.rect(at.x, at.y, at.width, at.height);
  brush.fillStyle = colours.surface;
  brush.fill();
  brush.lineWidth = 1;
  brush.strokeStyle = colours.line;
  brush.stroke();
  for (const state of ['works', 'waits', 'ended'] as const) {
    brush.beginPath();
    for (const { index, at } of seen) if (states[index] === state) INNER[state](brush, at);
    brush.fillStyle = state === 'ended' ? colours.line : colours.works;
    brush.fill();
  }
}

const NAME_PX = 11;

function paintNames(brush: Brush, scene: Scene, seen: readonly Seen[]): void {
  const { colours, titles, layout } = scene;
  brush.font = `${NAME_PX}px ${colours.font}`;
  brush.textAlign = 'center';
  brush.textBaseline = 'middle';
  brush.fillStyle = colours.ink;
  for (const { index, at } of seen) {
    const title = titles[index] ?? '';
    const room = at.width + BESIDE_PX;
    const text = brush.measureText(title).width <= room ? title : (layout.hosts[index]?.name ?? '');
    // Below the square: upon it, the state could not be seen.
    brush.fillText(text, at.x + at.width / 2, at.y + at.height + NAME_PX * 0.75);
  }
}

function paintRings(brush: Brush, { rings, colours, layout }: Scene, seen: readonly Seen[]): void {
  const ring = (names: ReadonlySet<string>, colour: string, dash: number[], gap: number): void => {
    if (names.size === 0) return;
    brush.beginPath();
    for (const { index, at } of seen) {
      if (!names.has(layout.hosts[index]?.name ?? '')) continue;
      brush.rect(at.x - gap, at.y - gap, at.width + 2 * gap, at.height + 2 * gap);
    }
    brush.lineWidth = 2;
    brush.strokeStyle = colour;
    brush.setLineDash(dash);
    brush.stroke();
    brush.setLineDash([]);
  };
  const { hovered, pointed, differing, picked, hinted }: Rings = rings;
  ring(differing, colours.warn, [2, 2], 2);
  ring(pointed, colours.accent, [], 3);
  ring(hinted, colours.accent, [4, 3], 5);
  ring(picked, colours.accent, [], 5);
  if (hovered !== null) ring(new Set([hovered]), colours.ink, [], 2);
}

/** The canvas shows `scene`, at so many device pixels for one of CSS. */
export function paint(brush: Brush, scene: Scene, ratio: number): void {
  brush.setTransform(ratio, 0, 0, ratio, 0, 0);
  brush.clearRect(0, 0, scene.width, scene.height);
  const detail = detailOf(HOST.width * scene.looking.k);
  const seen = scene.cards ? [] : hostsSeen(scene.layout, scene.looking, scene);
  const spans = spansSeen(scene);
  if (detail === 'groups') {
    paintGroups(brush, scene, seen, spans);
    paintRings(brush, scene, seen);
    return;
  }
  paintCables(brush, scene, spans);
  paintHosts(brush, scene, seen);
  paintFrames(brush, scene, spans);
  if (detail === 'names') paintNames(brush, scene, seen);
  paintRings(brush, scene, seen);
}
