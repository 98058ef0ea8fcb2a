/** A thousand computers on one stage: five hundred pings at the same time. */
import type { Scenario } from '../../simulator';
import { chapters } from './chapters';
import { world } from './world';

export const scenario: Scenario = {
  slug: 'crowd',
  version: 1,
  title: 'A thousand computers',
  summary:
    'Five hundred pairs of computers ping at the same time, over cables from 20 m to 40 km long.',
  world,
  endsAtNs: 900_000,
  longestNs: 5_000_000_000,
  faults: ['drop', 'corrupt', 'delay', 'duplicate', 'cut', 'kill'],
  invariants: [
    'frames-conserved',
    'arrivals-counted',
    'corrupted-refused',
    'frame-size',
    'nothing-comes-early',
  ],
  measures: ['framesSent', 'framesArrived', 'framesLost'],
  knobs: [],
  chapters,
  charts: [],
};
