/** A two-host ping flood: echo round trips and events a wall second. */
import { endOf, host, measure, run as history, type WorldSpec } from '../../simulator';
import type { Bench, Measure } from './bench';

export function floodWorld(outstanding: number): WorldSpec {
  const ping = {
    kind: 'modelled' as const,
    name: 'ping',
    arguments: {
      destination: '10.0.0.2',
      count: 100_000_000,
      intervalNs: 0,
      payloadOctets: 56,
      timeoutNs: 1_000_000_000,
      outstanding,
    },
  };
  return {
    seed: 1,
    hosts: [
      host('client', 'Computer A', '02:00:00:00:00:0a', '10.0.0.1/24', [ping]),
      host('server', 'Computer B', '02:00:00:00:00:0b', '10.0.0.2/24', []),
    ],
    cables: [
      { name: 'cable', ends: ['client', 'server'], bitsPerSecond: 1_000_000_000, lengthMetres: 20 },
    ],
  };
}

const median = (values: readonly number[]): number =>
  Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0);

const STRETCHES = 5;

/** The median of some stretches of `events` events each, after one to warm up. */
function flood(outstanding: number, events: number): readonly Measure[] {
  const run = history.create(floodWorld(outstanding));
  const forever = endOf(Number.MAX_SAFE_INTEGER / 2);
  const arrived = (): number => measure(run.world, ['framesArrived'])['framesArrived'] ?? 0;
  const stretch = (): { readonly trips: number; readonly events: number } => {
    const before = arrived();
    const began = performance.now();
    history.runTo(run, forever, events);
    const seconds = (performance.now() - began) / 1000;
    return { trips: (arrived() - before) / 2 / seconds, events: events / seconds };
  };
  stretch();
  const done = Array.from({ length: STRETCHES }, stretch);
  const under = outstanding === 1 ? 'one at a time' : `${outstanding} under way`;
  const trips = median(done.map((each) => each.trips));
  return [
    { name: `echo round trips, ${under}`, value: trips, unit: '/s', atLeast: 60_000 },
    { name: `events, ${under}`, value: median(done.map((each) => each.events)), unit: '/s' },
  ];
}

export const floodBench: Bench = {
  name: 'flood',
  what: 'ping flood between two computers, 102-octet frames, FCS and checksums built and checked',
  run: () => [...flood(1, 200_000), ...flood(8, 200_000)],
};
