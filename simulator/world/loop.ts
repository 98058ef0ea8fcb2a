/**
 * The run loop. Every event is the wake of a part; events run in the order (time, number of the
 * part, its own count), so a run is one run on every machine, whoever watches. A part that was
 * given something by another acts later than that moment, never at it. Instructions are no events:
 * a processor runs a stretch of them up to the next thing in the order that is not its own.
 */
import { assert } from '../contract/outcome';
import { compare, INSTRUCTION, type Position } from '../contract/position';
import * as seen from '../contract/see';
import { NEVER, type Nanos } from '../contract/time';
import { beginInside, stepInside } from '../host/inside';
import { boundaryOf, runBefore } from '../host/life';
import * as agenda from './agenda';
import { rearm, wakePart } from './carry';
import { touch, type ComputerPart, type Inside, type World } from './parts';

/** Where the next wake will be; null when nobody will wake by itself. */
function nextWake(world: World): Position | null {
  const number = agenda.first(world.agenda);
  const timeNs = world.agenda.atNs[number] as number;
  if (timeNs === NEVER) return null;
  return { timeNs, source: number, n: (world.counts[number] as number) + 1, micro: 0 };
}

/** The first instruction boundary of any processor but `except`'s. */
function nextInstruction(world: World, except = -1): Position | null {
  let first: Position | null = null;
  for (const number of world.processors) {
    if (number === except) continue;
    const timeNs = boundaryOf((world.parts[number] as ComputerPart).at);
    if (timeNs === NEVER || (first !== null && timeNs >= first.timeNs)) continue;
    first = { timeNs, source: number, n: INSTRUCTION, micro: 0 };
  }
  return first;
}

function sooner(a: Position | null, b: Position | null): Position | null {
  if (a === null || b === null) return a ?? b;
  return compare(a, b) <= 0 ? a : b;
}

/**
 * Where the next event or instruction will be, or the end of the one that has begun; null when
 * nothing will ever happen by itself.
 */
export function next(world: World): Position | null {
  if (world.inside !== null) return { ...world.at, micro: 0 };
  return sooner(nextWake(world), nextInstruction(world));
}

/** The longest stretch of instructions without a look at the caller: 1 ms of virtual time. */
const STRETCH_NS = 1_000_000;

/** Instructions of processor `number` that come up to and with `until`. */
function runProcessor(world: World, number: number, until: Position): void {
  const part = world.parts[number] as ComputerPart;
  const last = { timeNs: until.timeNs, source: number, n: INSTRUCTION, micro: 0 };
  const untilNs = until.timeNs + (compare(last, until) <= 0 ? 1 : 0);
  const beforeNs = Math.min(untilNs, boundaryOf(part.at) + STRETCH_NS);
  world.lastAlu = null;
  const timeNs = runBefore(part.at, beforeNs);
  instructionDone(world, number, timeNs);
}

/** Everything of processor `number` that begins up to and with `timeNs` is done. */
function instructionDone(world: World, number: number, timeNs: Nanos): void {
  world.at = { timeNs, source: number, n: INSTRUCTION, micro: 0 };
  world.work += 1;
  // What the kernel ordered of a device happens after it was ordered.
  rearm(world, number, timeNs + 1);
}

/** Does the next event or instruction, which {@link next} said to be at `at`. */
export function pop(world: World, at: Position): void {
  if (world.inside !== null) {
    finishInstruction(world, world.inside);
    return;
  }
  assert(compare(at, world.at) > 0, 'events run in order');
  if (at.n === INSTRUCTION) {
    runProcessor(world, at.source, at);
    return;
  }
  world.at = at;
  world.counts[at.source] = at.n;
  world.events += 1;
  world.work += 1;
  seen.enter(world.see, at);
  wakePart(world, at.source, at.timeNs);
}

function finishInstruction(world: World, inside: Inside): void {
  while (world.inside === inside) microStep(world);
}

/** Begins the instruction at `at`; false when what happens there is indivisible (kernel work). */
export function enterInstruction(world: World, at: Position): boolean {
  if (world.inside !== null || at.n !== INSTRUCTION) return false;
  const latches = beginInside((world.parts[at.source] as ComputerPart).at);
  if (latches === null) return false;
  world.inside = { number: at.source, latches };
  touch(world, at.source);
  world.at = { ...at, micro: 0 };
  return true;
}

/** One micro-step of the instruction that has begun; its words on the way are fine moves. */
export function microStep(world: World): void {
  assert(world.inside !== null, 'an instruction has begun');
  const { number, latches } = world.inside;
  const { at } = world.parts[number] as ComputerPart;
  const micro = latches.steps + 1;
  const position = { timeNs: world.at.timeNs, source: number, n: INSTRUCTION, micro };
  seen.enter(world.see, position);
  const done = stepInside(at, latches);
  if (!done) {
    world.at = position;
    touch(world, number);
    return;
  }
  world.inside = null;
  world.lastAlu = latches.alu === null ? null : { number, use: latches.alu };
  instructionDone(world, number, position.timeNs);
}

/**
 * Does the next event up to and with `until`, or a stretch of instructions that nothing interrupts;
 * false when there is none.
 */
export function proceed(world: World, until: Position): boolean {
  if (world.inside !== null) return finish(world, until);
  const wakes = nextWake(world);
  const instruction = nextInstruction(world);
  const at = sooner(wakes, instruction);
  if (at === null || compare(at, until) > 0) return false;
  if (at.n !== INSTRUCTION) {
    pop(world, at);
    return true;
  }
  const others = sooner(wakes, nextInstruction(world, at.source));
  const limit = others === null || compare(until, others) < 0 ? until : justBefore(others);
  runProcessor(world, at.source, limit);
  return true;
}

function finish(world: World, until: Position): boolean {
  const end = { ...world.at, micro: 0 };
  if (compare(end, until) > 0) return false;
  pop(world, end);
  return true;
}

/** The last position before `at`. */
const justBefore = (at: Position): Position => ({ ...at, n: at.n - 1 });
