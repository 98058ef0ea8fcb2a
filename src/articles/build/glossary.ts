/**
 * The glossary: `## Term`, a paragraph of one or two sentences, if need be more paragraphs, and at
 * the end one that begins with `Source:` and links to it.
 */
import type { Term } from '../article';
import { idOf, Markdown } from './markdown';
import { mistakesOf, type Mistake, type Report } from './mistake';
import type { Source } from './parse';
import type { Chunk } from './parts';

type Entry = { readonly name: string; readonly line: number; readonly paragraphs: Chunk[] };

export type ParsedGlossary = {
  readonly terms: readonly Term[];
  readonly mistakes: readonly Mistake[];
};

/** As long as fits a pop-up on a phone. */
const LONGEST_SHORT = 280;
const SOURCE = /^Source:\s*/;

/** Entries and their paragraphs; what stands before the first is for authors. */
function entriesOf(text: string): Entry[] {
  const entries: Entry[] = [];
  let open = false;
  text.split('\n').forEach((line, i) => {
    const [, name] = /^## (.+)$/.exec(line) ?? [];
    const last = entries.at(-1);
    if (name !== undefined) entries.push({ name: name.trim(), line: i + 1, paragraphs: [] });
    else if (last !== undefined && line.trim() !== '') {
      const before = open ? last.paragraphs.pop() : undefined;
      last.paragraphs.push(
        before === undefined
          ? { text: line, line: i + 1 }
          : { ...before, text: `${before.text}\n${line}` },
      );
    }
    open = name === undefined && line.trim() !== '';
  });
  return entries;
}

function termOf({ name, line, paragraphs }: Entry, markdown: Markdown, report: Report): Term {
  const [short, ...rest] = paragraphs;
  const source = rest.at(-1);
  if (short === undefined) report(line, `"${name}" has no definition`);
  else if (short.text.length > LONGEST_SHORT)
    report(short.line, `the definition of "${name}" is longer than ${LONGEST_SHORT} characters`);
  if (source === undefined || !SOURCE.test(source.text) || !/\]\((https:\/\/|\/)/.test(source.text))
    report(line, `"${name}" has no source: end it with "Source: [name](https://…)"`);
  const html = (chunk: Chunk | undefined): string =>
    chunk === undefined ? '' : markdown.line({ ...chunk, text: chunk.text.replace(SOURCE, '') });
  return {
    id: idOf(name),
    name,
    short: html(short),
    long: rest
      .slice(0, -1)
      .map((chunk) => `<p>${html(chunk)}</p>`)
      .join(''),
    source: html(source),
  };
}

export const termsOf = (text: string): ReadonlySet<string> =>
  new Set(entriesOf(text).map(({ name }) => idOf(name)));

/** Sorted by name. */
export function parseGlossary({ file, text }: Source): ParsedGlossary {
  const { mistakes, report } = mistakesOf(file);
  const entries = entriesOf(text);
  const terms = new Set<string>();
  for (const { name, line } of entries) {
    if (terms.has(idOf(name))) report(line, `there are two entries "${name}"`);
    terms.add(idOf(name));
  }
  const markdown = new Markdown({ terms, report, refer: () => null });
  const made = entries.map((entry) => termOf(entry, markdown, report));
  const sorted = made.toSorted((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
  return { terms: sorted, mistakes: mistakes.toSorted((a, b) => a.line - b.line) };
}
