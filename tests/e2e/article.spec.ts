/** The story of a reader: reads, plays a figure, breaks it, looks a word up, and prints. */
import type { Locator, Page } from '@playwright/test';
import { axe, countJumps, expect, jumped, test } from './page';

const ADDRESS = '/write-ups/ping/';
const figure = (page: Page, name: string): Locator => page.locator(`#figure-${name}`);
const said = (of: Locator): Locator => of.locator('.sentence');
const button = (of: Locator, name: string | RegExp): Locator =>
  of.getByRole('button', { name, exact: true });

async function open(page: Page): Promise<void> {
  await page.goto(ADDRESS);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** Frames of the browser that the page asks for in half a second. */
const framesAsked = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise((done) => {
        const ask = requestAnimationFrame;
        let asked = 0;
        window.requestAnimationFrame = (draw) => {
          asked++;
          return ask(draw);
        };
        setTimeout(() => {
          window.requestAnimationFrame = ask;
          done(asked);
        }, 500);
      }),
  );

test('from home to a write-up, from there to the glossary, and back', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'What a ping really does' }).click();
  await expect(page).toHaveURL(new RegExp(`${ADDRESS}$`));
  const site = page.getByRole('navigation', { name: 'Site' });
  await expect(site.getByRole('link', { name: 'Write-ups' })).toHaveAttribute(
    'aria-current',
    'true',
  );
  await site.getByRole('link', { name: 'Glossary' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Glossary' })).toBeVisible();
  await site.getByRole('link', { name: 'Write-ups' }).click();
  await page.getByRole('link', { name: 'What a ping really does' }).click();
  await page
    .getByRole('navigation', { name: 'Contents' })
    .getByRole('link', { name: 'The other side, and back' })
    .click();
  await expect(page).toHaveURL(/#the-other-side-and-back$/);
  await expect(page.getByRole('heading', { name: 'The other side, and back' })).toBeInViewport();
});

test('figures cost nothing until one is touched', async ({ page }) => {
  let workers = 0;
  page.on('worker', () => workers++);
  await open(page);
  await figure(page, 'turn').scrollIntoViewIfNeeded();
  expect(await framesAsked(page)).toBe(0);
  expect(workers).toBe(0);
  await button(figure(page, 'world'), 'Step forward').click();
  await expect(said(figure(page, 'world'))).toContainText('ARP who has 10.0.0.2');
  expect(workers).toBe(1);
});

test('a figure plays by keyboard, stands still out of sight, and comes back', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await open(page);
  const world = figure(page, 'world');
  await button(world, 'Play').focus();
  await page.keyboard.press('Enter');
  await expect(said(world)).not.toHaveText('Nothing has happened yet.');
  await page.getByRole('heading', { name: 'Sources' }).scrollIntoViewIfNeeded();
  await expect(button(world, 'Play')).toBeAttached();
  expect(await framesAsked(page)).toBe(0);
  const then = await said(world).textContent();
  await world.scrollIntoViewIfNeeded();
  await expect(button(world, 'Pause')).toBeVisible();
  await expect(said(world)).not.toHaveText(then ?? '');
});

test.describe('standing still', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('a frame is dropped in a figure, and ping gives that one up', async ({ page }) => {
    await open(page);
    const flight = figure(page, 'flight');
    await button(flight, /^Frame 2, ICMP/).click();
    const room = flight.getByRole('region', { name: /Ethernet cable/ });
    await button(room, 'Drop').click();
    await expect(button(flight, /^Frame 2, ICMP.*lost/)).toBeVisible();
    await button(flight, 'Back to how the figure began').click();
    await expect(button(flight, /^Frame 2, ICMP.*% of the way/)).toBeVisible();
    await expect(room).toBeHidden();
  });

  test('a longer cable makes the next ping slower', async ({ page }) => {
    await open(page);
    const turn = figure(page, 'turn');
    await expect(button(turn, 'Step forward')).toBeEnabled();
    const knob = turn.getByRole('textbox', { name: 'Length of the cable' });
    await knob.fill('20000');
    await knob.press('Enter');
    await expect(turn.getByText(/^(cable: )?(20000 m|20 km)/).first()).toBeVisible();
    await button(turn, 'Step forward').click();
    await expect(said(turn)).toContainText('ICMP echo request id 44003 seq 2');
    await expect(turn.locator('.time')).toHaveText('1.010 ms');
    await button(turn, 'Step forward').click();
    await expect(said(turn)).toContainText('reaches Computer B');
    // 8.8 µs to leave, and now 100 µs under way.
    await expect(turn.locator('.time')).toHaveText('1.118 ms');
  });

  test('a figure leads to the same moment in the player', async ({ page }) => {
    await open(page);
    await figure(page, 'flight').getByRole('link', { name: 'Open in the player' }).click();
    await expect(page.getByRole('group', { name: 'Playback', exact: true })).toContainText(
      '31.000 µs',
    );
    await expect(page.getByRole('region', { name: 'Ethernet cable' })).toBeVisible();
  });
});

