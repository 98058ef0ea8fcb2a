/** What a benchmark is, and how its numbers are printed. */

export type Measure = {
  readonly name: string;
  readonly value: number;
  /** Spelled out: `ms`, `events/s`. */
  readonly unit: string;
  /** What the project asks for; missing it fails the run. */
  readonly atLeast?: number;
  readonly atMost?: number;
};

export type Bench = {
  /** Also named in config/hot.js, beside the files whose shape it pays for. */
  readonly name: string;
  readonly what: string;
  readonly run: () => readonly Measure[] | Promise<readonly Measure[]>;
};

export function isMet({ value, atLeast, atMost }: Measure): boolean {
  return value >= (atLeast ?? -Infinity) && value <= (atMost ?? Infinity);
}

/** `  echo round trips     61,234 /s     asked: at least 60,000`. */
export function sentence(measure: Measure): string {
  const { name, value, unit, atLeast, atMost } = measure;
  const number = value.toLocaleString('en', { maximumSignificantDigits: 4 });
  const asked = [
    atLeast === undefined ? '' : `at least ${atLeast.toLocaleString('en')}`,
    atMost === undefined ? '' : `at most ${atMost.toLocaleString('en')}`,
  ].filter((part) => part !== '');
  const tail = asked.length === 0 ? '' : `  asked: ${asked.join(', ')}`;
  const missed = isMet(measure) ? '' : '  MISSED';
  return `  ${name.padEnd(36)} ${number.padStart(12)} ${unit.padEnd(12)}${tail}${missed}`.trimEnd();
}
