/**
 * What is inside a part, drawn in its place: each inside is a drawing of a size of its own, in which
 * text is ten units high, and is put into the part as large as it fits. It is shown from where its
 * text can be read.
 */
import { meets, type Size } from './camera';
import { VIEW } from './datapath';
import { box, type Box } from './geometry';

export type Inside = 'cpu' | 'control' | 'alu' | 'ram' | 'nic' | 'os';

export const INSIDES: Readonly<Record<Inside, Size>> = {
  cpu: VIEW,
  control: { width: 1120, height: 200 },
  alu: { width: 96, height: 152 },
  ram: { width: 212, height: 330 },
  nic: { width: 212, height: 330 },
  os: { width: 820, height: 104 },
};

/** What each leaves of its part: pins, the part's name. */
const EDGES: Readonly<Record<Inside, readonly [top: number, side: number, foot: number]>> = {
  cpu: [22, 8, 8],
  control: [0, 0, 0],
  alu: [0, 0, 0],
  ram: [18, 0, 0],
  nic: [0, 3, 3],
  os: [1, 1, 1],
};

/** The least height of text that is read, in pixels of the screen. */
export const LEAST_TEXT_PX = 9;
const TEXT = 10;
/** Where a number was rounded it still counts. */
const ENOUGH = 0.999;

export const isReadable = (sizePx: number): boolean => sizePx >= LEAST_TEXT_PX;

/** Of a part: the place of the drawing of its inside, which has the drawing's proportions. */
export function insideBox(part: Box, kind: Inside): Box {
  const [top, side, foot] = EDGES[kind];
  const room = box(part.x + side, part.y + top, part.width - 2 * side, part.height - top - foot);
  const { width, height } = INSIDES[kind];
  const k = Math.min(room.width / width, room.height / height);
  return box(
    room.x + (room.width - width * k) / 2,
    room.y + (room.height - height * k) / 2,
    width * k,
    height * k,
  );
}

/** What is to be seen of a part that is looked at: its inside, where it has one. */
export function heartOf(path: string, at: Box): Box {
  const [, part = ''] = path.split('.');
  return hasInside(part) && part !== 'os' ? insideBox(at, part) : at;
}

/** From how many pixels for a unit on the inside of that part can be read; 0 if it has none. */
export function readableFrom(path: string, at: Box): number {
  const [, part = ''] = path.split('.');
  if (!hasInside(part)) return 0;
  return LEAST_TEXT_PX / ((insideBox(at, part).width / INSIDES[part].width) * TEXT);
}

const hasInside = (part: string): part is Inside => part in INSIDES;

/** Paths of the parts whose insides can be read and are in sight; `scale`: pixels for a unit. */
export function insidesIn(
  places: Readonly<Record<string, Box>>,
  seen: Box,
  scale: number,
): ReadonlySet<string> {
  const open = Object.entries(places).filter(([path, at]) => {
    const [, part = ''] = path.split('.');
    return hasInside(part) && meets(at, seen) && scale >= readableFrom(path, at) * ENOUGH;
  });
  return new Set(open.map(([path]) => path));
}
