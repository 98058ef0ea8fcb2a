// `npm run fuzz [-- --times 60]`: what the tests do with random programs and random faults,
// so many times as often.
// Both engines in lockstep, and each against the twin that knows nothing of them; sources through
// our assembler and through that of GNU; two TCPs and a channel that loses, doubles and delays.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { times: { type: 'string', default: '60' } } });
const times = Number(values.times);
if (!Number.isInteger(times) || times < 1) {
  console.error(`--times ${values.times}: a whole number from 1 on is expected.`);
  process.exit(2);
}
const files = ['cpu/lockstep', 'cpu/twin', 'isa/random', 'protocols/tcp/channel'].map(
  (name) => `tests/simulator/${name}.test.ts`,
);
const { status } = spawnSync('npx', ['vitest', 'run', '--project=unit', ...files], {
  env: { ...process.env, TIMES: String(times), SEED: process.env.SEED ?? 'random' },
  stdio: 'inherit',
});
process.exit(status ?? 1);
