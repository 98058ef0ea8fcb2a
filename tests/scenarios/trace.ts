/**
 * A run told line by line: when, who, what. Frames as the dissector sums them up, the kernel's own
 * sentences about programs, what was printed, what somebody outside did and what came of it.
 */
import {
  kernelSentence,
  lengthened,
  run as history,
  summarise,
  type CableNote,
  type Deed,
  type Fault,
  type Input,
  type KernelNote,
  type Move,
  type Note,
  type Scenario,
} from '../../simulator';

/** Of a run with a fault, what the programs call is left out: the story is the network's. */
type Telling = { readonly calls: boolean };

const TOLD: ReadonlySet<KernelNote['kind']> = new Set(['exited', 'killed', 'rejected']);
const TOLD_OF_TCP: ReadonlySet<string> = new Set(['retransmitted', 'gaveUp', 'changed']);

function isTold(note: KernelNote, { calls }: Telling): boolean {
  if (note.kind === 'tcp') return TOLD_OF_TCP.has(note.note.kind);
  // That a program exits is said once, by the kernel.
  if (note.kind === 'called') return calls && note.call.kind !== 'exit';
  return TOLD.has(note.kind);
}

function cableLine(note: CableNote | Deed): string | null {
  if ('cable' in note)
    return `somebody outside: ${note.kind === 'fault' ? note.fault.kind : note.kind}`;
  if (note.kind === 'lost') return `lost, ${note.why}: ${summarise(note.flight.octets)}`;
  if (note.kind === 'faulted') return `${note.fault.kind}: ${summarise(note.flight.octets)}`;
  return null;
}

function noteLine({ part, what }: Note, telling: Telling): string | null {
  const [, inner] = part.split('.');
  if (inner === 'os') {
    const note = what as unknown as KernelNote;
    return isTold(note, telling) ? kernelSentence(note) : null;
  }
  if (inner === 'nic') return `the interface drops a frame: ${(what as { why: string }).why}`;
  return cableLine(what as unknown as CableNote | Deed);
}

const inLines = (octets: Uint8Array): string[] =>
  new TextDecoder().decode(octets).replace(/\n$/, '').split('\n');

/** What a frame or a print carries. */
type Carried = { readonly cable: string; readonly number: number; readonly octets: Uint8Array };

function moveLines({ kind, what }: Move): string[] {
  const { octets } = what as unknown as Carried;
  if (kind === 'frame') return [`--> ${summarise(octets)}`];
  if (kind === 'key') return [octets[0] === 10 ? 'somebody presses Enter' : 'somebody types'];
  return kind === 'print' ? inLines(octets).map((line) => `prints | ${line}`) : [];
}

type Line = { readonly atNs: number; readonly path: string; readonly said: string };

const textOf = ({ atNs, path, said }: Line): string =>
  `${(atNs / 1000).toFixed(2).padStart(10)} µs  ${(path.split('.')[0] ?? '').padEnd(6)}  ${said}`;

/** The run up to its end; with inputs, until their consequences are over. */
export function traceOf(scenario: Scenario, inputs: readonly Input[] = []): string {
  const { world, endsAtNs } = lengthened(scenario, inputs);
  const telling = { calls: inputs.length === 0 };
  const lines: Line[] = [];
  const run = history.create(world, inputs);
  run.world.see.sink = {
    fine: false,
    move: (move) => {
      for (const said of moveLines(move))
        lines.push({ atNs: move.departNs, path: move.from, said });
    },
    note: (note) => {
      const said = noteLine(note, telling);
      if (said !== null) lines.push({ atNs: note.at.timeNs, path: note.part, said });
    },
  };
  history.seekTime(run, endsAtNs);
  const sorted = lines.toSorted((a, b) => a.atNs - b.atNs);
  return sorted.map((line) => `${textOf(line).trimEnd()}\n`).join('');
}

/** The first frame whose summary has `words` suffers `fault`, half-way along the cable. */
export function faultOn(scenario: Scenario, words: string, fault: Fault): Input {
  const run = history.create(scenario.world);
  const found: Input[] = [];
  run.world.see.sink = {
    fine: false,
    note: () => undefined,
    move: ({ kind, departNs, arriveNs, what }) => {
      if (kind !== 'frame') return;
      const { cable, number, octets } = what as unknown as Carried;
      if (!summarise(octets).includes(words)) return;
      const atNs = Math.floor((departNs + arriveNs) / 2);
      found.push({ atNs, deed: { kind: 'fault', cable, fault, frame: number } });
    },
  };
  history.seekTime(run, scenario.endsAtNs);
  const [first] = found;
  if (first === undefined) throw new Error(`${scenario.slug} has no frame "${words}"`);
  return first;
}
