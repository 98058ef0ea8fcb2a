/**
 * What the processor asks of the bus: fetches, loads and stores, checked against PMP. Misaligned
 * loads and stores are carried out octet by octet, as the environment may choose (RISC-V
 * Unprivileged ISA 20191213 §2.6); a misaligned store that faults midway has stored the octets
 * before, which the specification allows.
 *
 * A fault is a negative answer: -1 - k when the octet at address + k was the first to fault. That
 * is the portion that mtval must name (Privileged Architecture 1.12 §3.1.16).
 */
import { NO_ANSWER, type BusPort, type Width } from '../contract/bus';
import { allows, PMP_EXECUTE, PMP_READ, PMP_WRITE } from './pmp';
import type { Cpu } from './state';
import { dataMode } from './trap';

/** The word at `address` (a multiple of 4), or -1. */
export function fetch(cpu: Cpu, bus: BusPort, address: number): number {
  if (!allows(cpu.pmp, address, PMP_EXECUTE, cpu.mode)) return NO_ANSWER;
  return bus.read(address, 4);
}

/** The unsigned value, or the fault. */
export function load(cpu: Cpu, bus: BusPort, address: number, width: Width): number {
  const mode = dataMode(cpu);
  if (address % width === 0) {
    return allows(cpu.pmp, address, PMP_READ, mode) ? bus.read(address, width) : NO_ANSWER;
  }
  let value = 0;
  for (let k = 0; k < width; k++) {
    const at = (address + k) >>> 0;
    const octet = allows(cpu.pmp, at, PMP_READ, mode) ? bus.read(at, 1) : NO_ANSWER;
    if (octet < 0) return -1 - k;
    value |= octet << (8 * k);
  }
  return value >>> 0;
}

/** 0 when it is stored, or the fault. */
export function store(
  cpu: Cpu,
  bus: BusPort,
  address: number,
  width: Width,
  value: number,
): number {
  const mode = dataMode(cpu);
  if (address % width === 0) {
    const may = allows(cpu.pmp, address, PMP_WRITE, mode);
    return may && bus.write(address, width, value) ? 0 : -1;
  }
  for (let k = 0; k < width; k++) {
    const at = (address + k) >>> 0;
    const octet = (value >>> (8 * k)) & 255;
    if (!allows(cpu.pmp, at, PMP_WRITE, mode) || !bus.write(at, 1, octet)) return -1 - k;
  }
  return 0;
}
