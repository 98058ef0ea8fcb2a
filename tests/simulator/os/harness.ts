/**
 * Two kernels on a table: a RAM for each that is one array, an interface that moves what is between
 * head and tail of the transmit ring at once, and a wire that takes a fixed time. Much simpler than
 * the real hardware, so that the kernel's own behaviour shows.
 */
import { expect } from 'vitest';
import { parseIpv4, type Ipv4 } from '../../../simulator/contract/address';
import { COSTS } from '../../../simulator/contract/costs';
import {
  AT_LENGTH,
  AT_STATUS,
  CAUSE_RECEIVED,
  DESCRIPTOR_OCTETS,
  REGISTER,
  STATUS_DONE,
  STATUS_END,
} from '../../../simulator/contract/e1000';
import { NIC_BASE, RAM_BASE } from '../../../simulator/contract/map';
import type { Plain } from '../../../simulator/contract/plain';
import type { Program } from '../../../simulator/contract/program';
import type { RamPort } from '../../../simulator/contract/ram';
import { NEVER } from '../../../simulator/contract/time';
import { streamOf } from '../../../simulator/bits/random';
import { LINUX } from '../../../simulator/protocols/tcp';
import * as os from '../../../simulator/os/step';
import type { Layout, ProgramToStart } from '../../../simulator/os/state';
import { execute, processorOf, resume, running, type Processor } from './processor';

const RAM_OCTETS = 0x40_0000;

export const LAYOUT: Layout = {
  receiveRing: RAM_BASE + 0x30_0000,
  transmitRing: RAM_BASE + 0x30_0800,
  receiveBuffers: RAM_BASE + 0x31_0000,
  transmitBuffers: RAM_BASE + 0x34_0000,
  receiveCount: 16,
  transmitCount: 16,
  processOctets: 0x1_0000,
};

export function ramOf(octets: Uint8Array): RamPort {
  const view = new DataView(octets.buffer);
  const offset = (address: number, length: number): number => {
    const at = address - RAM_BASE;
    if (at < 0 || at + length > octets.length) throw new Error(`outside RAM: ${address}`);
    return at;
  };
  return {
    holds: (address, length) => address >= RAM_BASE && address + length <= RAM_BASE + octets.length,
    loadInto: (target, at, address, length) => {
      target.set(octets.subarray(offset(address, length), offset(address, length) + length), at);
    },
    load: (address, length) => {
      const at = offset(address, length);
      return octets.slice(at, at + length);
    },
    load32: (address) => view.getUint32(offset(address, 4), true),
    store: (address, stored) => {
      octets.set(stored, offset(address, stored.length));
    },
    store32: (address, value) => {
      view.setUint32(offset(address, 4), value, true);
    },
  };
}

export type Machine = {
  readonly name: string;
  readonly ram: RamPort;
  readonly programs: Readonly<Record<string, Program>>;
  readonly processor: Processor;
  kernel: os.State;
  states: Map<number, { program: Program; state: Plain }>;
  registers: Map<number, number>;
  timerAtNs: number;
  printed: string;
  exits: Map<number, number>;
  notes: os.Note[];
  effects: os.Effect[];
  cycles: number;
};

export type World = {
  now: number;
  readonly machines: readonly Machine[];
  readonly wire: { atNs: number; to: Machine; frame: Uint8Array }[];
  readonly wireNs: number;
  /** Every frame that was sent, without FCS. */
  readonly frames: { from: string; atNs: number; frame: Uint8Array }[];
  /** False: that frame is lost. The count is of all frames sent so far. */
  passes: (count: number, frame: Uint8Array) => boolean;
  /** No interface fetches what is in its transmit ring. */
  stalled: boolean;
};

export type Wanted = {
  readonly name: string;
  readonly ip: string;
  readonly start?: readonly ProgramToStart[];
  readonly programs?: Readonly<Record<string, Program>>;
  readonly gateway?: string;
};

export function address(text: string): Ipv4 {
  const parsed = parseIpv4(text);
  if (parsed === null) throw new Error(`no address: ${text}`);
  return parsed;
}

