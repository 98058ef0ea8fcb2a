import type { Locator, Page } from '@playwright/test';
import { axe, expect, test } from './page';

const story = (page: Page): Locator => page.getByRole('region', { name: /^\d+ of \d+|^Story/ });
const title = (page: Page): Locator => story(page).getByRole('heading', { level: 2 });
const next = (page: Page): Locator => story(page).getByRole('button', { name: /^(Next|Begin)/ });
const answer = (page: Page): Locator => story(page).getByRole('button', { name: 'Answer' });

/** To the chapter of that title, by its Next button. */
async function goTo(page: Page, wanted: string): Promise<void> {
  for (let turns = 0; turns < 20; turns++) {
    const now = (await title(page).textContent()) ?? '';
    if (now.includes(wanted)) return;
    await next(page).click();
    await expect(title(page)).not.toHaveText(now);
  }
  throw new Error(`no chapter ${wanted}`);
}

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await expect(title(page)).toContainText('1 of 14');
});

test('the tour goes from Enter to the page', async ({ page }) => {
  test.slow();
  for (let chapter = 2; chapter <= 14; chapter++) {
    await next(page).click();
    await expect(title(page)).toContainText(`${chapter} of 14`);
  }
  await expect(story(page)).toContainText('This is the last chapter');
  const display = page.getByRole('button', { name: /^Computer A: display/ });
  await expect(display).toHaveAttribute('aria-label', /<\/html>/);
});

test('playing stops where the next chapter stops', async ({ page }) => {
  await page.getByRole('button', { name: 'Step forward' }).focus();
  for (let presses = 0; presses < 6; presses++) await page.keyboard.press(']');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(title(page)).toContainText('2 of 14');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
});

test('a wrong guess is answered by the run itself, and can be tried again', async ({ page }) => {
  await goTo(page, 'Both programs wait');
  await story(page).getByText('The timer').click();
  await answer(page).click();
  await expect(story(page)).toContainText('The keyboard');
  await expect(story(page)).toContainText('interrupt');
  await story(page).getByRole('button', { name: /^See/ }).first().click();
  await expect(page.getByRole('group', { name: 'Playback' })).toContainText('20.030 µs');
  await story(page)
    .getByRole('button', { name: /^Back to the story/ })
    .click();
  await expect(title(page)).toContainText('Both programs wait');
  await story(page).getByRole('button', { name: 'Try again' }).click();
  await story(page).getByText('The keyboard').click();
  await answer(page).click();
  await expect(story(page)).toContainText(/right/i);
});

test('a number, an order and cells are asked for, too', async ({ page }) => {
  test.slow();
  await goTo(page, 'The request');
  await story(page).getByRole('textbox').or(story(page).getByRole('spinbutton')).fill('133');
  await answer(page).click();
  await expect(story(page)).toContainText(/right/i);
  await goTo(page, 'One instruction');
  await story(page).getByRole('button', { name: /^s2/ }).click();
  await answer(page).click();
  await expect(story(page)).toContainText(/right/i);
});

test('what was read is kept, and the story goes on where it was left', async ({ page }) => {
  await goTo(page, 'An interrupt');
  await page.reload();
  await expect(title(page)).toContainText('An interrupt');
  await expect(page.getByRole('group', { name: 'Playback' })).toContainText('20.030 µs');
});

test('damaged progress is told, and the story begins anew', async ({ page }) => {
  const kept = (): Promise<string | null> =>
    page.evaluate(() => localStorage.getItem('lesson:fetch-a-page'));
  await expect.poll(kept).not.toBeNull();
  await page.evaluate(() => localStorage.setItem('lesson:fetch-a-page', '{broken'));
  await page.reload();
  await expect(page.getByRole('alert').filter({ hasText: 'cannot be read' })).toBeVisible();
  await expect(title(page)).toContainText('1 of 14');
  expect(await page.evaluate(() => localStorage.getItem('lesson:fetch-a-page:damaged'))).toBe(
    '{broken',
  );
});

test('a change leads away from the story, and undo leads back', async ({ page }) => {
  await goTo(page, 'Somebody presses Enter');
  // By key: the middle of a cable that is not straight lies beside it.
  const cable = page.locator('[data-part="cable"]');
  await cable.focus();
  await cable.press('Enter');
  await page.getByRole('button', { name: /^Cut/ }).click();
  await expect(story(page)).toContainText('You are exploring');
  await page.getByRole('tab', { name: 'Changes 1' }).click();
  await page.getByRole('button', { name: 'Compare with the run as it was written' }).click();
  await expect(page.getByText('As it was written')).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`axe finds nothing in the story, ${colorScheme}`, async ({ page, isMobile }) => {
    test.skip(isMobile === (colorScheme === 'light'), 'A theme each: the phone has the dark one.');
    test.setTimeout(180_000);
    await page.emulateMedia({ colorScheme });
    for (const chapter of ['Both programs wait', 'A system call', 'One instruction']) {
      await goTo(page, chapter);
      expect(await axe(page)).toEqual([]);
    }
  });
