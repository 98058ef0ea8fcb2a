/** A cable by itself: the two computers are boxes at its ends, and it has the room between them. */
import { box, clamp, cubic, type Box } from '../layout/geometry';
import { mapBoxes, type MapBoxes } from '../layout/map';

export type CableMap = {
  readonly width: number;
  readonly height: number;
  readonly ends: readonly [Box, Box];
  /** As the drawing of a cable reads it. */
  readonly map: MapBoxes;
};

const HEIGHT = 176;
const LEAST_WIDTH = 288;
const TOP = 16;
const BOX_HEIGHT = 78;

export function cableMap(room: number): CableMap {
  const width = Math.max(room, LEAST_WIDTH);
  const wide = clamp(width * 0.2, 90, 170);
  const ends = [
    box(1, TOP, wide, BOX_HEIGHT),
    box(width - 1 - wide, TOP, wide, BOX_HEIGHT),
  ] as const;
  const from = { x: ends[0].x + wide, y: TOP + BOX_HEIGHT / 2 };
  const to = { x: ends[1].x, y: from.y };
  const reach = (to.x - from.x) * 0.36;
  const sag = clamp(reach * 0.3, 18, 44);
  const cable = cubic(
    from,
    { x: from.x + reach, y: from.y + sag },
    { x: to.x - reach, y: to.y + sag },
    to,
  );
  const y = TOP + BOX_HEIGHT + 40;
  const span = [
    { x: from.x, y },
    { x: to.x, y },
  ] as const;
  const measures = { x: width / 2, y, span };
  return {
    width,
    height: HEIGHT,
    ends,
    map: { ...mapBoxes(width, HEIGHT), shape: 'wide', cable, measures },
  };
}
