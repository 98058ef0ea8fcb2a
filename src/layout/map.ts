/**
 * The map of a world: its computers and the cable between the first two. Wide, they stand side by
 * side and face each other; tall (a phone), one above the other with the cable along the side.
 */
import { computerBoxes, type ComputerBoxes } from './computer';
import { box, clamp, cubic, type Point } from './geometry';

export type MapBoxes = {
  readonly shape: 'wide' | 'tall';
  readonly width: number;
  readonly height: number;
  readonly computers: readonly [ComputerBoxes, ComputerBoxes];
  /** From the first computer's jack to the second's. */
  readonly cable: readonly Point[];
  /** Where the cable's name and measures are written: the middle of the text. */
  readonly measures: Point & { readonly span: readonly [Point, Point] };
};

/** From this width on, two boards fit side by side. */
export const WIDE = 620;
const EDGE = 10;

function wide(width: number, height: number): MapBoxes {
  const gap = clamp(width * 0.17, 104, 250);
  const each = (width - 2 * EDGE - gap) / 2;
  const a = computerBoxes(box(EDGE, EDGE, each, height - 2 * EDGE), 'right');
  const b = computerBoxes(box(width - EDGE - each, EDGE, each, height - 2 * EDGE), 'left');
  const sag = clamp(gap * 0.3, 30, 64);
  const reach = (b.jack.x - a.jack.x) * 0.36;
  const cable = cubic(
    a.jack,
    { x: a.jack.x + reach, y: a.jack.y + sag },
    { x: b.jack.x - reach, y: b.jack.y + sag },
    b.jack,
  );
  const y = a.jack.y + sag + 56;
  const span = [
    { x: a.board.x + a.board.width, y },
    { x: b.board.x, y },
  ] as const;
  const measures = { x: width / 2, y, span };
  return { shape: 'wide', width, height, computers: [a, b], cable, measures };
}

const LANE = 60;

function tall(width: number, height: number): MapBoxes {
  const gap = 30;
  const each = (height - 2 * EDGE - gap) / 2;
  const across = width - EDGE - LANE;
  const a = computerBoxes(box(EDGE, EDGE, across, each), 'right');
  const b = computerBoxes(box(EDGE, EDGE + each + gap, across, each), 'right');
  const out = width - 31;
  const bend = 30;
  const cable = [
    ...cubic(
      a.jack,
      { x: out, y: a.jack.y },
      { x: out, y: a.jack.y },
      { x: out, y: a.jack.y + bend },
      10,
    ),
    ...cubic(
      { x: out, y: b.jack.y - bend },
      { x: out, y: b.jack.y },
      { x: out, y: b.jack.y },
      b.jack,
      10,
    ),
  ];
  const y = EDGE + each + gap / 2;
  const span = [
    { x: EDGE, y },
    { x: out - 14, y },
  ] as const;
  const measures = { x: width / 2, y, span };
  return { shape: 'tall', width, height, computers: [a, b], cable, measures };
}

/** Below this the parts have no room: the drawing is made smaller as a whole. */
const LEAST = { width: 300, tall: 740, wide: 440 } as const;

export function mapBoxes(roomWidth: number, roomHeight: number): MapBoxes {
  const width = Math.max(roomWidth, LEAST.width);
  return width >= WIDE
    ? wide(width, Math.max(roomHeight, LEAST.wide))
    : tall(width, Math.max(roomHeight, LEAST.tall));
}
