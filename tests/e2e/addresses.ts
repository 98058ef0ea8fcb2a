/** The addresses of all pages as they were built: those that are made from data, too. */
import { readdirSync } from 'node:fs';

const found = readdirSync('dist', { recursive: true, encoding: 'utf8' })
  .map((file) => `/${file.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('/index.html'))
  .map((file) => file.replace(/index\.html$/, ''))
  .sort();

if (!found.includes('/')) throw new Error('dist/ has no pages: build the site first');

export const addresses: readonly string[] = found;
