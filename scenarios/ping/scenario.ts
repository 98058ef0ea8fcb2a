/** Two computers, one cable: Computer A asks Computer B whether it is there, three times. */
import { host, type Scenario } from '../../simulator';
import { chapters } from './chapters';

export const scenario: Scenario = {
  slug: 'ping',
  version: 1,
  title: 'Ping',
  summary: 'Computer A sends three echo requests to Computer B, and B answers each of them.',
  world: {
    seed: 1,
    hosts: [
      host('client', 'Computer A', '02:00:00:00:00:0a', '10.0.0.1/24', [
        {
          kind: 'modelled',
          name: 'ping',
          arguments: {
            destination: '10.0.0.2',
            count: 3,
            intervalNs: 1_000_000,
            payloadOctets: 56,
            timeoutNs: 2_000_000,
          },
        },
      ]),
      host('server', 'Computer B', '02:00:00:00:00:0b', '10.0.0.2/24', []),
    ],
    cables: [
      {
        name: 'cable',
        ends: ['client', 'server'],
        bitsPerSecond: 100_000_000,
        lengthMetres: 20,
      },
    ],
  },
  endsAtNs: 2_500_000,
  longestNs: 5_000_000_000,
  faults: ['drop', 'corrupt', 'delay', 'duplicate', 'cut', 'flip', 'kill'],
  invariants: [
    'frames-conserved',
    'arrivals-counted',
    'corrupted-refused',
    'frame-size',
    'nothing-comes-early',
    'one-process-runs',
  ],
  measures: ['framesSent', 'framesArrived', 'framesLost'],
  knobs: [
    {
      name: 'cable-length',
      title: 'Length of the cable',
      means: 'A signal needs 5 ns for each metre, however much is sent.',
      range: { kind: 'number', unit: 'm', least: 20, most: 20_000, step: 20, preset: 20 },
      sets: { of: 'cable', cable: 'cable', field: 'lengthMetres' },
    },
    {
      name: 'line-rate',
      title: 'Line rate',
      means: 'How many bits the network interfaces put on the cable in a second.',
      range: {
        kind: 'number',
        unit: 'Mbit/s',
        least: 10,
        most: 1000,
        step: 10,
        preset: 100,
        times: 1_000_000,
      },
      sets: { of: 'cable', cable: 'cable', field: 'bitsPerSecond' },
    },
  ],
  chapters,
  charts: ['octetsUnderWay', 'framesSent', 'framesArrived'],
};
