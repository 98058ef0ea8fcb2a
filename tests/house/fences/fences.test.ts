/** Every fence is shown a breach and must catch it; and what is right must pass all of them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  grounds,
  halves,
  lintBreaches,
  structureBreaches,
  typeBreaches,
  type Breach,
} from './breaches';
import { plant, type House } from './planted';

/** What a fence said: for each file, the rules that it broke. */
type Caught = ReadonlyMap<string, ReadonlySet<string>>;

function collect(rows: readonly (readonly [string, string])[]): Caught {
  const caught = new Map<string, Set<string>>();
  for (const [file, rule] of rows) caught.set(file, (caught.get(file) ?? new Set()).add(rule));
  return caught;
}

function sourcesOf(breaches: readonly Breach[]): Record<string, string> {
  const planted = Object.fromEntries(breaches.map(({ file, source }) => [file, source]));
  return { 'src/App.svelte': '<p>up</p>', ...grounds, ...halves, ...planted };
}

type LintResult = { filePath: string; messages: { ruleId: string | null; message: string }[] };

async function lint(house: House): Promise<Caught> {
  const results = JSON.parse(
    await house.run('eslint/bin/eslint.js', '--format', 'json', 'simulator', 'src'),
  ) as LintResult[];
  return collect(
    results.flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId, message }) => {
        const file = /(?:simulator|src)\/.*$/.exec(filePath.replaceAll('\\', '/'))?.[0];
        return [file ?? filePath, ruleId ?? message] as const;
      }),
    ),
  );
}

type Cruise = { summary: { violations: { from: string; rule: { name: string } }[] } };

async function cruise(house: House): Promise<Caught> {
  const result = JSON.parse(
    await house.run(
      'dependency-cruiser/bin/dependency-cruise.mjs',
      ...['--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
      ...['simulator', 'src', 'scenarios'],
    ),
  ) as Cruise;
  return collect(result.summary.violations.map(({ from, rule }) => [from, rule.name] as const));
}

async function compile(house: House): Promise<Caught> {
  const text = await house.run('typescript/bin/tsc', '-p', 'simulator', '--pretty', 'false');
  return collect(
    [...text.matchAll(/^(\S+?)\(\d+,\d+\): error (TS\d+)/gm)].map(
      ([, file, code]) => [file!, code!] as const,
    ),
  );
}

const houses = [
  { name: 'eslint', breaches: lintBreaches, judge: lint },
  { name: 'dependency-cruiser', breaches: structureBreaches, judge: cruise },
  { name: 'the compiler', breaches: typeBreaches, judge: compile },
];

describe.each(houses)('$name catches', ({ breaches, judge }) => {
  let house: House;
  let caught: Caught;
  beforeAll(async () => {
    house = plant(sourcesOf(breaches));
    caught = await judge(house);
  }, 60_000);
  afterAll(() => {
    house.remove();
  });

  it.each(breaches)('$what', ({ file, rule }) => {
    expect([...(caught.get(file) ?? [])]).toContain(rule);
  });

  it('nothing in sources that keep the rules', () => {
    const innocent = Object.keys(grounds).filter((file) => caught.has(file));
    expect(innocent).toEqual([]);
  });
});
