// A vite plugin: `scenarios/<slug>/article.md` and `src/articles/glossary.md` as modules. What is
// wrong in one is told with file and line; a build fails then, `npm run dev` leaves the article out.
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runnerImport } from 'vite';
import { root } from './fresh.mjs';

const glossary = 'src/articles/glossary.md';
const isArticle = /\/scenarios\/[^/]+\/article\.md$/;

const told = ({ file, line, what }) => `${file}:${line}: ${what}`;
const errorOf = (mistakes, path) => ({
  message: mistakes.map(told).join('\n'),
  id: path,
  loc: { file: path, line: mistakes[0].line, column: 0 },
});
const asModule = (name, value) =>
  `export const ${name} = JSON.parse(${JSON.stringify(JSON.stringify(value))});`;

export function articles() {
  let serving = false;
  let made = {};

  /** A TypeScript module of `src/articles/build`, run here; once, until a source changes. */
  const code = (name) =>
    (made[name] ??= runnerImport(join(root, `src/articles/build/${name}.ts`), {
      root,
      configFile: false,
      logLevel: 'error',
    }).then(({ module }) => module));

  const source = (file) => ({ file, text: readFileSync(join(root, file), 'utf8') });

  async function terms() {
    const { termsOf } = await code('glossary');
    return termsOf(source(glossary).text);
  }

  async function parsed(file) {
    const { parseArticle } = await code('parse');
    return parseArticle(source(file), await terms());
  }

  async function whole(file) {
    const { illustrate } = await code('still');
    return illustrate(await parsed(file), file);
  }

  return {
    name: 'articles',
    configResolved({ command }) {
      serving = command === 'serve';
    },
    watchChange(id) {
      if (!id.endsWith('.md')) made = {};
    },
    async load(id) {
      const [path, query] = id.split('?');
      const file = relative(root, path).replaceAll('\\', '/');
      if (file !== glossary && !isArticle.test(`/${file}`)) return null;
      this.addWatchFile(path);
      const fail = (mistakes) => mistakes.length > 0 && this.error(errorOf(mistakes, path));
      if (file === glossary) {
        const { parseGlossary } = await code('glossary');
        const { terms: entries, mistakes } = parseGlossary(source(file));
        fail(mistakes);
        return asModule('terms', entries);
      }
      this.addWatchFile(join(root, glossary));
      if (query !== 'about') {
        const { article, mistakes } = await whole(file);
        fail(mistakes);
        return asModule('article', article);
      }
      // Lists are on every page: a broken article must not take those down while it is written. It
      // is told of on its own page; and a build stops there.
      const { article, mistakes } = await parsed(file);
      if (serving) for (const mistake of mistakes) this.warn(told(mistake));
      const { title, date } = article.about;
      return asModule('about', title === '' || date === '' ? null : article.about);
    },
  };
}
