/**
 * What the multi-cycle datapath holds between two micro-steps. Plain data, made anew for each
 * instruction and empty between instructions; so it is no part of a moment, and is made again
 * when somebody looks inside an instruction.
 */
import type { Costs } from '../../contract/costs';
import type { Operation } from '../alu';
import type { Multiplication } from '../multiplier';
import { IS_INTERRUPT } from '../status';
import { dueInterrupt } from '../trap';
import type { Cpu } from '../state';
import type { Known } from './rows';
import type { StateName } from './states';

/** What the ALU did last. */
export type AluUse = {
  readonly operation: Operation;
  readonly a: number;
  readonly b: number;
  readonly result: number;
};

/** What the multiplier did last. */
export type MultiplierUse = {
  readonly operation: Multiplication;
  readonly a: number;
  readonly b: number;
  readonly result: number;
};

/** Words are unsigned. */
export type Latches = {
  /** The state that the next micro-step carries out; `done` after the last. */
  state: StateName;
  /** Micro-steps done. */
  steps: number;
  /** The instruction, its octets, what the control unit makes of it, its address, its operands. */
  ir: number;
  length: 2 | 4;
  known: Known | null;
  oldPc: number;
  a: number;
  b: number;
  immediate: number;
  /** What the ALU gave, what memory or a CSR gave. */
  result: number;
  data: number;
  alu: AluUse | null;
  multiplier: MultiplierUse | null;
  /** The cause (mcause) of the trap under way and its mtval; -1 when there is none. */
  cause: number;
  value: number;
  /** The CSR that the instruction wrote; -1 when none. */
  wroteCsr: number;
  /** Did a load or a store reach something that is not RAM? */
  device: boolean;
};

/** What the next boundary begins: the interrupt that is due, or the instruction at the pc. */
export function beginInstruction(cpu: Cpu): Latches {
  const cause = dueInterrupt(cpu);
  return {
    state: cause < 0 ? 'fetch' : 'save',
    steps: 0,
    ir: 0,
    length: 4,
    known: null,
    oldPc: cpu.pc,
    a: 0,
    b: 0,
    immediate: 0,
    result: 0,
    data: 0,
    alu: null,
    multiplier: null,
    cause,
    value: 0,
    wroteCsr: -1,
    device: false,
  };
}

/**
 * Cycles of the whole: those of its class (`system` when it never was decoded), those of `walked`
 * page-table entries, and those of the trap if it raised one. An interrupt costs its trap alone.
 */
export function cyclesOf(latches: Latches, walked: number, costs: Costs): number {
  const { trap, walk } = costs.instruction;
  if (latches.cause >= IS_INTERRUPT) return trap;
  const own = costs.instruction[latches.known?.operands.row.class ?? 'system'] + walked * walk;
  return latches.cause < 0 ? own : own + trap;
}
