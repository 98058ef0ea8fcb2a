/** Small sources, each breaking one rule of the house; the fences must name file and rule. */

/** `rule` is looked for in what the fence says about `file`. */
export type Breach = {
  readonly what: string;
  readonly file: string;
  readonly rule: string;
  readonly source: string;
};

const many = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n');

/** What eslint must catch. */
export const lintBreaches: readonly Breach[] = [
  engine('class', 'no-restricted-syntax', 'export class Machine {}'),
  engine(
    'generator',
    'no-restricted-syntax',
    'export function* steps(): Generator<number> { yield 1; }',
  ),
  engine(
    'async',
    'no-restricted-syntax',
    'export const f = async (): Promise<void> => { await g(); };',
  ),
  engine('promise', 'no-restricted-globals', 'export const later = Promise.resolve(1);'),
  engine('date', 'no-restricted-globals', 'export const now = Date.now();'),
  engine('newDate', 'no-restricted-globals', 'export const now = new Date();'),
  engine('timer', 'no-restricted-globals', 'export const id = setTimeout(() => undefined, 1);'),
  engine('clock', 'no-restricted-globals', 'export const now = performance.now();'),
  engine('viaGlobal', 'no-restricted-globals', 'export const now = globalThis.Date.now();'),
  engine('random', 'no-restricted-syntax', 'export const dice = Math.random();'),
  engine('randomByName', 'no-restricted-syntax', "export const dice = Math['random']();"),
  engine(
    'randomTaken',
    'no-restricted-syntax',
    'const { random } = Math;\nexport const dice = random();',
  ),
  engine('mathPassed', 'no-restricted-syntax', 'const m = Math;\nexport const dice = m.random();'),
  engine('pow', 'no-restricted-syntax', 'export const kilo = Math.pow(2, 10);'),
  engine('exp', 'no-restricted-syntax', 'export const e = Math.exp(1);'),
  engine('hypot', 'no-restricted-syntax', 'export const far = Math.hypot(3, 4);'),
  engine('power', 'no-restricted-syntax', 'export const square = (x: number): number => x ** 2;'),
  engine('locale', 'no-restricted-syntax', 'export const text = (1).toLocaleString();'),
  engine('compare', 'no-restricted-syntax', "export const order = 'a'.localeCompare('b');"),
  engine('intl', 'no-restricted-globals', 'export const f = new Intl.NumberFormat();'),
  engine('bitwise', 'no-bitwise', 'export const low = (word: number): number => word & 0xff;'),
  {
    what: 'a switch that forgets a case',
    file: 'simulator/world/forgetful.ts',
    rule: '@typescript-eslint/switch-exhaustiveness-check',
    source: `type Kind = 'syn' | 'ack' | 'fin';
export function size(kind: Kind): number {
  switch (kind) {
    case 'syn':
      return 1;
    default:
      return 0;
  }
}`,
  },
  {
    what: 'a file of more than 300 lines',
    file: 'simulator/world/long.ts',
    rule: 'max-lines',
    source: many(301, (n) => `export const n${n} = ${n};`),
  },
  {
    what: 'a function of more than 60 lines',
    file: 'src/layout/long.ts',
    rule: 'max-lines-per-function',
    source: `export function f(): number[] {\n  return [\n${many(60, (n) => `    ${n},`)}\n  ];\n}`,
  },
  {
    what: 'a function of more than 12 ways',
    file: 'src/layout/complex.ts',
    rule: 'complexity',
    source: `export function f(x: number): number {\n${many(12, (n) => `  if (x === ${n}) return ${n};`)}\n  return x;\n}`,
  },
  {
    what: 'a promise that nobody waits for, in a component',
    file: 'src/ui/Floating.svelte',
    rule: '@typescript-eslint/no-floating-promises',
    source: '<script lang="ts">\n  fetch("/");\n</script>',
  },
  {
    what: 'raw HTML in a component',
    file: 'src/ui/Raw.svelte',
    rule: 'svelte/no-at-html-tags',
    source:
      '<script lang="ts">\n  let { html }: { html: string } = $props();\n</script>\n\n{@html html}',
  },
];

function engine(what: string, rule: string, source: string): Breach {
  return { what: `${what} in the engine`, file: `simulator/world/${what}.ts`, rule, source };
}

const exportsOne = 'export const one = 1;';
const imports = (path: string): string =>
  `import { one } from '${path}';\nexport const two = one + 1;`;

/** What the breaches of structure import; itself without fault. */
export const grounds: Readonly<Record<string, string>> = {
  'simulator/index.ts': "export { one } from './contract/one';\nexport { root } from './isa/one';",
  'simulator/contract/one.ts': exportsOne,
  'simulator/hardware/one.ts': imports('../contract/one'),
  'simulator/protocols/one.ts': imports('../contract/one'),
  'scenarios/pong/one.ts': imports('../../simulator/index'),
  'src/one.ts': imports('../simulator/index'),
  'src/session/one.ts': imports('../../simulator/index'),
  'src/articles/build/one.ts': imports('../../../simulator/index'),
  'src/cli/one.ts': "import { argv } from 'node:process';\nexport const one = argv.length;",
  'simulator/isa/one.ts':
    'export const low = (word: number): number => word & 0xff;\nexport const root = Math.sqrt(2);',
};

