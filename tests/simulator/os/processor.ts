/** The processor of a test machine: real instructions and traps, no devices, no cost of a kernel. */
import { NO_ANSWER, type BusPort } from '../../../simulator/contract/bus';
import { COSTS } from '../../../simulator/contract/costs';
import { GATE_BASE, PAGE_OCTETS, RAM_BASE } from '../../../simulator/contract/map';
import { get } from '../../../simulator/contract/table';
import type { Ports } from '../../../simulator/cpu/engine';
import { createFast } from '../../../simulator/cpu/fast/engine';
import {
  confine,
  entryOf,
  idle,
  leftBehind,
  openGate,
  resumeUser,
} from '../../../simulator/cpu/gate';
import { create, USER, type Cpu } from '../../../simulator/cpu/state';
import type { Effect, Input, State } from '../../../simulator/os/step';

export type Processor = {
  readonly cpu: Cpu;
  readonly ports: Ports;
  readonly engine: ReturnType<typeof createFast>;
};

type Left = { readonly registers: readonly number[]; readonly pc: number };

function busOf(octets: Uint8Array): BusPort {
  return {
    read: (address, width) => {
      const at = address - RAM_BASE;
      if (at < 0 || at + width > octets.length) return NO_ANSWER;
      let value = 0;
      for (let k = width - 1; k >= 0; k--) value = value * 256 + (octets[at + k] ?? 0);
      return value;
    },
    write: (address, width, value) => {
      const at = address - RAM_BASE;
      if (at < 0 || at + width > octets.length) return false;
      for (let k = 0; k < width; k++) octets[at + k] = value >>> (8 * k);
      return true;
    },
  };
}

/** No page is clean, so none has to be touched. */
function viewOf(octets: Uint8Array): Ports['ram'] {
  const clean = new Uint8Array(octets.length / PAGE_OCTETS);
  return { base: RAM_BASE, octets, clean, touch: () => undefined };
}

export function processorOf(octets: Uint8Array): Processor {
  const cpu = create(GATE_BASE, 0);
  openGate(cpu);
  idle(cpu);
  const ports: Ports = { bus: busOf(octets), ram: viewOf(octets), costs: COSTS, gate: true };
  return { cpu, ports, engine: createFast() };
}

/** The program that is being executed; null when the processor idles. */
export function running({ cpu }: Processor): Left | null {
  if (cpu.waiting || cpu.mode !== USER) return null;
  return { registers: Array.from(cpu.x, (value) => value >>> 0), pc: cpu.pc };
}

/** Goes on with what the kernel says. */
export function resume(
  { cpu }: Processor,
  effect: Extract<Effect, { kind: 'resume' }>,
  kernel: State,
  now: number,
): void {
  cpu.atNs = Math.max(cpu.atNs, now);
  const memory = effect.process === null ? null : get(kernel.processes, effect.process)?.memory;
  if (memory) {
    cpu.waiting = false;
    confine(cpu, memory.from, memory.to);
    resumeUser(cpu, effect);
  } else {
    idle(cpu);
  }
}

/** Executes until a trap, or until `beforeNs` (null). */
export function execute(
  { cpu, ports, engine }: Processor,
  beforeNs: number,
): { readonly atNs: number; readonly input: Input } | null {
  for (;;) {
    const stop = engine.run(cpu, ports, beforeNs);
    if (stop === 'device') continue;
    if (stop !== 'gate') return null;
    const entry = entryOf(cpu);
    const left = leftBehind(cpu);
    if (entry.kind !== 'exception' || left === null) throw new Error(`unexpected ${entry.kind}`);
    const { cause, value } = entry;
    return { atNs: cpu.atNs, input: { kind: 'trap', cause, value, ...left } };
  }
}
