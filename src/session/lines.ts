/** The lines of the log of a whole run that pass a filter, counted by segment so that any is soon found. */
import { compare, type Position } from '../../simulator';
import { passing } from './filter';
import type { Filter } from './happenings';
import type { Records, Segment } from './records';

/** A list of records in the order of the run, which may still grow. */
export type Listing = {
  readonly total: number;
  /** Indexes of the records from the `offset`th line on. */
  readonly page: (offset: number, count: number) => number[];
  /** How many are at or before `at`. */
  readonly upTo: (at: Position) => number;
};

export class Lines implements Listing {
  readonly #records: Records;
  readonly #filter: Filter;
  /** How many pass of each segment that is full. */
  #full: number[] = [];
  #generation: number;

  constructor(records: Records, filter: Filter) {
    this.#records = records;
    this.#filter = filter;
    this.#generation = records.generation;
  }

  get total(): number {
    const passes = this.#passes;
    return this.#records.segments.reduce((sum, _, number) => sum + this.#count(number, passes), 0);
  }

  page(offset: number, count: number): number[] {
    const passes = this.#passes;
    const found: number[] = [];
    let skipped = 0;
    for (const [number, of] of this.#records.segments.entries()) {
      if (found.length >= count) break;
      const here = this.#count(number, passes);
      if (skipped + here <= offset) {
        skipped += here;
        continue;
      }
      for (let index = 0; index < of.records && found.length < count; index++) {
        if (passes[of.shape[index] as number] !== 1) continue;
        if (skipped++ >= offset) found.push(of.first + index);
      }
    }
    return found;
  }

  upTo(at: Position): number {
    const passes = this.#passes;
    let before = 0;
    for (const [number, of] of this.#records.segments.entries()) {
      if (!this.#reaches(of, of.records - 1, at)) before += this.#count(number, passes);
      else return before + this.#countUpTo(of, at, passes);
    }
    return before;
  }

  get #passes(): Uint8Array {
    const { generation, shapes } = this.#records;
    if (generation !== this.#generation) this.#full = [];
    this.#generation = generation;
    return passing(shapes, this.#filter, 'lines');
  }

  /** Does the record come after `at`. */
  #reaches(of: Segment, index: number, at: Position): boolean {
    return compare(this.#records.position(of, index), at) > 0;
  }

  #countUpTo(of: Segment, at: Position, passes: Uint8Array): number {
    let count = 0;
    for (let index = 0; index < of.records && !this.#reaches(of, index, at); index++)
      count += passes[of.shape[index] as number] as number;
    return count;
  }

  #count(number: number, passes: Uint8Array): number {
    const known = this.#full[number];
    if (known !== undefined) return known;
    const { segments } = this.#records;
    const of = segments[number] as Segment;
    let count = 0;
    for (let index = 0; index < of.records; index++)
      count += passes[of.shape[index] as number] as number;
    if (number < segments.length - 1) this.#full[number] = count;
    return count;
  }
}
