/** What a person did to a run, in words. */
import type { Deed } from '../../simulator';
import { length, rate } from '../ui/units';

const FAULTS = {
  drop: 'dropped',
  corrupt: 'corrupted',
  delay: 'delayed',
  duplicate: 'duplicated',
} as const;

type DeedOf<K extends Deed['kind']> = Extract<Deed, { kind: K }>;

function faultWords({ cable, fault, frame }: DeedOf<'fault'>): string {
  const which = frame === undefined ? 'the next frame' : `frame ${frame}`;
  return `You ${FAULTS[fault.kind]} ${which} on the ${cable}.`;
}

const settingWords = ({ cable, field, value }: DeedOf<'set'>): string =>
  field === 'bitsPerSecond'
    ? `You set the ${cable} to ${rate(value)}.`
    : `You made the ${cable} ${length(value)} long.`;

const typedWords = ({ octets }: DeedOf<'type'>, title: string): string =>
  `You typed “${new TextDecoder().decode(octets).trimEnd()}” at ${title}.`;

const flipWords = ({ bit, address }: DeedOf<'flip'>, title: string): string =>
  `You flipped bit ${bit} of the octet at 0x${address.toString(16)} in the RAM of ${title}.`;

export function deedWords(deed: Deed, titles: Readonly<Record<string, string>>): string {
  const title = 'host' in deed ? (titles[deed.host] ?? deed.host) : '';
  switch (deed.kind) {
    case 'fault':
      return faultWords(deed);
    case 'cut':
      return `You cut the ${deed.cable}.`;
    case 'mend':
      return `You mended the ${deed.cable}.`;
    case 'set':
      return settingWords(deed);
    case 'type':
      return typedWords(deed, title);
    case 'flip':
      return flipWords(deed, title);
    case 'kill':
      return `You killed process ${deed.process} on ${title}.`;
    case 'frame':
      return `A frame came in from outside, through ${title}.`;
  }
}
