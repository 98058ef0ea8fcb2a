/**
 * Everything coarse that a run showed, in the order of the run, some twenty octets each: when, from
 * where to where and of what kind. Words, ids and causes are had again by running the event again.
 * Segments of fixed size grow one by one, so that nothing is copied as the run gets longer.
 */
import {
  compare,
  INSTRUCTION,
  OUTSIDE,
  type Move,
  type Note,
  type Position,
} from '../../simulator';
import { isMove, NOT_IN_LOG } from './stretch';

/** When it departs and arrives; a note is of one time, and nothing comes before time begins. */
export function spanOf(seen: Move | Note): readonly [departNs: number, arriveNs: number] {
  if (isMove(seen)) return [seen.departNs, seen.arriveNs];
  const timeNs = Math.max(0, seen.at.timeNs);
  return [timeNs, timeNs];
}

export const endsOf = (seen: Move | Note): readonly [from: string, to: string] =>
  isMove(seen) ? [seen.from, seen.to] : [seen.part, seen.part];

/** What many records have in common. A note is said at one part: `from` and `to` are the same. */
export type Shape = {
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  readonly move: boolean;
  /** Has the log a line of it. */
  readonly line: boolean;
};

/** A stretch of records, and the events that they are of; both counted from its first. */
export type Segment = {
  /** Index of its first record in the run. */
  readonly first: number;
  records: number;
  events: number;
  /** When the last of its moves arrives. */
  untilNs: number;
  /** Of each record. */
  readonly event: Uint16Array;
  readonly shape: Uint16Array | Uint32Array;
  /** Time from the event to the departure, and from there to the arrival. */
  readonly delayNs: Uint32Array;
  readonly flightNs: Uint32Array;
  /** Of each event. */
  readonly timeNs: Float64Array;
  readonly source: Uint32Array;
  readonly n: Uint32Array;
};

/** An event has two records in the mean. */
const RECORDS = 8192;
const EVENTS = 4096;
/** Stands for the largest numbers of a position, and for a time that is kept apart. */
const LARGEST = 0xffff_ffff;
const SHORT = 0x1_0000;

function segment(first: number, shapes: number): Segment {
  const wide = shapes + RECORDS > SHORT;
  return {
    first,
    records: 0,
    events: 0,
    untilNs: -1,
    event: new Uint16Array(RECORDS),
    shape: wide ? new Uint32Array(RECORDS) : new Uint16Array(RECORDS),
    delayNs: new Uint32Array(RECORDS),
    flightNs: new Uint32Array(RECORDS),
    timeNs: new Float64Array(EVENTS),
    source: new Uint32Array(EVENTS),
    n: new Uint32Array(EVENTS),
  };
}

export class Records {
  /** Another number for another run: what was read of the one before may no longer be so. */
  generation = 0;
  readonly segments: Segment[] = [];
  readonly shapes: Shape[] = [];
  /** How many there are of each shape. */
  readonly counts: number[] = [];
  readonly #numbers = new Map<string, number>();
  /** Departure and arrival of those that take longer than a segment can say. */
  readonly #long = new Map<number, readonly [number, number]>();
  #last: Position | null = null;

  get length(): number {
    const last = this.segments.at(-1);
    return last === undefined ? 0 : last.first + last.records;
  }

  add(seen: Move | Note): void {
    const shape = this.#shapeOf(seen);
    const at = this.#eventFor(seen.at);
    const index = at.records;
    const timeNs = at.timeNs[at.events - 1] as number;
    at.records += 1;
    at.event[index] = at.events - 1;
    at.shape[index] = shape;
    this.counts[shape] = (this.counts[shape] as number) + 1;
    const [departNs, arriveNs] = spanOf(seen);
    at.untilNs = Math.max(at.untilNs, arriveNs);
    const delayNs = departNs - timeNs;
    const flightNs = arriveNs - departNs;
    const long = delayNs >= LARGEST || flightNs >= LARGEST;
    if (long) this.#long.set(at.first + index, [departNs, arriveNs]);
    at.delayNs[index] = long ? LARGEST : delayNs;
    at.flightNs[index] = Math.min(flightNs, LARGEST);
  }

