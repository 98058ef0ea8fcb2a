/** Small worlds for the tests of history. */
import { host } from '../../../simulator/host/spec';
import type { WorldSpec } from '../../../simulator/world/spec';

function twoComputers(seed: number, ping: { readonly [field: string]: number }): WorldSpec {
  const program = {
    kind: 'modelled' as const,
    name: 'ping',
    arguments: { destination: '10.0.0.2', payloadOctets: 56, ...ping },
  };
  return {
    seed,
    hosts: [
      host('client', 'Computer A', '02:00:00:00:00:0a', '10.0.0.1/24', [program]),
      host('server', 'Computer B', '02:00:00:00:00:0b', '10.0.0.2/24', []),
    ],
    cables: [
      { name: 'cable', ends: ['client', 'server'], bitsPerSecond: 100_000_000, lengthMetres: 20 },
    ],
  };
}

/** Three echo requests, one a millisecond. */
export const pingWorld = (seed: number): WorldSpec =>
  twoComputers(seed, { count: 3, intervalNs: 1_000_000, timeoutNs: 2_000_000 });

/** Echo requests without pause, four under way at once. */
export const floodWorld = (seed: number): WorldSpec =>
  twoComputers(seed, { count: 100_000, intervalNs: 0, timeoutNs: 1_000_000_000, outstanding: 4 });
