/**
 * The whole run, run once in the background on a run of its own: for the marks on the scrubber, for
 * the records that its history is told from, and for the charts. There are at most some thousand
 * marks; when there would be more, each kind is thinned evenly.
 */
import {
  callText,
  compare,
  endOf,
  run as history,
  START,
  type Input,
  type KernelNote,
  type Move,
  type Note,
  type Scenario,
} from '../../simulator';
import { namesOf, type Names } from './names';
import type { Mark } from './protocol';
import { Records } from './records';
import { sentenceOf } from './sentences';
import { Sampler } from './series';

type Kind = Mark['kind'];

const MOST_OF_A_KIND = 800;
const SLICE_EVENTS = 64;

const MOVES: Readonly<Record<string, Kind>> = { frame: 'frame', print: 'print' };
const NOTES: Readonly<Record<string, Kind>> = {
  lost: 'lost',
  dropped: 'lost',
  called: 'call',
  exited: 'exit',
  killed: 'exit',
};

const INPUTS = new Set(['fault', 'cut', 'mend', 'type']);

/** What somebody does to a part and what the part says of it differ by the name of the part. */
function kindOf({ kind, what }: Note): Kind | undefined {
  const named = typeof what === 'object' && what !== null && ('cable' in what || 'host' in what);
  return INPUTS.has(kind) ? (named ? 'input' : undefined) : NOTES[kind];
}

/** `order` tells marks of one position apart, whatever their kinds. */
type Kept = { readonly mark: Mark; readonly order: number };

/** Of one kind: one in `stride` is kept. */
type Row = { kept: Kept[]; seen: number; stride: number };

function labelOf(seen: Move | Note, names: Names): string {
  const note = seen.what as unknown as KernelNote;
  const text = note.kind === 'called' ? callText(note.call) : sentenceOf(seen, names);
  return text.replace(/\.$/, '');
}

function thin(row: Row): void {
  row.kept = row.kept.filter((_, index) => index % 2 === 0);
  row.stride *= 2;
}

export class Survey {
  readonly records = new Records();
  /** What the charts draw; it is shown the world as it goes by. */
  readonly sampler: Sampler;
  #scenario: Scenario;
  readonly #names: Names;
  readonly #rows = new Map<Kind, Row>();
  #run: history.Run;
  #seen = 0;
  /** Events since the charts were read off. */
  #unread = 0;
  #finished = false;

  /** `interval`: work between its first checkpoints. */
  constructor(scenario: Scenario, inputs: readonly Input[], interval: number) {
    this.#scenario = scenario;
    this.#names = namesOf(scenario.world);
    this.sampler = new Sampler(scenario.charts);
    this.#run = history.create(scenario.world, inputs);
    this.#run.interval = interval;
  }

  get finished(): boolean {
    return this.#finished;
  }

  /** All checkpoints of the run, for whoever goes the same way. */
  get run(): history.Run {
    return this.#run;
  }

  get doneToNs(): number {
    return this.#finished ? this.#scenario.endsAtNs : Math.max(0, this.#run.world.at.timeNs);
  }

  get marks(): Mark[] {
    const all = [...this.#rows.values()].flatMap(({ kept }) => kept);
    return all.toSorted((a, b) => a.order - b.order).map(({ mark }) => mark);
  }

  /** One slice of the work. */
  proceed(): void {
    if (this.#finished) return;
    const { see } = this.#run.world;
    see.sink = {
      fine: false,
      move: (move) => this.#see(move, MOVES[move.kind]),
      note: (note) => this.#see(note, kindOf(note)),
    };
    const until = endOf(this.#scenario.endsAtNs);
    for (let done = 0; done < SLICE_EVENTS && !this.#finished;) {
      const most = Math.min(SLICE_EVENTS - done, this.sampler.stride - this.#unread);
      this.#finished = history.runTo(this.#run, until, most);
      done += most;
      this.#sample(most);
    }
    see.sink = null;
  }

  /** So many events have gone by; the charts are read off at the end too. */
  #sample(events: number): void {
    this.#unread += events;
    if (this.#unread < this.sampler.stride && !this.#finished) return;
    this.#unread = 0;
    this.sampler.sample(this.#run.world);
  }

  /** What is left cannot be looked through. */
  giveUp(): void {
    this.#finished = true;
  }

  /** The log is another one: what both share keeps its marks, the rest is looked through again. */
  changed(scenario: Scenario, inputs: readonly Input[]): void {
    this.#scenario = scenario;
    this.#run = history.withInputs(this.#run, inputs);
    this.#finished = false;
    const last = this.#run.checkpoints.at(-1);
    if (last !== undefined) history.approach(this.#run, this.#run.world, last.at);
    const from = last?.at ?? START;
    this.records.truncate(from);
    this.sampler.forget(from.timeNs);
    this.#unread = 0;
    for (const [kind, row] of this.#rows) {
      row.kept = row.kept.filter(({ mark }) => compare(mark.at, from) <= 0);
      row.seen = row.kept.length * row.stride;
      if (row.kept.length === 0) this.#rows.delete(kind);
    }
  }

  #see(seen: Move | Note, kind: Kind | undefined): void {
    this.records.add(seen);
    if (kind === undefined) return;
    const row = this.#rows.get(kind) ?? { kept: [], seen: 0, stride: 1 };
    this.#rows.set(kind, row);
    const order = this.#seen++;
    if (row.seen++ % row.stride !== 0) return;
    const { at } = seen;
    const timeNs = Math.max(0, at.timeNs);
    row.kept.push({ mark: { at, timeNs, kind, label: labelOf(seen, this.#names) }, order });
    if (row.kept.length > MOST_OF_A_KIND) thin(row);
  }
}
