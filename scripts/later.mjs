// A vite plugin of the worker's own build: writes down which of its scripts are loaded on demand.
// The manifest of the page's build knows only the page's.

/** Where it is written, below dist/; it goes when the site is made. */
export const laterFile = '.vite/later.json';

/** Files that no entry needs at once. */
function laterIn(bundle) {
  const chunks = Object.values(bundle).filter(({ type }) => type === 'chunk');
  const now = new Set();
  const visit = (file) => {
    if (now.has(file)) return;
    now.add(file);
    bundle[file]?.imports.forEach(visit);
  };
  for (const { isEntry, fileName } of chunks) if (isEntry) visit(fileName);
  return chunks.map(({ fileName }) => fileName).filter((file) => !now.has(file));
}

export function later() {
  return {
    name: 'later',
    apply: 'build',
    generateBundle(_options, bundle) {
      const source = JSON.stringify(laterIn(bundle));
      this.emitFile({ type: 'asset', fileName: laterFile, source });
    },
  };
}
