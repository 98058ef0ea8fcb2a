/**
 * Every page of the site. Each is made into HTML at build (scripts/site.mjs) and hydrated by
 * main.ts. To add one: a component in src/pages/, a row here. Write-ups have theirs by themselves.
 */
import type { Component } from 'svelte';
import { articles, GLOSSARY, loadArticle, loadTerms, sourceOf } from './articles/catalogue';
import { addressOf } from './articles/lists';

export type Page = {
  /** Begins and ends with a slash. */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  /** The name of the component in src/pages/, as `load` imports it. */
  readonly component: string;
  readonly load: () => Promise<{ readonly default: Component }>;
  /** What the component is given, and the file that this is made from. */
  readonly data?: { readonly source: string; readonly load: () => Promise<PageData> };
};

export type PageData = Readonly<Record<string, unknown>>;

const writeUps = articles.map((about): Page => ({
  path: addressOf(about),
  title: `${about.title} · autochitect`,
  description: about.summary,
  component: 'Article',
  load: async () => shown(await import('./pages/Article.svelte')),
  data: {
    source: sourceOf(about.slug),
    load: async () => ({ article: await loadArticle(about.slug) }),
  },
}));

/** What a component needs, its page's `data` gives. */
const shown = <P extends PageData>(module: { readonly default: Component<P> }) =>
  module as unknown as { readonly default: Component };

export const pages: readonly Page[] = [
  {
    path: '/',
    title: 'autochitect: explore software architecture',
    description:
      'Two computers and the cable between them, simulated down to the gate: play, step back, break, share.',
    component: 'Home',
    load: () => import('./pages/Home.svelte'),
  },
  {
    path: '/write-ups/',
    title: 'Write-ups · autochitect',
    description: 'How computers and networks work, told with simulations to play, step and break.',
    component: 'WriteUps',
    load: () => import('./pages/WriteUps.svelte'),
  },
  ...writeUps,
  {
    path: '/glossary/',
    title: 'Glossary · autochitect',
    description: 'The words of computer architecture and networks, each in a sentence or two.',
    component: 'Glossary',
    load: async () => shown(await import('./pages/Glossary.svelte')),
    data: { source: GLOSSARY, load: async () => ({ terms: await loadTerms() }) },
  },
  {
    path: '/design/',
    title: 'Visual language · autochitect',
    description:
      'The colours, type, controls, parts and signs of the screens, in all their states.',
    component: 'Design',
    load: () => import('./pages/Design.svelte'),
  },
];

/** Shown where no page is; made into 404.html. */
export const notFound: Page = {
  path: '/404/',
  title: 'Page not found · autochitect',
  description: 'There is no page at this address.',
  component: 'NotFound',
  load: () => import('./pages/NotFound.svelte'),
};

/** The page at an address, with or without its closing slash. */
export function pageAt(pathname: string): Page {
  const path = pathname.endsWith('/') ? pathname : `${pathname}/`;
  return pages.find((page) => page.path === path) ?? notFound;
}
