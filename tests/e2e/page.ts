/** The fixture of every story: a page that may not stumble, nor call anybody but this machine. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';

export { expect };

const local = /^(http:\/\/127\.0\.0\.1:\d+\/|data:|blob:)/;

/** A console line about an answer of 404 that the story asked for. */
const expected404 = /status of 404/;

/**
 * Chromium asks a second time for a script whose preload the service worker answered, and now
 * and then says so (vite-plugin-pwa issue 945); the script comes out of the cache both times.
 */
const preloadedByWorker = /^A preload for '.*' is found, but is not used because it is a cross-/;

type Options = { readonly allows404: boolean };

export const test = base.extend<Options>({
  allows404: [false, { option: true }],
  page: async ({ page, allows404, javaScriptEnabled }, use) => {
    const goto = page.goto.bind(page);
    // What a story does first is not about what comes before the page listens, unless it says so
    // by waiting for less.
    page.goto = async (url, options) => {
      const response = await goto(url, options);
      if (javaScriptEnabled && options?.waitUntil === undefined)
        await page.locator('html[data-listens]').waitFor({ state: 'attached' });
      return response;
    };
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(`page error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return;
      if (allows404 && expected404.test(message.text())) return;
      if (preloadedByWorker.test(message.text())) return;
      faults.push(`console ${message.type()}: ${message.text()}`);
    });
    page.on('request', (request) => {
      if (!local.test(request.url())) faults.push(`request: ${request.url()}`);
    });
    await use(page);
    expect(faults).toEqual([]);
  },
});

/** What axe finds on the page as it stands, one line each. */
export async function axe(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    // No frame here is of another origin: axe need not open a page of its own to join what it
    // found, which halves the time again.
    .setLegacyMode()
    // Faults are all we read: what passed need not be gathered, which halves the time.
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
  );
}

/** Presses a CPU where its name stands: control unit and ALU lie upon the rest of it. */
export async function pressCpu(page: Page, computer: string): Promise<void> {
  const cpu = page.getByRole('button', { name: new RegExp(`^${computer}: CPU`) });
  await cpu.click({ position: { x: 50, y: 20 } });
}

/** Counts from now on what jumps on each page that is opened; {@link jumped} tells. */
export async function countJumps(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = globalThis as unknown as { shift: number };
    seen.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[])
        seen.shift += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** Cumulative layout shift of the page so far. */
export const jumped = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as { shift: number }).shift);

const byName = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true });

/** Home, once the engine has answered. */
export async function open(page: Page, address = '/'): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(byName(page, 'Step forward')).toBeEnabled();
}

/** One step of the grain `frame`, away from the story, whose chapters would end it: a frame leaves. */
export async function stepToFrame(page: Page): Promise<void> {
  const settings = byName(page, 'Settings of playback');
  if (await settings.isVisible()) await settings.click();
  await page.getByRole('combobox', { name: 'Step' }).selectOption('frame');
  await page.keyboard.press('Home');
  await expect(page.getByText('You are exploring')).toBeVisible();
  await byName(page, 'Step forward').click();
  await expect(byName(page, /^Frame 0, ARP/)).toBeVisible();
}
