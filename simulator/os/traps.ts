/**
 * Traps of machine code (privileged specification §3.1.15, table of mcause): an ecall is a system
 * call; anything else is the end of the process, as the default action of the signal that Linux
 * would send. The rest of the system goes on.
 */
import { add32 } from '../bits/words';
import { finishMachine } from './calls/answer';
import { decode } from './calls/decode';
import { makeCall } from './calls/perform';
import type { Input } from './effects';
import { endProcess } from './exit';
import type { Signal } from './notes';
import { processOf } from './processes';
import { saveContext } from './scheduler';
import { fail, say, spend, type Turn } from './turn';

type Trap = Extract<Input, { kind: 'trap' }>;

const ECALLS = [8, 9, 11];

/** Of each cause: the signal and its number, and what happened. */
const FATAL: { readonly [cause: number]: readonly [Signal, number, string] } = {
  0: ['SIGBUS', 7, 'it jumped to an address that is not a multiple of four'],
  1: ['SIGSEGV', 11, 'it jumped to an address where there is no memory for it'],
  2: ['SIGILL', 4, 'that is no instruction of this processor'],
  3: ['SIGTRAP', 5, 'it ran into a breakpoint'],
  4: ['SIGBUS', 7, 'it loaded from an address that is not aligned'],
  5: ['SIGSEGV', 11, 'it loaded from an address where it has no memory'],
  6: ['SIGBUS', 7, 'it stored to an address that is not aligned'],
  7: ['SIGSEGV', 11, 'it stored to an address where it has no memory'],
  12: ['SIGSEGV', 11, 'it jumped to a page that is not mapped for it'],
  13: ['SIGSEGV', 11, 'it loaded from a page that is not mapped for it'],
  15: ['SIGSEGV', 11, 'it stored to a page that is not mapped for it'],
};
const UNKNOWN = ['SIGILL', 4, 'the processor trapped for a reason that is not known here'] as const;

export function trapped(turn: Turn, trap: Trap): void {
  const pid = turn.kernel.current;
  if (pid === null) return;
  const { registers, cause } = trap;
  if (!ECALLS.includes(cause)) {
    saveContext(turn, { registers, pc: trap.pc });
    kill(turn, pid, trap);
    return;
  }
  // The process goes on behind the ecall, which is four octets long.
  saveContext(turn, { registers, pc: add32(trap.pc, 4) });
  const decoded = decode(turn, processOf(turn, pid), registers);
  if (decoded.ok) {
    makeCall(turn, { process: pid, tag: 0, call: decoded.call, target: decoded.target });
    return;
  }
  const { name } = processOf(turn, pid);
  const { number, error, why } = decoded;
  const { kernel: costs } = turn.kernel.config.costs;
  spend(turn, costs.entry + costs.systemCall, 'call');
  say(turn, { kind: 'rejected', process: pid, name, number, error, why });
  finishMachine(turn, processOf(turn, pid), fail(error));
}

/** As a shell reports it: 128 and the number of the signal. */
function kill(turn: Turn, pid: number, { cause, value, pc }: Trap): void {
  spend(turn, turn.kernel.config.costs.kernel.entry, 'call');
  const [signal, number, why] = FATAL[cause] ?? UNKNOWN;
  const { name } = processOf(turn, pid);
  say(turn, { kind: 'killed', process: pid, name, signal, why, pc, value });
  endProcess(turn, pid, 128 + number);
}
