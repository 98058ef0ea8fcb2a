/**
 * mcycle and minstret: 64 bits in two halves of 32 (RISC-V Privileged Architecture 1.12 §3.1.10),
 * and the passing of time that they count. Each can be stopped by its bit of mcountinhibit
 * (§3.1.12).
 */
import type { Costs } from '../contract/costs';
import type { Nanos } from '../contract/time';
import { SLOT, type Cpu } from './state';

const HALF = 0x1_0000_0000;
const INHIBIT_CYCLES = 1;
const INHIBIT_RETIRED = 4;

function add64(csr: Uint32Array, low: number, count: number): void {
  const sum = (csr[low] as number) + (count % HALF);
  csr[low] = sum % HALF;
  const carry = Math.floor(count / HALF) + (sum >= HALF ? 1 : 0);
  csr[low + 1] = ((csr[low + 1] as number) + carry) % HALF;
}

const inhibits = (cpu: Cpu, bit: number): boolean =>
  ((cpu.csr[SLOT.mcountinhibit] as number) & bit) !== 0;

export function countCycles(cpu: Cpu, cycles: number): void {
  if (!inhibits(cpu, INHIBIT_CYCLES)) add64(cpu.csr, SLOT.mcycle, cycles);
}

export function countRetired(cpu: Cpu, instructions: number): void {
  if (!inhibits(cpu, INHIBIT_RETIRED)) add64(cpu.csr, SLOT.minstret, instructions);
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
