/** What a reader may turn in this world: the cable as time runs, the clock from the start. */
import type { Knob } from '../../simulator';

export const knobs: readonly Knob[] = [
  {
    name: 'rate',
    title: 'Rate of the cable',
    means: 'How many bits a second go over the cable, each way.',
    range: {
      kind: 'number',
      unit: 'Mbit/s',
      least: 10,
      most: 1000,
      step: 10,
      preset: 100,
      times: 1e6,
    },
    sets: { of: 'cable', cable: 'cable', field: 'bitsPerSecond' },
  },
  {
    name: 'length',
    title: 'Length of the cable',
    means: 'A bit needs 5 ns for each metre, whatever the rate.',
    range: { kind: 'number', unit: 'm', least: 1, most: 100, step: 1, preset: 20 },
    sets: { of: 'cable', cable: 'cable', field: 'lengthMetres' },
  },
  {
    name: 'cycle',
    title: 'Clock cycle',
    means: 'How long one cycle of both processors takes; 10 ns are 100 MHz.',
    range: { kind: 'number', unit: 'ns', least: 2, most: 50, step: 1, preset: 10 },
    sets: { of: 'cost', cost: 'cycleNs' },
  },
];
