/** The import table of ARCHITECTURE.md as rules. `npm run structure` checks it. */

/** A folder of the engine may import itself and those named, nothing else of the engine. */
const below = (from, ...to) => ({
  name: `${from}-imports-only-below`,
  severity: 'error',
  from: { path: `^simulator/${from}/` },
  to: { path: '^simulator/', pathNot: [`^simulator/(${[from, ...to].join('|')})/`] },
});

const engine = [
  below('contract'),
  below('bits', 'contract'),
  below('isa', 'bits', 'contract'),
  below('wire', 'bits', 'contract'),
  below('hardware', 'bits', 'contract'),
  below('cpu', 'isa', 'bits', 'contract'),
  below('link', 'wire', 'bits', 'contract'),
  below('protocols', 'wire', 'bits', 'contract'),
  below('os', 'protocols', 'wire', 'isa', 'bits', 'contract'),
  below('runtime', 'isa', 'bits', 'contract'),
  below('cluster', 'wire', 'bits', 'contract'),
  below(
    'host',
    ...['cpu', 'hardware', 'os', 'protocols', 'runtime', 'cluster', 'wire', 'isa'],
    ...['bits', 'contract'],
  ),
  below('world', 'host', 'link', 'bits', 'contract'),
  below('history', 'world', 'bits', 'contract'),
  below('scenario', 'history', 'world', 'host', 'link', 'wire', 'isa', 'bits', 'contract'),
  {
    name: 'engine-knows-no-screen',
    severity: 'error',
    from: { path: '^simulator/' },
    to: { path: '^(src|scenarios|tests|scripts|config)/' },
  },
  {
    name: 'engine-has-no-dependencies',
    severity: 'error',
    from: { path: '^simulator/' },
    to: { dependencyTypes: ['npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown', 'core'] },
  },
  {
    name: 'engine-folders-are-in-the-table',
    comment: 'A new folder of the engine gets a row in this file and in ARCHITECTURE.md first.',
    severity: 'error',
    from: {
      path: '^simulator/[^/]+/',
      pathNot:
        '^simulator/(contract|bits|isa|wire|hardware|cpu|link|protocols|os|runtime|cluster|host|world|history|scenario)/',
    },
    to: {},
  },
];

// Only wire and protocols may use a package, and only the crypto ones.
engine.find(({ name }) => name === 'engine-has-no-dependencies').from.pathNot =
  '^simulator/(wire|protocols)/';
engine.push({
  name: 'only-crypto-packages',
  severity: 'error',
  from: { path: '^simulator/(wire|protocols)/' },
  to: {
    dependencyTypes: ['npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown', 'core'],
    pathNot: '(^|/)node_modules/@noble/',
  },
});

const scenarios = [
  {
    name: 'scenarios-know-no-screen',
    severity: 'error',
    from: { path: '^scenarios/' },
    to: { path: '^(src|tests|scripts|config)/' },
  },
  {
    name: 'scenarios-stand-alone',
    severity: 'error',
    from: { path: '^scenarios/([^/]+)/' },
    to: { path: '^scenarios/([^/]+)/', pathNot: '^scenarios/$1/' },
  },
];

const screen = [
  {
    name: 'one-door',
    severity: 'error',
    from: { path: '^(src|scenarios)/' },
    to: { path: '^simulator/', pathNot: '^simulator/index\\.ts$' },
  },
  {
    name: 'screen-knows-no-node',
    severity: 'error',
    from: { path: '^(src|scenarios)/', pathNot: '^src/cli/' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'cli-knows-no-screen',
    comment: 'Both read the list of scenarios, src/catalogue.ts.',
    severity: 'error',
    from: { path: '^src/cli/' },
    to: { path: '(^src/(?!cli/|catalogue\\.ts$)|\\.svelte(\\.ts)?$|(^|/)node_modules/svelte/)' },
  },
  {
    name: 'screen-knows-no-cli',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/cli/' },
    to: { path: '^src/cli/' },
  },
  {
    name: 'articles-are-made-at-build',
    comment: 'Only the vite plugin runs what reads Markdown: no page loads it.',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/articles/build/' },
    to: { path: '^src/articles/build/|(^|/)node_modules/marked/' },
  },
  {
    name: 'controls-know-no-engine',
    severity: 'error',
    from: { path: '^src/ui/' },
    to: { path: '^(simulator|scenarios|src/(session|stage|panels|layout))/' },
  },
  {
    name: 'geometry-knows-no-screen',
    severity: 'error',
    from: { path: '^src/layout/' },
    to: { path: '((^|/)node_modules/svelte/|\\.svelte(\\.ts)?$|^src/(session|stage|panels|ui)/)' },
  },
  {
    name: 'product-knows-no-tests',
    severity: 'error',
    from: { path: '^(src|scenarios)/' },
    to: { path: '^(tests|scripts|config)/' },
  },
];

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'everything-resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^(src|simulator)/', pathNot: '\\.d\\.ts$' },
      to: {},
    },
    ...engine,
    ...scenarios,
    ...screen,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'svelte', 'types', 'node', 'default'],
    },
  },
};
