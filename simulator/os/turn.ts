/**
 * One turn of the kernel: a copy of its state that this step may write, and what the step has said
 * and ordered so far. Kernel time is added up and ordered as one `spend` just before the next
 * effect that somebody outside can see, so that a reply or a frame leaves when the work is done.
 */
import type { ErrorName } from '../contract/call';
import type { Reply } from '../contract/program';
import { NONE, type Outcome } from '../contract/outcome';
import type { RamPort } from '../contract/ram';
import type { Nanos } from '../contract/time';
import type { Effect, Work } from './effects';
import type { Note } from './notes';
import type { Kernel } from './state';

type Draft<T> = { -readonly [field in keyof T]: T[field] };

export type Turn = {
  readonly kernel: Draft<Kernel>;
  readonly ram: RamPort;
  readonly now: Nanos;
  readonly effects: Effect[];
  /** Null while nobody listens; then what would be said is only counted. */
  readonly notes: Note[] | null;
  said: number;
  /** Packets from us to us, with headroom; they are received at the end of the turn. */
  readonly looped: Uint8Array[];
  cycles: number;
  /** What most recently took time. */
  work: Work;
};

/** Field by field: a spread of so many fields, some of them doubles, costs ten times as much. */
function copyOf(kernel: Kernel): Draft<Kernel> {
  return {
    config: kernel.config,
    processes: kernel.processes,
    nextPid: kernel.nextPid,
    ready: kernel.ready,
    current: kernel.current,
    sliceEndsAtNs: kernel.sliceEndsAtNs,
    sleepers: kernel.sleepers,
    console: kernel.console,
    sockets: kernel.sockets,
    nextSocket: kernel.nextSocket,
    pings: kernel.pings,
    datagrams: kernel.datagrams,
    connections: kernel.connections,
    listeners: kernel.listeners,
    socketsWakeAtNs: kernel.socketsWakeAtNs,
    rings: kernel.rings,
    queue: kernel.queue,
    network: kernel.network,
    identification: kernel.identification,
    stream: kernel.stream,
    timerAtNs: kernel.timerAtNs,
  };
}

export function begin(kernel: Kernel, now: Nanos, ram: RamPort, isHeard: boolean): Turn {
  return {
    kernel: copyOf(kernel),
    ram,
    now,
    effects: [],
    notes: isHeard ? [] : null,
    said: 0,
    looped: [],
    cycles: 0,
    work: 'call',
  };
}

export function spend(turn: Turn, cycles: number, work: Work): void {
  turn.cycles += cycles;
  turn.work = work;
}

/** Copying between a process, the kernel and a buffer takes time by the octet. */
export function spendCopy(turn: Turn, lengthOctets: number): void {
  if (lengthOctets === 0) return;
  spend(turn, Math.ceil(lengthOctets / turn.kernel.config.costs.kernel.copyOctetsPerCycle), 'copy');
}

function flush(turn: Turn): void {
  if (turn.cycles === 0) return;
  turn.effects.push({ kind: 'spend', cycles: turn.cycles, what: turn.work });
  turn.cycles = 0;
}

export function order(turn: Turn, effect: Effect): void {
  flush(turn);
  turn.effects.push(effect);
}

export function say(turn: Turn, note: Note): void {
  turn.said += 1;
  turn.notes?.push(note);
}

/**
 * True when somebody listens; otherwise the note that would now be said counts as said. What is
 * said of each frame and call asks first: to build notes for nobody took a tenth of a ping flood.
 */
export function isHeard(turn: Turn): boolean {
  if (turn.notes !== null) return true;
  turn.said += 1;
  return false;
}

/** `said`: how many notes there are, or would be if somebody listened. */
export type Turned = Outcome<Kernel, Effect, Note> & { readonly said: number };

export function end(turn: Turn): Turned {
  flush(turn);
  const { kernel, effects, notes, said } = turn;
  return { state: kernel, effects, notes: notes ?? NONE, said };
}

export const done = (value: number): Reply => ({ ok: true, value });
export const fail = (error: ErrorName): Reply => ({ ok: false, error });
