/**
 * What every part of the datapath sees during one micro-step, and the words that move between
 * the parts.
 */
import type { Ports } from '../engine';
import type { Cpu } from '../state';
import type { Latches } from './latches';
import type { Known } from './rows';
import type { Signals } from './states';

/**
 * A word that moved inside the processor or over its bus. Places are the registers of the datapath
 * (`pc`, `oldPc`, `ir`, `a`, `b`, `immediate`, `result`, `data`), the ALU (`alu.a`, `alu.b`,
 * `alu`), `control`, the bus (`bus.address`, `bus.data`), a general register (`x5`) or a CSR.
 */
export type MicroMove = {
  readonly kind: 'address' | 'word' | 'operand' | 'result' | 'register' | 'csr' | 'pc' | 'trap';
  readonly from: string;
  readonly to: string;
  readonly value: number;
};

export type Recorder = (move: MicroMove) => void;

export type Site = {
  readonly cpu: Cpu;
  readonly latches: Latches;
  readonly ports: Ports;
  readonly signals: Signals;
  readonly known: Known | null;
  readonly record: Recorder | undefined;
};

/** An exception: the trap begins with the next micro-step. */
export function raise({ latches, record }: Site, cause: number, value: number): 'fault' {
  latches.cause = cause;
  latches.value = value;
  record?.({ kind: 'trap', from: 'control', to: 'mcause', value: cause });
  return 'fault';
}
