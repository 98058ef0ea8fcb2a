/**
 * Markdown to HTML, by `marked`: with links to the glossary (`[frame](term:frame)`), references of
 * footnotes (`[^name]`), headings that can be linked to, and without raw HTML and pictures.
 */
import {
  Marked,
  type MarkedExtension,
  type TokenizerAndRendererExtension,
  type Tokens,
} from 'marked';
import type { Heading } from '../article';
import type { Report } from './mistake';
import type { Chunk } from './parts';

/** What is known of the whole file. */
export type Surroundings = {
  /** Ids of all terms of the glossary. */
  readonly terms: ReadonlySet<string>;
  /** The number of a footnote, and how often it was referred to with this time; null: no such. */
  readonly refer: (name: string) => { readonly number: number; readonly nth: number } | null;
  readonly report: Report;
};

export type Made = { readonly html: string; readonly headings: readonly Heading[] };

export const escaped = (text: string): string =>
  text.replace(
    /[&<>"]/g,
    (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[mark] ?? mark,
  );

export const idOf = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');

/** HTML as it is heard. */
export const wordsOf = (html: string): string =>
  html
    .replace(/<sup[^]*?<\/sup>/g, '')
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? '')
    .trim();

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
};

/** The line of the first `needle` in the chunk; its first line when it is not there as written. */
function lineOf({ text, line }: Chunk, needle: string): number {
  const at = text.indexOf(needle);
  return at < 0 ? line : line + text.slice(0, at).split('\n').length - 1;
}

export class Markdown {
  readonly #around: Surroundings;
  readonly #marked: Marked;
  readonly #ids = new Set<string>();
  #chunk: Chunk = { text: '', line: 1 };
  #headings: Heading[] = [];

  constructor(around: Surroundings) {
    this.#around = around;
    // Marked calls these with a parser of its own for `this`: what they need is handed in.
    this.#marked = new Marked<string, string>({
      gfm: true,
      extensions: [this.#footnotes()],
      renderer: this.#renderer(),
    });
  }

  /** Whole paragraphs, lists, headings. */
  blocks(chunk: Chunk): Made {
    this.#chunk = chunk;
    this.#headings = [];
    const html = this.#marked.parse(chunk.text, { async: false });
    return { html, headings: this.#headings };
  }

  /** One paragraph's worth, without the paragraph. */
  line(chunk: Chunk): string {
    this.#chunk = chunk;
    return this.#marked.parseInline(chunk.text.trim(), { async: false });
  }

  #mistake(needle: string, what: string): string {
    this.#around.report(lineOf(this.#chunk, needle), what);
    return '';
  }

  #renderer(): NonNullable<MarkedExtension['renderer']> {
    const html = (raw: string): string =>
      this.#mistake(raw, `raw HTML is not written in articles: ${raw.trim().slice(0, 40)}`);
    const link = (token: Tokens.Link, words: string): string => this.#link(token, words);
    const heading = (token: Tokens.Heading, words: string): string => this.#heading(token, words);
    const mistake = (needle: string, what: string): string => this.#mistake(needle, what);
    return {
      html: ({ raw }) => html(raw),
      image: ({ raw }) => mistake(raw, 'pictures are figures (":::figure{…}")'),
      link(token) {
        return link(token, this.parser.parseInline(token.tokens));
      },
      heading(token) {
        return heading(token, this.parser.parseInline(token.tokens));
      },
    };
  }

  #link({ href, raw }: Tokens.Link, words: string): string {
    const [, term] = /^term:(.*)$/.exec(href) ?? [];
    if (term !== undefined) {
      if (!this.#around.terms.has(term))
        return this.#mistake(raw, `the glossary has no term "${term}"`);
      return `<a class="term" href="/glossary/#${term}" data-term="${term}">${words}</a>`;
    }
    if (!/^(https:\/\/|\/|#)/.test(href))
      return this.#mistake(raw, `a link goes to https://, /, # or term:, not to "${href}"`);
    return `<a href="${escaped(href)}">${words}</a>`;
  }

  #heading({ depth, raw }: Tokens.Heading, words: string): string {
    if (depth !== 2 && depth !== 3)
      return this.#mistake(raw, 'headings are "##" and "###": the title is the only "#"');
    const text = wordsOf(words);
    let id = idOf(text);
    for (let n = 2; this.#ids.has(id); n++) id = `${idOf(text)}-${n}`;
    this.#ids.add(id);
    this.#headings.push({ id, text, level: depth });
    return `<h${depth} id="${id}"><a href="#${id}">${words}</a></h${depth}>\n`;
  }

  #footnotes(): TokenizerAndRendererExtension {
    return {
      name: 'footnote',
      level: 'inline',
      start: (text: string) => text.indexOf('[^'),
      tokenizer: (text: string) => {
        const [raw, name] = /^\[\^([\w-]+)\]/.exec(text) ?? [];
        return raw === undefined ? undefined : { type: 'footnote', raw, name };
      },
      renderer: ({ raw, name }: Tokens.Generic) => this.#reference(raw, String(name)),
    };
  }

  #reference(raw: string, name: string): string {
    const found = this.#around.refer(name);
    if (found === null) return this.#mistake(raw, `there is no footnote "${name}"`);
    const { number, nth } = found;
    return `<sup><a id="reference-${number}-${nth}" href="#footnote-${number}" aria-label="Footnote ${number}">${number}</a></sup>`;
  }
}
