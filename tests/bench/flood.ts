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

/** Runs `events` events after a warm-up of a fifth of them. */
function flood(outstanding: number, events: number): readonly Measure[] {
  const run = history.create(floodWorld(outstanding));
  const forever = endOf(Number.MAX_SAFE_INTEGER / 2);
  history.runTo(run, forever, events / 5);
  const arrived = (): number => measure(run.world, ['framesArrived'])['framesArrived'] ?? 0;
  const before = { arrived: arrived(), events: run.world.events };
  const began = performance.now();
  history.runTo(run, forever, events);
  const seconds = (performance.now() - began) / 1000;
  const under = outstanding === 1 ? 'one at a time' : `${outstanding} under way`;
  const perSecond = (count: number): number => Math.round(count / seconds);
  const trips = perSecond((arrived() - before.arrived) / 2);
  return [
    { name: `echo round trips, ${under}`, value: trips, unit: '/s', atLeast: 60_000 },
    { name: `events, ${under}`, value: perSecond(run.world.events - before.events), unit: '/s' },
  ];
}

export const floodBench: Bench = {
  name: 'flood',
  what: 'ping flood between two computers, 102-octet frames, FCS and checksums built and checked',
  run: () => [...flood(1, 500_000), ...flood(8, 500_000)],
};
