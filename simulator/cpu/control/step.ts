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
import { act, takeTarget, useAlu, writeBack } from './parts';
import type { Recorder, Site } from './site';
import { nextState, SIGNALS, type Condition, type Signals } from './states';
import { useCsr, useMemory } from './storage';

type Part = (site: Site) => 'fault' | null;

/** In the order in which they depend on each other, each with the signal that switches it on. */
const PARTS: readonly (readonly [keyof Signals, Part])[] = [
  ['act', act],
  ['memory', useMemory],
  ['csr', useCsr],
  ['alu', useAlu],
  ['register', writeBack],
  ['pc', takeTarget],
];

/** For each state its signals and the parts that they switch on. */
const PLANS = new Map(
  SIGNALS.map((signals) => {
    const on = PARTS.filter(([signal]) => signals[signal] !== '-');
    return [signals.state, { signals, parts: on.map(([, part]) => part) }];
  }),
);

/**
 * Carries out `latches.state`. After the last micro-step of the instruction the state is `done`,
 * the processor is at its next boundary and the cost is charged.
 */
export function microStep(cpu: Cpu, latches: Latches, ports: Ports, record?: Recorder): void {
  const { state, known } = latches;
  const plan = PLANS.get(state);
  assert(plan !== undefined && state !== 'done', 'a finished instruction has no micro-step left');
  const { signals, parts } = plan;
  const site: Site = { cpu, latches, ports, signals, known, record };
  const next = nextState(state, perform(site, parts));
  assert(next !== undefined, 'every state has a way out');
  latches.steps += 1;
  latches.state = next;
  if (next === 'done') finish(cpu, latches, ports);
}

/** Zicsr §7.1: writing a counter takes the place of its own increment. */
function finish(cpu: Cpu, latches: Latches, { costs }: Ports): void {
  const { wroteCsr } = latches;
  const cycles = cyclesOf(latches, cpu.walked, costs);
  cpu.walked = 0;
  cpu.atNs += cycles * costs.cycleNs;
  if (wroteCsr !== CSR.mcycle && wroteCsr !== CSR.mcycleh) countCycles(cpu, cycles);
  // §3.3.1: what traps does not retire.
  if (latches.cause >= 0) return;
  if (wroteCsr !== CSR.minstret && wroteCsr !== CSR.minstreth) countRetired(cpu, 1);
}

function perform(site: Site, parts: readonly Part[]): Condition {
  for (const part of parts) if (part(site) === 'fault') return 'fault';
  return site.known?.control.route ?? 'always';
}
