import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('the lockfile holds no download addresses', () => {
  const lockfile = readFileSync('package-lock.json', 'utf8');
  expect(lockfile).not.toContain('"resolved"');
  expect(lockfile.match(/"[a-z+]+:\/\/[^"]*\.tgz[^"]*"/g)).toBeNull();
});
