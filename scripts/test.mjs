// npm test: every check, two abreast on two cores; ends with the line 'N passed, N failed'.
// npm test -- --only=types,e2e runs those parts (a name stands for all that begin with it).
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ensureBrowser } from './browser.mjs';

const out = 'node_modules/.cache/test';
const cache = 'node_modules/.cache';

/** A part that takes longer hangs: a test that never ends blocks its thread, and with it its own timeout. */
const limitMs = 15 * 60_000;
const vitest = (name, ...projects) => [
  'vitest/vitest.mjs',
  'run',
  ...projects.map((project) => `--project=${project}`),
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${out}/${name}.json`,
];
const svelteCheck = (tsconfig) =>
  `svelte-check/bin/svelte-check --tsconfig ${tsconfig} --fail-on-warnings --output human`.split(
    ' ',
  );
const tsc = (project) =>
  `typescript/bin/tsc -p ${project} --incremental --tsBuildInfoFile ${cache}/tsc/${project}.json`.split(
    ' ',
  );

/**
 * `cores`: how many of the two a part keeps busy. `after`: what must have ended.
 * `report`: who wrote `<name>.json` with counts; a part without one counts as one.
 */
const parts = [
  {
    name: 'lint',
    cores: 1,
    run: `eslint/bin/eslint.js . --max-warnings=0 --cache --cache-location ${cache}/eslint/`.split(
      ' ',
    ),
  },
  { name: 'types of the screen', cores: 1, run: svelteCheck('./tsconfig.json') },
  { name: 'types of the tests', cores: 1, run: svelteCheck('./tests/tsconfig.json') },
  { name: 'types of the engine', cores: 1, run: tsc('simulator') },
  { name: 'types of the cli', cores: 1, run: tsc('src/cli') },
  {
    name: 'structure',
    cores: 1,
    run: [
      ...'dependency-cruiser/bin/dependency-cruise.mjs src simulator scenarios tests'.split(' '),
      ...'--config .dependency-cruiser.cjs'.split(' '),
    ],
  },
  {
    name: 'format',
    cores: 1,
    run: ['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  },
  { name: 'knip', cores: 1, run: ['knip/bin/knip.js', '--no-progress', '--no-config-hints'] },
  { name: 'build', cores: 1, run: ['../scripts/build.mjs'] },
  { name: 'unit', cores: 2, report: 'vitest', run: vitest('unit', 'unit') },
  {
    name: 'component',
    cores: 2,
    browser: true,
    report: 'vitest',
    run: vitest('component', 'dom', 'browser'),
  },
  {
    name: 'e2e',
    cores: 2,
    browser: true,
    after: 'build',
    report: 'playwright',
    run: ['@playwright/test/cli.js', 'test', '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: `${out}/e2e.json` },
  },
];

function chosen() {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  if (values.only === undefined) return parts;
  const names = values.only.split(',');
  for (const name of names)
    if (!parts.some((part) => part.name.startsWith(name))) {
      console.error(`--only=${name}: there is only ${parts.map((part) => part.name).join(', ')}`);
      process.exit(2);
    }
  return parts.filter((part) => names.some((name) => part.name.startsWith(name)));
}

function run({ name, run: [file, ...args], env }) {
  return new Promise((done) => {
    const began = performance.now();
    let text = '';
    const child = spawn(process.execPath, [`node_modules/${file}`, ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data) => {
        text += data;
      });
    const limit = setTimeout(() => {
      text += `\nstopped after ${limitMs / 60_000} minutes: something in it does not end`;
      child.kill('SIGKILL');
    }, limitMs);
    child.on('close', (code) => {
      clearTimeout(limit);
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      const end = code === 0 ? 'ok' : `FAILED (${code})`;
      console.log(`\n== ${name}: ${end} in ${seconds} s\n${text.trimEnd()}`);
      done({ name, code });
    });
  });
}

/** Starts what fits into two cores, in the order of the table. */
async function runAll(list) {
  const waiting = [...list];
  const running = new Map();
  const ended = new Map();
  const used = () => [...running.keys()].reduce((sum, part) => sum + part.cores, 0);
  const ready = ({ cores, after }) =>
    used() + cores <= 2 && (!list.some(({ name }) => name === after) || ended.has(after));
  while (waiting.length + running.size > 0) {
    const next = waiting.findIndex(ready);
    if (next >= 0) {
      const [part] = waiting.splice(next, 1);
      const ending = run(part).then((result) => {
        running.delete(part);
        ended.set(part.name, result.code);
      });
      running.set(part, ending);
    } else await Promise.race(running.values());
  }
  return ended;
}

function vitestCounts(report) {
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const skipped = tests.filter(({ status }) => status === 'pending' || status === 'skipped');
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: skipped.map(({ fullName }) => fullName),
  };
}

function playwrightCounts({ stats, suites }) {
  const specs = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specs)];
  const titles = (status) =>
    suites
      .flatMap(specs)
      .filter(({ tests }) => tests.some((t) => t.status === status))
      .map(({ title }) => title);
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: titles('skipped'),
    flaky: titles('flaky'),
  };
}

function counts({ name, report }, code) {
  const one = { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] };
  if (!report) return one;
  try {
    const json = JSON.parse(readFileSync(`${out}/${name}.json`, 'utf8'));
    const all = report === 'vitest' ? vitestCounts(json) : playwrightCounts(json);
    // A runner may fail without a failed test: a file that does not load, an unhandled rejection.
    return code !== 0 && all.failed === 0 ? { ...all, failed: 1 } : all;
  } catch {
    return { passed: 0, failed: 1, skipped: [] };
  }
}

const began = performance.now();
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const list = chosen();
if (list.some(({ browser }) => browser))
  try {
    process.env.CHROMIUM_PATH = await ensureBrowser();
    console.log(`browser: ${process.env.CHROMIUM_PATH}`);
  } catch (error) {
    console.error(error.message);
    console.log('0 passed, 1 failed');
    process.exit(1);
  }
const ended = await runAll(list);
const total = list.map((part) => counts(part, ended.get(part.name)));
const passed = total.reduce((sum, count) => sum + count.passed, 0);
const failed = total.reduce((sum, count) => sum + count.failed, 0);
const skipped = total.flatMap((count) => count.skipped);
const words = list.map(({ name }) => `${name} ${ended.get(name) === 0 ? 'ok' : 'FAILED'}`);
console.log(`\n${words.join(', ')}; ${((performance.now() - began) / 1000).toFixed(1)} s`);
for (const name of skipped) console.log(`skipped: ${name}`);
for (const name of total.flatMap(({ flaky }) => flaky ?? []))
  console.log(`passed only when tried again, find out why: ${name}`);
console.log(
  `${passed} passed, ${failed} failed${skipped.length ? `, ${skipped.length} skipped` : ''}`,
);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
