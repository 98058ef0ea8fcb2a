/** Makes the HTML of a page at build; scripts/site.mjs alone calls it. */
import { render } from 'svelte/server';
import App from './App.svelte';
import type { Page } from './pages';

export { complaints } from './catalogue';
export { notFound, pages } from './pages';

export async function renderPage(page: Page): Promise<{ head: string; body: string }> {
  const [{ default: Content }, data = {}] = await Promise.all([page.load(), page.data?.load()]);
  const { head, body } = render(App, { props: { page, Content, data } });
  return { head, body };
}
