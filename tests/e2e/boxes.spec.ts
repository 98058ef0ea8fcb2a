/**
 * Text that is cut off, or lies on other text: found by measuring boxes, on every page and at moments
 * of the tour, from a phone to a projector.
 */
import type { Page } from '@playwright/test';
import { addresses } from './addresses';
import { expect, test } from './page';

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
  { width: 320, height: 640 },
] as const;

/** One line for each text that cannot be read; run in the page. */
function unreadable(): string[] {
  type Text = { readonly words: string; readonly box: DOMRect; readonly element: Element };
  const SLACK = 1.5;
  const found: string[] = [];
  const isClipped = (element: Element): boolean => {
    for (let each: Element | null = element; each !== null; each = each.parentElement)
      if (getComputedStyle(each).clipPath === 'inset(50%)') return true;
    return false;
  };
  const texts: Text[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const words = (node.textContent ?? '').trim();
    const element = node.parentElement;
    if (words === '' || element === null || element.closest('[hidden], noscript, option')) continue;
    // Only read aloud, or shown once it has the focus.
    if (isClipped(element)) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects())
      if (box.width > 1 && box.height > 1) texts.push({ words, box, element });
  }
  // Cut off: something that hides what overflows it is smaller than the words in it, sideways.
  for (const { words, box, element } of texts) {
    for (let each: Element | null = element; each !== null; each = each.parentElement) {
      const { overflowX } = getComputedStyle(each);
      if (overflowX === 'visible' || each instanceof SVGElement) continue;
      if (overflowX === 'auto' || overflowX === 'scroll') break;
      const frame = each.getBoundingClientRect();
      const outside = box.left < frame.left - SLACK || box.right > frame.right + SLACK;
      // What has scrolled out of sight as a whole is not cut.
      const touches = box.right > frame.left && box.left < frame.right;
      if (outside && touches) found.push(`cut off: “${words}”`);
    }
  }
  // On other text: both are what one sees at the middle of where they meet.
  const seenAt = (x: number, y: number): Element | null => document.elementFromPoint(x, y);
  const inWindow = texts.filter(
    ({ box }) => box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  );
  const shrunk = ({ box }: Text) => ({
    left: box.left + SLACK,
    right: box.right - SLACK,
    // A line's box is higher than its letters.
    top: box.top + box.height * 0.25,
    bottom: box.bottom - box.height * 0.25,
  });
  for (let i = 0; i < inWindow.length; i++) {
    const one = inWindow[i] as Text;
    const a = shrunk(one);
    for (const other of inWindow.slice(i + 1)) {
      const b = shrunk(other);
      const left = Math.max(a.left, b.left);
      const right = Math.min(a.right, b.right);
      const top = Math.max(a.top, b.top);
      const bottom = Math.min(a.bottom, b.bottom);
      if (left >= right || top >= bottom) continue;
      const seen = seenAt((left + right) / 2, (top + bottom) / 2);
      const hides = (text: Text): boolean => {
        const root = text.element.closest('svg') ?? text.element;
        return seen !== null && !root.contains(seen) && !seen.contains(root);
      };
      if (hides(one) || hides(other)) continue;
      found.push(`“${one.words}” lies on “${other.words}”`);
    }
  }
  return [...new Set(found)];
}

async function expectReadable(page: Page): Promise<void> {
  for (const viewport of SIZES) {
    await page.setViewportSize(viewport);
    // The map is drawn anew for its new size in the next frame.
    await page.evaluate(() => new Promise(requestAnimationFrame));
    await page.waitForTimeout(100);
    const found = await page.evaluate(unreadable);
    expect(found, `${viewport.width} × ${viewport.height}`).toEqual([]);
  }
}

test.beforeEach(async ({ page, isMobile }) => {
  test.skip(isMobile, 'the sizes are set here');
  await page.emulateMedia({ reducedMotion: 'reduce' });
});

for (const address of addresses)
  test(`every word can be read on ${address}`, async ({ page }) => {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectReadable(page);
  });

test('every word can be read at moments of the tour', async ({ page }) => {
  test.slow();
  await page.goto('/');
  const story = page.getByRole('region', { name: /^\d+ of \d+|^Story/ });
  const title = story.getByRole('heading', { level: 2 });
  await expect(title).toContainText('1 of 14');
  for (let chapter = 2; chapter <= 14; chapter++) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await story.getByRole('button', { name: /^Next/ }).click();
    await expect(title).toContainText(`${chapter} of 14`);
    await expectReadable(page);
  }
});
