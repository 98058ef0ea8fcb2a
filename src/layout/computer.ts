/**
 * Where the parts of one computer stand: software on top (processes on the kernel's plate), then
 * the bus with processor, memory and network interface, then what stands on the desk. The network
 * interface is on the side that the computer faces.
 */
import { box, clamp, type Box, type Point } from './geometry';
import { processorBoxes, type ProcessorBoxes } from './processor';

export type Facing = 'right' | 'left';

export type ComputerBoxes = {
  readonly facing: Facing;
  readonly board: Box;
  readonly title: Box;
  readonly processes: Box;
  readonly os: Box;
  readonly cpu: Box;
  /** What stands on a processor that executes instructions. */
  readonly processor: ProcessorBoxes;
  readonly ram: Box;
  readonly nic: Box;
  readonly display: Box;
  readonly keyboard: Box;
  /** Where the cable is plugged in. */
  readonly jack: Point;
  readonly bus: { readonly y: number; readonly from: number; readonly to: number };
  /** The interrupt line, below the bus. */
  readonly interruptY: number;
  /** The console's line runs down between processor and memory. */
  readonly consoleX: number;
};

const PAD = 14;
const TITLE = 34;
const GAP = 16;
const DESK_GAP = 26;
const JACK = 9;

type Row = { readonly cpu: Box; readonly ram: Box; readonly nic: Box };

function rowOf(inside: Box, facing: Facing): Row {
  const room = inside.width - 2 * GAP;
  const widths = { cpu: room * 0.42, ram: room * 0.28, nic: room * 0.3 };
  const order =
    facing === 'right' ? (['cpu', 'ram', 'nic'] as const) : (['nic', 'ram', 'cpu'] as const);
  let { x } = inside;
  const row: Record<string, Box> = {};
  for (const name of order) {
    row[name] = box(x, inside.y, widths[name], inside.height);
    x += widths[name] + GAP;
  }
  return row as Row;
}

/** A processor is about as high as wide. */
function squarish(at: Box): Box {
  const height = Math.min(at.height, at.width * 1.25);
  return box(at.x, at.y, at.width, Math.max(height, Math.min(at.height, 96)));
}

export function computerBoxes(outer: Box, facing: Facing): ComputerBoxes {
  const desk = clamp(outer.height * 0.25, 84, 150);
  const board = box(outer.x, outer.y, outer.width, outer.height - desk - DESK_GAP);
  const left = board.x + PAD;
  const inner = board.width - 2 * PAD;
  const roomy = board.height >= 330;
  const processes = box(left, board.y + TITLE, inner, roomy ? 34 : 30);
  const os = box(left, processes.y + processes.height, inner, roomy ? 52 : 42);
  const wires = roomy ? 62 : 50;
  const rowY = os.y + os.height + wires;
  const inside = box(left, rowY, inner, board.y + board.height - PAD - rowY);
  const { ram, nic, ...row } = rowOf(inside, facing);
  const cpu = squarish(row.cpu);
  const deskY = board.y + board.height + DESK_GAP;
  const displayWidth = Math.min(outer.width * 0.62, 320);
  const keyboardWidth = Math.min(outer.width - displayWidth - GAP, 190);
  const start = outer.x + (outer.width - displayWidth - GAP - keyboardWidth) / 2;
  const right = facing === 'right';
  const display = box(right ? start : start + keyboardWidth + GAP, deskY, displayWidth, desk);
  const keyboardHeight = clamp(desk * 0.55, 50, 78);
  const keyboard = box(
    right ? start + displayWidth + GAP : start,
    deskY + desk - keyboardHeight,
    keyboardWidth,
    keyboardHeight,
  );
  return {
    facing,
    board,
    title: box(left, board.y, inner, TITLE),
    processes,
    os,
    cpu,
    processor: processorBoxes(cpu),
    ram,
    nic,
    display,
    keyboard,
    jack: {
      x: right ? board.x + board.width + JACK : board.x - JACK,
      y: nic.y + nic.height * 0.5,
    },
    bus: { y: os.y + os.height + wires * 0.4, from: left, to: left + inner },
    interruptY: os.y + os.height + wires * 0.72,
    consoleX: right ? cpu.x + cpu.width + GAP / 2 : cpu.x - GAP / 2,
  };
}
