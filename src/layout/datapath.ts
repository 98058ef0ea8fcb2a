/**
 * The datapath as a drawing: where its registers and parts stand, and the wires between them, in
 * units of a fixed view box. After the multi-cycle processor of Harris and Harris, Digital Design
 * and Computer Architecture, RISC-V Edition, §7.4: bus above, then program counter, instruction and
 * data registers, then register file, operand latches, ALU and result, then the CSRs and the
 * control unit.
 */
import { box, type Box, type Point } from './geometry';

export const VIEW = { width: 424, height: 300 } as const;

export type Block =
  | 'bus'
  | 'pc'
  | 'oldPc'
  | 'ir'
  | 'data'
  | 'registers'
  | 'a'
  | 'b'
  | 'immediate'
  | 'alu'
  | 'multiplier'
  | 'tlbs'
  | 'result'
  | 'csrs'
  | 'control';

export const BLOCKS: Readonly<Record<Block, Box>> = {
  bus: box(8, 6, 408, 24),
  pc: box(12, 54, 68, 30),
  oldPc: box(96, 54, 68, 30),
  ir: box(180, 54, 68, 30),
  data: box(276, 54, 68, 30),
  registers: box(12, 126, 84, 84),
  a: box(126, 126, 68, 26),
  b: box(126, 155, 68, 26),
  immediate: box(126, 184, 68, 26),
  tlbs: box(360, 54, 56, 30),
  alu: box(242, 122, 58, 62),
  multiplier: box(242, 190, 58, 24),
  result: box(342, 150, 70, 30),
  csrs: box(12, 248, 122, 44),
  control: box(166, 248, 246, 44),
};

type Line = readonly (readonly [number, number])[];

/** The lanes that wires share: behind the first row, before the ALU, above the last row. */
const A: Line = [
  [218, 139],
  [242, 139],
];
const B: Line = [
  [224, 170],
  [242, 170],
];

const LINES: Readonly<Record<string, Line>> = {
  'pc>bus.address': [
    [62, 54],
    [62, 12],
  ],
  'result>bus.address': [
    [351, 150],
    [351, 12],
  ],
  'bus.data>ir': [
    [214, 24],
    [214, 54],
  ],
  'bus.data>data': [
    [310, 24],
    [310, 54],
  ],
  'b>bus.data': [
    [194, 168],
    [208, 168],
    [208, 116],
    [262, 116],
    [262, 24],
  ],
  'pc>oldPc': [
    [80, 69],
    [96, 69],
  ],
  'pc>alu.a': [[46, 84], [46, 100], [218, 100], ...A],
  'oldPc>alu.a': [[130, 84], [130, 100], [218, 100], ...A],
  'a>alu.a': [[194, 139], ...A],
  // Once it was read, a CSR's word stands in the data register.
  'csr>alu.a': [[290, 84], [290, 100], [218, 100], ...A],
  'data>alu.a': [[290, 84], [290, 100], [218, 100], ...A],
  'zero>alu.a': [[218, 124], ...A],
  'a>alu.b': [[194, 145], [202, 145], [202, 170], ...B],
  'b>alu.b': [[194, 162], [224, 162], ...B],
  'immediate>alu.b': [[194, 197], [224, 197], ...B],
  'length>alu.b': [[224, 214], ...B],
  'alu>result': [
    [300, 156],
    [342, 156],
  ],
  'alu>b': [
    [300, 156],
    [314, 156],
    [314, 218],
    [112, 218],
    [112, 174],
    [126, 174],
  ],
  'a>multiplier.a': [
    [194, 139],
    [218, 139],
    [218, 196],
    [242, 196],
  ],
  'b>multiplier.b': [
    [194, 162],
    [224, 162],
    [224, 208],
    [242, 208],
  ],
  'multiplier>result': [
    [300, 202],
    [334, 202],
    [334, 172],
    [342, 172],
  ],
  'a>tlb': [
    [194, 132],
    [200, 132],
    [200, 96],
    [388, 96],
    [388, 84],
  ],
  'data>b': [
    [284, 84],
    [284, 104],
    [106, 104],
    [106, 160],
    [126, 160],
  ],
  'alu>pc': [
    [300, 156],
    [314, 156],
    [314, 108],
    [30, 108],
    [30, 84],
  ],
  'alu>control': [
    [300, 164],
    [306, 164],
    [306, 248],
  ],
  'x>a': [
    [96, 139],
    [126, 139],
  ],
  'x>b': [
    [96, 168],
    [126, 168],
  ],
  'ir>immediate': [
    [230, 84],
    [230, 92],
    [110, 92],
    [110, 197],
    [126, 197],
  ],
  'result>pc': [
    [358, 150],
    [358, 108],
    [30, 108],
    [30, 84],
  ],
  'result>x': [
    [370, 180],
    [370, 226],
    [54, 226],
    [54, 210],
  ],
  'data>x': [
    [328, 84],
    [328, 226],
    [54, 226],
    [54, 210],
  ],
  'pc>x': [
    [12, 69],
    [5, 69],
    [5, 168],
    [12, 168],
  ],
  'csr>pc': [
    [12, 270],
    [5, 270],
    [5, 116],
    [22, 116],
    [22, 84],
  ],
  'csr>data': [
    [118, 248],
    [118, 236],
    [337, 236],
    [337, 84],
  ],
  'result>csr': [
    [384, 180],
    [384, 236],
    [96, 236],
    [96, 248],
  ],
  'oldPc>csr': [
    [104, 84],
    [104, 248],
  ],
  'control>csr': [
    [166, 264],
    [134, 264],
  ],
  'csr>control': [
    [134, 276],
    [166, 276],
  ],
};

