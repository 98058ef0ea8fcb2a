/** The story of the stage: from the whole world into the bits of a processor, and back. */
import type { Locator, Page } from '@playwright/test';
import { axe, expect, test } from './page';

test.use({ contextOptions: { reducedMotion: 'reduce' }, colorScheme: 'light' });

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true });
const crumbs = (page: Page) => page.getByRole('navigation', { name: 'Where the map is looked at' });
const map = (page: Page) => page.getByRole('group', { name: /^Map of/ });

async function open(page: Page, address = '/'): Promise<void> {
  await page.goto(address);
  await expect(button(page, 'Step forward')).toBeEnabled();
}

async function grain(page: Page, value: string): Promise<void> {
  const step = page.getByRole('combobox', { name: 'Step' });
  if (!(await step.isVisible())) await button(page, 'Settings of playback').click();
  await step.selectOption(value);
}

/** Into a part by keyboard, as soon as what that needs has come. */
async function into(page: Page, name: RegExp, last: string): Promise<void> {
  await button(page, name).focus();
  await expect(async () => {
    await button(page, name).press('Shift+Enter');
    await expect(crumbs(page).getByRole('button').last()).toHaveText(last, { timeout: 500 });
  }).toPass();
}

/** The least height of the texts on the stage that are drawn and in sight, in pixels. */
const leastText = (on: Locator): Promise<number> =>
  on.evaluate((svg) => {
    const seen = svg.getBoundingClientRect();
    const heights = [...svg.querySelectorAll('text')].flatMap((text) => {
      const { top, bottom, left, right } = text.getBoundingClientRect();
      if (bottom < seen.top || top > seen.bottom || right < seen.left || left > seen.right)
        return [];
      if (getComputedStyle(text).display === 'none' || text.textContent.trim() === '') return [];
      const scale = text.getScreenCTM()?.a ?? 1;
      const turned = text.getScreenCTM()?.b ?? 0;
      return [parseFloat(getComputedStyle(text).fontSize) * Math.hypot(scale, turned)];
    });
    return Math.min(...heights);
  });

test('by keyboard into the CPU, its control unit and its ALU, and back to the world', async ({
  page,
}) => {
  await open(page);
  await grain(page, 'instruction');
  await into(page, /^Computer A: CPU/, 'CPU');
  await expect(map(page).getByText('old pc')).toBeVisible();
  await expect(async () => {
    await button(page, 'Step forward').click();
    await expect(button(page, /^Computer A: ALU, add/)).toBeVisible({ timeout: 300 });
  }).toPass();
  expect(await axe(page)).toEqual([]);
  await into(page, /^Computer A: ALU/, 'ALU');
  await expect(
    map(page)
      .getByText(/^[0-9a-f]{8}$/)
      .first(),
  ).toBeVisible();
  for (let press = 0; press < 4; press++) await page.keyboard.press('+');
  await expect(map(page).getByText(/^[01]{32}$/)).toHaveCount(4);
  await page.keyboard.press('0');
  await expect(crumbs(page)).toBeHidden();
  await grain(page, 'micro');
  await button(page, 'Step forward').click();
  await into(page, /^Computer A: control unit/, 'Control unit');
  await expect(map(page).getByText('executeImmediate')).toBeVisible();
  await expect(crumbs(page).getByRole('button')).toHaveText([
    'World',
    'Computer A',
    'CPU',
    'Control unit',
  ]);
  await crumbs(page).getByRole('button', { name: 'Computer A' }).click();
  await expect(map(page).getByText('executeImmediate')).toBeHidden();
});

test('no text is drawn too small to be read, wherever somebody looks', async ({ page }) => {
  await open(page);
  await grain(page, 'call');
  for (let step = 0; step < 3; step++) await button(page, 'Step forward').click();
  expect(await leastText(map(page))).toBeGreaterThan(8.5);
  for (const [name, last] of [
    [/^Computer A: operating system/, 'Kernel'],
    [/^Computer A: RAM/, 'RAM'],
    [/^Computer B: CPU/, 'CPU'],
  ] as const) {
    await into(page, name, last);
    expect(await leastText(map(page))).toBeGreaterThan(8.5);
  }
});

test('where the stage looks is in the link, on another screen too', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await into(page, /^Computer A: RAM/, 'RAM');
  await button(page, 'Copy a link to this moment').click();
  await expect(page.getByRole('status').filter({ hasText: 'clipboard' })).toBeVisible();
  const other = await context.newPage();
  await other.setViewportSize({ width: 1024, height: 768 });
  await open(other, await page.evaluate(() => navigator.clipboard.readText()));
  await expect(crumbs(other).getByRole('button').last()).toHaveText('RAM');
});

test.describe('with a mouse', () => {
  test.skip(({ hasTouch }) => hasTouch, 'a finger has no wheel');

  test('the wheel scrolls the page, and zooms with Ctrl; a double press looks nearer', async ({
    page,
  }) => {
    await open(page);
    await map(page).scrollIntoViewIfNeeded();
    await map(page).hover({ position: { x: 440, y: 60 } });
    const top = () => page.evaluate(() => scrollY);
    const before = await top();
    await page.mouse.wheel(0, 60);
    await expect.poll(top).toBeGreaterThan(before);
    await expect(crumbs(page)).toBeHidden();

    const cpu = button(page, /^Computer A: CPU/);
    const { x, y } = (await cpu.boundingBox()) ?? { x: 0, y: 0 };
    await page.mouse.move(x + 50, y + 16);
    await page.keyboard.down('Control');
    for (let turn = 0; turn < 6; turn++) await page.mouse.wheel(0, -20);
    await page.keyboard.up('Control');
    await expect(crumbs(page)).toBeVisible();
    // What was under the pointer still is.
    const box = (await cpu.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    expect(box.x).toBeLessThan(x + 50);
    expect(box.x + box.width).toBeGreaterThan(x + 50);

    await button(page, 'Everything').click();
    await expect(crumbs(page)).toBeHidden();
    await button(page, /^Computer B: NIC/).dblclick({ position: { x: 30, y: 20 } });
    await expect(crumbs(page).getByRole('button').last()).toHaveText('NIC');
    await expect(map(page).getByText('ICR')).toBeVisible();
  });
});

test('two fingers’ way: two taps look nearer, one opens the room', async ({ page, hasTouch }) => {
  test.skip(!hasTouch, 'a mouse has another story');
  await open(page);
  const ram = button(page, /^Computer A: RAM/);
  await ram.scrollIntoViewIfNeeded();
  await button(page, 'Nearer').tap();
  await expect(crumbs(page)).toBeVisible();
  await button(page, 'Everything').tap();
  await expect(crumbs(page)).toBeHidden();
  const { x, y } = (await ram.boundingBox()) ?? { x: 0, y: 0 };
  await page.touchscreen.tap(x + 20, y + 20);
  await page.touchscreen.tap(x + 20, y + 20);
  await expect(crumbs(page).getByRole('button').last()).toHaveText('RAM');
  await expect(page.getByRole('region', { name: /RAM/ })).toBeHidden();
});
