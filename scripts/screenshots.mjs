// `npm run screenshots [-- --only tour,home]`: every page, and eight moments of the tour, at three
// sizes, light and dark, into screenshots/, with index.html that shows them side by side.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { chromiumArgs, ensureBrowser } from './browser.mjs';
import { root } from './fresh.mjs';
import { freshenSiteOrExit } from './site.mjs';

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
];
const SCHEMES = ['light', 'dark'];
/** Chapters of the tour, by number. */
const MOMENTS = [2, 4, 5, 7, 9, 11, 13, 14];
const out = join(root, 'screenshots');

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const wanted = (name) => values.only === undefined || values.only.split(',').includes(name);

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

async function served() {
  const port = await freePort();
  const server = spawn(process.execPath, ['scripts/serve.mjs', '--port', String(port)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((done) => server.stdout.once('data', done));
  return { origin: `http://127.0.0.1:${port}`, stop: () => server.kill() };
}

const addresses = () =>
  readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' })
    .map((file) => `/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('/index.html'))
    .map((file) => file.replace(/index\.html$/, ''))
    .sort();

const nameOf = (address) =>
  address === '/' ? 'home' : address.split('/').filter(Boolean).join('-');

/** Goes on in the tour until its chapter is the one of that number. */
async function goToChapter(page, number) {
  const story = page.getByRole('region', { name: /^\d+ of \d+|^Story/ });
  const title = story.getByRole('heading', { level: 2 });
  for (;;) {
    const at = Number(/^\d+/.exec(await title.textContent())?.[0] ?? 0);
    if (at >= number) return;
    await story.getByRole('button', { name: /^(Next|Begin)/ }).click();
    await title.filter({ hasText: new RegExp(`^${at + 1} of`) }).waitFor();
  }
}

async function shoot(browser, origin, viewport, colorScheme, saved) {
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const save = async (name, fullPage) => {
    const file = `${name}-${viewport.width}-${colorScheme}.png`;
    await page.waitForTimeout(400);
    await page.screenshot({ path: join(out, file), fullPage });
    saved.push(file);
  };
  for (const address of [...addresses(), '/no/such/page']) {
    const name = address === '/no/such/page' ? 'not-found' : nameOf(address);
    if (!wanted(name)) continue;
    await page.goto(`${origin}${address}`, { waitUntil: 'networkidle' });
    await save(name, address !== '/');
  }
  if (wanted('tour')) {
    await page.goto(`${origin}/`, { waitUntil: 'networkidle' });
    for (const number of MOMENTS) {
      await goToChapter(page, number);
      await page.evaluate(() => scrollTo(0, 0));
      await save(`tour-${String(number).padStart(2, '0')}`, false);
    }
  }
  await context.close();
}

function index(saved) {
  const names = [...new Set(saved.map((file) => file.replace(/-\d+-\w+\.png$/, '')))];
  const rows = names.map((name) => {
    const images = saved
      .filter((file) => file.replace(/-\d+-\w+\.png$/, '') === name)
      .map((file) => `<a href="${file}"><img src="${file}" alt="${file}"></a>`);
    return `<h2>${name}</h2><p>${images.join('')}</p>`;
  });
  const style = 'img{block-size:22rem;object-fit:cover;object-position:top;margin:4px}';
  return `<!doctype html><meta charset="utf-8"><title>Screenshots</title><style>${style}</style>${rows.join('')}`;
}

await freshenSiteOrExit();
rmSync(out, { recursive: true, force: true });
mkdirSync(out);
const { origin, stop } = await served();
const browser = await chromium.launch({
  executablePath: await ensureBrowser(),
  args: chromiumArgs,
});
const saved = [];
try {
  for (const viewport of SIZES)
    for (const scheme of SCHEMES) await shoot(browser, origin, viewport, scheme, saved);
} finally {
  await browser.close();
  stop();
}
writeFileSync(join(out, 'index.html'), index(saved));
console.log(`${saved.length} pictures in screenshots/; open screenshots/index.html`);
