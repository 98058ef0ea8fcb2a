import { expect, pressCpu, test } from './page';

test.use({ allows404: true });

test('works without a network after the first visit', async ({ page, context }) => {
  await page.goto('/');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
  await expect.poll(() => page.evaluate(() => !!navigator.serviceWorker.controller)).toBe(true);
  // The first deed makes it keep what is loaded on demand, too.
  await page.keyboard.press('ArrowRight');
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const cache = await caches.open((await caches.keys())[0] ?? '');
        return (await cache.keys()).some(({ url }) => url.includes('codeMirror'));
      }),
    )
    .toBe(true);
  await context.setOffline(true);
  await page.goto('/?with=search');
  await expect(page.getByText('Explore software architecture')).toBeVisible();
  await page.getByLabel('Theme').selectOption('dark');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await pressCpu(page, 'Computer A');
  await page.getByRole('button', { name: 'Edit program' }).click();
  await expect(page.getByRole('textbox', { name: /^Source of/ })).toHaveClass(/cm-content/);
  await page.goto('/no/such/page');
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
});
