import { createServer, type AddressInfo } from 'node:net';
import { defineConfig, devices } from '@playwright/test';
import { chromiumArgs, ensureBrowser } from './scripts/browser.mjs';

const env = process.env;
const ci = env['CI'] !== undefined;

/** A port that nobody has: another preview on this machine must not fail the tests, or be tested. */
function freePort(): Promise<string> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        done(String(port));
      });
    });
  });
}

// Every Playwright worker reads this file: browser and port are found once and handed down.
env['CHROMIUM_PATH'] ??= await ensureBrowser();
env['E2E_PORT'] ??= await freePort();
const origin = `http://127.0.0.1:${env['E2E_PORT']}`;

export default defineConfig({
  testDir: 'tests/e2e',
  fullyParallel: true,
  workers: 2,
  forbidOnly: ci,
  // A shared machine may stall for seconds; what passes only the second time is told by name.
  retries: ci ? 1 : 0,
  // Far more than any story needs: nothing here measures speed.
  timeout: 45_000,
  expect: { timeout: 10_000 },
  maxFailures: ci ? 10 : 0,
  reporter: 'list',
  use: {
    baseURL: origin,
    actionTimeout: 10_000,
    trace: 'retain-on-failure',
    launchOptions: { executablePath: env['CHROMIUM_PATH'], args: chromiumArgs },
  },
  projects: [
    { name: 'desktop', use: { ...devices['Desktop Chrome'] } },
    { name: 'phone', use: { ...devices['Pixel 7'] } },
  ],
  webServer: {
    command: `node scripts/serve.mjs --port ${env['E2E_PORT']}`,
    url: origin,
    reuseExistingServer: false,
    timeout: 30_000,
  },
});
