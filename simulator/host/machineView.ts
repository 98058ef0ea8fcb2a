/** What a screen can ask of an instruction-level processor at a moment. */
import { get, values } from '../contract/table';
import type { Nanos } from '../contract/time';
import type { AluUse, Latches } from '../cpu/control/latches';
import { readCsr } from '../cpu/csrs';
import { entryOf } from '../cpu/gate';
import { MACHINE, SUPERVISOR, USER } from '../cpu/state';
import { CSR, csrNumber } from '../isa/rv32/csrs';
import { decode, octetsOf } from '../isa/rv32/decode';
import { disassemble } from '../isa/rv32/disassemble';
import { explain } from '../isa/rv32/explain';
import { registerName } from '../isa/rv32/registers';
import { symbolLookup, type SymbolLookup } from '../isa/symbolAt';
import type { Computer } from './computer';
import type { Machine } from './processor';
import type { MachineProgram } from './spec';

export type InstructionView = {
  readonly address: number;
  /** 16 bits of an instruction that has no more. */
  readonly word: number;
  readonly octets: 2 | 4;
  /** As the assembler writes it. */
  readonly text: string;
  /** What it does, in one sentence; empty when it is no instruction. */
  readonly explanation: string;
  /** The line of the program's source, counted from 1; null without one. */
  readonly line: number | null;
};

export type MachineView = {
  readonly kind: 'rv32';
  readonly pc: number;
  readonly mode: 'user' | 'supervisor' | 'machine';
  /** Sleeps (WFI) until an interrupt. */
  readonly waiting: boolean;
  /** At the gate the next thing is kernel work, which is modelled. */
  readonly atGate: boolean;
  readonly boundaryNs: Nanos;
  readonly cycles: number;
  readonly retired: number;
  readonly registers: readonly { readonly name: string; readonly value: number }[];
  readonly csrs: readonly { readonly name: string; readonly value: number }[];
  /** The instruction at the pc, or the one that has begun; null where no RAM is. */
  readonly instruction: InstructionView | null;
  /** Some instructions before and after it. */
  readonly around: readonly InstructionView[];
  /** Inside an instruction: the control unit's state and latches; null between instructions. */
  readonly inside: Latches | null;
  /** What the ALU did last inside this instruction, or in the one that has just ended. */
  readonly alu: AluUse | null;
  readonly program: {
    readonly name: string;
    readonly source: string;
    readonly memory: { readonly from: number; readonly to: number } | null;
    /** The line with which its process goes on when it is resumed; null while it runs, and after. */
    readonly resumesLine: number | null;
  } | null;
};

/** What a trap of machine mode writes comes first. */
const SHOWN = [
  'mstatus',
  'mcause',
  'mepc',
  'mtval',
  'mtvec',
  'mscratch',
  'mie',
  'mip',
  'medeleg',
  'mideleg',
  'mcounteren',
  'misa',
  'pmpcfg0',
  'pmpaddr0',
  'pmpaddr1',
  'satp',
  'stvec',
  'sepc',
  'scause',
  'stval',
  'sscratch',
] as const;

const AROUND = 8;

const MODES = { [USER]: 'user', [SUPERVISOR]: 'supervisor', [MACHINE]: 'machine' } as const;

/** The program of the process on the processor; without one, of the first that could be. */
function programOf({ spec, fields }: Computer): MachineProgram | null {
  const { current, processes } = fields.kernel;
  const name = current === null ? null : get(processes, current)?.name;
  const machine = spec.programs.filter((program) => program.kind === 'machine');
  return machine.find((program) => program.name === name) ?? machine[0] ?? null;
}

/** A line may have made several instructions. */
function lineAt(program: MachineProgram | null, address: number): number | null {
  const made = program?.image.lines.find(
    (line) => address >= line.address && address < line.address + line.lengthOctets,
  );
  return made?.line ?? null;
}

