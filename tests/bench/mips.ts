/**
 * Instructions a wall second. The interpreter runs a C program with Sv32 on; the same source, as a
 * process of Linux, is run by QEMU's user mode where that is installed. The control unit runs the
 * first of its instructions with every move recorded.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { COSTS, createBare, parseElf } from '../../simulator';
import { beginInstruction } from '../../simulator/cpu/control/latches';
import type { MicroMove } from '../../simulator/cpu/control/site';
import { microStep } from '../../simulator/cpu/control/step';
import type { Bench, Measure } from './bench';
import { root, withSite } from './site';
import { work, type Worked } from './workload';

const programOf = (name: string): string => join(root, `tests/bench/workload/${name}.elf`);
const octetsOf = (name: string): Uint8Array => new Uint8Array(readFileSync(programOf(name)));
const rate = ({ instructions, wallMs }: Worked): number => instructions / 1e3 / wallMs;

const million = (name: string, value: number, atLeast?: number): Measure => ({
  name,
  value,
  unit: 'million/s',
  ...(atLeast === undefined ? {} : { atLeast }),
});

const MICRO_STEPS = 4_000_000;

function microSteps(): Measure {
  const parsed = parseElf(octetsOf('bare-120m'));
  if (!parsed.ok) throw new Error('the workload is an ELF file');
  const bare = createBare(parsed.image, 0x40_0000, 'micro', COSTS);
  if (typeof bare === 'string') throw new Error(bare);
  let moves: MicroMove[] = [];
  let kept = 0;
  const step = (steps: number): void => {
    for (let done = 0; done < steps;) {
      const latches = beginInstruction(bare.cpu);
      moves = [];
      while (latches.state !== 'done')
        microStep(bare.cpu, latches, bare.ports, (move) => moves.push(move));
      done += latches.steps;
      kept += moves.length;
    }
  };
  step(MICRO_STEPS / 10);
  const began = performance.now();
  step(MICRO_STEPS);
  const value = MICRO_STEPS / 1e3 / (performance.now() - began);
  if (kept < MICRO_STEPS) throw new Error('a micro-step moves something');
  return million('micro-steps, moves recorded', value, 2);
}

/** QEMU translates to the host's own instructions: what is possible, not what is comparable. */
function qemu(instructions: number): readonly Measure[] {
  const began = performance.now();
  const done = spawnSync('qemu-riscv32', [programOf('linux-120m')]);
  if (done.error !== undefined) return [];
  if (done.status !== 0) throw new Error(`qemu-riscv32 ends with ${done.status}`);
  return [
    million('qemu-riscv32, same C', rate({ instructions, wallMs: performance.now() - began })),
  ];
}

/** In a worker of Chromium, out of the bundle that this bench came in. */
function inChromium(name: string): Promise<Worked> {
  return withSite(async (browser, address) => {
    const page = await browser.newPage();
    await page.route('**/bench/*', (route) => {
      const file = new URL(route.request().url()).pathname.replace('/bench/', '');
      const path = file.endsWith('.elf')
        ? join(root, 'tests/bench/workload', file)
        : join(root, 'node_modules/.cache/bench', file);
      const contentType = extname(file) === '.js' ? 'text/javascript' : 'application/octet-stream';
      return route.fulfill({ body: readFileSync(path), contentType, headers: ISOLATED });
    });
    await page.goto(address);
    return page.evaluate(async (program) => {
      const answer = await fetch(`/bench/${program}.elf`);
      const worker = new Worker('/bench/mips.worker.js', { type: 'module' });
      const done = new Promise<Worked>((keep, fail) => {
        worker.onmessage = ({ data }: MessageEvent<Worked>) => keep(data);
        worker.onerror = ({ message }) => fail(new Error(message));
      });
      worker.postMessage(new Uint8Array(await answer.arrayBuffer()));
      return done;
    }, name);
  });
}

/** The site isolates itself, so that its workers must, too. */
const ISOLATED = { 'Cross-Origin-Embedder-Policy': 'require-corp' };

export const mipsBench: Bench = {
  name: 'mips',
  what: 'instructions of a C program under Sv32, and micro-steps of the control unit',
  run: async () => {
    const short = work(octetsOf('bare-120m'));
    const long = work(octetsOf('bare-3g'));
    return [
      million('119 million, in Node', rate(short)),
      million('3 thousand million, in Node', rate(long), 180),
      million('3 thousand million, in Chromium', rate(await inChromium('bare-3g')), 180),
      microSteps(),
      ...qemu(short.instructions),
    ];
  },
};
