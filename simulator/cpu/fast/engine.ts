/**
 * The fast engine: stretches of plain instructions through the interpreter, everything else one
 * instruction at a time through the control unit. Same state in, same state out as the control
 * unit alone.
 */
import type { Nanos } from '../../contract/time';
import { runInstruction } from '../control/engine';
import { countRetired, spend } from '../counters';
import { stopAt, type Engine, type Observer, type Ports, type StopReason } from '../engine';
import type { Cpu } from '../state';
import { dueInterrupt } from '../trap';
import { createMemo, type Memo } from './memo';
import { stretch, viewsOf, type Done, type Views } from './stretch';
import { createWindows, forget, type Windows } from './windows';

/** Cycles that one stretch may take: counts stay small integers. */
const LONGEST = 1_000_000_000;

/** What the engine keeps to be fast; none of it is state. */
type Mirror = {
  memo: Memo | null;
  views: Views | null;
  readonly windows: Windows;
  readonly done: Done;
};

/** Plain instructions from RAM. True when something is left that only the control unit does. */
function runStretch(cpu: Cpu, ports: Ports, mirror: Mirror, budget: number): boolean {
  const { ram, costs } = ports;
  if (ram === null) return true;
  if (mirror.views?.ram !== ram) mirror.views = viewsOf(ram);
  if (mirror.memo?.costs !== costs) mirror.memo = createMemo(costs);
  const { windows, done } = mirror;
  forget(windows);
  stretch(cpu, mirror.views, mirror.memo, windows, budget, done);
  spend(cpu, done.cycles, costs);
  countRetired(cpu, done.retired);
  return done.cut;
}

function run(
  mirror: Mirror,
  cpu: Cpu,
  ports: Ports,
  beforeNs: Nanos,
  observe?: Observer,
): StopReason {
  for (;;) {
    const stop = stopAt(cpu, ports, beforeNs);
    if (stop !== null) return stop;
    observe?.(cpu);
    // With a budget of one cycle a stretch is one instruction, so each boundary is seen.
    const left = Math.ceil((beforeNs - cpu.atNs) / ports.costs.cycleNs);
    const budget = observe === undefined ? Math.min(left, LONGEST) : 1;
    if (dueInterrupt(cpu) < 0) {
      if (!runStretch(cpu, ports, mirror, budget)) continue;
      // A cut stretch stands at a new boundary: the gate may lie there.
      if (stopAt(cpu, ports, beforeNs) !== null) continue;
    }
    if (runInstruction(cpu, ports)) return 'device';
  }
}

/** One for each processor: two that shared it would push out each other's decoded code. */
export function createFast(): Engine {
  const mirror: Mirror = {
    memo: null,
    views: null,
    windows: createWindows(),
    done: { cycles: 0, retired: 0, cut: false },
  };
  return { run: (cpu, ports, beforeNs, observe) => run(mirror, cpu, ports, beforeNs, observe) };
}
