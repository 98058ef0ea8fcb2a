/**
 * One sentence for every move and note, in the words of whoever learns. What a part of the engine
 * says for itself is said beside that part; here are the world's own doings and who did them.
 */
import {
  type CableParameter,
  callText,
  kernelSentence,
  summarise,
  type CableNote,
  type Deed,
  type KernelNote,
  type Move,
  type Note,
  type Plain,
} from '../../simulator';
import { cableOf, titleOf, type Names } from './names';
import { isInside } from './inside';
import { wordSentence } from './processorWords';

const hexadecimal = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;
const octets = (count: number): string => (count === 1 ? '1 octet' : `${count} octets`);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
/** The engine's records are plain data of many shapes; where a field lies follows from their kind. */
type Carried = {
  readonly kind: string;
  readonly name?: string;
  readonly line: string;
  readonly pc: number;
  readonly octets: Uint8Array;
  readonly copyOf?: number;
  readonly lengthOctets: number;
  readonly why: string;
};
const carried = (what: Plain): Carried => what as unknown as Carried;
const isMove = (seen: Move | Note): seen is Move => 'departNs' in seen;

/** Text that was printed or typed, short enough for a sentence. */
function quoted(text: Uint8Array): string {
  const line = String.fromCharCode(...text.subarray(0, 80)).trimEnd();
  const [first = ''] = line.split('\n');
  return `“${first}${first.length < line.length || text.length > 80 ? '…' : ''}”`;
}

const isEnter = (text: Uint8Array): boolean => text.length === 1 && text[0] === 10;

const LINES: Readonly<Record<string, string>> = {
  nic: 'the network interface',
  timer: 'the timer',
  console: 'the keyboard',
};

type Words = (move: Move, names: Names) => string;

/** `client.process.1` */
const processOf = (path: string): string => `Process ${path.split('.')[2] ?? '?'}`;

function callSentence(move: Move, names: Names): string {
  const on = `on ${titleOf(names, move.from)}`;
  if (!move.from.includes('.process.')) {
    const { name } = carried(move.what);
    return `A program ${on} executes ecall: ${name ?? 'a system call'}.`;
  }
  return `${processOf(move.from)} ${on} calls ${callText(move.what as never)}.`;
}

const MOVES: Readonly<Record<string, Words>> = {
  frame: (move, names) => {
    const { octets: sent, copyOf } = carried(move.what);
    const sender = titleOf(names, move.from);
    const what = copyOf === undefined ? 'sends a frame' : 'has a copy of its frame on the way';
    return `${sender} ${what}: ${summarise(sent)}.`;
  },
  call: callSentence,
  return: (move, names) => {
    const { name } = carried(move.what);
    const process = processOf(move.to).toLowerCase();
    return `${name} returns to ${process} on ${titleOf(names, move.to)}.`;
  },
  interrupt: (move, names) => {
    const { line } = carried(move.what);
    return `${capital(LINES[line] ?? line)} of ${titleOf(names, move.from)} interrupts its processor.`;
  },
  trap: (move, names) => {
    const { pc } = carried(move.what);
    return `A program on ${titleOf(names, move.from)} traps at pc 0x${pc.toString(16)}.`;
  },
  key: (move, names) => {
    const { octets: typed } = carried(move.what);
    const what = isEnter(typed) ? 'presses Enter' : `types ${quoted(typed)}`;
    return `Somebody ${what} on the keyboard of ${titleOf(names, move.from)}.`;
  },
  print: (move, names) => {
    const { octets: printed } = carried(move.what);
    const what = isEnter(printed)
      ? 'goes to the next line of its display'
      : `prints ${quoted(printed)}`;
    return `${titleOf(names, move.from)} ${what}.`;
  },
  dma: (move, names) => {
    const { kind, lengthOctets } = carried(move.what);
    const how = kind === 'stored' ? 'into' : 'out of';
    const count = octets(lengthOctets);
    return `The network interface of ${titleOf(names, move.from)} copies ${count} ${how} RAM (DMA).`;
  },
};

const FAULTS = {
  drop: 'drops',
  corrupt: 'flips a bit of',
  delay: 'delays',
  duplicate: 'duplicates',
} as const;

type Setting = { readonly field: CableParameter; readonly value: number };

const ofFrames = (perMillion: number): string => `${perMillion / 10_000} % of its frames are`;

const SETTINGS: { readonly [field in CableParameter]: (value: number) => string } = {
  bitsPerSecond: (value) => `${value / 1_000_000} Mbit/s`,
  lengthMetres: (value) => `${value} m long`,
  delayNs: (value) => `${value / 1_000_000} ms more each way`,
  jitterNs: (value) => `each frame takes up to ${value / 1_000_000} ms longer`,
  lossPerMillion: (value) => `${ofFrames(value)} lost`,
  duplicatePerMillion: (value) => `${ofFrames(value)} doubled`,
  corruptPerMillion: (value) => `${ofFrames(value)} damaged`,
};