export function machine(wanted: Wanted, index: number): Machine {
  const octets = new Uint8Array(RAM_OCTETS);
  const kernel = os.create({
    hostname: wanted.name,
    mac: 0x0200_0000_0001 + index,
    ip: address(wanted.ip),
    prefixLength: 24,
    gateway: wanted.gateway === undefined ? null : address(wanted.gateway),
    layout: LAYOUT,
    costs: COSTS,
    programs: wanted.start ?? [],
    stream: streamOf(7, wanted.name),
    sliceNs: 10_000_000,
    tcp: LINUX,
  });
  return {
    name: wanted.name,
    ram: ramOf(octets),
    programs: wanted.programs ?? {},
    processor: processorOf(octets),
    kernel,
    states: new Map(),
    registers: new Map(),
    timerAtNs: NEVER,
    printed: '',
    exits: new Map(),
    notes: [],
    effects: [],
    cycles: 0,
  };
}

export function world(...wanted: readonly Wanted[]): World {
  const machines = wanted.map(machine);
  const frames: World['frames'] = [];
  const made: World = {
    now: 0,
    machines,
    wire: [],
    wireNs: 1_000,
    frames,
    passes: () => true,
    stalled: false,
  };
  for (const booted of machines) feed(made, booted, { kind: 'boot' });
  return made;
}

const register = (of: Machine, name: keyof typeof REGISTER): number =>
  of.registers.get(NIC_BASE + REGISTER[name]) ?? 0;

/** A step that changes what it was given throws from now on. Octets cannot be frozen. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
  if (Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const field of Object.values(value)) freeze(field);
}

export function feed(made: World, of: Machine, input: os.Input): readonly os.Effect[] {
  freeze(of.kernel);
  const next = os.step(of.kernel, input, made.now, of.ram);
  expect(next.said).toBe(next.notes.length);
  of.kernel = next.state;
  of.notes.push(...next.notes);
  of.effects.push(...next.effects);
  // Programs have their say when all that the kernel ordered is done, as on a real host.
  const due: (() => void)[] = [];
  for (const effect of next.effects) carry(made, of, effect, due);
  for (const say of due) say();
  return next.effects;
}

function carry(made: World, of: Machine, effect: os.Effect, due: (() => void)[]): void {
  switch (effect.kind) {
    case 'store':
      of.registers.set(effect.address, effect.value);
      if (effect.address === NIC_BASE + REGISTER.TDT) drain(made, of);
      return;
    case 'print':
      of.printed += String.fromCharCode(...effect.octets);
      return;
    case 'timer':
      of.timerAtNs = effect.atNs;
      return;
    case 'exited':
      of.exits.set(effect.process, effect.status);
      of.states.delete(effect.process);
      return;
    case 'spend':
      of.cycles += effect.cycles;
      return;
    case 'start': {
      const program = of.programs[effect.program];
      if (program === undefined) throw new Error(`no program ${effect.program}`);
      of.states.set(effect.process, { program, state: program.start });
      due.push(() => {
        run(made, of, effect.process, { kind: 'start', arguments: effect.arguments });
      });
      return;
    }
    case 'reply':
      due.push(() => {
        run(made, of, effect.process, { kind: 'returned', tag: effect.tag, reply: effect.reply });
      });
      return;
    case 'resume':
      resume(of.processor, effect, of.kernel, made.now);
      return;
  }
}

function run(
  made: World,
  of: Machine,
  process: number,
  input: Parameters<Program['step']>[1],
): void {
  const running = of.states.get(process);
  if (running === undefined) return;
  const next = running.program.step(running.state, input, made.now);
  of.states.set(process, { ...running, state: next.state });
  for (const effect of next.effects)
    if (effect.kind === 'call')
      feed(made, of, { kind: 'call', process, tag: effect.tag, call: effect.call });
}

function drain(made: World, of: Machine): void {
  const count = register(of, 'TDLEN') / DESCRIPTOR_OCTETS;
  let head = register(of, 'TDH');
  if (made.stalled) return;
  while (head !== register(of, 'TDT')) {
    const at = register(of, 'TDBAL') + head * DESCRIPTOR_OCTETS;
    const word = of.ram.load32(at + AT_LENGTH);
    const frame = of.ram.load(of.ram.load32(at), word % 0x1_0000);
    expect(frame.length).toBeGreaterThanOrEqual(60);
    // Command RS: report status.
    if (Math.floor(word / 0x800_0000) % 2 === 1) of.ram.store32(at + AT_STATUS, STATUS_DONE);
    head = (head + 1) % count;
    of.registers.set(NIC_BASE + REGISTER.TDH, head);
    made.frames.push({ from: of.name, atNs: made.now, frame });
    const to = made.machines.find((other) => other !== of);
    if (to !== undefined && made.passes(made.frames.length, frame))
      made.wire.push({ atNs: made.now + made.wireNs, to, frame });
  }
}

/** A frame arrives, without its FCS. */
export function receive(made: World, of: Machine, frame: Uint8Array): void {
  drain(made, of);
  const head = register(of, 'RDH');
  if (head === register(of, 'RDT')) return;
  const at = register(of, 'RDBAL') + head * DESCRIPTOR_OCTETS;
  of.ram.store(of.ram.load32(at), frame);
  of.ram.store32(at + AT_LENGTH, frame.length);
  of.ram.store32(at + AT_STATUS, STATUS_DONE + STATUS_END);
  of.registers.set(
    NIC_BASE + REGISTER.RDH,
    (head + 1) % (register(of, 'RDLEN') / DESCRIPTOR_OCTETS),
  );
  of.registers.set(NIC_BASE + REGISTER.ICR, CAUSE_RECEIVED);
  interrupt(made, of, 'nic');
}