test('a word is looked up beside it, by mouse and by keyboard', async ({ page }) => {
  await open(page);
  const word = page.getByRole('link', { name: 'ARP', exact: true });
  await word.click();
  const popup = page.getByRole('dialog', { name: 'ARP' });
  await expect(popup).toContainText('Address Resolution Protocol');
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(popup).toBeHidden();
  await expect(word).toBeFocused();
  await page.keyboard.press('Enter');
  await popup.getByRole('link', { name: 'MAC address' }).click();
  await expect(page.getByRole('dialog', { name: 'MAC address' })).toContainText('48-bit');
  await page.getByRole('link', { name: 'In the glossary' }).click();
  await expect(page).toHaveURL(/\/glossary\/#mac-address$/);
  await expect(page.locator('#mac-address')).toBeInViewport();
});

test('a footnote leads to its source and back', async ({ page }) => {
  await open(page);
  await page.getByRole('link', { name: 'Footnote 2', exact: true }).click();
  await expect(page.locator('#footnote-2')).toBeInViewport();
  await page.getByRole('link', { name: 'Back to where footnote 2 is referred to' }).click();
  await expect(page.getByRole('link', { name: 'Footnote 2', exact: true })).toBeInViewport();
});

test('a played figure has no fault for axe, and fits 320 pixels', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await open(page);
  const flight = figure(page, 'flight');
  await button(flight, 'Step forward').click();
  await expect(said(flight)).toContainText('reaches Computer B');
  await button(flight, /^Ethernet cable/).focus();
  await page.keyboard.press('Enter');
  await expect(flight.getByRole('region', { name: /Ethernet cable/ })).toBeVisible();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(320);
  expect(await axe(page)).toEqual([]);
});

test('on paper there is the text, the pictures and where the sources are', async ({ page }) => {
  await open(page);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('banner')).toBeHidden();
  await expect(page.getByRole('navigation', { name: 'Contents' })).toBeHidden();
  for (const name of ['world', 'flight', 'turn']) {
    await expect(button(figure(page, name), 'Play')).toBeHidden();
    await expect(figure(page, name).locator('svg').first()).toBeVisible();
  }
  const address = await page
    .locator('#footnote-2 a')
    .first()
    .evaluate((link) => getComputedStyle(link, '::after').content);
  expect(address).toContain('https://www.rfc-editor.org/rfc/rfc826');
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('an article is read whole, with a picture of each figure', async ({ page }) => {
    await page.goto(ADDRESS);
    await expect(page.getByRole('heading', { name: 'What to read next' })).toBeVisible();
    await expect(page.getByText('29 µs').first()).toBeVisible();
    const flight = figure(page, 'flight');
    await expect(flight.getByLabel(/^Frame 2, ICMP.*46 % of the way/)).toBeVisible();
    await expect(said(flight)).toContainText('ICMP echo request id 44003 seq 1');
    await expect(button(flight, 'Play')).toBeHidden();
    const box = await figure(page, 'world').locator('svg').first().boundingBox();
    expect(box?.height).toBeGreaterThan(100);
  });

  test('a word leads to the glossary', async ({ page }) => {
    await page.goto(ADDRESS);
    await page.getByRole('link', { name: 'ARP', exact: true }).click();
    await expect(page).toHaveURL(/\/glossary\/#arp$/);
    await expect(page.locator('#arp')).toContainText('RFC 826');
  });
});

test('nothing jumps while an article comes up', async ({ page }) => {
  await countJumps(page);
  await open(page);
  await page.waitForLoadState('networkidle');
  expect(await jumped(page)).toBeLessThan(0.01);
});
