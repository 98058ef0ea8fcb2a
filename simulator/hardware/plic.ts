/**
 * The platform-level interrupt controller: it lets the most urgent of the devices' lines through to
 * the processor, which claims it, serves it and completes it (RISC-V PLIC specification 1.0.0: §1.2
 * gateways, §4 priorities, §5 pending, §6 enables, §7 threshold, §8 claim, §9 completion). One
 * context, 31 level-triggered sources.
 */

export type State = {
  /** Bits of sources, bit 0 is no source: lines that are up, that are enabled, that are served. */
  readonly lines: number;
  readonly enabled: number;
  readonly claimed: number;
  /**
   * Whose line went down before their request was claimed: a gateway cannot take a request back, so
   * it stays pending (§1.2). Absent while there are none.
   */
  readonly withdrawn?: number | undefined;
  /** By source. */
  readonly priorities: readonly number[];
  readonly threshold: number;
};

const SOURCES = 32;
const MOST_PRIORITY = 7;

export const START: State = {
  lines: 0,
  enabled: 0,
  claimed: 0,
  priorities: new Array<number>(SOURCES).fill(0),
  threshold: 0,
};

const PRIORITIES = 0;
const PENDING = 0x1000;
const ENABLES = 0x2000;
const THRESHOLD = 0x20_0000;
const CLAIM = 0x20_0004;

/** A device's line: when it comes up, and the source is not being served, that is a request. */
export function raise(state: State, source: number, up: boolean): State {
  const bit = 1 << source;
  const lines = up ? state.lines | bit : state.lines & ~bit;
  if (lines === state.lines) return state;
  // What pends now goes on to pend, by its line or without it.
  return { ...state, lines, withdrawn: pending(state) & ~lines || undefined };
}

/** Is the line up, as far as the controller was told? */
export const isUp = ({ lines }: State, source: number): boolean => ((lines >>> source) & 1) === 1;

/** §1.2, §5: a source that is being served does not pend again before its completion. */
const pending = ({ lines, withdrawn = 0, claimed }: State): number =>
  (lines | withdrawn) & ~claimed;

/** The most urgent source that pends and is enabled, the lowest number first; 0 when none is. */
function urgent(state: State): number {
  const ready = pending(state) & state.enabled;
  let best = 0;
  let bestPriority = 0;
  for (let source = 1; source < SOURCES; source++) {
    const priority = state.priorities[source] as number;
    if (((ready >>> source) & 1) === 0 || priority <= bestPriority) continue;
    best = source;
    bestPriority = priority;
  }
  return best;
}

/** Is the processor's external interrupt line up? */
export function asserts(state: State): boolean {
  return (state.priorities[urgent(state)] as number) > state.threshold;
}

/** §8: answers the source and takes it, or 0. */
export function claim(state: State): { readonly state: State; readonly source: number } {
  const source = urgent(state);
  if (source === 0) return { state, source };
  const { withdrawn = 0 } = state;
  const claimed = state.claimed | (1 << source);
  return { state: { ...state, claimed, withdrawn: withdrawn & ~claimed || undefined }, source };
}

/** §9: ignored for a source that is not enabled, whether it was claimed or not. */
export function complete(state: State, source: number): State {
  if (((state.enabled >>> source) & 1) === 0) return state;
  return { ...state, claimed: state.claimed & ~(1 << source) };
}

/** What a kernel's driver does at boot: the source may interrupt, with the least priority. */
export function enable(state: State, source: number): State {
  const priorities = state.priorities.with(source, 1);
  return { ...state, priorities, enabled: state.enabled | (1 << source) };
}

/** A 32-bit read, which of the claim register claims; null where there is no register. */
export function load(
  state: State,
  offset: number,
): { readonly state: State; readonly value: number } | null {
  if (offset === PENDING) return { state, value: pending(state) >>> 0 };
  if (offset === ENABLES) return { state, value: state.enabled >>> 0 };
  if (offset === THRESHOLD) return { state, value: state.threshold };
  if (offset === CLAIM) {
    const claimed = claim(state);
    return { state: claimed.state, value: claimed.source };
  }
  if (offset % 4 !== 0 || offset >= PRIORITIES + 4 * SOURCES) return null;
  return { state, value: state.priorities[offset / 4] as number };
}

/** A 32-bit write; null where there is no register that can be written. */
export function store(state: State, offset: number, value: number): State | null {
  if (offset === ENABLES) return { ...state, enabled: value & ~1 };
  if (offset === THRESHOLD) return { ...state, threshold: value & MOST_PRIORITY };
  if (offset === CLAIM) return value < SOURCES ? complete(state, value) : state;
  if (offset % 4 !== 0 || offset === 0 || offset >= PRIORITIES + 4 * SOURCES) return null;
  return { ...state, priorities: state.priorities.with(offset / 4, value & MOST_PRIORITY) };
}
