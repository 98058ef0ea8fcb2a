/** What a cable does to its frames by chance, and how much longer it is than it looks, in words. */
import type { CableView } from '../../simulator';
import { time } from '../ui/units';

type Parameters = CableView['parameters'];
type Trouble = { readonly name: string; readonly value: string };

const share = (perMillion: number): string => `${perMillion / 10_000} %`;

/** One for each parameter that is not 0. */
export function troublesOf(parameters: Parameters): readonly Trouble[] {
  const { delayNs, jitterNs, lossPerMillion, duplicatePerMillion, corruptPerMillion } = parameters;
  const rows = [
    { is: delayNs, name: 'delay, each way', value: time(delayNs) },
    { is: jitterNs, name: 'up to so much later', value: time(jitterNs) },
    { is: lossPerMillion, name: 'lost at random', value: share(lossPerMillion) },
    { is: duplicatePerMillion, name: 'doubled', value: share(duplicatePerMillion) },
    { is: corruptPerMillion, name: 'damaged', value: share(corruptPerMillion) },
  ];
  return rows.filter(({ is }) => is > 0).map(({ name, value }) => ({ name, value }));
}
