/** The story of home: a person plays the run, steps, looks inside, breaks it, and shares the moment. */
import type { Page } from '@playwright/test';
import { axe, countJumps, expect, jumped, open, pressCpu, stepToFrame, test } from './page';

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true });
const sentence = (page: Page) => page.getByRole('group', { name: 'Playback' }).locator('p').first();
const clock = (page: Page) => page.getByRole('group', { name: 'Playback' }).locator('p').nth(1);
const room = (page: Page, name: string) => page.getByRole('region', { name });

/** Presses a part where it is drawn; a cable in the middle of its curve, which its box is not. */
async function press(page: Page, name: RegExp): Promise<void> {
  const part = button(page, name);
  if ((await part.getAttribute('data-part')) !== 'cable') return part.click();
  const at = await part.locator('.sheath').evaluate((path: SVGPathElement) => {
    path.scrollIntoView({ block: 'center' });
    const middle = path.getPointAtLength(path.getTotalLength() / 2);
    const { x, y } = middle.matrixTransform(path.getScreenCTM() ?? undefined);
    return { x, y };
  });
  await page.mouse.click(at.x, at.y);
}

test('plays, pauses, and steps both ways', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await open(page);
  await expect(sentence(page)).toContainText('Nothing has happened yet');
  await button(page, 'Play').click();
  await expect(sentence(page)).not.toContainText('Nothing has happened yet');
  await button(page, 'Pause').click();
  await expect(button(page, 'Play')).toBeVisible();
  await button(page, 'Step forward').click();
  await expect(button(page, 'Step back')).toBeEnabled();
  await page.keyboard.press('Home');
  await expect(clock(page)).toContainText('start');
  await expect(button(page, 'Step back')).toBeDisabled();
});

test.describe('standing still', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('back is the same moment as before', async ({ page }) => {
    await open(page);
    await stepToFrame(page);
    const [said, at] = [await sentence(page).textContent(), await clock(page).textContent()];
    await button(page, 'Step forward').click();
    await expect(sentence(page)).not.toHaveText(said ?? '');
    await button(page, 'Step back').click();
    await expect(clock(page)).toHaveText(at ?? '');
  });

  const rooms = [
    ['Computer A: NIC', 'Computer A Network interface (NIC)', 'Transmit ring'],
    ['Computer A: RAM', 'Computer A RAM', 'Octets'],
    ['Computer A: CPU', 'Computer A CPU', 'Program'],
    ['Computer A: control unit', 'Computer A Control unit', 'Control signals'],
    ['Computer B: ALU', 'Computer B ALU', 'two operands in'],
    ['Computer B: operating system', 'Computer B Operating system', 'Neighbours (ARP)'],
    ['Computer B: display', 'Computer B Console', 'Type a line'],
    ['Ethernet cable', 'Ethernet cable', 'Cut the cable'],
  ] as const;

  test('every part opens its room by mouse', async ({ page }) => {
    await open(page);
    for (const [part, name, inside] of rooms) {
      if (part === 'Computer A: CPU') await pressCpu(page, 'Computer A');
      else await press(page, new RegExp(`^${part}`));
      await expect(room(page, name)).toContainText(inside);
    }
    await button(page, 'Close this room').click();
    await expect(button(page, /^Ethernet cable/)).toBeFocused();
  });

  test('every part opens its room by keyboard alone, and Escape goes back to it', async ({
    page,
  }) => {
    await open(page);
    for (const [part, name, inside] of rooms) {
      await button(page, new RegExp(`^${part}`)).focus();
      await page.keyboard.press('Enter');
      await expect(room(page, name)).toContainText(inside);
      await expect(page.getByRole('heading', { name })).toBeFocused();
      await page.keyboard.press('Escape');
      await expect(button(page, new RegExp(`^${part}`))).toBeFocused();
    }
  });

  test('a dropped frame never arrives, until that is undone', async ({ page }) => {
    await open(page);
    await stepToFrame(page);
    await button(page, /^Frame 0, ARP/).focus();
    await page.keyboard.press('Enter');
    const menu = page.getByRole('dialog', { name: 'Frame 0' });
    await menu.getByRole('button', { name: 'Drop' }).click();
    await page.getByRole('tab', { name: 'Changes 1' }).click();
    await expect(page.getByText('You dropped frame 0')).toBeVisible();
    await expect(button(page, /^Frame 0, ARP.*lost/)).toBeVisible();
    await button(page, 'Undo my last change').click();
    await expect(page.getByText('You dropped frame 0')).toBeHidden();
    await expect(button(page, /^Frame 0, ARP.*of the way/)).toBeVisible();
  });

  test('a link opens the same moment, room and deed included', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await open(page);
    await stepToFrame(page);
    await button(page, /^Ethernet cable/).focus();
    await page.keyboard.press('Enter');
    await button(page, 'Corrupt').click();
    await page.getByRole('tab', { name: 'Changes 1' }).click();
    await expect(page.getByText('You corrupted frame 0')).toBeVisible();
    await button(page, 'Copy a link to this moment').click();
    await expect(page.getByRole('status')).toContainText('clipboard');
    const url = await page.evaluate(() => navigator.clipboard.readText());
    expect(url.length).toBeLessThan(1024);
    const other = await context.newPage();
    await other.goto(url);
    await expect(clock(other)).toHaveText((await clock(page).textContent()) ?? '');
    await other.getByRole('tab', { name: 'Changes 1' }).click();
    await expect(other.getByText('You corrupted frame 0')).toBeVisible();
    await expect(room(other, 'Ethernet cable')).toBeVisible();
  });

  test('a damaged link says so and offers the start', async ({ page }) => {
    await open(page, '/#m=damaged!');
    const told = page.getByRole('alert').filter({ hasText: 'This link is damaged' });
    await expect(told).toBeVisible();
    await expect(clock(page)).toContainText('start');
    await button(page, 'Dismiss this message').click();
    await expect(told).toBeHidden();
  });

  test('the legend opens with ? and closes with Escape', async ({ page }) => {
    await open(page);
    await button(page, 'Step forward').focus();
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Legend and keys' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  });

  for (const colorScheme of ['light', 'dark'] as const)
    test(`axe finds nothing in any room, ${colorScheme}`, async ({ page, isMobile }) => {
      test.skip(
        isMobile === (colorScheme === 'light'),
        'A theme each: the phone has the dark one.',
      );
      test.setTimeout(180_000);
      await page.emulateMedia({ colorScheme });
      await open(page);
      await stepToFrame(page);
      expect(await axe(page)).toEqual([]);
      for (const [part, name] of rooms) {
        await button(page, new RegExp(`^${part}`)).focus();
        await page.keyboard.press('Enter');
        await expect(room(page, name)).toBeVisible();
        expect(await axe(page), name).toEqual([]);
        await page.keyboard.press('Escape');
      }
    });
});

test('nothing jumps while the page comes up', async ({ page }) => {
  await countJumps(page);
  await open(page);
  expect(await jumped(page)).toBeLessThan(0.01);
});
