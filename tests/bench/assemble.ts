/** `assemble`: sources of 1 MB to programs, every branch as short as it may be. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assemble } from '../../simulator/isa/assembler/assemble';
import type { Bench, Measure } from './bench';
import { root } from './site';

const OCTETS = 1_000_000;
const TIMES = 5;

/** A program of ours with its labels renamed, over and over. */
function written(name: string): string {
  const file = join(root, `tests/simulator/isa/corpus/${name}.s`);
  const text = readFileSync(file, 'utf8').replaceAll(/^\s*\.globl.*$/gm, '');
  const labels = [...text.matchAll(/^([.\w]*[a-z_]\w*):/gim)].map(([, label = '']) => label);
  const pattern = new RegExp(`(?<![.\\w])(${labels.join('|').replaceAll('.', '\\.')})\\b`, 'g');
  return repeated((n) => text.replaceAll(pattern, `$1${n}`));
}

function repeated(piece: (n: number) => string): string {
  const parts: string[] = [];
  for (let length = 0; length < OCTETS; length += parts.at(-1)?.length ?? OCTETS) {
    parts.push(piece(parts.length));
  }
  return parts
    .join('')
    .slice(0, OCTETS)
    .replace(/\n[^\n]*$/, '\n');
}

const SOURCES: readonly (readonly [name: string, text: () => string])[] = [
  ['a program, many times', () => written('program')],
  [
    'branches alone, near and far',
    () => repeated((n) => `l${n}: beqz a0, l${n - (n % 3000)}\n`) + 'end:\n',
  ],
  ['numbers alone', () => repeated((n) => `.word ${n}, 0x${n.toString(16)}, 1 + ${n}\n`)],
];

function measured([name, textOf]: (typeof SOURCES)[number]): Measure {
  const text = textOf();
  const times = Array.from({ length: TIMES }, () => {
    const began = performance.now();
    const made = assemble(text);
    const ms = performance.now() - began;
    if (!made.ok) throw new Error(`${name}: ${JSON.stringify(made.errors[0])}`);
    return ms;
  });
  const median = times.toSorted((a, b) => a - b)[TIMES >> 1] ?? Infinity;
  return { name, value: median, unit: 'ms', atMost: 1000 };
}

export const assembleBench: Bench = {
  name: 'assemble',
  what: `sources of ${OCTETS.toLocaleString('en')} octets, median of ${TIMES}`,
  run: () => SOURCES.map(measured),
};
