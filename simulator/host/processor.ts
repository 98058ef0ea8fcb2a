/** An instruction-level processor of a computer: its state, what it reaches, and who runs it. */
import { GATE_BASE } from '../contract/map';
import { MICRO } from '../cpu/control/engine';
import type { Engine, Ports } from '../cpu/engine';
import { createFast } from '../cpu/fast/engine';
import { create, type Cpu } from '../cpu/state';

export type Machine = { readonly cpu: Cpu; readonly ports: Ports; readonly engine: Engine };

/** Every instruction by micro-steps, or by the interpreter: the same run. */
export type EngineName = 'micro' | 'fast';

export const engineNamed = (name: EngineName): Engine => (name === 'micro' ? MICRO : createFast());

/** After reset the processor stands at the gate: its first fetch boots the kernel. */
export function createMachine(ports: Ports, engine: EngineName): Machine {
  return { cpu: create(GATE_BASE, 0), ports, engine: engineNamed(engine) };
}
