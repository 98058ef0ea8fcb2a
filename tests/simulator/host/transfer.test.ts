/** Bulk transfers between two whole computers: kernels, interfaces, a cable with its troubles. */
import { describe, expect, test } from 'vitest';
import {
  check,
  createWorld,
  endOf,
  host,
  proceedWorld,
  type CableSpec,
  type InvariantName,
  type WorldSpec,
} from '../../../simulator';
import type { TcpSpec } from '../../../simulator/host/spec';
import type { Computer } from '../../../simulator/host/computer';
import { distance } from '../../../simulator/bits/words';
import { values } from '../../../simulator/contract/table';
import { socketViews } from '../../../simulator/os/views';
import type { World } from '../../../simulator/world/parts';

const LAWS: readonly InvariantName[] = [
  'frames-conserved',
  'arrivals-counted',
  'corrupted-refused',
  'frame-size',
  'nothing-comes-early',
  'acknowledged-was-sent',
  'acknowledged-is-there',
  'stream-unchanged',
];

const GOOD: CableSpec = {
  name: 'cable',
  ends: ['client', 'server'],
  bitsPerSecond: 100_000_000,
  lengthMetres: 20,
};

function worldOf(octets: number, cable: Partial<CableSpec>, tcp?: TcpSpec, seed = 1): WorldSpec {
  const bulk = { destination: '10.0.0.2', port: 9, octets, delayNs: 100_000 };
  const set = tcp === undefined ? {} : { tcp };
  return {
    seed,
    hosts: [
      {
        ...host('client', 'Computer A', '02:00:00:00:00:0a', '10.0.0.1/24', [
          { kind: 'modelled', name: 'bulk', arguments: bulk },
        ]),
        ...set,
      },
      {
        ...host('server', 'Computer B', '02:00:00:00:00:0b', '10.0.0.2/24', [
          { kind: 'modelled', name: 'discard', arguments: null },
        ]),
        ...set,
      },
    ],
    cables: [{ ...GOOD, ...cable }],
  };
}

type Done = { readonly world: World };

/** Until nothing happens any more, or `untilNs`. */
function run(spec: WorldSpec, untilNs = 600_000_000_000): Done {
  const world = createWorld(spec, 'fast');
  const until = endOf(untilNs);
  while (proceedWorld(world, until));
  return { world };
}

const computer = (world: World, number: number): Computer => {
  const part = world.parts[number];
  if (part?.kind !== 'computer') throw new Error('no computer');
  return part.at;
};

/** Everything that was written was acknowledged, and both ends are done. */
function expectWhole({ world }: Done): void {
  expect(check(world, LAWS).filter(({ holds }) => !holds)).toEqual([]);
  const states = [0, 1].map((number) =>
    socketViews(computer(world, number).fields.kernel).map(({ state }) => state),
  );
  expect(states).toEqual([[], ['LISTEN']]);
}

test('both profiles bring every octet over a good cable', () => {
  expectWhole(run(worldOf(300_000, {})));
  expectWhole(run(worldOf(300_000, {}, 'linux')));
});

describe('over 10 ms each way', () => {
  const far = { delayNs: 10_000_000 };

  test('a window of 64 KiB is what limits the plain profile: 65,535 octets a round trip', () => {
    const ROUNDS = 25;
    const { world } = run(worldOf(2_000_000, far), ROUNDS * 20_000_000);
    const [socket] = values(computer(world, 0).fields.kernel.sockets);
    if (socket?.kind !== 'stream' || socket.connection === null) throw new Error('no connection');
    const { una, iss } = socket.connection.send;
    // ARP and the handshake take two rounds, slow start three more.
    expect(distance(una, iss)).toBeLessThan((ROUNDS - 2) * 65_535);
    expect(distance(una, iss)).toBeGreaterThan((ROUNDS - 6) * 65_535 * 0.9);
    expect(computer(world, 0).fields.kernel.config.tcp.windowScale).toBe(false);
    expectWhole(run(worldOf(2_000_000, far)));
  });

  test.each([1, 2, 3])('with 1 %% loss, 0.5 %% doubled and 0.5 %% damaged, seed %i', (seed) => {
    const troubles = {
      ...far,
      lossPerMillion: 10_000,
      duplicatePerMillion: 5000,
      corruptPerMillion: 5000,
    };
    expectWhole(run(worldOf(300_000, troubles, 'plain', seed)));
    expectWhole(run(worldOf(300_000, troubles, 'linux', seed)));
  });

  test('with losses in bursts and frames that overtake others', () => {
    const bursts = { beginPerMillion: 5000, endPerMillion: 300_000, lossPerMillion: 800_000 };
    expectWhole(run(worldOf(200_000, { ...far, jitterNs: 2_000_000, bursts }, 'linux')));
  });
});