const PLACES: readonly string[] = [
  ...['pc', 'oldPc', 'ir', 'data', 'a', 'b', 'immediate', 'result', 'control', 'length', 'zero'],
  ...['alu', 'alu.a', 'alu.b', 'multiplier', 'multiplier.a', 'multiplier.b', 'tlb'],
  ...['bus.address', 'bus.data'],
];

/** A general register is `x`; what is no place of the datapath is a CSR. */
function nodeOf(place: string): string {
  if (/^x\d+$/.test(place)) return 'x';
  return PLACES.includes(place) ? place : 'csr';
}

export type Wire = { readonly name: string; readonly line: readonly Point[] };

export const WIRES: readonly Wire[] = Object.entries(LINES).map(([name, line]) => ({
  name,
  line: line.map(([x, y]) => ({ x, y })),
}));

const BY_NAME = new Map(WIRES.map((wire) => [wire.name, wire]));

/** The wire on which a word goes between two places, named as in its move; null when there is none. */
export function wireOf(from: string, to: string): Wire | null {
  return BY_NAME.get(`${nodeOf(from)}>${nodeOf(to)}`) ?? null;
}

/** A point of the drawing, in a drawing that was put into `at`. */
const within = ({ x, y }: Point, at: Box): Point => ({
  x: at.x + (x / VIEW.width) * at.width,
  y: at.y + (y / VIEW.height) * at.height,
});

/** A block of the datapath that is drawn in `at`. */
export function partIn(block: Block, at: Box): Box {
  const { width, height, ...corner } = BLOCKS[block];
  const { x, y } = within(corner, at);
  return box(x, y, (width / VIEW.width) * at.width, (height / VIEW.height) * at.height);
}

const isBus = (place: string): boolean => place.startsWith('bus.');

/**
 * The path of a word through a datapath that is drawn in `at`, and over the bus; `bus` leads from the
 * processor's edge to the other end. Empty when there is no such wire.
 */
export function wordLine(
  at: Box,
  from: string,
  to: string,
  bus: readonly Point[],
): readonly Point[] {
  const line = (wireOf(from, to)?.line ?? []).map((point) => within(point, at));
  const edge = isBus(to) ? line.at(-1) : isBus(from) ? line[0] : undefined;
  const [out] = bus;
  if (edge === undefined || out === undefined) return line;
  const turn = { x: out.x, y: edge.y };
  return isBus(to) ? [...line, turn, ...bus] : [...bus.toReversed(), turn, ...line];
}
