// Tells whether what was built is still what the sources say, without building it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

function* filesBelow(path) {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) return void (yield path);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) yield* filesBelow(inner);
    else yield inner;
  }
}

/** Names, sizes and times of all files below the sources: changes when any is edited or removed. */
function fingerprint(sources) {
  const hash = createHash('sha256').update(process.version);
  for (const source of [...sources, 'package-lock.json', 'scripts'])
    for (const file of filesBelow(join(root, source))) {
      const { size, mtimeMs } = statSync(file);
      hash.update(`${file} ${size} ${mtimeMs}\n`);
    }
  return hash.digest('hex');
}

/** Runs `build` unless the sources are as they were when it last succeeded. */
export async function freshen(name, sources, product, build) {
  const stampFile = join(root, 'node_modules/.cache/stamps', name);
  const now = fingerprint(sources);
  const then = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
  if (now === then && existsSync(join(root, product))) return;
  await build();
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, now);
}
