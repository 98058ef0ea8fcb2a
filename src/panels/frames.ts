/** Frames that a cable room shows: those under way, and the last ones that were seen on it. */
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
function departed(moves: Moment['moves'], cable: string): SeenFrame[] {
  const frames = moves.filter(
    ({ kind, what }) => kind === 'frame' && (what as Departed).cable === cable,
  );
  return frames.map(({ id, from, to, departNs, arriveNs, what }) => {
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

/** What `moment` shows of the cable, added to what was seen before; the newest first. */
export function framesSeen(
  before: readonly SeenFrame[],
  moment: Moment,
  cable: string,
): SeenFrame[] {
  const { passed, moves, notes } = moment;
  const known = [...before, ...departed([...passed.moves, ...moves], cable)];
  const flights = (moment.cables[cable]?.flights ?? []).map((flight) => ({
    ...flight,
    lost: null,
  }));
  const all = [...known, ...retold([...passed.notes, ...notes], cable, known), ...flights];
  // What is said last of a number holds: after a change the same number is another frame.
  const latest = all.filter(({ number }, i) => all.findLastIndex((f) => f.number === number) === i);
  return latest
    .filter(({ departNs }) => departNs <= moment.timeNs)
    .toSorted((a, b) => b.number - a.number)
    .slice(0, MOST);
}
