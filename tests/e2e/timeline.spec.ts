/** Map, timeline and log point at the same thing, whichever of them it was picked on. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, open, stepToFrame, test } from './page';

const clock = (page: Page) => page.getByRole('group', { name: 'Playback' }).locator('p').nth(1);
const diagram = (page: Page) => page.getByRole('group', { name: /^Timeline\./ });
const tab = (page: Page, name: string) =>
  page.getByRole('tablist', { name: 'The run' }).getByRole('tab', { name });

test('what is picked in the log is seen on the map and on the timeline', async ({ page }) => {
  await open(page);
  await stepToFrame(page);
  await tab(page, 'Log').click();
  const line = page.getByRole('option', { name: /NIC.*sends a frame|Frame 0|transmit/i }).first();
  await line.click();
  await expect(line).toHaveAttribute('aria-selected', 'true');
  await expect(
    page.getByRole('button', { name: /^Computer A: .*, picked$/ }).first(),
  ).toBeVisible();
  await tab(page, 'Timeline').click();
  await expect(diagram(page).locator('[aria-pressed=true]')).toHaveCount(1);
});

test('a frame that is pressed on the map is picked on the timeline and in the log', async ({
  page,
}) => {
  await open(page);
  await stepToFrame(page);
  await page.getByRole('button', { name: /^Frame 0, ARP/ }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await tab(page, 'Timeline').click();
  const picked = diagram(page).locator('[aria-pressed=true]');
  await expect(picked).toHaveAccessibleName(/sends a frame: ARP who has 10.0.0.2/);
  await tab(page, 'Log').click();
  await expect(page.getByRole('region', { name: 'What is picked' })).toContainText('ARP who has');
});

test('what is pressed on the timeline is gone to, and its window follows the keys', async ({
  page,
}) => {
  await open(page);
  await stepToFrame(page);
  await tab(page, 'Timeline').click();
  const before = await clock(page).textContent();
  const echo = diagram(page)
    .getByRole('button', { name: /ARP 10.0.0.2 is at/ })
    .first();
  await echo.focus();
  await page.keyboard.press('Enter');
  await expect(clock(page)).not.toHaveText(before ?? '');
  await expect(echo).toHaveAttribute('aria-pressed', 'true');
  const window = page.getByRole('slider', { name: 'Window of the timeline' });
  const whole = (await window.getAttribute('aria-valuetext')) ?? '';
  await page.keyboard.press('+');
  await expect(window).not.toHaveAttribute('aria-valuetext', whole);
  await page.keyboard.press('0');
  await expect(window).toHaveAttribute('aria-valuetext', whole);
  await page.keyboard.press('Escape');
  await expect(echo).toHaveAttribute('aria-pressed', 'false');
});

test('the log is searched, and saved up to now', async ({ page }) => {
  await open(page);
  await stepToFrame(page);
  await tab(page, 'Log').click();
  const status = page.getByRole('status').filter({ hasText: /lines? up to now/ });
  await expect(status).toBeVisible();
  const all = Number.parseInt((await status.textContent()) ?? '', 10);
  // The panel has the focus before anything in it does.
  await page.getByRole('tabpanel').focus();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search the log' })).toBeFocused();
  await page.keyboard.type('frame');
  await expect(status).not.toHaveText(new RegExp(`^${all} `));
  const found = Number.parseInt((await status.textContent()) ?? '', 10);
  expect(found).toBeLessThan(all);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    (async () => {
      await page.getByText('Save as').click();
      await page.getByRole('button', { name: 'JSON lines' }).click();
    })(),
  ]);
  const text = await readFile(await download.path(), 'utf8');
  const lines = text.trimEnd().split('\n');
  expect(lines).toHaveLength(found);
  for (const line of lines)
    expect(JSON.parse(line)).toHaveProperty('sentence', expect.stringMatching(/frame/i));
});
