/**
 * A bare computer: a processor, RAM and a console, no kernel, no network. A program runs in machine
 * mode from its entry. It ends by the RISC-V test convention (riscv-tests, `tohost`): the first
 * non-zero word stored to the symbol `tohost` is its answer, 1 is pass, otherwise the number of the
 * failing test is the value divided by two.
 */
import type { Costs } from '../contract/costs';
import { slice } from '../contract/octets';
import { NEVER, type Nanos } from '../contract/time';
import type { BusPort } from '../contract/bus';
import { watch, type Engine, type Ports, type RamView } from '../cpu/engine';
import * as cpu from '../cpu/state';
import { INTERRUPT } from '../cpu/status';
import { setPending } from '../cpu/trap';
import * as clint from '../hardware/clint';
import * as console from '../hardware/console';
import * as plic from '../hardware/plic';
import * as ram from '../hardware/ram';
import type { Image } from '../isa/image';
import { busOf, type Registers } from './bus';
import { engineNamed, type EngineName } from './processor';

export type Bare = {
  readonly ram: ram.Ram;
  readonly cpu: cpu.Cpu;
  readonly ports: Ports;
  readonly engine: Engine;
  /** The first non-zero word stored to `tohost`; 0 before. */
  readonly answer: { value: number };
  readonly fields: Registers;
};

/** What is wrong with the image, or the computer with it loaded. */
export function createBare(
  image: Image,
  ramOctets: number,
  engine: EngineName,
  costs: Costs,
): Bare | string {
  const memory = ram.create(ramOctets);
  for (const { address, octets, name } of image.segments) {
    if (!ram.holds(memory, address, octets.length))
      return `segment ${name} (0x${address.toString(16)}, ${octets.length} octets) lies outside RAM, which is 0x${memory.base.toString(16)} to 0x${(memory.base + ramOctets).toString(16)}`;
    ram.store(memory, address, octets);
  }
  const fields: Registers = {
    console: console.START,
    clint: clint.START,
    plic: plic.START,
  };
  const { base, octets, clean } = memory;
  const touch = (page: number): void => {
    ram.touch(memory, page);
  };
  const view = { base, octets, clean, touch };
  const processor = cpu.create(image.entry, 0);
  const bus = busOf(
    memory,
    () => fields,
    () => processor.atNs,
  );
  const answer = { value: 0 };
  const tohost = image.symbols.find(({ name }) => name === 'tohost')?.address ?? null;
  const isHere = tohost !== null && ram.holds(memory, tohost, 4);
  const ports = isHere
    ? { bus: watching(bus, memory, tohost, answer), ram: watched(view, tohost), costs, gate: false }
    : { bus, ram: view, costs, gate: false };
  return {
    ram: memory,
    cpu: processor,
    ports,
    engine: engineNamed(engine),
    answer,
    fields,
  };
}

/** Stores to the word at `address` go over the bus, where they are noticed. */
function watched(view: RamView, address: number): RamView {
  const offset = address - view.base;
  watch(view, offset);
  return { ...view, watched: offset };
}

function watching(bus: BusPort, memory: ram.Ram, tohost: number, answer: Bare['answer']): BusPort {
  return {
    read: bus.read,
    write: (address, width, value) => {
      const isDone = bus.write(address, width, value);
      const isThere = address < tohost + 4 && address + width > tohost;
      if (isThere && answer.value === 0) answer.value = ram.load(memory, tohost, 4);
      return isDone;
    },
  };
}

export const tohostOf = ({ answer }: Bare): number => answer.value;

/** Instructions retired; exact up to 2^53. */
export const retiredOf = ({ cpu: { csr } }: Bare): number =>
  (csr[cpu.SLOT.minstreth] as number) * 0x1_0000_0000 + (csr[cpu.SLOT.minstret] as number);

export type Ended = 'tohost' | 'asleep' | 'most';

/** Cycles between two looks at `tohost`. */
const CHUNK_CYCLES = 2_000_000;

/** The longest that one instruction takes: one that traps. */
const longestNs = ({ cycleNs, instruction }: Costs): number =>
  (Math.max(...Object.values(instruction)) + instruction.trap) * cycleNs;

/**
 * Runs until `tohost` is written, at least `mostInstructions` have retired, or nothing can ever
 * happen again (WFI without an interrupt to come). What traps does not retire and a program may
 * set the count back, so it also ends when so many instructions cannot have taken that long.
 */
