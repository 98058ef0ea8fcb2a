/**
 * The lines of the charts, read off while a run is looked through: step functions of virtual time
 * that hold a point only where the value changes. A long run is read off at every second event, then
 * every fourth…, so that a line never has more than some thousand points.
 */
import { CHARTS, readings, type Chart, type ChartName, type run } from '../../simulator';
import type { Series } from './happenings';

type World = run.Run['world'];
type Line = { readonly part: string | null; timesNs: number[]; values: number[] };

/** Of one line. */
const MOST_POINTS = 4_000;
/** Where there are more parts of a kind, their sum is drawn. */
const MOST_LINES = 8;

/** Every second point goes, and what follows stays where it was. */
function thin(line: Line): void {
  const kept = line.timesNs.map((_, i) => i % 2 === 0 || i === line.timesNs.length - 1);
  line.timesNs = line.timesNs.filter((_, i) => kept[i]);
  line.values = line.values.filter((_, i) => kept[i]);
}

function point(line: Line, timeNs: number, value: number): void {
  const last = line.timesNs.length - 1;
  if (line.values[last] === value) return;
  // Of several values at one time the last is what one sees after it.
  if (line.timesNs[last] === timeNs) line.values[last] = value;
  else {
    line.timesNs.push(timeNs);
    line.values.push(value);
  }
}

export class Sampler {
  readonly #names: readonly ChartName[];
  readonly #lines = new Map<string, Line>();
  /** One in so many events is read off. */
  #stride = 1;

  constructor(names: readonly ChartName[]) {
    this.#names = names;
  }

  /** How many events may go by before it is called again. */
  get stride(): number {
    return this.#stride;
  }

  /** The world as it stands after an event. */
  sample(world: World): void {
    if (this.#names.length === 0) return;
    const timeNs = Math.max(0, world.at.timeNs);
    for (const name of this.#names) this.#read(world, name, timeNs);
  }

  #read(world: World, name: ChartName, timeNs: number): void {
    const all = readings(world, [name]);
    const summed = all.length > MOST_LINES;
    const sum = all.reduce((total, { value }) => total + value, 0);
    const read = summed ? [{ part: null, value: sum }] : all;
    for (const { part, value } of read) {
      const key = `${name} ${part ?? ''}`;
      const line = this.#lines.get(key) ?? { part, timesNs: [], values: [] };
      this.#lines.set(key, line);
      point(line, timeNs, value);
      if (line.timesNs.length <= MOST_POINTS) continue;
      thin(line);
      this.#stride *= 2;
    }
  }

  /** What was read off after this time holds no longer. */
  forget(afterNs: number): void {
    for (const line of this.#lines.values()) {
      const kept = line.timesNs.filter((timeNs) => timeNs <= afterNs).length;
      line.timesNs.length = kept;
      line.values.length = kept;
    }
  }

  get series(): Series[] {
    return this.#names.flatMap((name) => {
      const { title, unit }: Chart = CHARTS[name];
      const lines = [...this.#lines].filter(([key]) => key.startsWith(`${name} `));
      return lines.map(([, { part, timesNs, values }]) => ({
        name,
        title,
        unit,
        part,
        timesNs: [...timesNs],
        values: [...values],
      }));
    });
  }
}
