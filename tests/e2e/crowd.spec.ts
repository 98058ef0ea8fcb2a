/** A thousand computers on one stage: they are painted, and still each can be reached and entered. */
import { axe, expect, open, test } from './page';

test('a thousand computers are one picture, and each is a place to go', async ({ page }) => {
  await open(page);
  await page.getByRole('radio', { name: 'A thousand computers' }).check({ force: true });
  const map = page.getByRole('group', { name: /^Map of 1000 computers and 500 cables/ });
  await expect(map).toBeVisible();
  await expect(page.getByText(/^1000 computers, \d+ at work, 500 cables/)).toBeVisible();
  const stop = map.locator('[data-part][tabindex="0"]').first();
  await stop.focus();
  const first = await page.evaluate(() => document.activeElement?.getAttribute('data-part'));
  await page.keyboard.press('ArrowRight');
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-part')))
    .not.toBe(first);
  expect(await axe(page)).toEqual([]);
  // From afar a press looks nearer, from near it opens the room.
  await page.keyboard.press('Enter');
  await expect(map.locator('.card, .computer').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: /Operating system/ })).toBeVisible();
  expect(await axe(page)).toEqual([]);
});
