/** What home costs somebody who comes for the first time: all script before they do anything. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from './page';

/** As it is served, compressed; the worker and the service worker included. */
const MOST_OCTETS = 240_000;

test('home loads few scripts before the first press', async ({ page, context }) => {
  const scripts = new Set<string>();
  context.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith('.js')) scripts.add(pathname);
  });
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Step forward' })).toBeEnabled();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
  await page.waitForLoadState('networkidle');
  const names = [...scripts].map((path) => path.replace(/^.*\/|-[\w-]{8}\.js$/g, ''));
  for (const needed of ['index', 'Home', 'worker', 'sw.js']) expect(names).toContain(needed);
  // Loaded when they are asked for.
  for (const later of ['codeMirror', 'asides', 'programFrom', 'link', 'Rooms'])
    expect(names).not.toContain(later);
  const octets = [...scripts].map((path) => gzipSync(readFileSync(`dist${path}`)).length);
  expect(octets.reduce((sum, each) => sum + each, 0)).toBeLessThan(MOST_OCTETS);
});