/** The other half of a circle: which half is named is the fence's choice. */
export const halves: Readonly<Record<string, string>> = {
  'simulator/world/trip.ts': "import { a } from './round';\nexport const b = (): number => a();",
};

/** What dependency-cruiser must catch. */
export const structureBreaches: readonly Breach[] = [
  structure('simulator/world/screen.ts', 'engine-knows-no-screen', imports('../../src/one')),
  structure(
    'simulator/world/scenario.ts',
    'engine-knows-no-screen',
    imports('../../scenarios/pong/one'),
  ),
  structure('simulator/os/iron.ts', 'os-imports-only-below', imports('../hardware/one')),
  structure('simulator/bits/up.ts', 'bits-imports-only-below', imports('../protocols/one')),
  structure('simulator/contract/up.ts', 'contract-imports-only-below', imports('../index')),
  structure(
    'simulator/attic/new.ts',
    'engine-folders-are-in-the-table',
    imports('../contract/one'),
  ),
  structure(
    'simulator/world/node.ts',
    'engine-has-no-dependencies',
    "import fs from 'node:fs';\nexport const f = fs;",
  ),
  structure(
    'simulator/world/package.ts',
    'engine-has-no-dependencies',
    "import { mount } from 'svelte';\nexport const f = mount;",
  ),
  structure(
    'simulator/wire/package.ts',
    'only-crypto-packages',
    "import { mount } from 'svelte';\nexport const f = mount;",
  ),
  structure(
    'simulator/world/round.ts',
    'no-circles',
    "import { b } from './trip';\nexport const a = (): number => b();",
  ),
  structure('simulator/world/alone.ts', 'no-orphans', exportsOne),
  structure('simulator/world/lost.ts', 'everything-resolves', imports('./nowhere')),
  structure('src/pages/reader.ts', 'articles-are-made-at-build', imports('../articles/build/one')),
  structure('src/panels/side.ts', 'one-door', imports('../../simulator/contract/one')),
  structure(
    'src/panels/Side.svelte',
    'one-door',
    `<script lang="ts">\n  ${imports('../../simulator/contract/one').split('\n')[0]!}\n</script>\n{one}`,
  ),
  structure('scenarios/ping/side.ts', 'one-door', imports('../../simulator/contract/one')),
  structure('scenarios/ping/other.ts', 'scenarios-stand-alone', imports('../pong/one')),
  structure('scenarios/ping/screen.ts', 'scenarios-know-no-screen', imports('../../src/one')),
  structure(
    'src/stage/node.ts',
    'screen-knows-no-node',
    "import fs from 'node:fs';\nexport const f = fs;",
  ),
  structure('src/ui/engine.ts', 'controls-know-no-engine', imports('../../simulator/index')),
  structure('src/ui/session.ts', 'controls-know-no-engine', imports('../session/one')),
  structure(
    'src/layout/framework.ts',
    'geometry-knows-no-screen',
    "import { mount } from 'svelte';\nexport const f = mount;",
  ),
  structure('src/cli/screen.ts', 'cli-knows-no-screen', imports('../session/one')),
  structure('src/stage/cli.ts', 'screen-knows-no-cli', imports('../cli/one')),
];

function structure(file: string, rule: string, source: string): Breach {
  return { what: `${rule}: ${file}`, file, rule, source };
}

/** What the compiler must catch: `rule` is its code. */
export const typeBreaches: readonly Breach[] = [
  types('simulator/world/dom.ts', 'TS2584', 'export const title = document.title;'),
  types('simulator/world/nodeGlobal.ts', 'TS2591', 'export const all = process.argv;'),
  types('simulator/world/console.ts', 'TS2584', "console.log('state');"),
  types(
    'simulator/world/index.ts',
    'TS2322',
    'const all = [1];\nexport const first: number = all[0];',
  ),
  types('simulator/world/enum.ts', 'TS1294', 'export enum Kind { Syn }'),
  types(
    'simulator/world/optional.ts',
    'TS2375',
    'type A = { b?: number };\nexport const a: A = { b: undefined };',
  ),
  types(
    'simulator/world/falls.ts',
    'TS7029',
    "export function f(k: string): number {\n  let n = 0;\n  switch (k) {\n    case 'a':\n      n = 1;\n    case 'b':\n      n += 1;\n  }\n  return n;\n}",
  ),
];

function types(file: string, code: string, source: string): Breach {
  return { what: `${code}: ${file}`, file, rule: code, source };
}
