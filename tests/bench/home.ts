/** Home in a browser that has never seen it: how much script comes, and when it can be used. */
import { get } from 'node:http';
import type { Browser } from 'playwright-core';
import type { Bench, Measure } from './bench';
import { quantile, withSite } from './site';

const VISITS = 5;

type Visit = {
  readonly interactiveMs: number;
  /** Addresses of all scripts, the worker's too. */
  readonly scripts: ReadonlySet<string>;
};

const isScript = (url: string): boolean => new URL(url).pathname.endsWith('.js');

/** Octets of the answer's body as it is on the wire. */
function octetsOf(url: string): Promise<number> {
  return new Promise((done, fail) => {
    get(url, { headers: { 'accept-encoding': 'gzip, br' } }, (response) => {
      let octets = 0;
      response.on('data', (data: Buffer) => (octets += data.length));
      response.on('end', () => {
        done(octets);
      });
    }).on('error', fail);
  });
}

/** A context of its own: nothing is in its cache. Its requests include those of the worker. */
async function visit(browser: Browser, address: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const scripts = new Set<string>();
  context.on('request', (request) => {
    if (isScript(request.url())) scripts.add(request.url());
  });
  await page.goto(address, { waitUntil: 'commit' });
  const ready = await page.waitForFunction(() => {
    const button = document.querySelector<HTMLButtonElement>('[aria-label="Step forward"]');
    return button !== null && !button.disabled ? performance.now() : null;
  });
  const interactiveMs = (await ready.jsonValue()) ?? NaN;
  await page.waitForLoadState('networkidle');
  await context.close();
  return { interactiveMs, scripts };
}

async function visits(): Promise<readonly Measure[]> {
  const { made, sizes } = await withSite(async (browser, address) => {
    const made: Visit[] = [];
    while (made.length < VISITS) made.push(await visit(browser, address));
    const urls = [...new Set(made.flatMap(({ scripts }) => [...scripts]))];
    const sizes = await Promise.all(urls.map(octetsOf));
    return { made, sizes };
  });
  const octets = sizes.reduce((sum, size) => sum + size, 0);
  const times = made.map(({ interactiveMs }) => interactiveMs);
  return [
    { name: 'script, gzip as served', value: octets / 1000, unit: 'kB', atMost: 240 },
    { name: 'script files', value: sizes.length, unit: '' },
    { name: 'interactive, median', value: quantile(times, 0.5), unit: 'ms', atMost: 1000 },
    { name: 'interactive, slowest', value: quantile(times, 1), unit: 'ms' },
  ];
}

export const homeBench: Bench = {
  name: 'home',
  what: `${VISITS} first visits to home: all script before the first click, and when one can step`,
  run: visits,
};
