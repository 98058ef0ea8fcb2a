/** `npm run judge [-- --programs 10000 --seed 1 --engine fast]`: random programs against QEMU. */
import { parseArgs } from 'node:util';
import { compare } from './compare';
import { isInstalled } from './qemu';

const { values } = parseArgs({
  options: {
    programs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    engine: { type: 'string', default: 'fast' },
  },
});

function wholeNumber(name: 'programs' | 'seed'): number {
  const number = Number(values[name]);
  if (Number.isInteger(number) && number >= 1) return number;
  process.stderr.write(`judge: --${name} ${values[name]}: a whole number from 1 on is expected\n`);
  process.exit(2);
}

function engineNamed(name: string): 'micro' | 'fast' {
  if (name === 'micro' || name === 'fast') return name;
  process.stderr.write(`judge: --engine ${name}: say micro or fast\n`);
  process.exit(2);
}

if (!isInstalled) {
  process.stderr.write('judge: qemu-system-riscv32 is not installed (package qemu-system-misc)\n');
  process.exit(2);
}
/** Programs that are shown, and lines of each. */
const [SHOWN, LINES] = [10, 12];

const count = wholeNumber('programs');
const verdict = await compare(count, wholeNumber('seed'), engineNamed(values.engine));
for (const { seed, lines } of verdict.differing.slice(0, SHOWN)) {
  const text = lines.slice(0, LINES).map((line) => `  ${line}\n`);
  process.stdout.write(`seed ${seed}:\n${text.join('')}`);
}
for (const [name, times] of verdict.listed) process.stdout.write(`listed, ${times}: ${name}\n`);
const listed = [...verdict.listed.values()].reduce((sum, times) => sum + times, 0);
const alike = verdict.compared - listed - verdict.differing.length;
process.stdout.write(
  `${verdict.compared} programs: ${alike} alike, ${listed} listed, ${verdict.differing.length} differing; ${verdict.endless} without end were left out\n`,
);
process.exitCode = verdict.differing.length === 0 ? 0 : 1;
