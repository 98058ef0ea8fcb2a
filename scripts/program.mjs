// Runs a TypeScript program of this repository under Node: bundled once, again when it changes.
// Nothing but the program itself writes to stdout.
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { freshen, root } from './fresh.mjs';

/** The entry, and beside it every `*.worker.ts` for worker threads: they come out as `*.worker.js`. */
function inputs(entry) {
  const folder = dirname(join(root, entry));
  const workers = readdirSync(folder).filter((file) => file.endsWith('.worker.ts'));
  return Object.fromEntries(
    [basename(entry), ...workers].map((file) => [file.replace(/\.ts$/, ''), join(folder, file)]),
  );
}

async function bundle(name, entry) {
  const { build } = await import('vite');
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node20',
      minify: false,
      emptyOutDir: true,
      outDir: `node_modules/.cache/${name}`,
      rollupOptions: {
        input: inputs(entry),
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
}

/** Exit status 2 when the program itself is broken; otherwise what the program says. */
export async function runProgram(name, entry) {
  if (!existsSync(join(root, entry))) {
    console.error(`${name}: there is no ${entry} yet`);
    process.exit(2);
  }
  const product = `node_modules/.cache/${name}/${basename(entry).replace(/\.ts$/, '.js')}`;
  const sources = [dirname(entry), 'simulator', 'scenarios'];
  try {
    await freshen(name, sources, product, () => bundle(name, entry));
  } catch (error) {
    console.error(`${name}: ${entry} does not build: ${stripVTControlCharacters(error.message)}`);
    process.exit(2);
  }
  process.argv[1] = join(root, product);
  await import(pathToFileURL(process.argv[1]).href);
}
