/**
 * What an engine is: something that runs whole instructions until a time. There are two, the
 * control unit (`control/engine.ts`) and the fast interpreter (`fast/engine.ts`); on the same
 * state and memory they leave the same state, to the bit. What both ask at an instruction boundary
 * stands here.
 */
import type { BusPort } from '../contract/bus';
import type { Costs } from '../contract/costs';
import { GATE_BASE, PAGE_OCTETS } from '../contract/map';
import type { Nanos } from '../contract/time';
import { MACHINE, type Cpu } from './state';
import { awake, dueInterrupt } from './trap';

/** The page must be touched before a store: it is as somebody keeps it. */
export const CLEAN = 1;
/** Somebody keeps decoded what the page holds, so the flag must go with any store into it. */
export const DECODED = 2;
/** Somebody wants to hear of stores to {@link RamView.watched}, which lies there. */
export const WATCHED = 4;
export const RAM_PAGE_OCTETS = PAGE_OCTETS;

/** RAM seen directly, beside the bus: same octets, no call for each word. */
export type RamView = {
  /** Where it begins on the bus; a multiple of 4. */
  readonly base: number;
  /** Its length is a multiple of 4, below 2^31. */
  readonly octets: Uint8Array;
  /** For each page of PAGE_OCTETS, {@link CLEAN}, {@link DECODED}, {@link WATCHED}; before a store, touch. */
  readonly clean: Uint8Array;
  /** Offset of a word that is stored to over the bus alone; its page has the flag WATCHED. */
  readonly watched?: number;
  /** Must clear the page's flags, but for WATCHED. */
  readonly touch: (page: number) => void;
};

/** From now on the word at `offset` is stored to over the bus alone. */
export function watch({ clean }: RamView, offset: number): void {
  const page = offset >>> 12;
  clean[page] = (clean[page] as number) | WATCHED;
}

export type Ports = {
  readonly bus: BusPort;
  /** Null when everything goes over the bus. */
  readonly ram: RamView | null;
  readonly costs: Costs;
  /** Does the gate page lead to a modelled kernel? A bare machine has none. */
  readonly gate: boolean;
};

/**
 * `time`: the next boundary is at or after the time asked for. `gate`: the next fetch, in machine
 * mode, is from the gate page. `wait`: WFI, and nothing enabled is pending. `device`: the
 * instruction just done reached something that is not RAM, so its caller may have newer events;
 * call again to go on.
 */
export type StopReason = 'time' | 'gate' | 'wait' | 'device';

/** Called at each boundary, before an instruction is fetched or an interrupt is taken. */
export type Observer = (cpu: Cpu) => void;

export type Engine = {
  /**
   * Runs while the next boundary is before `beforeNs`. An instruction is atomic: one that begins
   * before `beforeNs` is finished. Every instruction must cost at least one cycle.
   */
  readonly run: (cpu: Cpu, ports: Ports, beforeNs: Nanos, observe?: Observer) => StopReason;
};

/** Why the processor must stop at this boundary, or null when it goes on. */
export function stopAt(cpu: Cpu, ports: Ports, beforeNs: Nanos): StopReason | null {
  if (cpu.atNs >= beforeNs) return 'time';
  if (cpu.waiting) {
    if (!awake(cpu)) return 'wait';
    cpu.waiting = false;
  }
  const inGate = cpu.pc - GATE_BASE >= 0 && cpu.pc - GATE_BASE < PAGE_OCTETS;
  if (inGate && ports.gate && cpu.mode === MACHINE && dueInterrupt(cpu) < 0) return 'gate';
  return null;
}

/** Does RAM answer at `address`, as far as the processor can tell? */
export function inRam(ports: Ports, address: number): boolean {
  if (ports.ram === null) return false;
  const offset = address - ports.ram.base;
  return offset >= 0 && offset < ports.ram.octets.length;
}
