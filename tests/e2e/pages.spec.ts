import { addresses } from './addresses';
import { axe, expect, test } from './page';

test.use({ allows404: true });

for (const address of [...addresses, '/no/such/page']) {
  for (const colorScheme of ['light', 'dark'] as const)
    test(`axe finds nothing on ${address}, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.goto(address);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      expect(await axe(page)).toEqual([]);
    });

  test(`${address} fits 320 pixels without scrolling sideways`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(address);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(320);
  });
}

test('an unknown address answers 404 with a way home', async ({ page }) => {
  const response = await page.goto('/no/such/page');
  expect(response?.status()).toBe(404);
  await page.getByRole('link', { name: 'Go to the home page' }).click();
  await expect(
    page.getByRole('heading', { level: 1, name: 'Explore software architecture' }),
  ).toBeVisible();
});

test('a page is isolated, so that memory can be shared with the worker', async ({ page }) => {
  await page.goto('/');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

test('Tab goes to the skip link first, and it skips', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test('a press on a page that does not listen yet is done when it does', async ({ page }) => {
  await page.route('**/assets/*.js', async (route) => {
    await new Promise((done) => setTimeout(done, 1000));
    await route.continue();
  });
  await page.goto('/', { waitUntil: 'commit' });
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
});

test('a theme chosen before the page listens is taken when it does', async ({ page }) => {
  let free = (): void => undefined;
  const held = new Promise<void>((done) => (free = done));
  await page.route('**/assets/*.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/', { waitUntil: 'commit' });
  await page.getByLabel('Theme').selectOption('dark');
  await expect(page.locator('html')).not.toHaveAttribute('data-theme', 'dark');
  free();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.getByLabel('Theme')).toHaveValue('dark');
});

test('hydration keeps the nodes that the build made', async ({ page }) => {
  // Module scripts wait for the parser, so the first heading seen is the one of the build.
  await page.addInitScript(() => {
    const seen = globalThis as unknown as { first: Element | null };
    seen.first = null;
    new MutationObserver(() => {
      seen.first ??= document.querySelector('h1');
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto('/');
  await page.getByLabel('Theme').selectOption('dark'); // answered only once hydrated
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  const kept = await page.evaluate(
    () => (globalThis as unknown as { first: Element }).first === document.querySelector('h1'),
  );
  expect(kept).toBe(true);
});

test('the chosen theme is there before the first paint of the next visit', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/');
  const ground = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await ground();
  await page.getByLabel('Theme').selectOption('dark');
  await page.reload({ waitUntil: 'commit' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await ground()).not.toBe(light);
  await page.getByLabel('Theme').selectOption('system');
  await expect.poll(ground).toBe(light);
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('the pages can be read', async ({ page }) => {
    await page.goto('/');
    await expect(page).toHaveTitle(/autochitect/);
    await expect(page.getByText('Explore software architecture')).toBeVisible();
  });
});
