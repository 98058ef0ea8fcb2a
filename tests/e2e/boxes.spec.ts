/** Every word can be read, on every page and at moments of the tour, from a phone to a desk. */
import type { Page } from '@playwright/test';
import { addresses } from './addresses';
import { expect, test } from './page';
import { unreadable } from './readable';

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
  { width: 320, height: 640 },
] as const;

async function expectReadable(page: Page): Promise<void> {
  for (const viewport of SIZES) {
    await page.setViewportSize(viewport);
    // The map is drawn anew for its new size in the next frame.
    await page.evaluate(() => new Promise(requestAnimationFrame));
    await page.waitForTimeout(100);
    const found = await page.evaluate(unreadable);
    expect(found, `${viewport.width} × ${viewport.height}`).toEqual([]);
  }
}

test.beforeEach(async ({ page, isMobile }) => {
  test.skip(isMobile, 'the sizes are set here');
  await page.emulateMedia({ reducedMotion: 'reduce' });
});

for (const address of addresses)
  test(`every word can be read on ${address}`, async ({ page }) => {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectReadable(page);
  });

test('every word can be read at moments of the tour', async ({ page }) => {
  test.slow();
  await page.goto('/');
  const story = page.getByRole('region', { name: /^\d+ of \d+|^Story/ });
  const title = story.getByRole('heading', { level: 2 });
  await expect(title).toContainText('1 of 14');
  for (let chapter = 2; chapter <= 14; chapter++) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await story.getByRole('button', { name: /^Next/ }).click();
    await expect(title).toContainText(`${chapter} of 14`);
    await expectReadable(page);
  }
});