/** The 16 or 32 bits of what would be an instruction there; null where no RAM is. */
function wordAt(port: Computer['port'], address: number): number | null {
  if (address % 2 !== 0 || !port.holds(address, 2)) return null;
  const aligned = address - (address % 4);
  const both = port.load32(aligned);
  const half = address === aligned ? both % 0x1_0000 : Math.floor(both / 0x1_0000);
  if (octetsOf(half) === 2) return half;
  return port.holds(address, 4) ? port.load32(address) : null;
}

/**
 * Addresses of some instructions before and after the one at `address`. Backwards they can only be
 * guessed, as their lengths differ: from the farthest place from which one leads to another up to
 * `address`.
 */
function addressesAround(port: Computer['port'], address: number): number[] {
  const next = (at: number): number => at + octetsOf(wordAt(port, at) ?? 3);
  const upTo = (from: number): number[] => {
    const found: number[] = [];
    for (let at = from; at < address; at = next(at)) found.push(at);
    return next(found.at(-1) ?? address) === address ? found : [];
  };
  let before: number[] = [];
  for (let from = address - 4 * AROUND; before.length === 0 && from < address; from += 2)
    before = upTo(from);
  const after = [address];
  while (after.length <= AROUND) after.push(next(after.at(-1) ?? address));
  return [...before.slice(-AROUND), ...after];
}

function instructionAt(
  { port }: Computer,
  program: MachineProgram | null,
  symbolAt: SymbolLookup,
  address: number,
): InstructionView | null {
  const word = wordAt(port, address);
  if (word === null) return null;
  const decoded = decode(word);
  const place = { address, symbolAt };
  return {
    address,
    word,
    octets: octetsOf(word),
    text: disassemble(word, place),
    explanation: decoded === null ? '' : explain(decoded, place),
    line: lineAt(program, address),
  };
}

function programView({ fields }: Computer, program: MachineProgram): MachineView['program'] {
  const { name, source } = program;
  const { current, processes } = fields.kernel;
  const running = current === null ? null : (get(processes, current) ?? null);
  const waiting = values(processes).find((each) => each.name === name && each.state !== 'exited');
  const resumes = running === null ? (waiting?.context?.pc ?? null) : null;
  return {
    name,
    source,
    memory: running?.memory ?? null,
    resumesLine: resumes === null ? null : lineAt(program, resumes),
  };
}

function pairOf(low: number, high: number): number {
  return high * 0x1_0000_0000 + low;
}

export function machineView(
  computer: Computer,
  { cpu }: Machine,
  inside: Latches | null,
  lastAlu: AluUse | null,
): MachineView {
  const program = programOf(computer);
  const symbolAt = program === null ? (): null => null : symbolLookup(program.image);
  const at = (where: number): InstructionView | null =>
    instructionAt(computer, program, symbolAt, where);
  // While an instruction is under way the pc may already have moved on.
  const address = inside === null ? cpu.pc : inside.oldPc;
  return {
    kind: 'rv32',
    pc: cpu.pc,
    mode: MODES[cpu.mode],
    waiting: cpu.waiting,
    atGate: cpu.mode === MACHINE && !cpu.waiting && entryOf(cpu).kind !== 'reset',
    boundaryNs: cpu.atNs,
    cycles: pairOf(readCsr(cpu, CSR.mcycle), readCsr(cpu, CSR.mcycleh)),
    retired: pairOf(readCsr(cpu, CSR.minstret), readCsr(cpu, CSR.minstreth)),
    registers: Array.from(cpu.x, (value, index) => ({
      name: registerName(index),
      value: value < 0 ? value + 0x1_0000_0000 : value,
    })),
    csrs: SHOWN.map((name) => ({ name, value: readCsr(cpu, csrNumber(name) ?? 0) })),
    instruction: at(address),
    around: addressesAround(computer.port, address).flatMap((each) => at(each) ?? []),
    inside: inside === null ? null : { ...inside },
    alu: inside === null ? lastAlu : inside.alu,
    program: program === null ? null : programView(computer, program),
  };
}
