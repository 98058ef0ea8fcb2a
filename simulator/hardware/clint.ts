/**
 * The core-local interruptor: a clock, one comparator and one software interrupt (SiFive's CLINT
 * layout: msip +0, mtimecmp +0x4000, mtime +0xbff8; RISC-V Privileged Architecture 1.12 §3.2.1).
 * The clock ticks once a nanosecond and is virtual time itself; it cannot be set.
 */
import { NEVER, type Nanos } from '../contract/time';

export type State = {
  readonly software: boolean;
  /** mtimecmp, in two halves of 32 bits. */
  readonly compareLow: number;
  readonly compareHigh: number;
};

const ONES = 0xffff_ffff;
const HALF = 0x1_0000_0000;

/** The specification leaves mtimecmp open at reset; all ones never comes. */
export const START: State = { software: false, compareLow: ONES, compareHigh: ONES };

const MSIP = 0;
const COMPARE_LOW = 0x4000;
const COMPARE_HIGH = 0x4004;
const TIME_LOW = 0xbff8;
const TIME_HIGH = 0xbffc;

/** When the timer interrupt comes up; NEVER beyond what virtual time can count. */
export function dueNs({ compareLow, compareHigh }: State): Nanos {
  return Math.min(compareHigh * HALF + compareLow, NEVER);
}

/** What two stores to mtimecmp would leave. */
export function withDue(state: State, atNs: Nanos): State {
  if (atNs === NEVER) return { ...state, compareLow: ONES, compareHigh: ONES };
  return { ...state, compareLow: atNs % HALF, compareHigh: Math.floor(atNs / HALF) };
}

/** A 32-bit read; null where there is no register. */
export function load(state: State, offset: number, now: Nanos): number | null {
  switch (offset) {
    case MSIP:
      return state.software ? 1 : 0;
    case COMPARE_LOW:
      return state.compareLow;
    case COMPARE_HIGH:
      return state.compareHigh;
    case TIME_LOW:
      return now % HALF;
    case TIME_HIGH:
      return Math.floor(now / HALF);
    default:
      return null;
  }
}

/** A 32-bit write; null where there is no register that can be written. */
export function store(state: State, offset: number, value: number): State | null {
  const word = value >>> 0;
  switch (offset) {
    case MSIP:
      return { ...state, software: (word & 1) === 1 };
    case COMPARE_LOW:
      return { ...state, compareLow: word };
    case COMPARE_HIGH:
      return { ...state, compareHigh: word };
    default:
      return null;
  }
}
