/** A client program on Computer A gets a page from a server program on Computer B. */
import { host, type Scenario } from '../../simulator';
import { chapters } from './chapters';
import { knobs } from './knobs';
import { client, server } from './programs';

/** When both programs wait: the client for a key, the server for a caller. */
const ENTER_NS = 20_000;

export const scenario: Scenario = {
  slug: 'fetch-a-page',
  version: 2,
  title: 'Fetch a page',
  summary:
    'A client program on Computer A asks a server program on Computer B for a page, instruction by instruction and octet by octet.',
  world: {
    seed: 1,
    hosts: [
      {
        ...host('client', 'Computer A', '02:00:00:00:00:0a', '10.0.0.1/24', [client]),
        keyboard: [{ atNs: ENTER_NS, text: '\n' }],
      },
      host('server', 'Computer B', '02:00:00:00:00:0b', '10.0.0.2/24', [server]),
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
  endsAtNs: 420_000,
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
    'x0-is-zero',
    'one-process-runs',
    'memory-is-private',
  ],
  measures: ['framesSent', 'framesArrived', 'framesLost'],
  knobs,
  chapters,
  charts: ['processorAtWork', 'octetsUnderWay', 'unacknowledged', 'unread', 'framesLost'],
};
