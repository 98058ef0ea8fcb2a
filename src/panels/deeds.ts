/** What a person did to a run, in words. */
import type { Deed } from '../../simulator';

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
    case 'type':
      return `You typed “${new TextDecoder().decode(deed.octets).trimEnd()}” at ${titles[deed.host] ?? deed.host}.`;
    case 'frame':
      return `A frame came in from outside, through ${titles[deed.host] ?? deed.host}.`;
  }
}
