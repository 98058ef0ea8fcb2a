/**
 * What things cost, as a table and not as numbers in the code. Cycles are of the computer's clock;
 * the figures are those of a small in-order core and a lean kernel, rounded: a run is reproducible
 * with them, it is not a measurement of one product.
 */
export type Costs = {
  /** Nanoseconds of one clock cycle. */
  readonly cycleNs: number;
  /** Cycles an instruction class takes in the multi-cycle datapath. */
  readonly instruction: {
    readonly alu: number;
    /** The lower or the upper half of a product; a quotient or a remainder. */
    readonly multiply: number;
    readonly divide: number;
    readonly load: number;
    readonly store: number;
    /** Load-reserved, store-conditional, and a load, a change and a store in one go. */
    readonly atomic: number;
    readonly branch: number;
    readonly jump: number;
    readonly csr: number;
    readonly system: number;
    readonly fence: number;
    /** Taking a trap: saving pc and cause, jumping to the vector. */
    readonly trap: number;
    /** Each page-table entry that is read, and one that is written, on the way to a translation. */
    readonly walk: number;
  };
  /** Cycles of the modelled kernel. */
  readonly kernel: {
    readonly entry: number;
    readonly systemCall: number;
    readonly interrupt: number;
    readonly frameIn: number;
    readonly frameOut: number;
    readonly copyOctetsPerCycle: number;
    readonly contextSwitch: number;
  };
  /** Direct memory access: a fixed part and a rate. */
  readonly dma: { readonly setupNs: number; readonly octetsPerMicrosecond: number };
};

export const COSTS: Costs = {
  cycleNs: 10,
  instruction: {
    alu: 4,
    multiply: 8,
    divide: 36,
    load: 5,
    store: 4,
    atomic: 7,
    branch: 3,
    jump: 4,
    csr: 4,
    system: 4,
    fence: 2,
    trap: 3,
    walk: 2,
  },
  kernel: {
    entry: 40,
    systemCall: 60,
    interrupt: 80,
    frameIn: 150,
    frameOut: 150,
    copyOctetsPerCycle: 4,
    contextSwitch: 100,
  },
  dma: { setupNs: 200, octetsPerMicrosecond: 400 },
};

/** The table with those entries changed, by dotted path; a path that leads to no number is passed over. */
export function costsWith(changes: Readonly<Record<string, number>> = {}): Costs {
  const { dma, instruction, kernel } = COSTS;
  const costs = {
    ...COSTS,
    dma: { ...dma },
    instruction: { ...instruction },
    kernel: { ...kernel },
  };
  const groups: Readonly<Record<string, Record<string, number>>> = {
    dma: costs.dma,
    instruction: costs.instruction,
    kernel: costs.kernel,
  };
  for (const [path, value] of Object.entries(changes)) {
    const [group = '', name = ''] = path.split('.');
    const entries = groups[group];
    if (path === 'cycleNs') costs.cycleNs = value;
    else if (entries?.[name] !== undefined) entries[name] = value;
  }
  return costs;
}
