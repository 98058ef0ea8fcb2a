/** What chance does to a frame that enters a cable, drawn from the cable's own stream. */
import { drawBelow, drawChance, type Stream } from '../bits/random';
import type { Bursts, Parameters } from './parameters';

export type Fate = {
  /** Why it is lost; null when it is not. */
  readonly lost: 'lost at random' | 'lost in a burst' | null;
  readonly isDoubled: boolean;
  readonly isDamaged: boolean;
  readonly laterNs: number;
  /** The cable is in a burst, this way. */
  readonly isBad: boolean;
  readonly stream: Stream;
};

type Drawn = { stream: Stream };

/** Nothing is drawn for what never happens: a good cable's stream stands still. */
function happens(drawn: Drawn, perMillion: number): boolean {
  if (perMillion <= 0) return false;
  const { value, stream } = drawChance(drawn.stream, perMillion);
  drawn.stream = stream;
  return value;
}

function turned(drawn: Drawn, bursts: Bursts | null, isBad: boolean): boolean {
  if (bursts === null) return false;
  const turns = happens(drawn, isBad ? bursts.endPerMillion : bursts.beginPerMillion);
  return turns ? !isBad : isBad;
}

function later(drawn: Drawn, jitterNs: number): number {
  if (jitterNs < 1) return 0;
  const { value, stream } = drawBelow(drawn.stream, Math.floor(jitterNs) + 1);
  drawn.stream = stream;
  return value;
}

export function fateOf(
  parameters: Parameters,
  bursts: Bursts | null,
  wasBad: boolean,
  from: Stream,
): Fate {
  const drawn: Drawn = { stream: from };
  const isBad = turned(drawn, bursts, wasBad);
  const inBurst = isBad && happens(drawn, bursts?.lossPerMillion ?? 0);
  const atRandom = happens(drawn, parameters.lossPerMillion);
  const isDoubled = happens(drawn, parameters.duplicatePerMillion);
  const isDamaged = happens(drawn, parameters.corruptPerMillion);
  const laterNs = later(drawn, parameters.jitterNs);
  const random = atRandom ? ('lost at random' as const) : null;
  const lost = inBurst ? ('lost in a burst' as const) : random;
  return { lost, isDoubled, isDamaged, laterNs, isBad, stream: drawn.stream };
}

/** A cable of which chance does nothing needs no draws at all. */
export function isGood(parameters: Parameters, bursts: Bursts | null): boolean {
  const { jitterNs, lossPerMillion, duplicatePerMillion, corruptPerMillion } = parameters;
  return (
    bursts === null &&
    jitterNs < 1 &&
    lossPerMillion <= 0 &&
    duplicatePerMillion <= 0 &&
    corruptPerMillion <= 0
  );
}
