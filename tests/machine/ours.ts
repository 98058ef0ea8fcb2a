/** A random program on the simulator, until it stands at `done`. */
import { COSTS } from '../../simulator/contract/costs';
import { readCsr, writeCsr } from '../../simulator/cpu/csrs';
import { createBare, type Bare } from '../../simulator/host/bare';
import type { EngineName } from '../../simulator/host/processor';
import { csrNumber } from '../../simulator/isa/rv32/csrs';
import { addressOf, IMAGE, OCTETS } from './frame';
import type { Program } from './program';
import { COMPARED, settled, type Outcome } from './outcome';

/** Instructions after which a program counts as one without end. */
const MOST = 20_000;

const numberOf = (name: string): number => {
  const number = csrNumber(name);
  if (number === undefined) throw new Error(`no CSR ${name}`);
  return number;
};

function prepared(program: Program, engine: EngineName): Bare {
  const image = { ...IMAGE, segments: [{ ...IMAGE.segments[0]!, octets: program.octets }] };
  const bare = createBare(image, 16 << 20, engine, COSTS);
  if (typeof bare === 'string') throw new Error(bare);
  const { cpu } = bare;
  for (const [name, value] of program.csrs) writeCsr(cpu, numberOf(name), value >>> 0);
  for (const [index, value] of program.registers.entries()) cpu.x[index + 1] = value;
  cpu.pc = program.pc;
  cpu.mode = program.mode;
  return bare;
}

/** Null when it sleeps, or does not come to its end. */
export function runOurs(program: Program, engine: EngineName): Outcome | null {
  const bare = prepared(program, engine);
  const { cpu, ports } = bare;
  const done = addressOf('done');
  const longestNs = 40 * COSTS.cycleNs;
  while (cpu.pc !== done) {
    const reason = bare.engine.run(cpu, ports, cpu.atNs + longestNs);
    if (reason === 'wait' || cpu.atNs > MOST * longestNs) return null;
  }
  return {
    registers: Array.from(cpu.x, (value) => value >>> 0),
    pc: cpu.pc,
    mode: cpu.mode,
    csrs: COMPARED.map(({ name, mask }) => (readCsr(cpu, numberOf(name)) & mask) >>> 0),
    octets: settled(bare.ram.octets.slice(0, OCTETS)),
  };
}
