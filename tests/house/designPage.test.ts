import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { groupsOf, isColour } from '../../src/design/tokens';

test('every token of tokens.css is shown once, in its group', () => {
  const css = readFileSync('src/tokens.css', 'utf8');
  const [rule = ''] = css.split('\n}');
  const written = [...rule.matchAll(/^ {2}--([\w-]+):/gm)].map(([, name]) => name);
  const listed = groupsOf(css)
    .flatMap(({ tokens }) => tokens)
    .map(({ name }) => name);
  expect(listed).toEqual(written);
  expect(new Set(listed).size).toBe(listed.length);
});

test('a group has the first words of its comment as its title, and remarks go with their token', () => {
  const css = `:root {
  color-scheme: light dark;

  /* Ground and ink */
  --paper: light-dark(#fff, #000);
  --line: light-dark(#ddd, #333); /* edges: 3:1 */

  /* Kinds of part: hues that
     are apart. */
  --stroke: 1px;
}`;
  const [ground, kinds] = groupsOf(css);
  expect(ground?.title).toBe('Ground and ink');
  expect(ground?.tokens[1]).toEqual({
    name: 'line',
    value: 'light-dark(#ddd, #333)',
    remark: 'edges: 3:1',
  });
  expect(ground?.tokens.every(isColour)).toBe(true);
  expect(kinds?.title).toBe('Kinds of part');
  expect(kinds?.tokens.some(isColour)).toBe(false);
});
