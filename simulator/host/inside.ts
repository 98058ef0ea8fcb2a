/**
 * Inside an instruction: the control unit taken micro-step by micro-step on the live processor.
 * Between two micro-steps the world stands still; the instruction's time passes with its last one.
 */
import { assert } from '../contract/outcome';
import * as seen from '../contract/see';
import { beginInstruction, type AluUse, type Latches } from '../cpu/control/latches';
import { microStep } from '../cpu/control/step';
import { stopAt } from '../cpu/engine';
import type { Computer } from './computer';
import { pathOf } from './devices';

/** Null when the processor would not begin an instruction now: it waits, or the kernel runs. */
export function beginInside({ machine }: Computer): Latches | null {
  if (machine === null) return null;
  const { cpu, ports } = machine;
  return stopAt(cpu, ports, cpu.atNs + 1) === null ? beginInstruction(cpu) : null;
}

/** One micro-step; true when it was the last of its instruction. */
export function stepInside(computer: Computer, latches: Latches): boolean {
  const { machine, see } = computer;
  assert(machine !== null, 'a processor is inside an instruction');
  const watched = see.sink?.fine === true;
  const path = (place: string): string => pathOf(computer, `cpu.${place}`);
  microStep(
    machine.cpu,
    latches,
    machine.ports,
    watched
      ? ({ kind, from, to, value }) => {
          seen.fineMove(see, kind, { from: path(from), to: path(to), cause: null }, { value });
        }
      : undefined,
  );
  return latches.state === 'done';
}

export type { AluUse, Latches };
