import type { CDPSession } from '@playwright/test';
import { expect, test } from './page';

/** Asks a worker of the page by the DevTools protocol, which Playwright does not offer for workers. */
async function workerOf(devtools: CDPSession): Promise<(method: string) => Promise<unknown>> {
  const waiting = new Map<number, (result: unknown) => void>();
  const attached = new Promise<string>((done) => {
    devtools.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.type === 'worker') done(sessionId);
    });
  });
  devtools.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message) as { id: number; result: unknown };
    waiting.get(id)?.(result);
  });
  await devtools.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  const sessionId = await attached;
  let id = 0;
  return async (method) => {
    const answer = new Promise((done) => waiting.set(++id, done));
    const message = JSON.stringify({ id, method, params: {} });
    await devtools.send('Target.sendMessageToTarget', { sessionId, message });
    return answer;
  };
}

test('memory stays flat: after 200 seeks within 20 % of after 20', async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 2, name: /^1 of 14/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Step forward', exact: true })).toBeEnabled();
  const devtools = await page.context().newCDPSession(page);
  const worker = await workerOf(devtools);
  const slider = page.locator('input[type="range"]').first();

  const seek = async (times: number): Promise<void> => {
    for (let i = 0; i < times; i++) {
      const share = 0.05 + ((i * 37) % 90) / 100;
      const wantedNs = await slider.evaluate((input, at) => {
        const range = input as HTMLInputElement;
        range.value = String(Math.round(Number(range.max) * at));
        range.dispatchEvent(new Event('input', { bubbles: true }));
        return Number(range.value);
      }, share);
      // Each is waited for: one that comes too soon makes the one before pointless.
      await expect(slider).toHaveValue(String(wantedNs));
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
  };
  /** Page and worker, when the garbage is gone; octets. */
  const used = async (): Promise<{ page: number; worker: number }> => {
    await devtools.send('HeapProfiler.collectGarbage');
    await worker('HeapProfiler.collectGarbage');
    const [own, engine] = (await Promise.all([
      devtools.send('Runtime.getHeapUsage'),
      worker('Runtime.getHeapUsage'),
    ])) as { usedSize: number }[];
    return { page: own?.usedSize ?? NaN, worker: engine?.usedSize ?? NaN };
  };

  await seek(20);
  const after20 = await used();
  await seek(180);
  const after200 = await used();
  expect(after20.worker).toBeGreaterThan(1_000_000);
  expect(after200.page).toBeLessThanOrEqual(after20.page * 1.2);
  expect(after200.worker).toBeLessThanOrEqual(after20.worker * 1.2);
});
