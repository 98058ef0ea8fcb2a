/** The stories of an edited program: a mistake that is told, and another page on the other screen. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { axe, expect, pressCpu, test } from './page';

const source = readFileSync('scenarios/fetch-a-page/server.s', 'utf8');

test.use({ contextOptions: { reducedMotion: 'reduce' }, colorScheme: 'light' });

const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: true });
const codeOf = (page: Page): Locator => page.getByRole('textbox', { name: 'Source of server.s' });

/** The editor of the server's program, opened as a reader would. */
async function openEditor(page: Page): Promise<void> {
  await page.goto('/');
  await expect(button(page, 'Step forward')).toBeEnabled();
  await pressCpu(page, 'Computer B');
  await button(page, 'Edit program').click();
  await expect(codeOf(page)).toHaveClass(/cm-content/);
}

test('a mistake is told where it is, and nothing that was typed is lost', async ({ page }) => {
  await openEditor(page);
  const code = codeOf(page);
  await code.click();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.type('        addd a0, a0, a0\n');
  await button(page, 'Assemble and run').click();
  const said = page.getByRole('alert', { name: 'What the assembler says' });
  await expect(said).toContainText('There is no instruction `addd`');
  await button(page, '1:9').click();
  await expect(code).toBeFocused();
  expect(await axe(page)).toEqual([]);

  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Changes' }).click();
  await expect(page.getByText('Nothing: this is the run as it was written.')).toBeVisible();
  await button(page, 'Edit program').click();
  await expect(code).toContainText('addd a0, a0, a0');
  await button(page, 'Back to the original text').click();
  await expect(code).not.toContainText('addd');
  await expect(page.getByText('Not run yet')).toBeHidden();
});

test('an edited server answers with another page; a link carries it, and undo takes it back', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const edited = 'The program of Computer B was edited.';
  const toEnd = async (on: Page): Promise<void> => {
    // On a tab the key is the tabs' own.
    await button(on, /^(Play|Pause)$/).focus();
    await on.keyboard.press('End');
    await expect(button(on, 'Step forward')).toBeDisabled();
  };

  await openEditor(page);
  // Not `fill`: the editor has a selection of its own, which it learns of too late for that.
  await codeOf(page).click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(source.replace('<h1>It works</h1>', '<h1>Rewritten</h1>'));
  await button(page, 'Assemble and run').click();
  await expect(page.getByRole('status')).toContainText('runs from the start');
  await page.getByRole('tab', { name: 'Changes 1' }).click();
  await expect(page.getByText(edited)).toBeVisible();
  await toEnd(page);
  await button(page, /^Computer A: display/).click();
  await expect(page.getByText('<h1>Rewritten</h1>')).toBeVisible();

  await button(page, 'Copy a link to this moment').click();
  await expect(page.getByRole('status')).toContainText('clipboard');
  const other = await context.newPage();
  await other.goto(await page.evaluate(() => navigator.clipboard.readText()));
  await other.getByRole('tab', { name: 'Changes 1' }).click();
  await expect(other.getByText(edited)).toBeVisible();
  await expect(other.getByText('<h1>Rewritten</h1>')).toBeVisible();
  await other.close();

  await button(page, 'Undo my last change').click();
  await page.getByRole('tab', { name: 'Changes' }).click();
  await expect(page.getByText('Nothing: this is the run as it was written.')).toBeVisible();
  await toEnd(page);
  await expect(page.getByText('<h1>It works</h1>')).toBeVisible();
});
