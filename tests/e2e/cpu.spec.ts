/** The story of a processor: from the CPU's room into its control unit and its ALU, by micro-steps. */
import { axe, expect, pressCpu, test } from './page';

test.use({ contextOptions: { reducedMotion: 'reduce' }, colorScheme: 'light' });

test('micro-steps move the control unit on, and the ALU adds', async ({ page }) => {
  test.slow();
  const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
  const inside = page.getByRole('navigation', { name: 'Inside the processor' });
  const row = (name: string) =>
    page
      .getByRole('region', { name: 'Operands and result' })
      .getByRole('row', { name: new RegExp(`^${name} `) });

  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Step forward', exact: true })).toBeEnabled();
  const settings = page.getByRole('button', { name: 'Settings of playback', exact: true });
  if (await settings.isVisible()) await settings.click();
  await page.getByRole('combobox', { name: 'Step' }).selectOption('micro');
  await pressCpu(page, 'Computer A');
  await inside.getByRole('button', { name: 'Control unit' }).click();
  const live = page.getByRole('list', { name: 'States' }).locator('[aria-current=step]');

  // The kernel starts the program first; then the program's first instruction is fetched.
  await expect(async () => {
    await press('Step forward');
    await expect(live).toHaveText('● decode', { timeout: 500 });
  }).toPass();
  expect(await axe(page)).toEqual([]);
  await press('Step forward');
  await expect(live).not.toHaveText('● decode');

  await press('Step back');
  await expect(live).toHaveText('● decode');
  await press(/^Computer A: ALU, add$/);
  await expect(page.getByRole('heading', { name: 'Computer A ALU' })).toBeVisible();
  await expect(page.getByText('Operation add')).toBeVisible();
  const [a = 0, b = 0, result] = await Promise.all(
    ['a', 'b', 'result'].map(async (name) =>
      parseInt((await row(name).getByRole('cell').first().textContent()) ?? '', 16),
    ),
  );
  expect(result).toBe((a + b) % 2 ** 32);
  await press('bit 2');
  await expect(page.getByRole('img', { name: /^Gates of bit 2:/ })).toBeVisible();
  expect(await axe(page)).toEqual([]);
});

test('the CPU’s room shows the words on their wires and the line of the program', async ({
  page,
}) => {
  const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Step forward', exact: true })).toBeEnabled();
  const settings = page.getByRole('button', { name: 'Settings of playback', exact: true });
  if (await settings.isVisible()) await settings.click();
  await page.getByRole('combobox', { name: 'Step' }).selectOption('instruction');
  await pressCpu(page, 'Computer A');
  await expect(async () => {
    await press('Step forward');
    const words = page.getByRole('img', { name: /^Datapath: .* from alu to result/ });
    await expect(words).toBeVisible({ timeout: 500 });
  }).toPass();
  const program = page.getByRole('region', { name: 'Program' });
  await program.scrollIntoViewIfNeeded();
  await expect(program.locator('[aria-current=step]')).toBeInViewport();
  await page.getByRole('radio', { name: 'In RAM' }).check();
  await expect(program.locator('[aria-current=step]')).toContainText(/^0x8001[0-9a-f]{4}/);
  expect(await axe(page)).toEqual([]);
});
