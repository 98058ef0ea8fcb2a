// `npm run lighthouse`: performance, accessibility and best practices of home and of a write-up, by
// Lighthouse in its default (a slow phone) and its desktop setting. Lighthouse is fetched by npx: it
// is no part of this project's installation. A score is the median of three: one alone varies by five.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumArgs, ensureBrowser } from './browser.mjs';
import { root } from './fresh.mjs';
import { freshenSiteOrExit } from './site.mjs';

const VERSION = '12.8.2';
const PAGES = ['/', '/write-ups/ping/'];
const CATEGORIES = ['performance', 'accessibility', 'best-practices'];
const LEAST = 95;
const RUNS = 3;

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

function scores(url, preset, browser, folder) {
  const report = join(folder, 'report.json');
  const args = [
    ...['--yes', `lighthouse@${VERSION}`, url, '--quiet', '--output=json'],
    `--output-path=${report}`,
    `--only-categories=${CATEGORIES.join(',')}`,
    `--chrome-flags=${['--headless', ...chromiumArgs].join(' ')}`,
    ...(preset === 'desktop' ? ['--preset=desktop'] : []),
  ];
  execFileSync('npx', args, {
    env: { ...process.env, CHROME_PATH: browser },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const { categories } = JSON.parse(readFileSync(report, 'utf8'));
  return CATEGORIES.map((name) => Math.round(categories[name].score * 100));
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Of each category, the median of several runs. */
function medians(...run) {
  const all = Array.from({ length: RUNS }, () => scores(...run));
  return CATEGORIES.map((_, i) => median(all.map((each) => each[i])));
}

await freshenSiteOrExit();
const browser = await ensureBrowser();
const port = await freePort();
const server = spawn(process.execPath, ['scripts/serve.mjs', '--port', String(port)], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'inherit'],
});
const folder = mkdtempSync(join(tmpdir(), 'lighthouse-'));
let low = false;
try {
  await new Promise((done) => server.stdout.once('data', done));
  for (const page of PAGES)
    for (const preset of ['mobile', 'desktop']) {
      const all = medians(`http://127.0.0.1:${port}${page}`, preset, browser, folder);
      low ||= all.some((score) => score < LEAST);
      const words = CATEGORIES.map((name, i) => `${name} ${all[i]}`);
      console.log(`${page} ${preset}: ${words.join(', ')}`);
    }
} finally {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}
if (low) {
  console.error(`autochitect: something is below ${LEAST}`);
  process.exitCode = 1;
}
