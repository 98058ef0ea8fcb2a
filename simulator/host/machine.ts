/**
 * An instruction-level processor and where it meets the modelled kernel: the trap vector is the
 * gate page; a fetch from it, in machine mode, makes the kernel do one piece of work, which leaves
 * by MRET to a process in user mode, or waits (WFI) for the next interrupt. Traps, their CSRs and
 * physical memory protection are real; what the kernel costs occupies the processor.
 */
import { CALL, type CallName } from '../contract/call';
import { INSTRUCTION } from '../contract/position';
import * as seen from '../contract/see';
import { get } from '../contract/table';
import { NEVER, type Nanos } from '../contract/time';
import { spend } from '../cpu/counters';
import {
  confine,
  entryOf,
  idle,
  isPending,
  leftBehind,
  openGate,
  resumeUser,
  type Entry,
  type Left as Behind,
} from '../cpu/gate';
import { EXCEPTION, INTERRUPT } from '../cpu/status';
import { setPending } from '../cpu/trap';
import { dueNs } from '../hardware/clint';
import * as nic from '../hardware/nic';
import * as plic from '../hardware/plic';
import type { Input } from '../os/effects';
import type { Computer } from './computer';
import { recordInstant, SOURCES, wakeNic } from './devices';
import { enterKernel, nextKill, takeInterrupt, type Left } from './kernel';
import type { Machine } from './processor';
import { handOverDue } from './programs';

/** When a device or a modelled program next does something; instructions have boundaries. */
export function wakeAt(computer: Computer, { cpu }: Machine): Nanos {
  const { fields } = computer;
  // What was typed is told to the interrupt controller by a wake of its own.
  if (fields.console.typed.length > 0 && !plic.isUp(fields.plic, SOURCES.console)) return 0;
  // So is what somebody outside asks of the kernel, as an interrupt of software.
  if (fields.kills.length > 0 && !isPending(cpu, INTERRUPT.software)) return 0;
  const timer = isPending(cpu, INTERRUPT.timer) ? NEVER : dueNs(fields.clint);
  return Math.min(nic.wakeAt(computer.nic), fields.due[0]?.atNs ?? NEVER, timer);
}

/** The time of the next instruction boundary; NEVER while the processor sleeps. */
export function boundaryOf({ cpu }: Machine): Nanos {
  return cpu.waiting ? NEVER : cpu.atNs;
}

/** Tells the interrupt controller what the devices' lines say now. */
function tellController({ fields, nic: card }: Computer): void {
  const withNic = plic.raise(fields.plic, SOURCES.nic, nic.asserts(card));
  fields.plic = plic.raise(withNic, SOURCES.console, fields.console.typed.length > 0);
}

/** Tells the interrupt controller, and the processor, what the lines say now. */
function raiseLines(computer: Computer, { cpu }: Machine, now: Nanos): void {
  const { fields, costs } = computer;
  tellController(computer);
  setPending(cpu, INTERRUPT.external, plic.asserts(fields.plic), now, costs);
  setPending(cpu, INTERRUPT.timer, dueNs(fields.clint) <= now, now, costs);
  // A modelled program's call is an interrupt between processors: it asks the kernel to look.
  const software = fields.clint.software || fields.pending.length > 0 || fields.kills.length > 0;
  setPending(cpu, INTERRUPT.software, software, now, costs);
}

/** Everything that is due at `now` besides instructions. */
export function wake(computer: Computer, machine: Machine, now: Nanos): void {
  wakeNic(computer, now);
  handOverDue(computer, now);
  raiseLines(computer, machine, now);
}

/**
 * Runs instructions that begin before `beforeNs`, but at most one piece of kernel work: after one
 * the devices may have earlier wakes than the caller knew of. Everything that begins up to and with
 * the answer is done.
 */
export function runMachine(computer: Computer, machine: Machine, beforeNs: Nanos): Nanos {
  const { cpu, ports, engine } = machine;
  const stopped = engine.run(cpu, ports, beforeNs);
  // An instruction that reached for a device ends the stretch, before its time is up.
  if (stopped === 'device') return Math.min(cpu.atNs, beforeNs) - 1;
  if (stopped !== 'gate') return beforeNs - 1;
  const gateNs = cpu.atNs;
  enterGate(computer, machine);
  return gateNs;
}

