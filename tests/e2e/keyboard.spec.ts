import type { Locator, Page } from '@playwright/test';
import { expect, test } from './page';

const story = (page: Page): Locator => page.getByRole('region', { name: /^\d+ of \d+|^Story/ });
const title = (page: Page): Locator => story(page).getByRole('heading', { level: 2 });

const isFocused = (locator: Locator): Promise<boolean> =>
  locator.evaluateAll((all) => all.includes(document.activeElement as HTMLElement));

/** Goes on with Tab until one of these has the focus; never with a pointer. */
async function tabTo(page: Page, locator: Locator): Promise<void> {
  const MOST = 120;
  for (let presses = 0; presses < MOST; presses++) {
    if (await isFocused(locator)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${String(locator)}`);
}

/** Questions are loaded when the first is asked. */
const comes = (locator: Locator): Promise<boolean> =>
  locator.waitFor({ timeout: 1_000 }).then(
    () => true,
    () => false,
  );

const CHAPTERS = 6;

test('a whole scenario is walked by keyboard alone', async ({ page }) => {
  test.slow();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await expect(title(page)).toContainText('1 of 14');
  await tabTo(page, page.getByRole('radio', { name: 'Fetch a page' }));
  await page.keyboard.press('ArrowRight');
  await expect(title(page)).toContainText(`1 of ${CHAPTERS}`);

  let answered = 0;
  for (let chapter = 1; chapter <= CHAPTERS; chapter++) {
    await expect(title(page)).toContainText(`${chapter} of ${CHAPTERS}`);
    const answer = story(page).getByRole('button', { name: 'Answer' });
    if (await comes(answer)) {
      await guess(page);
      await tabTo(page, answer);
      await page.keyboard.press('Enter');
      await expect(story(page).getByRole('button', { name: 'Try again' })).toBeVisible();
      answered++;
    }
    if (chapter === CHAPTERS) break;
    await tabTo(page, story(page).getByRole('button', { name: /^(Next|Begin)/ }));
    await page.keyboard.press('Enter');
  }
  expect(answered).toBeGreaterThanOrEqual(3);
  await expect(story(page)).toContainText('This is the last chapter');
});

/** A guess of whatever kind is asked for: a number is typed, a part is picked on the map. */
async function guess(page: Page): Promise<void> {
  const field = story(page).getByRole('textbox').or(story(page).getByRole('spinbutton'));
  if ((await field.count()) > 0) {
    await tabTo(page, field);
    await page.keyboard.type('4');
    return;
  }
  const choice = story(page).getByRole('radio');
  if ((await choice.count()) > 0) {
    await tabTo(page, choice);
    await page.keyboard.press('Space');
    return;
  }
  await tabTo(page, page.getByRole('button', { name: /^Computer B: NIC/ }));
  await page.keyboard.press('Enter');
}

test('from part to part, into a room and back, by keyboard alone', async ({ page }) => {
  await page.goto('/');
  await expect(title(page)).toContainText('1 of 14');
  const ram = page.getByRole('button', { name: /^Computer A: RAM/ });
  await tabTo(page, ram);
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: /^Close/ }));
  await page.keyboard.press('Enter');
  await expect(ram).toBeFocused();
});
