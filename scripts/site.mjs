// Builds the site into dist/: the client, then every page of src/pages.ts as HTML, then sw.js.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { build } from 'vite';
import { freshen, root } from './fresh.mjs';
import { laterFile } from './later.mjs';
import { writeOfflineWorker } from './offline.mjs';

const dist = join(root, 'dist');
const server = join(root, 'node_modules/.cache/server');
const sources = ['src', 'simulator', 'scenarios', 'public', 'index.html', 'vite.config.ts'];

/** Chunk and stylesheet addresses that a source needs, by the client build's manifest. */
function assetsOf(manifest, source) {
  const scripts = new Set();
  const styles = new Set();
  const visit = (key) => {
    const { file, css = [], imports = [] } = manifest[key];
    if (scripts.has(file)) return;
    scripts.add(file);
    for (const style of css) styles.add(style);
    imports.forEach(visit);
  };
  visit(source);
  return { scripts, styles };
}

/** The sources that a page is made from: its component, and what that is given. */
function sourcesOf({ component, data }) {
  const source = `src/pages/${component}.svelte`;
  return data === undefined ? [source] : [source, data.source];
}

const stylesheet = /<link rel="stylesheet"[^>]*href="\/([^"]+)"[^>]*>/g;

/**
 * The stylesheets in the page itself, in the order of their links: a dozen small files would each
 * hold up the first paint. Where the links were, a script puts disabled ones: what is loaded later
 * and needs a stylesheet looks for its link, and finds that there is one.
 */
function withStyles(html) {
  const files = [...html.matchAll(stylesheet)].map(([, file]) => file);
  const css = files.map((file) => readFileSync(join(dist, file), 'utf8').trim()).join('\n');
  const hrefs = JSON.stringify(files.map((file) => `/${file}`));
  const found = `<script>for (const href of ${hrefs}) document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', disabled: true, href }))</script>`;
  // All stand where the first stood.
  let first = true;
  return html.replace(stylesheet, () => {
    const text = first ? `<style>${css}</style>${found}` : '';
    first = false;
    return text;
  });
}

const script = /\s*<script type="module"[^>]*src="([^"]+)"[^>]*><\/script>/;
const preload = /\s*<link rel="modulepreload"[^>]*href="([^"]+)"[^>]*>/g;

/**
 * The scripts are asked for when the page has been painted: what can be read comes first, on a slow
 * line, too. A page that nobody sees is not painted, and need not wait.
 */
function withScriptsAfterPaint(html) {
  const [, main] = html.match(script);
  const hrefs = [...html.matchAll(preload)].map(([, href]) => href);
  const add = (tag, fields) =>
    `document.head.append(Object.assign(document.createElement('${tag}'), ${fields}))`;
  const begin = [
    `for (const href of ${JSON.stringify(hrefs)})`,
    `${add('link', "{ rel: 'modulepreload', crossOrigin: '', href }")};`,
    add('script', `{ type: 'module', crossOrigin: '', src: ${JSON.stringify(main)} }`),
  ].join(' ');
  const text = `<script>{ const begin = () => { ${begin} }; if (document.hidden) begin(); else requestAnimationFrame(() => setTimeout(begin)); }</script>`;
  return html
    .replace(script, '')
    .replace(preload, '')
    .replace('</body>', () => `${text}</body>`);
}

/** Links for what a page needs beyond the template, so that it is neither late nor unstyled. */
function links(manifest, sources, template) {
  for (const source of sources)
    if (!(source in manifest)) throw new Error(`no ${source}, which src/pages.ts names`);
  const needed = sources.map((source) => assetsOf(manifest, source));
  const all = (kind) => [...new Set(needed.flatMap((assets) => [...assets[kind]]))];
  return [
    ...all('styles').map((file) => `<link rel="stylesheet" href="/${file}">`),
    ...all('scripts').map((file) => `<link rel="modulepreload" href="/${file}">`),
  ].filter((link) => !template.includes(link.match(/href="([^"]+)"/)[1]));
}

/** What home does not need before somebody does something: an editor, a write-up, and the like. */
function lazyFiles(manifest, home) {
  const entries = Object.keys(manifest).filter((key) => manifest[key].isEntry === true);
  const needed = [...entries, ...home].map((source) => assetsOf(manifest, source));
  const eager = new Set(needed.flatMap(({ scripts, styles }) => [...scripts, ...styles]));
  const made = Object.values(manifest).flatMap(({ file, css = [] }) => [file, ...css]);
  return made.filter((file) => !eager.has(file));
}

const fileOf = ({ path }) => (path === '/404/' ? '404.html' : `${path.slice(1)}index.html`);

function fill(template, texts) {
  let html = template;
  for (const [slot, text] of Object.entries(texts)) {
    if (!html.includes(slot)) throw new Error(`index.html has no ${slot}`);
    html = html.replace(slot, () => text);
  }
  return html;
}

async function prerender() {
  const manifestFile = join(dist, '.vite/manifest.json');
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
  const template = readFileSync(join(dist, 'index.html'), 'utf8');
  const entry = pathToFileURL(join(server, 'entry-server.js'));
  const { complaints, pages, notFound, renderPage } = await import(`${entry.href}?${Date.now()}`);
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
  const eager = [pages[0], notFound];
  for (const page of [...pages, notFound]) {
    const { head, body } = await renderPage(page);
    const extra = links(manifest, sourcesOf(page), template);
    const file = fileOf(page);
    mkdirSync(dirname(join(dist, file)), { recursive: true });
    const texts = {
      '<!--head-->': head,
      '<!--app-->': body,
      '</head>': `${extra.join('')}</head>`,
    };
    const html = withScriptsAfterPaint(withStyles(fill(template, texts)));
    writeFileSync(join(dist, file), html);
  }
  const inWorker = JSON.parse(readFileSync(join(dist, laterFile), 'utf8'));
  rmSync(dirname(manifestFile), { recursive: true });
  const later = pages.filter((page) => !eager.includes(page)).map(fileOf);
  return new Set([...lazyFiles(manifest, eager.flatMap(sourcesOf)), ...inWorker, ...later]);
}

async function buildSite() {
  await build({ root, logLevel: 'warn', build: { manifest: true } });
  await build({
    root,
    logLevel: 'warn',
    publicDir: false,
    build: { ssr: 'src/entry-server.ts', outDir: server, emptyOutDir: true },
  });
  writeOfflineWorker(dist, await prerender());
}

/** Says why and ends, instead of a stack of the builder's own. */
async function orExit(work) {
  try {
    await work();
  } catch (error) {
    const lines = stripVTControlCharacters(error.message).split('\n');
    const words = lines.filter((line) => !/^\s+at /.test(line));
    console.error(`autochitect: the site does not build: ${words.join('\n')}`);
    process.exit(1);
  }
}

export const buildSiteOrExit = () => orExit(buildSite);

/** Builds unless dist/ is what the sources say. */
export const freshenSiteOrExit = () =>
  orExit(() => freshen('site', sources, 'dist/sw.js', buildSite));
