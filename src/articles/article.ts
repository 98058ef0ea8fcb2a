/** What a write-up is once it was built: plain data, made from `scenarios/<slug>/article.md`. */
import type { Grain } from '../../simulator';

/** What lists say of it. */
export type About = {
  /** Name of its folder, and of its page. */
  readonly slug: string;
  readonly title: string;
  /** `2026-11-23`. */
  readonly date: string;
  readonly tags: readonly string[];
  /** One sentence. */
  readonly summary: string;
  /** To read it. */
  readonly minutes: number;
};

export type Heading = { readonly id: string; readonly text: string; readonly level: 2 | 3 };

/** What a figure shows: a part or a cable by path, or the whole world. */
export type Shown = 'world' | (string & {});

/** A figure as its directive says. */
export type FigureSpec = {
  readonly id: string;
  readonly number: number;
  /** HTML. */
  readonly caption: string;
  /** The caption without marks, for whoever hears it. */
  readonly name: string;
  readonly scenario: string;
  /** `start`, `end`, a time in ns, or a chapter. */
  readonly at: 'start' | 'end' | number | { readonly chapter: string };
  readonly show: Shown;
  /** Names of the scenario's knobs that stand beside it. */
  readonly knobs: readonly string[];
  readonly grain: Grain;
};

export type Figure = FigureSpec & {
  /** The moment that it stands at, as `octets.ts` writes it. */
  readonly still: string;
  /** The same moment as a link's text. */
  readonly link: string;
};

export type Block<F = Figure> =
  | { readonly kind: 'text'; readonly html: string }
  | { readonly kind: 'figure'; readonly figure: F };

export type Footnote = {
  readonly number: number;
  /** HTML. */
  readonly html: string;
  /** How often the text refers to it. */
  readonly references: number;
};

export type Article<F = Figure> = {
  readonly about: About;
  readonly headings: readonly Heading[];
  readonly blocks: readonly Block<F>[];
  readonly footnotes: readonly Footnote[];
};

/** An entry of the glossary. */
export type Term = {
  readonly id: string;
  readonly name: string;
  /** HTML: one or two sentences. */
  readonly short: string;
  /** HTML of what is said beyond that; often nothing. */
  readonly long: string;
  /** HTML. */
  readonly source: string;
};
