/** What the worker's build leaves out of chapters: what people read, and nothing else. */
import { parseSync } from 'vite';
import { expect, test } from 'vitest';
import { withoutWords } from '../../scripts/wordless.mjs';

test.each([
  [
    `x = { id: 'a', text: 'long', stop: { text: 1 } };`,
    `x = { id: 'a', text: '', stop: { text: 1 } };`,
  ],
  ['x = { because: `many\n words`, ask: "kept" };', 'x = { because: \'\', ask: "kept" };'],
  ['x = [{ text: "one" }, { text: "two" }];', "x = [{ text: '' }, { text: '' }];"],
  ['x = { text: word, because: `${made} of` };', 'x = { text: word, because: `${made} of` };'],
])('%s', (code, left) => {
  expect(withoutWords(code, (text) => parseSync('chapters.js', text).program)).toBe(left);
});
