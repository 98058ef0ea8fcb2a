/**
 * One server for every trial: the web on port 80, echo on 7 (TCP and UDP),
 * discard on 9. Computer A sends in bulk;
 * with `bridge network-lab` a real computer takes its place, and sends what it likes.
 */
import { host, type Scenario } from '../../simulator';
import { chapters } from './chapters';

export const scenario: Scenario = {
  slug: 'network-lab',
  version: 1,
  title: 'Network lab',
  summary:
    'Computer A sends 20,000 octets to a server that throws them away: segments go out as fast as acknowledgments let them.',
  world: {
    seed: 1,
    hosts: [
      host('client', 'Computer A', '02:00:00:00:00:0a', '10.0.0.1/24', [
        {
          kind: 'modelled',
          name: 'bulk',
          arguments: { destination: '10.0.0.2', port: 9, octets: 20_000, delayNs: 50_000 },
        },
      ]),
      host('server', 'Computer B', '02:00:00:00:00:0b', '10.0.0.2/24', [
        { kind: 'modelled', name: 'httpd', arguments: { port: 80 } },
        { kind: 'modelled', name: 'echo', arguments: { port: 7 } },
        { kind: 'modelled', name: 'discard', arguments: { port: 9 } },
        { kind: 'modelled', name: 'udp-echo', arguments: { port: 7 } },
      ]),
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
  endsAtNs: 2_400_000,
  longestNs: 5_000_000_000,
  faults: ['drop', 'corrupt', 'delay', 'duplicate', 'cut', 'flip', 'kill'],
  invariants: [
    'frames-conserved',
    'arrivals-counted',
    'corrupted-refused',
    'frame-size',
    'nothing-comes-early',
    'acknowledged-was-sent',
    'acknowledged-is-there',
    'stream-unchanged',
    'one-process-runs',
  ],
  measures: ['framesSent', 'framesArrived', 'framesLost'],
  knobs: [],
  chapters,
  charts: ['octetsUnderWay', 'unacknowledged', 'unread', 'framesLost'],
};
