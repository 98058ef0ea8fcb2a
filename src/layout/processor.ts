/**
 * What stands on the map's processor when it executes instructions: the control unit above, the
 * registers and the ALU below it; and the paths of the words that move between them. It is a
 * summary: latches stand at the part that they serve. The CPU's room draws the whole datapath.
 */
import { box, clamp, mid, type Box, type Point } from './geometry';

export type ProcessorBoxes = {
  readonly control: Box;
  readonly registers: Box;
  readonly alu: Box;
  /** Lines of text for which there is room above the control unit. */
  readonly rows: number;
};

const PIN = 6;
const NAME = 23;
const LINE = 13;
/** Between the control unit and what is below it, and under that. */
const CHANNEL = 10;
const FOOT = 4;

export function processorBoxes(cpu: Box): ProcessorBoxes {
  const pad = clamp(cpu.width * 0.045, 4, 8);
  const left = cpu.x + PIN + pad;
  const width = cpu.width - 2 * (PIN + pad);
  const bottom = cpu.y + cpu.height - PIN - pad - FOOT;
  const low = clamp(cpu.height * 0.26, 24, 46);
  const high = clamp(cpu.height * 0.18, 24, 32);
  const alu = box(left + width * 0.52, bottom - low, width * 0.48, low);
  const control = box(left, alu.y - CHANNEL - high, width, high);
  const room = control.y - cpu.y - PIN - NAME;
  return {
    control,
    registers: box(left, alu.y, width * 0.42, low),
    alu,
    rows: clamp(Math.floor(room / LINE), 0, 2),
  };
}

type Spot = (of: ProcessorBoxes) => Point;

const inControl =
  (share: number): Spot =>
  ({ control }) => ({ x: control.x + control.width * share, y: control.y + control.height / 2 });
const overAlu =
  (share: number): Spot =>
  ({ alu }) => ({ x: alu.x + alu.width * share, y: alu.y - 3 });
const inAlu =
  (share: number): Spot =>
  ({ alu }) => ({ x: alu.x + alu.width * share, y: alu.y + alu.height * 0.3 });

const SPOTS: Readonly<Record<string, Spot>> = {
  pc: inControl(0.2),
  oldPc: inControl(0.3),
  ir: inControl(0.45),
  length: inControl(0.55),
  zero: inControl(0.55),
  control: inControl(0.7),
  a: overAlu(0.22),
  b: overAlu(0.78),
  immediate: overAlu(0.78),
  'alu.a': inAlu(0.22),
  'alu.b': inAlu(0.78),
  alu: ({ alu }) => mid(alu),
  // It is drawn as part of the ALU.
  'multiplier.a': inAlu(0.22),
  'multiplier.b': inAlu(0.78),
  multiplier: ({ alu }) => mid(alu),
  result: ({ alu }) => ({ x: alu.x + alu.width / 2, y: alu.y + alu.height + FOOT }),
  data: ({ registers }) => ({ x: registers.x + registers.width / 2, y: registers.y - 3 }),
};

const inControlUnit = (place: string): boolean =>
  !/^x\d+$/.test(place) && !/^(a|b|immediate|(alu|multiplier)(\.[ab])?|result|data)$/.test(place);

/** CSRs belong to the control unit; as a source of the ALU, `csr` is what was read from one. */
function spotOf(of: ProcessorBoxes, place: string): Point {
  if (/^x\d+$/.test(place)) return mid(of.registers);
  return (SPOTS[place] ?? inControl(0.85))(of);
}

const isBus = (place: string): boolean => place.startsWith('bus.');

/** Between the rows a word turns in the channel; below, over the parts, or under them at the foot. */
function turnOf({ control, alu }: ProcessorBoxes, from: Point, to: Point): number {
  const edge = control.y + control.height;
  const [high, low] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
  if (low <= edge) return low;
  if (high <= edge) return edge + CHANNEL / 2;
  return low > alu.y + alu.height ? low : high;
}

function elbow(of: ProcessorBoxes, from: Point, to: Point): readonly Point[] {
  const y = turnOf(of, from, to);
  return [from, { x: from.x, y }, { x: to.x, y }, to];
}

/**
 * The path of a word between two places of the datapath, named as in its move (`x5`, `alu.a`,
 * `bus.data`); empty when it does not leave the control unit. `bus` is the way from the processor's
 * edge to the other end of the bus.
 */
export function wordRoute(
  of: ProcessorBoxes,
  from: string,
  to: string,
  bus: readonly Point[],
): readonly Point[] {
  const [out] = bus;
  if (out === undefined) return [];
  if (isBus(to)) return [...elbow(of, spotOf(of, from), out), ...bus];
  if (isBus(from)) return [...bus.toReversed(), ...elbow(of, out, spotOf(of, to))];
  if (inControlUnit(from) && inControlUnit(to)) return [];
  return elbow(of, spotOf(of, from), spotOf(of, to));
}
