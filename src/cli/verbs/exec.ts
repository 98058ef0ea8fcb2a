/** `exec`: a program on one computer, bare or under the kernel. */
import { parseArgs } from 'node:util';
import {
  COSTS,
  createBare,
  hexAddress,
  printedBy,
  retiredOf,
  runBare,
  tohostOf,
  wordsBetween,
  type Bare,
  type EngineName,
  type Image,
} from '../../../simulator';
import type { Executed } from '../executed';
import { failed, misused } from '../failure';
import { writeOctets } from '../files';
import { loadProgram } from '../load';
import { runProcess } from '../process';
import type { Verb } from '../verb';
import { parseWhole } from '../words';

const RAM_OCTETS = 0x800_0000;
const MOST_INSTRUCTIONS = 1_000_000_000;

function runOnBare(image: Image, engine: EngineName, most: number): Executed {
  const bare = createBare(image, RAM_OCTETS, engine, COSTS);
  if (typeof bare === 'string') throw failed(bare);
  const ended = runBare(bare, most);
  const tohost = tohostOf(bare);
  const at = `at ${hexAddress(bare.cpu.pc)}`;
  const why = {
    tohost: tohost === 1 ? '' : `test ${Math.floor(tohost / 2)} failed (tohost is ${tohost})`,
    asleep: `it sleeps (WFI) ${at} and no interrupt will ever come`,
    most: `it did not end within ${most} instructions; it stands ${at}`,
  }[ended];
  return {
    exit: null,
    tohost: tohost === 0 ? null : tohost,
    instructions: retiredOf(bare),
    stdout: printedBy(bare),
    why,
    signature: signatureOf(bare, image),
  };
}

/** From begin_signature to end_signature; null where the program has them not. */
function signatureOf(bare: Bare, { symbols }: Image): readonly number[] | null {
  const [from, to] = ['begin_signature', 'end_signature'].map(
    (wanted) => symbols.find(({ name }) => name === wanted)?.address,
  );
  return from === undefined || to === undefined ? null : wordsBetween(bare, from, to);
}

function saveSignature(path: string, { signature }: Executed): void {
  if (signature == null)
    throw failed('--signature: the program has no begin_signature and end_signature in RAM');
  const lines = signature.map((word) => `${word.toString(16).padStart(8, '0')}\n`);
  writeOctets(path, new TextEncoder().encode(lines.join('')));
}

/** The program's own status; a failing test's number, as the test convention has it. */
function statusOf({ exit, tohost }: Executed): number {
  if (exit !== null) return exit % 256;
  if (tohost === null) return 1;
  return tohost === 1 ? 0 : Math.min(255, Math.max(1, Math.floor(tohost / 2)));
}

function report(done: Executed, wallMs: number): string {
  const { exit, tohost, instructions, stdout } = done;
  const mips = Math.round((instructions / wallMs / 1000) * 10) / 10;
  const text = new TextDecoder().decode(stdout);
  const rounded = Math.round(wallMs * 10) / 10;
  return JSON.stringify({ exit, tohost, instructions, wallMs: rounded, mips, stdout: text });
}

function engineNamed(name: string): EngineName {
  if (name === 'auto' || name === 'fast') return 'fast';
  if (name === 'micro') return 'micro';
  throw misused(`--engine "${name}": say micro, fast or auto`);
}

export const exec: Verb = {
  usage:
    'exec <program.elf|program.s ...> [--max N] [--engine micro|fast|auto] [--signature F] [--json]',
  summary: 'runs a program on one computer; its exit status is the program’s',
  help: `A program with the symbol tohost runs bare, in machine mode, and ends with its first non-zero
store there (1 is pass). Any other runs as a process: Linux system calls, and nobody ever types.
  --max N      stop after about so many instructions (1,000,000,000)
  --engine E   micro: every instruction by the control unit's micro-steps; fast: the interpreter
  --signature F  writes the words from begin_signature to end_signature there, one a line (RISCOF)
  --json       { exit, tohost, instructions, wallMs, mips, stdout }
`,
  run: (words) => {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        max: { type: 'string' },
        signature: { type: 'string' },
        engine: { type: 'string', default: 'auto' },
      },
    });
    const [path] = positionals;
    if (path === undefined) throw misused('exec takes a program');
    const most = values.max === undefined ? MOST_INSTRUCTIONS : parseWhole(values.max, '--max', 1);
    const engine = engineNamed(values.engine);
    const image = loadProgram(positionals);
    const bare = image.symbols.some(({ name }) => name === 'tohost');
    const began = performance.now();
    const done = bare ? runOnBare(image, engine, most) : runProcess(image, engine, most);
    const wallMs = performance.now() - began;
    if (values.signature !== undefined) saveSignature(values.signature, done);
    if (values.json) process.stdout.write(`${report(done, wallMs)}\n`);
    else process.stdout.write(done.stdout);
    if (done.why !== '') process.stderr.write(`autochitect: ${path}: ${done.why}\n`);
    return statusOf(done);
  },
};
