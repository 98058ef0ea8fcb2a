/**
 * One micro-step: the datapath does what the control signals of the state say, tells each word
 * that moves to a recorder, and goes to the next state of the table. The instruction's time passes
 * as a whole when its last micro-step is done.
 */
import { assert } from '../../contract/outcome';
import { CSR } from '../../isa/rv32/csrs';
import { countCycles, countRetired } from '../counters';
import type { Ports } from '../engine';
import type { Cpu } from '../state';
import { cyclesOf, type Latches } from './latches';
import { act, checkTarget, takeTarget, useAlu, writeBack } from './parts';
import { know, type Recorder, type Site } from './site';
import { nextState, signalsOf, type Condition } from './states';
import { useCsr, useMemory } from './storage';

/** States in which no instruction is needed: before decode, and in a trap. */
const BLIND = new Set(['fetch', 'save', 'stack', 'vector']);

/**
 * Carries out `latches.state`. After the last micro-step of the instruction the state is `done`,
 * the processor is at its next boundary and the cost is charged.
 */
export function microStep(cpu: Cpu, latches: Latches, ports: Ports, record?: Recorder): void {
  const { state } = latches;
  assert(state !== 'done', 'a finished instruction has no further micro-step');
  const known = BLIND.has(state) ? null : know(latches.ir);
  const site: Site = { cpu, latches, ports, signals: signalsOf(state), known, record };
  const next = nextState(state, perform(site));
  assert(next !== undefined, `the control unit has a way out of ${state}`);
  latches.steps += 1;
  latches.state = next;
  if (next === 'done') finish(cpu, latches, ports);
}

/** Zicsr §9.1: writing a counter takes the place of its own increment. */
function finish(cpu: Cpu, latches: Latches, { costs }: Ports): void {
  const { wroteCsr } = latches;
  const cycles = cyclesOf(latches, costs);
  cpu.atNs += cycles * costs.cycleNs;
  if (wroteCsr !== CSR.mcycle && wroteCsr !== CSR.mcycleh) countCycles(cpu, cycles);
  // §3.3.1: what traps does not retire.
  if (latches.cause >= 0) return;
  if (wroteCsr !== CSR.minstret && wroteCsr !== CSR.minstreth) countRetired(cpu, 1);
}

/** In the order in which they depend on each other; each does nothing when its signals are off. */
const PARTS: readonly ((site: Site) => 'fault' | null)[] = [
  act,
  useMemory,
  useCsr,
  useAlu,
  checkTarget,
  writeBack,
  takeTarget,
];

function perform(site: Site): Condition {
  for (const part of PARTS) if (part(site) === 'fault') return 'fault';
  return site.known?.control.route ?? 'always';
}
