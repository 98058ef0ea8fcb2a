/** What of a run is not as it was written. */
import type { Knob } from '../../simulator';
import { actsAtOnce } from '../panels/knobs';
import type { Moment } from '../session/protocol';

/** How many changes: inputs, edited programs, and knobs that were turned before the start. */
export function changesIn(
  { inputs, sources, knobs: values }: Pick<Moment, 'inputs' | 'sources' | 'knobs'>,
  knobs: readonly Knob[],
): number {
  // A cable's knob is turned by a deed, which stands among the inputs.
  const turned = knobs.filter(
    (knob) => !actsAtOnce(knob) && (values[knob.name] ?? knob.range.preset) !== knob.range.preset,
  );
  return inputs.length + Object.keys(sources).length + turned.length;
}
