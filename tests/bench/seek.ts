/** `seek` to random times of a run of a million events. */
import { endOf, run as history } from '../../simulator';
import type { Bench, Measure } from './bench';
import { floodWorld } from './flood';

const EVENTS = 1_000_000;
const SEEKS = 400;

function seekAtRandom(): readonly Measure[] {
  const run = history.create(floodWorld(8));
  history.runTo(run, endOf(Number.MAX_SAFE_INTEGER / 2), EVENTS);
  const endNs = run.world.at.timeNs;
  // Park and Miller's minimal standard generator: the same times on every machine.
  let dice = 1;
  const times = Array.from({ length: SEEKS }, () => {
    dice = (dice * 48_271) % 2_147_483_647;
    const timeNs = Math.floor((dice / 2_147_483_647) * endNs);
    const began = performance.now();
    history.seekTime(run, timeNs);
    return performance.now() - began;
  }).toSorted((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(share * (SEEKS - 1))] ?? 0;
  return [
    { name: 'median seek', value: at(0.5), unit: 'ms' },
    { name: '99th percentile', value: at(0.99), unit: 'ms', atMost: 50 },
  ];
}

export const seekBench: Bench = {
  name: 'seek',
  what: `${SEEKS} seeks to random times of a run of ${EVENTS} events`,
  run: seekAtRandom,
};