export function runBare(bare: Bare, mostInstructions: number): Ended {
  const { costs } = bare.ports;
  let leftNs = mostInstructions * longestNs(costs);
  for (;;) {
    const before = keep(bare);
    const left = mostInstructions - retiredOf(bare);
    if (left <= 0 || leftNs <= 0) return 'most';
    // No instruction takes less than a cycle, so a chunk cannot retire more than it has cycles.
    const cycles = Math.min(CHUNK_CYCLES, left);
    const { reason, ranNs } = advance(bare, bare.cpu.atNs + cycles * costs.cycleNs);
    leftNs -= ranNs;
    if (tohostOf(bare) !== 0) {
      replay(bare, before);
      return 'tohost';
    }
    if (reason === 'wait' && !resume(bare)) return 'asleep';
  }
}

/**
 * §3.3.3: WFI may go on for any reason. Before it would sleep for ever it does for an interrupt that
 * is pending and enabled nowhere, as programs expect that were written for cores where WFI is a NOP.
 */
function resume({ cpu: processor }: Bare): boolean {
  const pending = processor.csr[cpu.SLOT.mip] !== 0;
  if (pending) processor.waiting = false;
  return pending;
}

/** `ranNs`: for how long it was not asleep. */
type Advanced = { readonly reason: 'time' | 'wait'; readonly ranNs: number };

function advance(bare: Bare, beforeNs: Nanos): Advanced {
  const { cpu: processor, ports, engine, fields } = bare;
  let ranNs = 0;
  for (;;) {
    raiseLines(bare, processor.atNs);
    // The comparator may come up on the way: no stretch runs past it.
    const dueNs = clint.dueNs(fields.clint);
    const stopNs = dueNs > processor.atNs ? Math.min(beforeNs, dueNs) : beforeNs;
    const fromNs = processor.atNs;
    const reason = engine.run(processor, ports, stopNs);
    ranNs += processor.atNs - fromNs;
    if (reason === 'wait') {
      // Asleep: the next thing that can happen is the comparator.
      if (dueNs !== NEVER) raiseLines(bare, dueNs);
      if (processor.waiting) return { reason, ranNs };
    } else if (processor.atNs >= beforeNs) return { reason: 'time', ranNs };
  }
}

/** The lines of timer, software and interrupt controller, as of `now`. */
function raiseLines({ cpu: processor, ports, fields }: Bare, now: Nanos): void {
  const { costs } = ports;
  setPending(processor, INTERRUPT.timer, clint.dueNs(fields.clint) <= now, now, costs);
  setPending(processor, INTERRUPT.software, fields.clint.software, now, costs);
  setPending(processor, INTERRUPT.external, plic.asserts(fields.plic), now, costs);
}

type Before = {
  readonly cpu: cpu.Cpu;
  readonly ram: ram.Snapshot;
  readonly fields: Registers;
  readonly answer: number;
};

const keep = (bare: Bare): Before => ({
  cpu: cpu.copy(bare.cpu),
  ram: ram.save(bare.ram),
  fields: { ...bare.fields },
  answer: bare.answer.value,
});

function goBack(bare: Bare, before: Before): void {
  cpu.restore(bare.cpu, before.cpu);
  ram.restore(bare.ram, before.ram);
  Object.assign(bare.fields, before.fields);
  bare.answer.value = before.answer;
}

/** A chunk is gone through again in so many pieces, and then the last of them step by step. */
const PIECES = 1000;

/** The chunk again, so that it ends right behind the store. */
function replay(bare: Bare, before: Before): void {
  goBack(bare, before);
  const pieceNs = (CHUNK_CYCLES / PIECES) * bare.ports.costs.cycleNs;
  let last = before;
  while (tohostOf(bare) === 0) {
    last = keep(bare);
    advance(bare, bare.cpu.atNs + pieceNs);
  }
  goBack(bare, last);
  while (tohostOf(bare) === 0 && bare.cpu.atNs < NEVER) advance(bare, bare.cpu.atNs + 1);
}

/** Words from one symbol to before another, as riscv-arch-test reads a result; null without both. */
export function wordsBetween({ ram: memory }: Bare, from: number, to: number): number[] | null {
  if (to < from || !ram.holds(memory, from, to - from)) return null;
  const count = Math.floor((to - from) / 4);
  return Array.from({ length: count }, (_, index) => ram.load(memory, from + 4 * index, 4));
}

export function printedBy({ fields }: Bare): Uint8Array {
  const { printed } = fields.console;
  return slice(printed, 0, printed.length);
}
