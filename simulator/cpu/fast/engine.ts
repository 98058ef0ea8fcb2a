/**
 * The fast engine: stretches of plain instructions through the interpreter, everything else one
 * instruction at a time through the control unit. Same state in, same state out as the control
 * unit alone.
 */
import type { Costs } from '../../contract/costs';
import type { Nanos } from '../../contract/time';
import { runInstruction } from '../control/engine';
import { countRetired, spend } from '../counters';
import {
  stopAt,
  type Engine,
  type Observer,
  type Ports,
  type RamView,
  type StopReason,
} from '../engine';
import type { Cpu } from '../state';
import { dueInterrupt } from '../trap';
import { cyclesOf } from './codes';
import { createPages } from './pages';
import { prime } from './prime';
import { stretch, viewsOf, type Mirror } from './stretch';
import { createWindows, renew } from './windows';

/** Cycles that one stretch may take: counts stay small integers. */
const LONGEST = 1_000_000_000;

/** Of one processor; made again when it is handed other RAM or other costs. */
type Kept = { mirror: Mirror | null; costs: Costs | null };

let isPrimed = false;

function mirrorOf(kept: Kept, ram: RamView, costs: Costs): Mirror {
  if (kept.mirror?.views.ram === ram && kept.costs === costs) return kept.mirror;
  if (!isPrimed) prime();
  isPrimed = true;
  kept.costs = costs;
  kept.mirror = {
    views: viewsOf(ram),
    pages: createPages(ram, cyclesOf(costs)),
    windows: createWindows(ram),
    done: { pc: 0, cycles: 0, retired: 0, walked: 0, cut: false },
  };
  return kept.mirror;
}

/** Plain instructions from RAM. True when something is left that only the control unit does. */
function runStretch(cpu: Cpu, ports: Ports, kept: Kept, budget: number): boolean {
  const { ram, costs } = ports;
  if (ram === null) return true;
  const mirror = mirrorOf(kept, ram, costs);
  renew(mirror.windows, cpu);
  stretch(cpu, ports, mirror, budget);
  const { pc, cycles, retired, walked, cut } = mirror.done;
  cpu.pc = pc;
  cpu.walked = walked;
  spend(cpu, cycles, costs);
  countRetired(cpu, retired);
  return cut;
}

function run(kept: Kept, cpu: Cpu, ports: Ports, beforeNs: Nanos, observe?: Observer): StopReason {
  for (;;) {
    const stop = stopAt(cpu, ports, beforeNs);
    if (stop !== null) return stop;
    observe?.(cpu);
    // With a budget of one cycle a stretch is one instruction, so each boundary is seen.
    const left = Math.ceil((beforeNs - cpu.atNs) / ports.costs.cycleNs);
    const budget = observe === undefined ? Math.min(left, LONGEST) : 1;
    if (dueInterrupt(cpu) < 0) {
      if (!runStretch(cpu, ports, kept, budget)) continue;
      // A cut stretch stands at a new boundary: the gate may lie there.
      if (stopAt(cpu, ports, beforeNs) !== null) continue;
    }
    if (runInstruction(cpu, ports)) return 'device';
  }
}

/** One for each processor: two that shared it would push out each other's decoded code. */
export function createFast(): Engine {
  const kept: Kept = { mirror: null, costs: null };
  return { run: (cpu, ports, beforeNs, observe) => run(kept, cpu, ports, beforeNs, observe) };
}
