/**
 * What the processor asks of the bus: fetches, loads and stores, translated (Sv32) and checked
 * against PMP. Misaligned loads and stores are carried out octet by octet, as the environment may
 * choose (RISC-V Unprivileged ISA 20240411 §2.6); all of their octets are translated and checked
 * before the first is stored. Atomics must be aligned (§13.2, §13.4) and reach only RAM.
 *
 * A fault is a negative answer: -1 - cause - 32·k when the octet at address + k was the first to
 * fault. That is the portion that mtval must name (Privileged Architecture 1.12 §3.1.16).
 */
import type { Width } from '../contract/bus';
import { inRam, type Ports } from './engine';
import { allows, PMP_EXECUTE, PMP_READ, PMP_WRITE } from './pmp';
import { NO_RESERVATION, type Cpu, type Mode } from './state';
import { EXCEPTION } from './status';
import { ACCESS_FAULT, faultOf, translate, type Access } from './translate';
import { dataMode } from './trap';

const NEED: Readonly<Record<Access, number>> = {
  fetch: PMP_EXECUTE,
  load: PMP_READ,
  store: PMP_WRITE,
};

/** The same fault, of the octet at k. */
const at = (fault: number, k: number): number => fault - 32 * k;

export const causeOf = (fault: number): number => (-1 - fault) & 31;
export const offsetOf = (fault: number): number => (-1 - fault) >>> 5;

/** Told of what an access reached. */
export type Reach = { device: boolean };

/** The physical address, allowed by PMP, or the fault. */
export function reach(
  cpu: Cpu,
  { bus }: Ports,
  address: number,
  access: Access,
  mode: Mode,
): number {
  const physical = translate(cpu, bus, address, access, mode);
  if (physical < 0) return physical;
  return allows(cpu.pmp, physical, NEED[access], mode) ? physical : ACCESS_FAULT[access];
}

/**
 * The instruction at `address`, which is even: 32 bits of it, or the 16 that it has. Its second
 * half may lie on another page.
 */
export function fetch(cpu: Cpu, ports: Ports, address: number): number {
  const low = fetchHalf(cpu, ports, address);
  if (low < 0 || (low & 3) !== 3) return low;
  const high = fetchHalf(cpu, ports, (address + 2) >>> 0);
  return high < 0 ? at(high, 2) : high * 0x1_0000 + low;
}

function fetchHalf(cpu: Cpu, ports: Ports, address: number): number {
  const physical = reach(cpu, ports, address, 'fetch', cpu.mode);
  if (physical < 0) return physical;
  const half = ports.bus.read(physical, 2);
  return half < 0 ? ACCESS_FAULT.fetch : half;
}

/** The unsigned value, or the fault. */
export function load(
  cpu: Cpu,
  ports: Ports,
  address: number,
  width: Width,
  reached: Reach,
): number {
  if (address % width === 0) return loadAligned(cpu, ports, address, width, reached);
  let value = 0;
  for (let k = 0; k < width; k++) {
    const octet = loadAligned(cpu, ports, (address + k) >>> 0, 1, reached);
    if (octet < 0) return at(octet, k);
    value |= octet << (8 * k);
  }
  return value >>> 0;
}

function loadAligned(
  cpu: Cpu,
  ports: Ports,
  address: number,
  width: Width,
  reached: Reach,
): number {
  const physical = reach(cpu, ports, address, 'load', dataMode(cpu));
  if (physical < 0) return physical;
  reached.device ||= !inRam(ports, physical);
  const value = ports.bus.read(physical, width);
  return value < 0 ? ACCESS_FAULT.load : value;
}

/** 0 when it is stored, or the fault. */
export function store(
  cpu: Cpu,
  ports: Ports,
  address: number,
  width: Width,
  value: number,
  reached: Reach,
): number {
  const mode = dataMode(cpu);
  if (address % width === 0) {
    const physical = reach(cpu, ports, address, 'store', mode);
    return physical < 0 ? physical : put(ports, physical, width, value, reached);
  }
  const places: number[] = [];
  for (let k = 0; k < width; k++) {
    const physical = reach(cpu, ports, (address + k) >>> 0, 'store', mode);
    if (physical < 0) return at(physical, k);
    places.push(physical);
  }
  for (const [k, place] of places.entries()) {
    const stored = put(ports, place, 1, (value >>> (8 * k)) & 255, reached);
    if (stored < 0) return at(stored, k);
  }
  return 0;
}

function put(ports: Ports, physical: number, width: Width, value: number, reached: Reach): number {
  reached.device ||= !inRam(ports, physical);
  return ports.bus.write(physical, width, value) ? 0 : ACCESS_FAULT.store;
}

/** LR.W (§13.2): loads a word and reserves it. */
export function loadReserved(cpu: Cpu, ports: Ports, address: number): number {
  if (address % 4 !== 0) return faultOf(EXCEPTION.loadMisaligned);
  const physical = reach(cpu, ports, address, 'load', dataMode(cpu));
  if (physical < 0) return physical;
  const value = inRam(ports, physical) ? ports.bus.read(physical, 4) : -1;
  if (value < 0) return ACCESS_FAULT.load;
  cpu.reservation = physical;
  return value;
}

/** SC.W (§13.2): 0 when it stored, 1 when the word was not reserved, or the fault. */
export function storeConditional(cpu: Cpu, ports: Ports, address: number, value: number): number {
  const physical = forAtomic(cpu, ports, address);
  if (physical < 0) return physical;
  const holds = cpu.reservation === physical;
  cpu.reservation = NO_RESERVATION;
  if (!holds) return 1;
  return ports.bus.write(physical, 4, value) ? 0 : ACCESS_FAULT.store;
}

/** The load of an AMO (§13.4), which wants to store, too: its faults are those of a store. */
export function loadForStore(cpu: Cpu, ports: Ports, address: number): number {
  const physical = forAtomic(cpu, ports, address);
  if (physical < 0) return physical;
  const value = ports.bus.read(physical, 4);
  return value < 0 ? ACCESS_FAULT.store : value;
}

function forAtomic(cpu: Cpu, ports: Ports, address: number): number {
  if (address % 4 !== 0) return faultOf(EXCEPTION.storeMisaligned);
  const physical = reach(cpu, ports, address, 'store', dataMode(cpu));
  if (physical < 0) return physical;
  return inRam(ports, physical) ? physical : ACCESS_FAULT.store;
}
