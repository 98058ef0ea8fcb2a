/** Frames that a cable room shows: those under way, and the last ones that were seen on it. */
import type { FlightView } from '../../simulator';
import type { Moment } from '../session/protocol';

export type SeenFrame = Pick<
  FlightView,
  'number' | 'from' | 'to' | 'octets' | 'departNs' | 'arriveNs' | 'faults'
>;

const MOST = 12;

/** What `moment` shows of the cable, added to what was seen before; the newest first. */
export function framesSeen(
  before: readonly SeenFrame[],
  moment: Moment,
  cable: string,
): SeenFrame[] {
  const known = new Map(before.map((frame) => [frame.number, frame]));
  for (const { kind, from, to, departNs, arriveNs, what } of moment.moves) {
    if (kind !== 'frame') continue;
    const frame = what as {
      readonly cable: string;
      readonly number: number;
      readonly octets: Uint8Array;
    };
    if (frame.cable !== cable) continue;
    const [a = '', b = ''] = [from.split('.')[0], to.split('.')[0]];
    const { number, octets } = frame;
    known.set(number, { number, from: a, to: b, octets, departNs, arriveNs, faults: [] });
  }
  for (const flight of moment.cables[cable]?.flights ?? []) known.set(flight.number, flight);
  return [...known.values()]
    .filter(({ departNs }) => departNs <= moment.timeNs)
    .toSorted((a, b) => b.number - a.number)
    .slice(0, MOST);
}
