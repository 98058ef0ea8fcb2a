/**
 * A JavaScript engine compiles the interpreter's loop for what it has seen, and throws the code
 * away when something new comes: a program of 120 million instructions lost a third of its time to
 * that. So the loop is shown every case once, on a processor of its own, before it works. Nothing
 * of this reaches a run.
 */
import { COSTS } from '../../contract/costs';
import { NO_ANSWER } from '../../contract/bus';
import { RAM_BASE } from '../../contract/map';
import type { Operands } from '../../isa/rv32/operands';
import { encode } from '../../isa/rv32/encode';
import { rowNamed, type Row } from '../../isa/rv32/table';
import { CLEAN, type Ports } from '../engine';
import { create } from '../state';
import { CODES, cyclesOf } from './codes';
import { createPages } from './pages';
import { stretch, viewsOf, type Mirror } from './stretch';
import { createWindows, renew } from './windows';

const PAGE = 4096;
const PAGES = 3;
/** A JavaScript engine begins to take notes after some calls. */
const TIMES = 40;
const [RD, A, B, DATA, HERE] = [5, 6, 7, 8, 9] as const;

const word = (name: string, operands: Partial<Operands>): number =>
  encode(rowNamed(name) as Row, operands);

/** Goes on behind itself: a jump through a register needs to know where it is. */
const throughRegister = (rd: number): number[] => [
  word('auipc', { rd: HERE }),
  word('jalr', { rd, rs1: HERE, imm: 8 }),
];

function wordsOf(name: string): number[] {
  const row = rowNamed(name);
  if (name === 'j') return [word('jal', { imm: 4 })];
  if (name === 'jr') return throughRegister(0);
  if (name === 'jalr') return throughRegister(1);
  if (row === undefined) return [];
  const operands = { rd: RD, rs1: A, rs2: B, imm: 4 };
  const isData = row.class === 'load' || row.class === 'store';
  if (isData) return [word(name, { ...operands, rs1: DATA })];
  // Both ways out of a branch lead on.
  if (row.class === 'branch') return [word(name, operands), word(name, { ...operands, rs1: B })];
  return [word(name, operands), word(name, { ...operands, rs2: 0 })];
}

/** Every case once, then over to the next page by a jump, and to the last by its end. */
function program(): number[] {
  const words = [...CODES.flatMap(wordsOf), word('fence', {})];
  const last = 2 * PAGE - 4;
  return [...words, word('jal', { imm: last - words.length * 4 })];
}

function scratch(): { readonly ports: Ports; readonly mirror: Mirror } {
  const octets = new Uint8Array(PAGES * PAGE);
  const view = new DataView(octets.buffer);
  program().forEach((each, index) => {
    view.setUint32(index * 4, each, true);
  });
  view.setUint32(2 * PAGE - 4, word('addi', { rd: RD }), true);
  const clean = new Uint8Array(PAGES).fill(CLEAN);
  const ram = { base: RAM_BASE, octets, clean, touch: (page: number) => (clean[page] = 0) };
  const bus = { read: () => NO_ANSWER, write: () => false };
  return {
    ports: { bus, ram, costs: COSTS, gate: false },
    mirror: {
      views: viewsOf(ram),
      pages: createPages(ram, cyclesOf(COSTS)),
      windows: createWindows(ram),
      done: { pc: 0, cycles: 0, retired: 0, walked: 0, cut: false },
    },
  };
}

/** Once in a thread is enough. The answer is where it stops: the end of the second page. */
export function prime(): number {
  const { ports, mirror } = scratch();
  for (let time = 0; time < TIMES; time++) {
    const cpu = create(RAM_BASE, 0);
    cpu.x[A] = -3;
    cpu.x[B] = 0x7fff_fff1;
    cpu.x[DATA] = RAM_BASE + 2 * PAGE + 64;
    // Another time as another processor, and with less to spend than it wants.
    cpu.epoch = time;
    renew(mirror.windows, cpu);
    stretch(cpu, ports, mirror, time % 2 === 0 ? 40 + time * 29 : 100_000);
  }
  return mirror.done.pc;
}