  /** Forgets what came after `last`. */
  truncate(last: Position): void {
    this.generation += 1;
    for (let end = this.segments.at(-1); end !== undefined; end = this.segments.at(-1)) {
      while (end.records > 0 && compare(this.position(end, end.records - 1), last) > 0)
        this.#drop(end);
      if (end.records > 0) break;
      this.segments.pop();
    }
    const end = this.segments.at(-1);
    this.#last = end === undefined ? null : this.position(end, end.records - 1);
  }

  /** Which event the record with this index in `of` is of. */
  position(of: Segment, index: number): Position {
    const event = of.event[index] as number;
    const source = of.source[event] as number;
    const n = of.n[event] as number;
    return {
      timeNs: of.timeNs[event] as number,
      source: source === LARGEST ? OUTSIDE : source,
      n: n === LARGEST ? INSTRUCTION : n,
      micro: 0,
    };
  }

  departNs(of: Segment, index: number): number {
    const delayNs = of.delayNs[index] as number;
    if (delayNs === LARGEST) return this.#long.get(of.first + index)?.[0] ?? 0;
    return (of.timeNs[of.event[index] as number] as number) + delayNs;
  }

  arriveNs(of: Segment, index: number): number {
    if (of.delayNs[index] === LARGEST) return this.#long.get(of.first + index)?.[1] ?? 0;
    return this.departNs(of, index) + (of.flightNs[index] as number);
  }

  /** How many records of the same event come before it. */
  ordinal(of: Segment, index: number): number {
    const event = of.event[index];
    let first = index;
    while (first > 0 && of.event[first - 1] === event) first -= 1;
    if (first > 0 || of.first === 0) return index - first;
    // The event may have begun in the segment before, which was full.
    const before = this.holding(of.first - 1);
    const last = before.records - 1;
    if (compare(this.position(before, last), this.position(of, 0)) !== 0) return index;
    return index + this.ordinal(before, last) + 1;
  }

  /** The segment that holds record `index` of the run. */
  holding(index: number): Segment {
    const later = this.segments.findIndex(({ first }) => first > index);
    return this.segments.at(later < 0 ? -1 : later - 1) as Segment;
  }

  #drop(end: Segment): void {
    end.records -= 1;
    const index = end.records;
    const shape = end.shape[index] as number;
    this.counts[shape] = (this.counts[shape] as number) - 1;
    this.#long.delete(end.first + index);
    end.events = index === 0 ? 0 : (end.event[index - 1] as number) + 1;
  }

  /** The segment for a record of the event at `at`, which is its last event. */
  #eventFor(at: Position): Segment {
    const last = this.segments.at(-1);
    const same = this.#last !== null && compare(this.#last, at) === 0;
    if (last !== undefined && last.records < RECORDS && (same || last.events < EVENTS)) {
      if (!same) this.#begin(last, at);
      return last;
    }
    const next = segment(this.length, this.shapes.length);
    this.segments.push(next);
    this.#begin(next, at);
    return next;
  }

  #begin(end: Segment, at: Position): void {
    this.#last = at;
    end.timeNs[end.events] = at.timeNs;
    end.source[end.events] = Math.min(at.source, LARGEST);
    end.n[end.events] = Math.min(at.n, LARGEST);
    end.events += 1;
  }

  #shapeOf(seen: Move | Note): number {
    const { kind } = seen;
    const move = isMove(seen);
    const [from, to] = endsOf(seen);
    const key = `${kind} ${from} ${move ? to : ''}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.shapes.length);
    this.counts.push(0);
    return this.shapes.push({ kind, from, to, move, line: !NOT_IN_LOG.has(kind) }) - 1;
  }
}
