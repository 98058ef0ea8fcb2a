/**
 * What can be turned about a cable, also while time runs. All but the first two may be left out of
 * a scenario, and are 0 then: a good cable.
 */
export const CABLE_PARAMETERS = [
  'bitsPerSecond',
  'lengthMetres',
  /** One way, besides what the length takes: a path of many cables as one. */
  'delayNs',
  /** Each frame takes up to so much longer, drawn anew: later ones overtake it. */
  'jitterNs',
  /** Of a million frames, how many are lost, doubled, and damaged in one bit. */
  'lossPerMillion',
  'duplicatePerMillion',
  'corruptPerMillion',
] as const;

export type CableParameter = (typeof CABLE_PARAMETERS)[number];

/** What a cable of this kind needs said; the others are 0. */
export type Required = 'bitsPerSecond' | 'lengthMetres';

export type Parameters = Readonly<Record<CableParameter, number>>;

export type GivenParameters = Readonly<Pick<Parameters, Required>> & Readonly<Partial<Parameters>>;

const GOOD: Omit<Parameters, Required> = {
  delayNs: 0,
  jitterNs: 0,
  lossPerMillion: 0,
  duplicatePerMillion: 0,
  corruptPerMillion: 0,
};

/** In the order of the table, whatever else `given` has. */
export function parametersOf(given: GivenParameters): Parameters {
  const all = { ...GOOD, ...given };
  return {
    bitsPerSecond: all.bitsPerSecond,
    lengthMetres: all.lengthMetres,
    delayNs: all.delayNs,
    jitterNs: all.jitterNs,
    lossPerMillion: all.lossPerMillion,
    duplicatePerMillion: all.duplicatePerMillion,
    corruptPerMillion: all.corruptPerMillion,
  };
}

/**
 * Losses in bursts (Gilbert, Capacity of a Burst-Noise Channel, 1960; Elliott 1963): each way the
 * cable is good or bad; before each frame it may turn, and while it is bad it loses frames.
 */
export type Bursts = {
  readonly beginPerMillion: number;
  readonly endPerMillion: number;
  readonly lossPerMillion: number;
};
