import { expect, test } from 'vitest';
import { nowOf } from '../../../src/panels/now';
import { client, moment } from '../fixtures/moment';

test.each([
  [
    'running',
    true,
    'running web',
    'web is running; the kernel waits for its next call, or for an interrupt.',
  ],
  ['running', true, 'system call write', 'web is running; system call write.'],
  ['ready', false, '', 'web is ready; it waits for an interrupt.'],
  ['exited', false, '', 'web has ended; it waits for an interrupt.'],
] as const)('%s, busy %s, doing “%s”', (state, busy, doing, said) => {
  const host = { ...client, processes: [{ pid: 1, name: 'web', state }], busy, doing };
  expect(nowOf({ owner: client.name, kind: 'os' }, moment({ hosts: [host] }))).toBe(said);
});
