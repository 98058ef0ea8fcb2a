/** A run in this browser is the run in Node: both are held to tests/golden/hashes.json. */
import { expect, test } from 'vitest';
import { scenarios } from '../../src/catalogue';
import kept from '../golden/hashes.json';
import { allHashes } from '../scenarios/hashes';

test.each(['fast', 'micro'] as const)('%s: the hashes are those that are kept', (engine) => {
  expect(allHashes(scenarios, engine)).toEqual(kept);
});
