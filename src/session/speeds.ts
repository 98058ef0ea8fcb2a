/** The stops of the speed control, for each tempo of playback. */

/** `step`: each step takes the same time on the wall; `time`: virtual time, scaled. */
export type Tempo = 'step' | 'time';

export type Stop = {
  /** Steps a wall second, or virtual seconds a wall second. */
  readonly value: number;
  readonly label: string;
};

const steps = (value: number): Stop => ({
  value,
  label: value === 1 ? '1 step a second' : `${value} steps a second`,
});

const UNITS = ['ns', 'µs', 'ms'] as const;

/** `1 µs = 1 s`: that much virtual time in a second on the wall. */
const scaled = (nanoseconds: number): Stop => {
  let amount = nanoseconds;
  let unit = 0;
  while (amount >= 1000 && unit < UNITS.length) {
    amount /= 1000;
    unit += 1;
  }
  return { value: nanoseconds / 1e9, label: `${amount} ${UNITS[unit] ?? 's'} = 1 s` };
};

export const SPEEDS: { readonly [tempo in Tempo]: readonly Stop[] } = {
  step: [0.5, 1, 2, 4, 8].map(steps),
  time: [
    ...[1, 10, 100],
    ...[1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5],
    ...[1e6, 1e7, 1e8],
    1e9,
  ].map(scaled),
};

/** Where the control stands at first: one step a second; 5 µs a second, about one frame's flight. */
export const FIRST_STOP: { readonly [tempo in Tempo]: number } = { step: 1, time: 5 };

/** The nearest stop that there is. */
export function clampStop(tempo: Tempo, index: number): number {
  return Math.min(SPEEDS[tempo].length - 1, Math.max(0, Math.trunc(index)));
}
