/** Frames on the cables of many: a dot where each is, or with nothing moving an arrow. */
import type { Point } from '../../layout/geometry';
import { HOST } from '../../layout/world';
import { frameName } from '../frameName';
import type { ShownFlight } from '../scene';
import { cross, type Brush, type SeenSpan } from './brush';
import type { Scene } from './scene';

type Spot = Point & {
  /** Along the way that it goes, of length 1. */
  readonly alongX: number;
  readonly alongY: number;
};

/** From the screen's width of a computer: how large a dot is, and how far beside the cable. */
const sizeOf = (k: number): number => Math.min(7, Math.max(1.8, HOST.width * k * 0.09));

/** Where a frame is: each way has a lane of its own, to the left of where it goes. */
export function spotOf(
  { from, to }: SeenSpan,
  { end, share }: ShownFlight,
  k: number,
  still: boolean,
): Spot {
  const [a, b] = end === 0 ? [from, to] : [to, from];
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const [alongX, alongY] = [(b.x - a.x) / length, (b.y - a.y) / length];
  const aside = sizeOf(k) * 0.9;
  // Between the computers, not upon them, when it starts and arrives.
  const inset = Math.min(0.3, sizeOf(k) / length);
  const way = still ? 0.5 : inset + share * (1 - 2 * inset);
  return {
    x: a.x + (b.x - a.x) * way + alongY * aside,
    y: a.y + (b.y - a.y) * way - alongX * aside,
    alongX,
    alongY,
  };
}

/** A shape that is filled closes by itself; closing each costs more than to draw it. */
function arrow(brush: Brush, { x, y, alongX, alongY }: Spot, size: number): void {
  brush.moveTo(x + alongX * size * 1.5, y + alongY * size * 1.5);
  brush.lineTo(x - alongX * size - alongY * size, y - alongY * size + alongX * size);
  brush.lineTo(x - alongX * size + alongY * size, y - alongY * size - alongX * size);
}

function dot(brush: Brush, { x, y }: Spot, size: number): void {
  brush.moveTo(x + size, y);
  brush.arc(x, y, size, 0, 2 * Math.PI);
}

/** Who asks for an address is another shape than who carries a packet. */
function diamond(brush: Brush, { x, y }: Spot, size: number): void {
  const reach = size * 1.35;
  brush.moveTo(x, y - reach);
  brush.lineTo(x + reach, y);
  brush.lineTo(x, y + reach);
  brush.lineTo(x - reach, y);
}

type Placed = { readonly flight: ShownFlight; readonly spot: Spot; readonly isArp: boolean };

const LABEL_PX = 10;

export function paintFrames(brush: Brush, scene: Scene, spans: readonly SeenSpan[]): void {
  const { looking, still, colours } = scene;
  const size = sizeOf(looking.k);
  const placed = spans.flatMap((span) =>
    span.flights.map((flight): Placed => ({
      flight,
      spot: spotOf(span, flight, looking.k, still && flight.lost === null),
      isArp: frameName(flight.octets) === 'ARP',
    })),
  );
  brush.beginPath();
  for (const { flight, spot, isArp } of placed) {
    if (flight.lost !== null) continue;
    if (still) arrow(brush, spot, size);
    else if (isArp) diamond(brush, spot, size);
    else dot(brush, spot, size);
  }
  brush.fillStyle = colours.frame;
  brush.fill();
  brush.lineWidth = 1;
  brush.strokeStyle = colours.surface;
  if (size > 3) brush.stroke();

  brush.beginPath();
  for (const { flight, spot } of placed) if (flight.lost !== null) cross(brush, spot, size * 1.3);
  brush.lineWidth = Math.max(1.5, size * 0.5);
  brush.strokeStyle = colours.bad;
  brush.stroke();

  brush.beginPath();
  for (const { flight, spot } of placed)
    if (flight.lost === null && flight.faults.length > 0) dot(brush, spot, size * 1.9);
  brush.lineWidth = 1.5;
  brush.strokeStyle = colours.warn;
  brush.stroke();
  if (size >= 5) paintLabels(brush, placed, scene);
}

function paintLabels(brush: Brush, placed: readonly Placed[], { colours }: Scene): void {
  brush.font = `${LABEL_PX}px ${colours.font}`;
  brush.textAlign = 'center';
  brush.textBaseline = 'alphabetic';
  brush.fillStyle = colours.ink;
  for (const { flight, spot } of placed)
    brush.fillText(frameName(flight.octets), spot.x, spot.y - LABEL_PX);
}
