/** A bulk transfer over TCP between two modelled programs: packets and events a wall second. */
import { endOf, host, measure, run as history, type WorldSpec } from '../../simulator';
import type { Bench, Measure } from './bench';

const OCTETS = 10_000_000;
const RUNS = 5;

const world: WorldSpec = {
  seed: 1,
  hosts: [
    host('client', 'Computer A', '02:00:00:00:00:0a', '10.0.0.1/24', [
      {
        kind: 'modelled',
        name: 'bulk',
        arguments: { destination: '10.0.0.2', port: 9, octets: OCTETS, delayNs: 50_000 },
      },
    ]),
    host('server', 'Computer B', '02:00:00:00:00:0b', '10.0.0.2/24', [
      { kind: 'modelled', name: 'discard', arguments: null },
    ]),
  ],
  cables: [
    { name: 'cable', ends: ['client', 'server'], bitsPerSecond: 100_000_000, lengthMetres: 20 },
  ],
};

/** Full segments of 1,460 octets each way round the headers: what the line alone lets through. */
const LEAST_FRAMES = Math.ceil(OCTETS / 1460);

type Done = { readonly packets: number; readonly events: number; readonly simulatedNs: number };

function transfer(): Done {
  const run = history.create(world);
  const began = performance.now();
  history.runTo(run, endOf(60_000_000_000));
  const seconds = (performance.now() - began) / 1000;
  const frames = measure(run.world, ['framesArrived'])['framesArrived'] ?? 0;
  if (frames < LEAST_FRAMES) throw new Error(`only ${frames} frames arrived`);
  const { events, at } = run.world;
  return { packets: frames / seconds, events: events / seconds, simulatedNs: at.timeNs };
}

const median = (values: readonly number[]): number =>
  Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0);

function bulk(): readonly Measure[] {
  transfer();
  const done = Array.from({ length: RUNS }, transfer);
  const packets = median(done.map((each) => each.packets));
  return [
    { name: 'packets, data and ACK', value: packets, unit: '/s', atLeast: 100_000 },
    { name: 'events', value: median(done.map((each) => each.events)), unit: '/s' },
  ];
}

export const bulkBench: Bench = {
  name: 'bulk',
  what: '10 MB over 100 Mb/s by TCP between two programs, FCS and checksums built and checked',
  run: bulk,
};