const settingText = ({ field, value }: Setting): string => SETTINGS[field](value);

function deedSentence(deed: Deed, names: Names): string {
  switch (deed.kind) {
    case 'fault': {
      const which = deed.frame === undefined ? 'the next frame' : `frame ${deed.frame}`;
      return `Somebody ${FAULTS[deed.fault.kind]} ${which} on ${cableOf(names, deed.cable)}.`;
    }
    case 'cut':
      return `Somebody cuts ${cableOf(names, deed.cable)}.`;
    case 'mend':
      return `Somebody mends ${cableOf(names, deed.cable)}.`;
    case 'set':
      return `Somebody changes ${cableOf(names, deed.cable)}: ${settingText(deed)}.`;
    case 'type':
      return `Somebody types ${quoted(deed.octets)} on ${titleOf(names, deed.host)}.`;
    case 'flip':
      return `Somebody flips bit ${deed.bit} of the octet at ${hexadecimal(deed.address)} in the RAM of ${titleOf(names, deed.host)}.`;
    case 'kill':
      return `Somebody kills process ${deed.process} on ${titleOf(names, deed.host)}.`;
    case 'frame':
      return `A frame comes in from outside: ${summarise(deed.octets)}.`;
  }
}

type Flipped = { readonly address: number; readonly was: number; readonly is: number };
type Flying = Extract<CableNote, { readonly flight: object }>;

function flightSentence(note: Flying, cable: string, names: Names): string {
  const ends = names.ends[cable] ?? ['', ''];
  const to = titleOf(names, ends[note.flight.from === 0 ? 1 : 0]);
  const said = summarise(note.flight.octets);
  switch (note.kind) {
    case 'arrived':
      return `A frame reaches ${to}: ${said}.`;
    case 'lost':
      return `A frame for ${to} is lost, ${note.why}: ${said}.`;
    case 'faulted':
      return `The frame for ${to} (${said}) suffers a fault: ${note.fault.kind}.`;
  }
}

function cableSentence({ part, what }: Note, names: Names): string {
  // What somebody does to a cable and what the cable says of it differ by this field.
  if (typeof what === 'object' && what !== null && 'cable' in what)
    return deedSentence(what as unknown as Deed, names);
  const note = what as unknown as CableNote;
  if ('flight' in note) return flightSentence(note, part, names);
  switch (note.kind) {
    case 'cut':
      return `${capital(cableOf(names, part))} is cut: nothing gets through.`;
    case 'mended':
      return `${capital(cableOf(names, part))} is whole again.`;
    case 'changed':
      return `${capital(cableOf(names, part))} is another from now on: ${settingText(note)}.`;
    case 'armed':
      return `The next frame on ${cableOf(names, part)} will suffer a fault: ${note.fault.kind}.`;
    case 'ignored':
      return `Nothing was done to ${cableOf(names, part)}: ${note.why}.`;
  }
}

function osSentence(what: Plain, title: string): string {
  const note = what as unknown as KernelNote;
  if (note.kind === 'booted')
    return `${title} starts: its kernel sets up the network driver and its programs.`;
  return kernelSentence(note);
}

function nicSentence(what: Plain, title: string): string {
  const { why, lengthOctets } = carried(what);
  return `The network interface of ${title} drops a frame of ${octets(lengthOctets)}: ${why}.`;
}

function ramSentence(what: Plain, title: string): string {
  const { address, was, is } = what as unknown as Flipped;
  return `The octet at ${hexadecimal(address)} of ${title} was ${was} and is now ${is}: a bit of RAM has flipped.`;
}

function noteSentence(note: Note, names: Names): string {
  const { part, kind, what } = note;
  const [name = '', ...path] = part.split('.');
  if (name in names.ends) return cableSentence(note, names);
  if (path[0] === 'os') return osSentence(what, titleOf(names, part));
  if (path[0] === 'ram') return ramSentence(what, titleOf(names, part));
  if (path[0] === 'nic') return nicSentence(what, titleOf(names, part));
  if (path.length === 0 && kind === 'emerged')
    return `A frame leaves the world at ${titleOf(names, part)}: ${summarise(carried(what).octets)}.`;
  if (path.length === 0) return deedSentence(what as unknown as Deed, names);
  return `${titleOf(names, part)}: ${kind}.`;
}

/** What happened, in one sentence. Nothing that the engine records leaves it without one. */
export function sentenceOf(seen: Move | Note, names: Names): string {
  if (!isMove(seen)) return noteSentence(seen, names);
  if (isInside(seen)) return wordSentence(seen, names);
  const words = MOVES[seen.kind];
  return words?.(seen, names) ?? `${titleOf(names, seen.from)}: ${seen.kind}.`;
}
