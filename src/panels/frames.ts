/** Frames that a cable room shows: those under way, and the last ones that were seen on it. */
import { group } from 'd3-array';
import type { FlightView } from '../../simulator';
import type { Moment } from '../session/protocol';

export type SeenFrame = Pick<
  FlightView,
  'id' | 'number' | 'from' | 'to' | 'octets' | 'departNs' | 'arriveNs' | 'faults'
> & {
  /** Why it never arrived, or null. */
  readonly lost: string | null;
};

const MOST = 12;

type Departed = {
  readonly cable: string;
  readonly number: number;
  readonly octets: Uint8Array;
};

/** Frames that left. */
function departed(moves: Moment['moves']): SeenFrame[] {
  return moves.map(({ id, from, to, departNs, arriveNs, what }) => {
    const { number, octets } = what as Departed;
    const hostOf = (path: string): string => path.split('.')[0] ?? '';
    return {
      id,
      number,
      from: hostOf(from),
      to: hostOf(to),
      octets,
      departNs,
      arriveNs,
      faults: [],
      lost: null,
    };
  });
}

/** Known frames as the notes tell them: a fault gives a frame other octets, or it is lost. */
function retold(notes: Moment['notes'], cable: string, known: readonly SeenFrame[]): SeenFrame[] {
  const told = notes.flatMap(({ part, kind, what }) => {
    const { flight, why } = (part === cable ? what : {}) as { flight?: SeenFrame; why?: string };
    return flight === undefined
      ? []
      : [{ ...flight, lost: kind === 'lost' ? (why ?? 'lost') : null }];
  });
  return known.flatMap((frame) => {
    const now = told.findLast(({ number }) => number === frame.number);
    return now === undefined
      ? []
      : [{ ...frame, octets: now.octets, faults: now.faults, lost: now.lost }];
  });
}

/** What was said of one cable since the moment before. */
type Said = { readonly moves: Moment['moves']; readonly notes: Moment['notes'] };

const NOTHING: Said = { moves: [], notes: [] };

/** What `said` and the cable's flights add to what was seen of it before; the newest first. */
function framesSeen(
  before: readonly SeenFrame[],
  { timeNs, cables }: Moment,
  cable: string,
  { moves, notes }: Said,
): readonly SeenFrame[] {
  const known = [...before, ...departed(moves)];
  const flights = (cables[cable]?.flights ?? []).map((flight) => ({ ...flight, lost: null }));
  const all = [...known, ...retold(notes, cable, known), ...flights];
  // What is said last of a number holds: after a change the same number is another frame.
  const latest = all.filter(({ number }, i) => all.findLastIndex((f) => f.number === number) === i);
  return latest
    .filter(({ departNs }) => departNs <= timeNs)
    .toSorted((a, b) => b.number - a.number)
    .slice(0, MOST);
}

export type SeenFrames = Readonly<Record<string, readonly SeenFrame[]>>;

/** What `moment` shows of each cable, added to what was seen before. */
export function framesOnAll(before: SeenFrames, moment: Moment): SeenFrames {
  const { passed, moves, notes } = moment;
  const ofFrames = [...passed.moves, ...moves].filter(({ kind }) => kind === 'frame');
  const left = group(ofFrames, ({ what }) => (what as Departed).cable);
  const told = group([...passed.notes, ...notes], ({ part }) => part);
  const frames: Record<string, readonly SeenFrame[]> = {};
  for (const [cable, { flights }] of Object.entries(moment.cables)) {
    const known = before[cable] ?? [];
    // Of many cables most are silent.
    if (known.length === 0 && flights.length === 0 && !left.has(cable)) continue;
    const said = {
      moves: left.get(cable) ?? NOTHING.moves,
      notes: told.get(cable) ?? NOTHING.notes,
    };
    frames[cable] = framesSeen(known, moment, cable, said);
  }
  return frames;
}
