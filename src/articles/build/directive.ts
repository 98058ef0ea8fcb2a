/**
 * The directive of a figure. It opens with one line, says its caption in the next ones, and closes:
 *
 *     :::figure{id=flight scenario=ping at=26us show=cable knobs=cable-length grain=frame}
 *     A frame halfway along the cable.
 *     :::
 */
import type { Grain } from '../../../simulator';
import type { FigureSpec } from '../article';
import type { Report } from './mistake';

/** Without what its place in the article says. */
export type Directive = Omit<FigureSpec, 'number' | 'caption' | 'name'>;

const NAMES = ['id', 'scenario', 'at', 'show', 'knobs', 'grain'] as const;
const GRAINS: readonly Grain[] = ['micro', 'instruction', 'call', 'frame', 'message', 'event'];
const UNITS: Readonly<Record<string, number>> = { ns: 1, us: 1000, ms: 1e6, s: 1e9 };

export const OPENS = /^:::\s*(\w*)\s*(.*)$/;
export const CLOSES = /^:::\s*$/;

function timeOf(text: string): FigureSpec['at'] | null {
  if (text === 'start' || text === 'end') return text;
  const [, chapter] = /^chapter:([\w-]+)$/.exec(text) ?? [];
  if (chapter !== undefined) return { chapter };
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)(ns|us|ms|s)$/.exec(text) ?? [];
  return number === undefined ? null : Math.round(Number(number) * (UNITS[unit] ?? 1));
}

const isGrain = (text: string): text is Grain => (GRAINS as readonly string[]).includes(text);

function attributesOf(text: string, say: (what: string) => void): ReadonlyMap<string, string> {
  const [, inner] = /^\{(.*)\}$/.exec(text.trim()) ?? [];
  const attributes = new Map<string, string>();
  if (inner === undefined) {
    say(`a figure opens with ":::figure{id=… …}", all on one line`);
    return attributes;
  }
  for (const word of inner.split(/\s+/).filter((each) => each !== '')) {
    const [, name = '', value = ''] = /^([\w-]+)=(.+)$/.exec(word) ?? [];
    if (!(NAMES as readonly string[]).includes(name))
      say(`a figure has ${NAMES.join(', ')}, each like "at=26us", not "${word}"`);
    else if (attributes.has(name)) say(`this figure has "${name}" twice`);
    else attributes.set(name, value);
  }
  return attributes;
}

/** `kind` and `rest` are what {@link OPENS} found; null when it is beyond repair. */
export function directiveOf(
  kind: string,
  rest: string,
  slug: string,
  line: number,
  report: Report,
): Directive | null {
  const say = (what: string): void => {
    report(line, what);
  };
  if (kind !== 'figure') {
    say(`there is no directive ":::${kind}", only ":::figure{…}"`);
    return null;
  }
  const attributes = attributesOf(rest, say);
  const of = (name: (typeof NAMES)[number], preset: string): string =>
    attributes.get(name) ?? preset;
  const [id, grain, at] = [of('id', ''), of('grain', 'frame'), timeOf(of('at', 'start'))];
  if (!/^[a-z][a-z0-9-]*$/.test(id)) say('a figure needs an id of letters, digits and hyphens');
  if (at === null) say('"at" is start, end, a time like 26.5us, or chapter:<id>');
  if (!isGrain(grain)) say(`"grain" is one of ${GRAINS.join(', ')}, not "${grain}"`);
  return {
    id,
    scenario: of('scenario', slug),
    at: at ?? 'start',
    show: of('show', 'world'),
    knobs: of('knobs', '')
      .split(',')
      .filter((each) => each !== ''),
    grain: isGrain(grain) ? grain : 'frame',
  };
}
