/** Where the step happens: what the view goes after when it is told to follow. */
import { spotAt, type Box, type Point } from '../layout/geometry';
import { grown, hull } from '../layout/places';
import type { Moment } from '../session/protocol';
import type { ShownFlight, Token } from './scene';

type Going = {
  readonly tokens: readonly Token[];
  readonly flights: readonly ShownFlight[];
  /** From the first end to the second. */
  readonly cable: readonly Point[];
  /** Nothing moves: what travels is shown halfway. */
  readonly still: boolean;
};

/** Where something happens, and when: whoever looks elsewhere is left alone until time goes on. */
export type Happening = { readonly at: Box; readonly when: string };

const MARGIN = 34;

/** Parts of which something is said that are drawn under another name. */
const partOf = (path: string): string => {
  const [host = '', part = ''] = path.split('.');
  if (part === 'process') return `${host}.os`;
  if (part === 'console') return `${host}.display`;
  return part === '' ? host : `${host}.${part}`;
};

function spots({ tokens, flights, cable, still }: Going): Point[] {
  const under = tokens.filter(({ share }) => share > 0 && share < 1);
  const inside = (under.length > 0 ? under : tokens.slice(-1)).map(({ line, share }) =>
    spotAt(line, still ? 0.5 : share),
  );
  const outside = flights.map(({ end, share }) => {
    const along = still ? 0.5 : share;
    return spotAt(cable, end === 0 ? along : 1 - along);
  });
  return [...inside, ...outside];
}

/** Null when nothing happens that has a place. */
export function happeningAt(
  going: Going,
  { notes }: Pick<Moment, 'notes'>,
  places: Readonly<Record<string, Box>>,
): Box | null {
  const moving = spots(going);
  if (moving.length > 0) return grown(hull(moving), MARGIN);
  const said = notes.at(-1);
  return said === undefined ? null : (places[partOf(said.part)] ?? null);
}
