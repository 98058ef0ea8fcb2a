/**
 * Whole runs as stories. `npx vitest run --project=unit tests/scenarios -u` writes them anew; read
 * the difference as prose.
 */
import { expect, test } from 'vitest';
import { scenario as page } from '../../scenarios/fetch-a-page/scenario';
import { scenario as ping } from '../../scenarios/ping/scenario';
import { faultOn, traceOf } from './trace';

const STORIES: Readonly<Record<string, () => string>> = {
  ping: () => traceOf(ping),
  'fetch-a-page': () => traceOf(page),
  'fetch-a-page-syn-lost': () => traceOf(page, [faultOn(page, '[SYN]', { kind: 'drop' })]),
  'fetch-a-page-corrupted': () =>
    traceOf(page, [faultOn(page, 'HTTP 200', { kind: 'corrupt', bit: 1000 })]),
};

test.each(Object.entries(STORIES))('%s', async (name, tellIt) => {
  const text = tellIt();
  expect(text.split('\n').length).toBeLessThan(60);
  await expect(text).toMatchFileSnapshot(`../golden/${name}.trace.txt`);
});