function interrupt(made: World, of: Machine, line: 'nic' | 'timer'): void {
  const context = running(of.processor);
  feed(made, of, { kind: 'interrupt', line, ...(context === null ? {} : { context }) });
}

/** Types at the console of `of`. */
export function type(made: World, of: Machine, text: string): void {
  const octets = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const context = running(of.processor);
  const typed = { kind: 'interrupt', line: 'console', octets } as const;
  feed(made, of, context === null ? typed : { ...typed, context });
}

const boundary = ({ processor }: Machine): number =>
  processor.cpu.waiting ? NEVER : processor.cpu.atNs;

const least = (machines: readonly Machine[], of: (machine: Machine) => number): Machine =>
  machines.reduce((best, other) => (of(other) < of(best) ? other : best));

/** When the next frame arrives or the next timer fires. */
function soonestNs(made: World): number {
  const timer = least(made.machines, (each) => each.timerAtNs).timerAtNs;
  return Math.min(made.wire[0]?.atNs ?? NEVER, timer);
}

/** Instructions before `endNs`; false when there are none to execute. */
function execution(made: World, endNs: number): boolean {
  const busy = least(made.machines, boundary);
  if (boundary(busy) >= endNs) return false;
  // Not further than a frame could arrive that another is about to send.
  const others = made.machines.filter((other) => other !== busy).map(boundary);
  const beforeNs = Math.min(endNs, ...others.map((each) => each + made.wireNs));
  const trap = execute(busy.processor, beforeNs);
  made.now = Math.max(made.now, trap?.atNs ?? made.now);
  if (trap !== null) feed(made, busy, trap.input);
  return true;
}

function happen(made: World, atNs: number): void {
  made.now = Math.max(made.now, atNs);
  const [frame] = made.wire;
  if (frame?.atNs === atNs) {
    made.wire.shift();
    receive(made, frame.to, frame.frame);
    return;
  }
  const due = least(made.machines, (each) => each.timerAtNs);
  due.timerAtNs = NEVER;
  interrupt(made, due, 'timer');
}

/** Runs until nothing is left to happen, or past `untilNs`. */
export function runWorld(made: World, untilNs = Infinity, mostEvents = 100_000): void {
  for (let event = 0; event < mostEvents; event++) {
    const atNs = soonestNs(made);
    if (execution(made, Math.min(atNs, untilNs))) continue;
    if (atNs === NEVER || atNs > untilNs) return;
    happen(made, atNs);
  }
  throw new Error('the world does not come to rest');
}
