/** Modelled programs between their system calls: the host hands over replies and takes calls. */
import type { ProgramEffect, ProgramInput } from '../contract/program';
import * as seen from '../contract/see';
import type { Cause } from '../contract/see';
import { get, set } from '../contract/table';
import type { Nanos } from '../contract/time';
import type { Computer, Due } from './computer';
import { pathOf, recordInstant } from './devices';
import { programNamed } from './programs/registry';

/** Everything that is due at `now`, in order. */
export function handOverDue(computer: Computer, now: Nanos): void {
  const { fields } = computer;
  for (let due = fields.due[0]; due !== undefined && due.atNs <= now; due = fields.due[0]) {
    fields.due.shift();
    handOver(computer, due, now);
  }
}

function handOver(computer: Computer, due: Due, now: Nanos): void {
  const { fields, see } = computer;
  const { process, what } = due;
  if (what.kind === 'start') {
    const { start } = programNamed(what.program);
    fields.programs = set(fields.programs, process, { program: what.program, state: start });
    runProgram(computer, process, { kind: 'start', arguments: what.arguments }, now, due.cause);
    return;
  }
  const { tag, name, reply } = what;
  const self = seen.nextCause(see);
  if (seen.watched(see)) {
    const seenAs = { self, kind: 'return', cause: due.cause };
    const way = { from: 'os', to: `process.${process}` };
    recordInstant(computer, seenAs, way, now, { name, tag, reply });
  }
  runProgram(computer, process, { kind: 'returned', tag, reply }, now, self);
}

function runProgram(
  computer: Computer,
  process: number,
  input: ProgramInput,
  now: Nanos,
  cause: Cause | null,
): void {
  const { fields, see } = computer;
  const running = get(fields.programs, process);
  // A process that has exited takes nothing any more.
  if (running === undefined) return;
  const next = programNamed(running.program).step(running.state, input, now);
  fields.programs = set(fields.programs, process, { program: running.program, state: next.state });
  if (seen.watched(see)) seen.notes(see, pathOf(computer, `process.${process}`), next.notes, cause);
  else seen.unheard(see, next.notes.length);
  for (const effect of next.effects) obey(computer, process, effect, now, cause);
}

function obey(
  computer: Computer,
  process: number,
  effect: ProgramEffect,
  now: Nanos,
  cause: Cause | null,
): void {
  const { fields, see, costs } = computer;
  if (effect.kind === 'compute') {
    const from = Math.max(now, fields.busyUntilNs);
    fields.busyUntilNs = from + effect.cycles * costs.cycleNs;
    return;
  }
  const { tag, call } = effect;
  const self = seen.nextCause(see);
  if (seen.watched(see)) {
    const way = { from: `process.${process}`, to: 'os' };
    recordInstant(computer, { self, kind: 'call', cause }, way, now, call);
  }
  fields.pending.push({ process, tag, call, cause: self });
}
