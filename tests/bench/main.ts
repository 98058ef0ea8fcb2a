/** `npm run bench [-- name…] [--json]`: exit status 1 when what is asked for is missed, 2 for a wrong name. */
import { parseArgs } from 'node:util';
import { assembleBench } from './assemble';
import { bulkBench } from './bulk';
import { floodBench } from './flood';
import { framesBench } from './frames';
import { homeBench } from './home';
import { mipsBench } from './mips';
import { seekBench } from './seek';
import { isMet, sentence, type Bench, type Measure } from './bench';

/** Every benchmark: a file of its own beside this one, a row here. */
const benches: readonly Bench[] = [
  floodBench,
  bulkBench,
  seekBench,
  mipsBench,
  assembleBench,
  homeBench,
  framesBench,
];

function chosen(names: readonly string[]): readonly Bench[] {
  const unknown = names.filter((name) => !benches.some((bench) => bench.name === name));
  if (unknown.length === 0)
    return names.length === 0 ? benches : benches.filter(({ name }) => names.includes(name));
  const known = benches.map(({ name }) => name).join(', ');
  process.stderr.write(`bench: no benchmark ${unknown.join(', ')}; there is ${known}\n`);
  process.exit(2);
}

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const report: Record<string, readonly Measure[]> = {};
for (const { name, what, run } of chosen(positionals)) {
  if (!values.json) process.stdout.write(`${name}: ${what}\n`);
  const measures = await run();
  report[name] = measures;
  if (!values.json) process.stdout.write(measures.map((m) => `${sentence(m)}\n`).join(''));
}
if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
process.exitCode = Object.values(report).flat().every(isMet) ? 0 : 1;
