import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { articles } from './scripts/articles.mjs';
import { chromiumArgs, ensureBrowser } from './scripts/browser.mjs';

/** True when no `--project` is named, or the browser's is. */
const named = process.argv.filter((a) => a.startsWith('--project='));
const wantsBrowser = named.length === 0 || named.includes('--project=browser');
if (wantsBrowser) process.env['CHROMIUM_PATH'] ??= await ensureBrowser();
const executablePath = process.env['CHROMIUM_PATH'];

/** What takes longer hangs: a test says nothing of how fast a machine is. */
const testTimeout = 30_000;

export default defineConfig({
  test: {
    projects: [
      {
        // Pure logic. One module graph a worker: forty files cost as much as four.
        plugins: [articles()],
        test: {
          name: 'unit',
          testTimeout,
          environment: 'node',
          pool: 'threads',
          isolate: false,
          include: ['tests/{simulator,machine,scenarios,session,articles,house,cli}/**/*.test.ts'],
          setupFiles: ['tests/seed.ts'],
        },
      },
      {
        plugins: [articles(), svelte(), svelteTesting({ autoCleanup: false })],
        // vmThreads: jsdom is fresh for each file, at a tenth of the default pool's time.
        test: {
          name: 'dom',
          testTimeout,
          environment: 'jsdom',
          pool: 'vmThreads',
          include: ['tests/app/**/*.test.ts'],
          setupFiles: ['tests/app/setup.ts', 'tests/seed.ts'],
        },
      },
      {
        // The same files in a real browser, and those that need one.
        // No svelteTesting(): it empties resolve.conditions and Svelte's server build is loaded.
        plugins: [articles(), svelte()],
        // Named here, or a fresh machine finds them late, reloads, and loses a test file.
        optimizeDeps: {
          include: [
            '@testing-library/svelte',
            '@testing-library/jest-dom/vitest',
            '@testing-library/user-event',
            'xstate',
            'd3-array',
            'd3-shape',
            '@codemirror/commands',
            '@codemirror/language',
            '@codemirror/lint',
            '@codemirror/state',
            '@codemirror/view',
            '@lezer/highlight',
          ],
        },
        test: {
          name: 'browser',
          testTimeout,
          include: ['tests/app/**/*.test.ts', 'tests/browser/**/*.test.ts'],
          setupFiles: ['tests/app/setup.ts', 'tests/seed.ts'],
          isolate: false,
          browser: {
            enabled: true,
            headless: true,
            // Wide: on a phone's screen some controls are folded away.
            viewport: { width: 1280, height: 900 },
            api: { host: '127.0.0.1' },
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(executablePath === undefined ? {} : { executablePath }),
                args: chromiumArgs,
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