/** The kernel's work at the gate, as one instruction of the processor. */
function enterGate(computer: Computer, machine: Machine): void {
  const { cpu } = machine;
  const now = cpu.atNs;
  seen.enter(computer.see, { timeNs: now, source: computer.number, n: INSTRUCTION, micro: 0 });
  const entry = entryOf(cpu);
  const behind = leftBehind(cpu);
  if (entry.kind === 'reset') openGate(cpu);
  const left = serve(computer, entry, behind, now);
  // What was served is no request any more: a processor that goes to sleep must not wake for it.
  raiseLines(computer, machine, now);
  leave(computer, machine, left, entry.kind === 'reset' ? null : behind);
  spend(cpu, (left.doneNs - now) / computer.costs.cycleNs, computer.costs);
  raiseLines(computer, machine, now);
}

function serve(computer: Computer, entry: Entry, behind: Behind | null, now: Nanos): Left {
  const { fields } = computer;
  if (entry.kind === 'reset') {
    fields.booted = true;
    fields.plic = plic.enable(plic.enable(fields.plic, SOURCES.nic), SOURCES.console);
    return enterKernel(computer, { kind: 'boot' }, now, null);
  }
  if (entry.kind === 'exception') return trap(computer, entry, behind, now);
  if (entry.line === INTERRUPT.external) return external(computer, behind, now);
  if (entry.line === INTERRUPT.timer) return interrupted(computer, 'timer', behind, now);
  const kill = nextKill(computer);
  if (kill !== null) {
    const { process } = kill;
    const input = { kind: 'kill', process } as const;
    const told = behind === null ? input : { ...input, context: behind };
    return enterKernel(computer, told, now, kill.cause);
  }
  const first = fields.pending.shift();
  if (first === undefined) return { doneNs: now + computer.costs.cycleNs, resume: null };
  const { process, tag, call, cause } = first;
  return enterKernel(computer, { kind: 'call', process, tag, call }, now, cause);
}

/** Claims what the controller lets through, serves it, and completes it. */
function external(computer: Computer, behind: Behind | null, now: Nanos): Left {
  const { fields } = computer;
  const { state, source } = plic.claim(fields.plic);
  fields.plic = state;
  // The line may have gone down between the trap and the claim: a claim of nothing (§8).
  if (source === 0) return { doneNs: now + computer.costs.cycleNs, resume: null };
  const line = source === SOURCES.nic ? 'nic' : 'console';
  const left = interrupted(computer, line, behind, now);
  // What was served is no request any more when the gateway looks at the line again (§1.2).
  tellController(computer);
  fields.plic = plic.complete(fields.plic, source);
  return left;
}

function interrupted(
  computer: Computer,
  line: 'nic' | 'timer' | 'console',
  behind: Behind | null,
  now: Nanos,
): Left {
  const { input, cause } = takeInterrupt(computer, line, now);
  const told: Input = behind === null ? input : { ...input, context: behind };
  return enterKernel(computer, told, now, cause);
}

const CALL_NAMES: ReadonlyMap<number, CallName> = new Map(
  Object.entries(CALL).map(([name, number]) => [number, name as CallName]),
);

const A7 = 17;

function trap(
  computer: Computer,
  { cause, value }: Extract<Entry, { kind: 'exception' }>,
  behind: Behind | null,
  now: Nanos,
): Left {
  const { registers, pc } = behind ?? { registers: [], pc: 0 };
  const self = seen.nextCause(computer.see);
  if (seen.watched(computer.see)) {
    const isCall = cause === EXCEPTION.callFromUser;
    const number = registers[A7] ?? 0;
    const name = CALL_NAMES.get(number) ?? `call ${number}`;
    const what = isCall ? { name, number, pc } : { trap: cause, value, pc };
    const seenAs = { self, kind: isCall ? 'call' : 'trap', cause: null };
    recordInstant(computer, seenAs, { from: 'cpu', to: 'os' }, now, what);
  }
  return enterKernel(computer, { kind: 'trap', cause, value, registers, pc }, now, self);
}

/** Out of the gate: to the process that the kernel chose, back to the one it interrupted, or idle. */
function leave(
  computer: Computer,
  { cpu }: Machine,
  { resume }: Left,
  behind: Behind | null,
): void {
  if (resume === null || resume.process === null) {
    if (resume === null && behind !== null) resumeUser(cpu, behind);
    else idle(cpu);
    return;
  }
  const memory = get(computer.fields.kernel.processes, resume.process)?.memory ?? null;
  if (memory !== null) confine(cpu, memory.from, memory.to);
  resumeUser(cpu, resume);
}
