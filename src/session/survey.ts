/**
 * The marks on the scrubber: the whole run, run once in the background on a run of its own. There
 * are at most some thousand marks; when there would be more, each kind is thinned evenly.
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
import { sentenceOf } from './sentences';

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
  fault: 'input',
  cut: 'input',
  mend: 'input',
  type: 'input',
};

/** Of one kind: one in `stride` is kept. */
type Row = { marks: Mark[]; seen: number; stride: number };

function labelOf(seen: Move | Note, names: Names): string {
  const note = seen.what as unknown as KernelNote;
  const text = note.kind === 'called' ? callText(note.call) : sentenceOf(seen, names);
  return text.replace(/\.$/, '');
}

function add(row: Row, seen: Move | Note, kind: Kind, names: Names): void {
  const kept = row.seen % row.stride === 0;
  row.seen += 1;
  if (!kept) return;
  const { at } = seen;
  row.marks.push({ at, timeNs: Math.max(0, at.timeNs), kind, label: labelOf(seen, names) });
  if (row.marks.length <= MOST_OF_A_KIND) return;
  row.marks = row.marks.filter((_, index) => index % 2 === 0);
  row.stride *= 2;
}

export class Survey {
  #scenario: Scenario;
  readonly #names: Names;
  readonly #rows = new Map<Kind, Row>();
  #run: history.Run;
  #finished = false;

  /** `interval`: work between its first checkpoints. */
  constructor(scenario: Scenario, inputs: readonly Input[], interval: number) {
    this.#scenario = scenario;
    this.#names = namesOf(scenario.world);
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
    const all = [...this.#rows.values()].flatMap(({ marks }) => marks);
    return all.toSorted((a, b) => compare(a.at, b.at));
  }

  /** One slice of the work. */
  proceed(): void {
    if (this.#finished) return;
    const { see } = this.#run.world;
    see.sink = {
      fine: false,
      move: (move) => this.#mark(move, MOVES[move.kind]),
      note: (note) => this.#mark(note, NOTES[note.kind]),
    };
    this.#finished = history.runTo(this.#run, endOf(this.#scenario.endsAtNs), SLICE_EVENTS);
    see.sink = null;
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
    for (const row of this.#rows.values()) {
      row.marks = row.marks.filter(({ at }) => compare(at, from) <= 0);
      row.seen = row.marks.length * row.stride;
    }
  }

  #mark(seen: Move | Note, kind: Kind | undefined): void {
    if (kind === undefined) return;
    const row = this.#rows.get(kind) ?? { marks: [], seen: 0, stride: 1 };
    this.#rows.set(kind, row);
    add(row, seen, kind, this.#names);
  }
}
