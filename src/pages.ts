/**
 * Every page of the site. Each is made into HTML at build (scripts/site.mjs) and hydrated by
 * main.ts. To add one: a component in src/pages/, a row here.
 */
import type { Component } from 'svelte';

export type Page = {
  /** Begins and ends with a slash. */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  /** The name of the component in src/pages/, as `load` imports it. */
  readonly component: string;
  readonly load: () => Promise<{ readonly default: Component }>;
};

export const pages: readonly Page[] = [
  {
    path: '/',
    title: 'autochitect: explore software architecture',
    description:
      'Two computers and the cable between them, simulated down to the gate: play, step back, break, share.',
    component: 'Home',
    load: () => import('./pages/Home.svelte'),
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
