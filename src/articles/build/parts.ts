/** An article's text cut into what becomes HTML, figures and footnotes, each with its lines. */
import { CLOSES, directiveOf, OPENS, type Directive } from './directive';
import type { Report } from './mistake';

/** Markdown, and the line of the file that it begins in. */
export type Chunk = { readonly text: string; readonly line: number };

export type Part =
  | { readonly kind: 'text'; readonly chunk: Chunk }
  | { readonly kind: 'figure'; readonly directive: Directive; readonly caption: Chunk };

export type Parts = {
  readonly parts: readonly Part[];
  /** Definitions by name. */
  readonly footnotes: ReadonlyMap<string, Chunk>;
};

const DEFINES = /^\[\^([\w-]+)\]:\s*(.*)$/;
const FENCE = /^\s*(```|~~~)/;

class Cutter {
  readonly #lines: readonly string[];
  readonly #slug: string;
  readonly #first: number;
  readonly #report: Report;
  #at = 0;
  #text: string[] = [];
  readonly parts: Part[] = [];
  readonly footnotes = new Map<string, Chunk>();

  constructor(body: string, first: number, slug: string, report: Report) {
    this.#lines = body.split('\n');
    this.#first = first;
    this.#slug = slug;
    this.#report = report;
  }

  cut(): Parts {
    while (this.#at < this.#lines.length) this.#take(this.#lines[this.#at] ?? '');
    this.#end();
    return this;
  }

  /** Number of the line in the file. */
  #numberOf(at: number): number {
    return this.#first + at;
  }

  #take(line: string): void {
    const [, name] = DEFINES.exec(line) ?? [];
    if (FENCE.test(line)) this.#fence();
    else if (name !== undefined) this.#footnote(name);
    else if (OPENS.test(line)) this.#figure(line);
    else this.#text.push(this.#lines[this.#at++] ?? '');
  }

  /** What has been read of text ends before the line at hand. */
  #end(): void {
    const line = this.#numberOf(this.#at - this.#text.length);
    const text = this.#text.join('\n');
    if (text.trim() !== '') this.parts.push({ kind: 'text', chunk: { text, line } });
    this.#text = [];
  }

  #fence(): void {
    const opened = this.#at;
    const [, mark = ''] = FENCE.exec(this.#lines[opened] ?? '') ?? [];
    do this.#text.push(this.#lines[this.#at++] ?? '');
    while (this.#at < this.#lines.length && !this.#lines[this.#at]?.trim().startsWith(mark));
    if (this.#at >= this.#lines.length)
      this.#report(this.#numberOf(opened), `this block of code is not closed by "${mark}"`);
    else this.#text.push(this.#lines[this.#at++] ?? '');
  }

  /** Its text goes on in lines that are indented. */
  #footnote(name: string): void {
    const line = this.#numberOf(this.#at);
    const [, , first = ''] = DEFINES.exec(this.#lines[this.#at] ?? '') ?? [];
    const text = [first];
    this.#text.push('');
    while (/^\s+\S/.test(this.#lines[++this.#at] ?? '')) {
      text.push((this.#lines[this.#at] ?? '').trim());
      this.#text.push('');
    }
    if (this.footnotes.has(name)) this.#report(line, `there are two footnotes "${name}"`);
    this.footnotes.set(name, { text: text.join('\n'), line });
  }

  #figure(opening: string): void {
    this.#end();
    const line = this.#numberOf(this.#at++);
    const [, kind = '', rest = ''] = OPENS.exec(opening) ?? [];
    if (kind === '') {
      this.#report(line, 'this ":::" closes no figure');
      return;
    }
    const caption: string[] = [];
    const from = this.#at;
    while (this.#at < this.#lines.length && !CLOSES.test(this.#lines[this.#at] ?? ''))
      caption.push(this.#lines[this.#at++] ?? '');
    if (this.#at >= this.#lines.length) this.#report(line, 'this figure is not closed by ":::"');
    this.#at++;
    const directive = directiveOf(kind, rest, this.#slug, line, this.#report);
    if (directive === null) return;
    const text = caption.join('\n').trim();
    if (text === '') this.#report(line, `the figure "${directive.id}" has no caption`);
    this.parts.push({
      kind: 'figure',
      directive,
      caption: { text, line: this.#numberOf(from) },
    });
  }
}

/** `first`: the line of the file that `body` begins in. */
export const partsOf = (body: string, first: number, slug: string, report: Report): Parts =>
  new Cutter(body, first, slug, report).cut();
