/**
 * mcycle and minstret: 64 bits in two halves of 32 (RISC-V Privileged Architecture 1.12 §3.1.10),
 * and the passing of time that they count.
 */
import type { Costs } from '../contract/costs';
import type { Nanos } from '../contract/time';
import { SLOT, type Cpu } from './state';

const HALF = 0x1_0000_0000;

function add64(csr: Uint32Array, low: number, count: number): void {
  const sum = (csr[low] as number) + (count % HALF);
  csr[low] = sum % HALF;
  const carry = Math.floor(count / HALF) + (sum >= HALF ? 1 : 0);
  csr[low + 1] = ((csr[low + 1] as number) + carry) % HALF;
}

export function countCycles(cpu: Cpu, cycles: number): void {
  add64(cpu.csr, SLOT.mcycle, cycles);
}

export function countRetired(cpu: Cpu, instructions: number): void {
  add64(cpu.csr, SLOT.minstret, instructions);
}

/** The processor is occupied for `cycles`, by itself or by a modelled kernel. */
export function spend(cpu: Cpu, cycles: number, costs: Costs): void {
  cpu.atNs += cycles * costs.cycleNs;
  countCycles(cpu, cycles);
}

/** Nothing happens until the first cycle that begins at or after `nowNs`. */
export function idleUntil(cpu: Cpu, nowNs: Nanos, costs: Costs): void {
  const cycles = Math.ceil((nowNs - cpu.atNs) / costs.cycleNs);
  if (cycles > 0) spend(cpu, cycles, costs);
}
