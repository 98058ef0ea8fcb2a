/**
 * What can be drawn over time, by name: for each part that it is of, a number at this moment.
 * Octets are those of frames with their FCS, without preamble.
 */
import { distance } from '../bits/words';
import { processorOf, streamsOf } from '../host/statements';
import { nameOf, type CablePart, type ComputerPart, type World } from './parts';

export type Chart = {
  readonly title: string;
  /** What is counted; empty for a state that is 0 or 1. */
  readonly unit: string;
} & (
  | { readonly of: 'cable'; readonly value: (part: CablePart, world: World) => number }
  | { readonly of: 'computer'; readonly value: (part: ComputerPart, world: World) => number }
);

function atWork({ at: computer }: ComputerPart, world: World): number {
  const processor = processorOf(computer);
  const works = processor?.isUser ?? computer.fields.busyUntilNs > world.at.timeNs;
  return works ? 1 : 0;
}

const overStreams =
  (count: (stream: ReturnType<typeof streamsOf>[number]) => number) =>
  ({ at: computer }: ComputerPart): number =>
    streamsOf(computer).reduce((sum, stream) => sum + count(stream), 0);

export const CHARTS = {
  framesSent: {
    title: 'Frames sent',
    unit: 'frames',
    of: 'cable',
    value: ({ state }) => state.sent,
  },
  framesArrived: {
    title: 'Frames arrived',
    unit: 'frames',
    of: 'cable',
    value: ({ state }) => state.arrived,
  },
  framesLost: {
    title: 'Frames lost',
    unit: 'frames',
    of: 'cable',
    value: ({ state }) => state.lost,
  },
  octetsUnderWay: {
    title: 'Octets under way on the cable',
    unit: 'octets',
    of: 'cable',
    value: ({ state }) => state.flights.reduce((sum, { octets }) => sum + octets.length, 0),
  },
  processorAtWork: { title: 'Processor runs a program', unit: '', of: 'computer', value: atWork },
  unacknowledged: {
    title: 'Octets sent and not acknowledged (TCP)',
    unit: 'octets',
    of: 'computer',
    value: overStreams(({ sent, una }) => Math.max(0, distance(sent, una))),
  },
  unread: {
    title: 'Octets received and not read (TCP)',
    unit: 'octets',
    of: 'computer',
    value: overStreams(({ unread }) => unread.octets.length),
  },
} as const satisfies Readonly<Record<string, Chart>>;

export type ChartName = keyof typeof CHARTS;

/** One value of one chart of one part. */
export type Reading = { readonly chart: ChartName; readonly part: string; readonly value: number };

/** What those charts show at this moment, in the order of their names and then of the parts. */
export function readings(world: World, names: readonly ChartName[]): Reading[] {
  return names.flatMap((chart) => {
    const { of, value } = CHARTS[chart] as Chart;
    return world.parts
      .filter(({ kind }) => kind === of)
      .map((part) => ({ chart, part: nameOf(part), value: value(part as never, world) }));
  });
}
