/**
 * Who acts next: the parts of a world by the time of their next wake, and by their number when the
 * time is the same. An indexed binary heap (Sedgewick and Wayne, Algorithms, 4th ed., §2.4), hot:
 * its owner changes it in place; a checkpoint keeps the times alone and rebuilds it.
 */
import { NEVER, type Nanos } from '../contract/time';

export type Agenda = {
  /** For each part, when it wakes; NEVER when it does not. */
  readonly atNs: Float64Array;
  /** Parts, heap-ordered. */
  readonly heap: Int32Array;
  /** For each part, its place in the heap. */
  readonly place: Int32Array;
};

export function create(parts: number): Agenda {
  const atNs = new Float64Array(parts).fill(NEVER);
  const heap = Int32Array.from({ length: parts }, (_, part) => part);
  return { atNs, heap, place: heap.slice() };
}

function earlier({ atNs }: Agenda, a: number, b: number): boolean {
  const difference = (atNs[a] as number) - (atNs[b] as number);
  return difference < 0 || (difference === 0 && a < b);
}

function put(agenda: Agenda, place: number, part: number): void {
  agenda.heap[place] = part;
  agenda.place[part] = place;
}

function rise(agenda: Agenda, from: number): number {
  const part = agenda.heap[from] as number;
  let place = from;
  while (place > 0) {
    const above = Math.floor((place - 1) / 2);
    const other = agenda.heap[above] as number;
    if (!earlier(agenda, part, other)) break;
    put(agenda, place, other);
    place = above;
  }
  put(agenda, place, part);
  return place;
}

function sink(agenda: Agenda, from: number): void {
  const { heap } = agenda;
  const part = heap[from] as number;
  let place = from;
  for (;;) {
    let below = 2 * place + 1;
    if (below >= heap.length) break;
    const right = below + 1;
    if (right < heap.length && earlier(agenda, heap[right] as number, heap[below] as number))
      below = right;
    const other = heap[below] as number;
    if (!earlier(agenda, other, part)) break;
    put(agenda, place, other);
    place = below;
  }
  put(agenda, place, part);
}

/** Part `part` now wakes at `atNs`. */
export function arm(agenda: Agenda, part: number, atNs: Nanos): void {
  if (agenda.atNs[part] === atNs) return;
  agenda.atNs[part] = atNs;
  sink(agenda, rise(agenda, agenda.place[part] as number));
}

/** The part that wakes first. An agenda has at least one part. */
export function first(agenda: Agenda): number {
  return agenda.heap[0] as number;
}

/** Puts back the times that a checkpoint kept. */
export function restore(agenda: Agenda, atNs: Float64Array): void {
  agenda.atNs.set(atNs);
  for (let place = Math.floor(agenda.heap.length / 2); place >= 0; place--) sink(agenda, place);
}
