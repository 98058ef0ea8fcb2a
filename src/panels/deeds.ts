/** What a person did to a run, in words. */
import type { Deed } from '../../simulator';
import { length, rate } from '../ui/units';

const FAULTS = {
  drop: 'dropped',
  corrupt: 'corrupted',
  delay: 'delayed',
  duplicate: 'duplicated',
} as const;

export function deedWords(deed: Deed, titles: Readonly<Record<string, string>>): string {
  switch (deed.kind) {
    case 'fault': {
      const which = deed.frame === undefined ? 'the next frame' : `frame ${deed.frame}`;
      return `You ${FAULTS[deed.fault.kind]} ${which} on the ${deed.cable}.`;
    }
    case 'cut':
      return `You cut the ${deed.cable}.`;
    case 'mend':
      return `You mended the ${deed.cable}.`;
    case 'set':
      return deed.field === 'bitsPerSecond'
        ? `You set the ${deed.cable} to ${rate(deed.value)}.`
        : `You made the ${deed.cable} ${length(deed.value)} long.`;
    case 'type':
      return `You typed “${new TextDecoder().decode(deed.octets).trimEnd()}” at ${titles[deed.host] ?? deed.host}.`;
    case 'frame':
      return `A frame came in from outside, through ${titles[deed.host] ?? deed.host}.`;
  }
}
