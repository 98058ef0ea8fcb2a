import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const css = readFileSync('src/tokens.css', 'utf8');
const pairs = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(
    ([, name, light, dark]) => [name, { light: light!, dark: dark! }] as const,
  ),
);

/** Relative luminance (WCAG 2.2, definitions). */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string, theme: 'light' | 'dark'): number {
  const [dim, bright] = [one, other]
    .map((name) => luminance(pairs.get(name)![theme]))
    .sort((a, b) => a - b);
  return (bright! + 0.05) / (dim! + 0.05);
}

const grounds = ['paper', 'surface', 'sunken'];
const kinds = ['accent', 'cpu', 'memory', 'network', 'os', 'peripheral', 'good', 'warn', 'bad'];
const softs = [...kinds, 'changed'].map((kind) => `${kind}-soft`);

type Row = readonly [name: string, ground: string, least: number];
const each = (names: readonly string[], on: readonly string[], least: number): Row[] =>
  names.flatMap((name) => on.map((ground) => [name, ground, least] as const));

/** Which colour stands on which, and the least contrast (WCAG 2.2: 1.4.3 words, 1.4.11 edges). */
const rows: readonly Row[] = [
  ...each(['ink', 'ink-soft', ...kinds], grounds, 4.5),
  ...each(['ink', 'ink-soft'], softs, 4.5),
  ...kinds.map((kind) => [kind, `${kind}-soft`, 4.5] as const),
  ...each(['on-solid'], kinds, 4.5),
  ...each(['line-strong', 'focus'], grounds, 3),
];

it.each(['light', 'dark'] as const)('every pair of colours has AA contrast, %s', (theme) => {
  const tooFaint = rows
    .map(([name, ground, least]) => ({ name, ground, least, is: contrast(name, ground, theme) }))
    .filter(({ least, is }) => is < least)
    .map(({ name, ground, least, is }) => `${name} on ${ground}: ${is.toFixed(2)}, needs ${least}`);
  expect(tooFaint).toEqual([]);
});
