/** What every page bears: large text, small screens, fingers, keys, a projector, forced colours. */
import type { Page } from '@playwright/test';
import { addresses } from './addresses';
import { axe, expect, test } from './page';

const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    // The gutter that is kept for the scroll bar counts for the one and not for the other.
    return Math.max(0, scrollWidth - clientWidth);
  });

for (const address of addresses)
  test(`text at 200 % and a zoom of 200 % scroll ${address} only downwards`, async ({ page }) => {
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.goto(address);
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    await expect.poll(() => sideways(page)).toBe(0);
    await page.evaluate(() => (document.documentElement.style.fontSize = ''));
    await page.setViewportSize({ width: 640, height: 360 });
    await expect.poll(() => sideways(page)).toBe(0);
  });

/** What has the focus lies under something that sticks, wholly. */
const hidden = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return null;
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const inset = 2;
    const spots = [
      [(left + right) / 2, (top + bottom) / 2],
      [left + inset, top + inset],
      [right - inset, top + inset],
      [left + inset, bottom - inset],
      [right - inset, bottom - inset],
    ] as const;
    const seen = spots.some(([x, y]) => {
      const at = document.elementFromPoint(x, y);
      return (
        at !== null &&
        // Marks of one drawing stand close: what lies over one of them is its neighbour.
        (element.closest('svg')?.contains(at) === true ||
          element.contains(at) ||
          at.contains(element) ||
          at.closest('label')?.contains(element) === true)
      );
    });
    return seen ? null : `${element.outerHTML.slice(0, 120)} at ${Math.round(top)}`;
  });

test('whatever has the focus is in sight, all the way through the home page', async ({ page }) => {
  test.slow();
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 2, name: /^1 of/ })).toBeVisible();
  const lost: string[] = [];
  for (let presses = 0; presses < 90; presses++) {
    await page.keyboard.press('Tab');
    const under = await hidden(page);
    if (under !== null) lost.push(under);
    if (await page.evaluate(() => document.activeElement === document.body)) break;
  }
  expect([...new Set(lost)]).toEqual([]);
});

test('what a finger presses is large enough (WCAG 2.2, 2.5.8)', async ({ page, isMobile }) => {
  test.skip(!isMobile, 'of a phone');
  for (const address of addresses) {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const small = await page.evaluate(() => {
      const LEAST = 24;
      const all = document.querySelectorAll<HTMLElement>(
        'button, select, summary, [role="button"], [role="tab"], input',
      );
      return (
        [...all]
          .filter((each) => each.checkVisibility({ opacityProperty: false }))
          // The box of a line is without its stroke, which is what is pressed.
          .filter((each) => each.querySelector('.hit') === null)
          // What stands upon the processor is reached from its room, too: an equivalent control.
          .filter((each) => !each.matches('[data-part$=".control"], [data-part$=".alu"]'))
          .map((each) => ({ each, box: (each.closest('label') ?? each).getBoundingClientRect() }))
          .filter(({ box }) => box.width > 0 && (box.width < LEAST || box.height < LEAST))
          .map(({ each, box }) => `${each.outerHTML.slice(0, 80)}: ${box.width} × ${box.height}`)
      );
    });
    expect(small, address).toEqual([]);
  }
});

for (const size of [
  { width: 1920, height: 1080 },
  { width: 1280, height: 720 },
])
  test(`the player fills a projector of ${size.width} pixels, with all of it in sight`, async ({
    page,
    isMobile,
  }) => {
    test.skip(isMobile, 'of a projector');
    await page.setViewportSize(size);
    await page.goto('/');
    await page.getByRole('button', { name: 'Fill the window' }).click();
    const parts = [
      page.getByRole('button', { name: /^Computer A: CPU/ }),
      page.getByRole('button', { name: /^Computer B: keyboard/ }),
      page.getByRole('button', { name: /^(Next|Begin)/ }),
      page.getByRole('tab', { name: 'Log' }),
      page.getByRole('button', { name: 'Play', exact: true }),
    ];
    for (const part of parts) await expect(part).toBeInViewport({ ratio: 1 });
    if (size.width >= 1600) {
      const smallest = await page
        .locator('.map svg text')
        .evaluateAll((texts) =>
          Math.min(
            ...(texts as SVGTextElement[]).map(
              (text) =>
                Number.parseFloat(getComputedStyle(text).fontSize) * (text.getScreenCTM()?.a ?? 1),
            ),
          ),
        );
      // What the last row can read.
      expect(smallest).toBeGreaterThanOrEqual(15.5);
    }
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Fill the window' })).toBeVisible();
  });

for (const colorScheme of ['light', 'dark'] as const)
  test(`axe finds nothing in any tab, nor in the legend, ${colorScheme}`, async ({
    page,
    isMobile,
  }) => {
    test.skip(isMobile === (colorScheme === 'light'), 'A theme each: the phone has the dark one.');
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 2, name: /^1 of/ })).toBeVisible();
    const tabs = page.getByRole('tablist', { name: 'The run' }).getByRole('tab');
    for (let i = 0; i < (await tabs.count()); i++) {
      await tabs.nth(i).click();
      await page.waitForTimeout(300);
      expect(await axe(page), (await tabs.nth(i).textContent()) ?? '').toEqual([]);
    }
    await page.getByRole('button', { name: /^Legend and keys/ }).click();
    expect(await axe(page)).toEqual([]);
  });
