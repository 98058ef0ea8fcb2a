/** The real paths on which things travel inside a computer: system calls, interrupts, the bus. */
import type { ComputerBoxes } from './computer';
import { mid, type Box, type Point } from './geometry';
import { wordRoute } from './processor';

const PILL_GAP = 8;

/** The place of process `index` of `count` on the kernel's plate. */
export function processBox(of: ComputerBoxes, index: number, count: number): Box {
  const { processes } = of;
  const room = (processes.width - PILL_GAP * (count - 1)) / Math.max(1, count);
  const width = Math.min(150, room);
  const height = processes.height - 6;
  return { x: processes.x + 8 + index * (width + PILL_GAP), y: processes.y + 6, width, height };
}

/** Where a part's line leaves it for the bus, and where it meets the bus. */
function toBus(of: ComputerBoxes, part: string): readonly Point[] {
  const { bus, consoleX } = of;
  if (part === 'console' || part === 'keyboard' || part === 'display') {
    const at = part === 'display' ? of.display : of.keyboard;
    const turn = of.board.y + of.board.height + 12;
    const x = mid(at).x;
    return [
      { x, y: at.y },
      { x, y: turn },
      { x: consoleX, y: turn },
      { x: consoleX, y: bus.y },
    ];
  }
  const at = part === 'ram' ? of.ram : part === 'nic' ? of.nic : of.cpu;
  const { x } = mid(at);
  return [
    { x, y: at.y },
    { x, y: bus.y },
  ];
}

/** From the processor up into the kernel. */
function kernelLine(of: ComputerBoxes): readonly Point[] {
  const x = of.cpu.x + of.cpu.width * 0.28;
  return [
    { x, y: of.cpu.y },
    { x, y: of.os.y + of.os.height },
  ];
}

/** From a device's interrupt pin to the processor. */
export function interruptLine(of: ComputerBoxes): readonly Point[] {
  const fromX = of.nic.x + of.nic.width * (of.facing === 'right' ? 0.25 : 0.75);
  const toX = of.cpu.x + of.cpu.width * (of.facing === 'right' ? 0.76 : 0.5);
  return [
    { x: fromX, y: of.nic.y },
    { x: fromX, y: of.interruptY },
    { x: toX, y: of.interruptY },
    { x: toX, y: of.cpu.y },
  ];
}

function interrupted(of: ComputerBoxes, from: string): readonly Point[] {
  const up = kernelLine(of);
  if (from === 'nic') return [...interruptLine(of), ...up];
  if (from === 'console') return [...toBus(of, 'console'), ...toBus(of, 'cpu').toReversed(), ...up];
  return up;
}

/** A system call goes straight down from its process into the kernel's plate; a return, up. */
function called(of: ComputerBoxes, process: Box | null): readonly Point[] {
  const at = process === null ? { x: of.os.x + 40, y: of.processes.y + 10 } : mid(process);
  return [at, { x: at.x, y: of.os.y + of.os.height * 0.62 }];
}

/** The path from one part to another, both named as in a move (`nic`, `process.1`). */
export function routeOf(
  of: ComputerBoxes,
  from: string,
  to: string,
  processAt: (pid: number) => Box | null,
): readonly Point[] {
  const pidOf = (part: string): number => Number(part.slice('process.'.length));
  if (from.startsWith('process.')) return called(of, processAt(pidOf(from)));
  if (to.startsWith('process.')) return called(of, processAt(pidOf(to))).toReversed();
  if (to === 'os') return interrupted(of, from);
  if (from === 'os') {
    // What is printed goes to the display, what is typed comes from the keyboard.
    const target = to === 'console' ? 'display' : to;
    const down = kernelLine(of).toReversed();
    return [...down, ...toBus(of, 'cpu'), ...toBus(of, target).toReversed()];
  }
  return [...toBus(of, from), ...toBus(of, to).toReversed()];
}

const DRAWN: readonly (string | null)[] = ['ram', 'nic', 'console'];

/** The path of a word between two places of a datapath; `bus` leads from its edge to the other end. */
export type Through = (from: string, to: string, bus: readonly Point[]) => readonly Point[];

/**
 * The path of a word inside the processor; over the bus, from or to `device` if that is drawn.
 * `through`: the datapath, where that is drawn in the processor's place.
 */
export function insideRoute(
  of: ComputerBoxes,
  from: string,
  to: string,
  device: string | null,
  through: Through | null = null,
): readonly Point[] {
  const other = device !== null && DRAWN.includes(device) ? toBus(of, device).toReversed() : [];
  const bus = [...toBus(of, 'cpu'), ...other];
  return through === null ? wordRoute(of.processor, from, to, bus) : through(from, to, bus);
}

/** The lines that are drawn whether anything moves or not. */
export function wiring(of: ComputerBoxes): {
  readonly taps: readonly (readonly Point[])[];
  readonly console: readonly (readonly Point[])[];
  readonly kernel: readonly Point[];
  readonly interrupt: readonly Point[];
} {
  return {
    taps: ['cpu', 'ram', 'nic'].map((part) => toBus(of, part)),
    console: ['display', 'keyboard'].map((part) => toBus(of, part)),
    kernel: kernelLine(of),
    interrupt: interruptLine(of),
  };
}
