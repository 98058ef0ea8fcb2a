/**
 * Looks for a text in the sentences of all lines that pass a filter: runs their events again in the
 * background, and what it has found so far can be read at any time.
 */
import { compare, type Position } from '../../simulator';
import type { Details, Surveyed } from './details';
import { fits, passing } from './filter';
import type { Filter } from './happenings';
import type { Listing } from './lines';
import type { Names } from './names';
import { endsOf, type Segment } from './records';
import { NOT_IN_LOG } from './stretch';
import type { Work } from './running';
import { sentenceOf } from './sentences';

export class Search implements Listing {
  readonly #survey: Surveyed;
  readonly #details: Details;
  readonly #names: Names;
  readonly #filter: Filter;
  readonly #text: string;
  /** Indexes of records. */
  readonly #found: number[] = [];
  /** So many records were looked through. */
  #looked = 0;
  #passes: Uint8Array;
  readonly #work: Work<void>;

  constructor(survey: Surveyed, details: Details, filter: Filter, text: string) {
    this.#survey = survey;
    this.#names = details.names;
    this.#details = details;
    this.#filter = filter;
    this.#text = text.toLowerCase();
    this.#passes = new Uint8Array();
    this.#work = this.#look();
  }

  /** Has all of the run that was surveyed been looked through. */
  get caughtUp(): boolean {
    return this.#looked >= this.#survey.records.length;
  }

  get total(): number {
    return this.#found.length;
  }

  page(offset: number, count: number): number[] {
    return this.#found.slice(offset, offset + count);
  }

  upTo(at: Position): number {
    const { records } = this.#survey;
    let low = 0;
    let high = this.#found.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const index = this.#found[middle] as number;
      const of = records.holding(index);
      if (compare(records.position(of, index - of.first), at) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** One slice of the work. */
  proceed(): void {
    if (!this.caughtUp) this.#work.next();
  }

  *#look(): Work<void> {
    for (;;) {
      const of = this.#next();
      if (of !== null) yield* this.#event(of, this.#looked - of.first);
      yield;
    }
  }

  /** Goes on to the next record that passes, if it is in the same segment: which is that. */
  #next(): Segment | null {
    if (this.caughtUp) return null;
    const { records } = this.#survey;
    const of = records.holding(this.#looked);
    const { shapes } = records;
    if (this.#passes.length < shapes.length) this.#passes = passing(shapes, this.#filter, 'lines');
    let index = this.#looked - of.first;
    while (index < of.records && this.#passes[of.shape[index] as number] !== 1) index += 1;
    this.#looked = of.first + index;
    return index < of.records ? of : null;
  }

  *#event(of: Segment, index: number): Work<void> {
    const first = of.first + index - this.#survey.records.ordinal(of, index);
    const all = yield* this.#details.event(of, index);
    for (const [ordinal, seen] of all.entries()) {
      if (first + ordinal < this.#looked || NOT_IN_LOG.has(seen.kind)) continue;
      const [from, to] = endsOf(seen);
      if (!fits(this.#filter, { kind: seen.kind, from, to })) continue;
      const sentence = sentenceOf(seen, this.#names).toLowerCase();
      if (sentence.includes(this.#text)) this.#found.push(first + ordinal);
    }
    this.#looked = Math.max(this.#looked + 1, first + all.length);
  }
}
