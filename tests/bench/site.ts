/** The site as `npm start` serves it, and a browser to look at it: for the benches that need both. */
import { spawn } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as playwright from 'playwright-core';
import type * as launcher from '../../scripts/browser.mjs';

/** The bundle lies in node_modules/.cache/bench; what is not bundled is found from here. */
export const root = resolve(dirname(process.argv[1] ?? ''), '../../..');

/** Builds what is old, serves it on a free port; `end` stops it. */
function serve(): Promise<{ readonly address: string; readonly end: () => void }> {
  const server = spawn(process.execPath, ['scripts/start.mjs', '--port', '0'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const end = (): void => {
    server.kill();
  };
  return new Promise((done, fail) => {
    let said = '';
    server.stdout.on('data', (data: Buffer) => {
      said += data.toString();
      const address = /http:\/\/\S+/.exec(said)?.[0];
      if (address !== undefined) done({ address, end });
    });
    server.on('close', () => {
      fail(new Error('the site is not served'));
    });
  });
}

/** By address, not by name: Playwright does not survive being bundled. */
async function launch(): Promise<playwright.Browser> {
  const from = (path: string): string => pathToFileURL(join(root, path)).href;
  const { chromiumArgs, ensureBrowser } = (await import(
    /* @vite-ignore */ from('scripts/browser.mjs')
  )) as typeof launcher;
  const { chromium } = (await import(
    /* @vite-ignore */ from('node_modules/playwright-core/index.mjs')
  )) as typeof playwright;
  return chromium.launch({ executablePath: await ensureBrowser(), args: chromiumArgs });
}

export async function withSite<T>(
  work: (browser: playwright.Browser, address: string) => Promise<T>,
): Promise<T> {
  const site = await serve();
  try {
    const browser = await launch();
    try {
      return await work(browser, site.address);
    } finally {
      await browser.close();
    }
  } finally {
    site.end();
  }
}

/** The value that `share` of the numbers do not exceed; 0.5 is the median. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? sorted[0] ?? NaN;
}
