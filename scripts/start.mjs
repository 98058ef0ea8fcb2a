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
const port = Number(values.port ?? 4173);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error(`autochitect: --port ${values.port} is not a port`);
  process.exit(2);
}
const { freshenSiteOrExit } = await import('./site.mjs');
const { serve } = await import('./serve.mjs');
await freshenSiteOrExit();
try {
  const address = await serve(port, values.port === undefined);
  console.log(`autochitect: ${address} (Ctrl+C ends it)`);
} catch (error) {
  console.error(`autochitect: cannot serve on port ${port}: ${error.message}`);
  process.exit(1);
}
