/** Every write-up there is: adding one is adding an `article.md` to a scenario's folder. */
import type { About, Article, Term } from './article';

type Lists = { readonly about: About | null };
type Whole = { readonly article: Article };

const lists = import.meta.glob<Lists>('../../scenarios/*/article.md', {
  eager: true,
  query: '?about',
});
const wholes = import.meta.glob<Whole>('../../scenarios/*/article.md');
const glossaries = import.meta.glob<{ readonly terms: readonly Term[] }>('./glossary.md');

/** Newest first; of one day, by title. A broken one is left out while it is written. */
export const articles: readonly About[] = Object.values(lists)
  .flatMap(({ about }) => (about === null ? [] : [about]))
  .toSorted((a, b) =>
    a.date === b.date ? (a.title < b.title ? -1 : 1) : a.date < b.date ? 1 : -1,
  );

/** Where it is written, from the root. */
export const sourceOf = (slug: string): string => `scenarios/${slug}/article.md`;

export async function loadArticle(slug: string): Promise<Article> {
  const load = wholes[`../../${sourceOf(slug)}`];
  if (load === undefined) throw new Error(`there is no article ${slug}`);
  const { article } = await load();
  return article;
}

export const GLOSSARY = 'src/articles/glossary.md';

/** Fetched once, when the first term is asked for. */
export async function loadTerms(): Promise<readonly Term[]> {
  const [load] = Object.values(glossaries);
  return load === undefined ? [] : (await load()).terms;
}
