/** The engine that runs every instruction through the control unit, micro-step by micro-step. */
import type { Nanos } from '../../contract/time';
import { stopAt, type Engine, type Observer, type Ports, type StopReason } from '../engine';
import type { Cpu } from '../state';
import { beginInstruction } from './latches';
import type { Recorder } from './site';
import { microStep } from './step';

/** One instruction, or the entry into one interrupt. True when it reached a device. */
export function runInstruction(cpu: Cpu, ports: Ports, record?: Recorder): boolean {
  const latches = beginInstruction(cpu);
  while (latches.state !== 'done') microStep(cpu, latches, ports, record);
  return latches.device;
}

function run(cpu: Cpu, ports: Ports, beforeNs: Nanos, observe?: Observer): StopReason {
  for (;;) {
    const stop = stopAt(cpu, ports, beforeNs);
    if (stop !== null) return stop;
    observe?.(cpu);
    if (runInstruction(cpu, ports)) return 'device';
  }
}

export const MICRO: Engine = { run };
