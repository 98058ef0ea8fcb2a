import { readFileSync } from 'node:fs';
import { expect, test } from './page';

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 2, name: /^1 of/ })).toBeVisible();
  await page.getByRole('tab', { name: 'Charts' }).click();
});

test('charts stand on the playhead of the map, and a press on one goes there', async ({ page }) => {
  const chart = page.getByRole('img', { name: /^Octets under way on the cable/ });
  await expect(chart).toHaveAccessibleName(/Ethernet cable 0 at start/);
  const box = await chart.boundingBox();
  await chart.click({ position: { x: (box?.width ?? 0) * 0.63, y: 60 } });
  await expect(chart).toHaveAccessibleName(/Ethernet cable 455 at 25\d/);
  await expect(page.getByRole('group', { name: 'Playback' })).toContainText(/25\d\.\d{3} µs/);
});

test('a chart is saved as CSV, SVG and PNG', async ({ page }) => {
  const figure = page.getByRole('figure').filter({ hasText: 'Frames lost' });
  await figure.getByRole('button', { name: /^Save the chart/ }).click();
  const saved = async (kind: string): Promise<Buffer> => {
    const coming = page.waitForEvent('download');
    await figure.getByRole('button', { name: `Save as ${kind}` }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toBe(`fetch-a-page-framesLost.${kind.toLowerCase()}`);
    return readFileSync(await download.path());
  };
  expect(String(await saved('CSV'))).toMatch(/^time_ns,Ethernet cable\r\n0,0\r\n/);
  const svg = String(await saved('SVG'));
  expect(svg).toContain('<title>Frames lost</title>');
  expect(svg).not.toMatch(/var\(--|class=/);
  const png = await saved('PNG');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  // Width and height: of the drawing, twice as sharp.
  expect(png.readUInt32BE(20)).toBe(264);
});
