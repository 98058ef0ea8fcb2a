// `npm start`: builds what is missing or old, serves it on localhost and prints the address.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './fresh.mjs';

if (!existsSync(join(root, 'node_modules/vite'))) {
  console.error('autochitect: the packages are missing. Run `npm ci` first.');
  process.exit(1);
}
const { values } = parseArgs({ options: { port: { type: 'string' } } });
const { freshenSite } = await import('./site.mjs');
const { serve } = await import('./serve.mjs');
await freshenSite();
const address = await serve(Number(values.port ?? 4173), values.port === undefined);
console.log(`autochitect: ${address} (Ctrl+C ends it)`);
