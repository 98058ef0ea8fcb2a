import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hot } from '../../config/hot.js';

/** Files that are tracked or soon will be, as the tree has them. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(file));

/** Spelled in halves, so that this file holds none of them. */
const strange = [
  '/wo|rk/',
  '../sha|red',
  '.lib|rary/',
  '/ro|ot/',
  'registry.npm|js',
  'deb.deb|ian.org',
].map((halves) => halves.replace('|', ''));

function linesWith(words: readonly string[]): string[] {
  return files.flatMap((file) =>
    readFileSync(file, 'latin1')
      .split('\n')
      .flatMap((line, n) =>
        words.some((word) => line.includes(word)) ? [`${file}:${n + 1}`] : [],
      ),
  );
}

/** Lines of script and markup that are neither blank nor comment; the style is not counted. */
function sizeOf(component: string): number {
  return component
    .replace(/<style[^]*?<\/style>/g, '')
    .replace(/<!--[^]*?-->|\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '')
    .split('\n')
    .filter((line) => line.trim() !== '').length;
}

describe('the repository', () => {
  it('names no machine, no workplace and no package host', () => {
    expect(linesWith(strange)).toEqual([]);
  });

  it('has a lockfile without download addresses', () => {
    const lockfile = readFileSync('package-lock.json', 'utf8');
    expect(lockfile).not.toContain('"resolved"');
  });

  it('has a lockfile with every platform in it, without which npm ci refuses', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, { optionalDependencies?: Record<string, string> }>;
    };
    const locked = Object.keys(packages);
    const missing = Object.values(packages)
      .flatMap(({ optionalDependencies }) => Object.keys(optionalDependencies ?? {}))
      .filter((name) => !locked.some((path) => path.endsWith(`node_modules/${name}`)));
    expect(missing).toEqual([]);
  });

  it('has exact versions only', () => {
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync('package.json', 'utf8'),
    ) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
    );
    expect(loose).toEqual([]);
  });
});

describe('components', () => {
  it('counts script and markup, not style and comments', () => {
    const component =
      '<script>\n  // why\n  /* a\n b */\n  let a;\n</script>\n\n<p>{a}</p>\n<style>\n p {}\n</style>\n';
    expect(sizeOf(component)).toBe(4);
  });

  it('have at most 150 lines of script and markup', () => {
    const large = files
      .filter((file) => file.startsWith('src/') && file.endsWith('.svelte'))
      .map((file) => `${file}: ${sizeOf(readFileSync(file, 'utf8'))}`)
      .filter((row) => Number(row.split(': ')[1]) > 150);
    expect(large).toEqual([]);
  });
});

it('every hot file is there, and so is the benchmark that excuses it', () => {
  const benches = readdirSync('tests/bench')
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(`tests/bench/${file}`, 'utf8'));
  const unexcused = hot.filter(
    ({ files: glob, benchmark }) =>
      !existsSync(glob.replace(/\/?\*.*$/, '')) ||
      !benches.some((text) => text.includes(`'${benchmark}'`)),
  );
  expect(unexcused).toEqual([]);
});
