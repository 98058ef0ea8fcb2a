/**
 * An article as written becomes one as read, but for what only the engine can tell: whether a
 * figure's scenario, moment and parts are there, and what they look like (`still.ts`).
 */
import type { About, Article, FigureSpec, Footnote, Heading } from '../article';
import { frontOf } from './front';
import { Markdown, wordsOf } from './markdown';
import { mistakesOf, type Mistake, type Report } from './mistake';
import { partsOf, type Chunk, type Part } from './parts';

/** A figure, and the line that it is written in. */
export type Placed = FigureSpec & { readonly line: number };

export type Parsed = { readonly article: Article<Placed>; readonly mistakes: readonly Mistake[] };

/** Where a file comes from: its path from the root, and what it holds. */
export type Source = { readonly file: string; readonly text: string };

const WORDS_A_MINUTE = 200;
/** A figure is looked at and played for a while. */
const FIGURES_A_MINUTE = 2;

const slugOf = (file: string): string => file.split('/').at(-2) ?? '';

const countWords = (html: string): number => wordsOf(html).split(/\s+/).length;

/** What counts and numbers the footnotes, in the order in which the text refers to them. */
class Footnotes {
  readonly #defined: ReadonlyMap<string, Chunk>;
  readonly #references = new Map<string, number>();

  constructor(defined: ReadonlyMap<string, Chunk>) {
    this.#defined = defined;
  }

  refer(name: string): { number: number; nth: number } | null {
    if (!this.#defined.has(name)) return null;
    const nth = (this.#references.get(name) ?? 0) + 1;
    this.#references.set(name, nth);
    return { number: [...this.#references.keys()].indexOf(name) + 1, nth };
  }

  made(markdown: Markdown, report: Report): Footnote[] {
    for (const [name, { line }] of this.#defined)
      if (!this.#references.has(name)) report(line, `nothing refers to the footnote "${name}"`);
    return [...this.#references].map(([name, references], i) => {
      const chunk = this.#defined.get(name) ?? { text: '', line: 1 };
      const html = markdown.line(chunk);
      if (!html.includes('href="https://'))
        report(chunk.line, `the footnote "${name}" has no source: it links to none (https://)`);
      return { number: i + 1, html, references };
    });
  }
}

type Written = {
  readonly headings: Heading[];
  readonly blocks: Article<Placed>['blocks'][number][];
};

function written(parts: readonly Part[], markdown: Markdown, report: Report): Written {
  const seen = new Set<string>();
  const made: Written = { headings: [], blocks: [] };
  for (const part of parts) {
    if (part.kind === 'text') {
      const { html, headings } = markdown.blocks(part.chunk);
      made.headings.push(...headings);
      made.blocks.push({ kind: 'text', html });
      continue;
    }
    const { directive, caption } = part;
    const line = caption.line - 1;
    if (seen.has(directive.id)) report(line, `there are two figures "${directive.id}"`);
    seen.add(directive.id);
    const html = markdown.line(caption);
    const placed = { ...directive, number: seen.size, caption: html, name: wordsOf(html), line };
    made.blocks.push({ kind: 'figure', figure: placed });
  }
  return made;
}

function minutesOf({ blocks }: Written): number {
  const words = blocks.map((block) =>
    countWords(block.kind === 'text' ? block.html : block.figure.caption),
  );
  const figures = blocks.filter(({ kind }) => kind === 'figure').length;
  const all = words.reduce((sum, each) => sum + each, 0);
  return Math.max(1, Math.round(all / WORDS_A_MINUTE + figures / FIGURES_A_MINUTE));
}

/** `terms`: the ids of the glossary. */
export function parseArticle({ file, text }: Source, terms: ReadonlySet<string>): Parsed {
  const { mistakes, report } = mistakesOf(file);
  const { lines, ...front } = frontOf(text, report);
  const slug = slugOf(file);
  const body = text.split('\n').slice(lines).join('\n');
  const { parts, footnotes: defined } = partsOf(body, lines + 1, slug, report);
  const footnotes = new Footnotes(defined);
  const markdown = new Markdown({ terms, report, refer: (name) => footnotes.refer(name) });
  const made = written(parts, markdown, report);
  const about: About = { slug, ...front, minutes: minutesOf(made) };
  const article = { about, ...made, footnotes: footnotes.made(markdown, report) };
  return { article, mistakes: mistakes.toSorted((a, b) => a.line - b.line) };
}
