// Writes sw.js beside a built site: works without a network after the first visit, and gives
// the isolation headers on hosts that cannot set them.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isolation } from './isolation.mjs';

/** Runs in the browser: it may use nothing but its arguments. */
function worker(cacheName, files, lazy, headers) {
  const scope = self.registration.scope;
  const urls = (names) => names.map((file) => new URL(file, scope).href);
  const keep = async (names) => (await caches.open(cacheName)).addAll(urls(names));

  async function install() {
    await keep(files);
    await self.skipWaiting();
  }

  async function activate() {
    const old = (await caches.keys()).filter((name) => name !== cacheName);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  }

  function isolated(response) {
    if (response.type === 'opaque' || response.status === 0) return response;
    const all = new Headers(response.headers);
    for (const [name, value] of Object.entries(headers)) all.set(name, value);
    const { status, statusText } = response;
    return new Response(response.body, { status, statusText, headers: all });
  }

  const kept = (url) => caches.match(url, { cacheName, ignoreVary: true, ignoreSearch: true });

  // Pages come from the network while there is one, so that nobody is kept on an old version.
  async function page(request) {
    try {
      return await fetch(request);
    } catch {
      return (await kept(request.url)) ?? (await kept(new URL('404.html', scope).href));
    }
  }

  const asset = async (request) => (await kept(request.url)) ?? fetch(request);

  self.addEventListener('install', (event) => event.waitUntil(install()));
  self.addEventListener('activate', (event) => event.waitUntil(activate()));
  // The page says so when somebody has done something: until then it is not loaded beside it.
  self.addEventListener('message', (event) => {
    if (event.data === 'keep the rest') event.waitUntil(keep(lazy).catch(() => undefined));
  });
  self.addEventListener('fetch', (event) => {
    const { request } = event;
    if (request.method !== 'GET' || !request.url.startsWith(scope)) return;
    const answer = request.mode === 'navigate' ? page(request) : asset(request);
    event.respondWith(answer.then(isolated));
  });
}

/** `lazy`: files of `dist` that are kept when a page asks for them, not at the first visit. */
export function writeOfflineWorker(dist, lazy) {
  const files = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'sw.js' && !entry.name.endsWith('.map'))
    .map((entry) => relative(dist, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
  const hash = createHash('sha256').update(worker.toString());
  for (const file of files) hash.update(file).update(readFileSync(join(dist, file)));
  const names = (of) => of.map((file) => `./${file.replace(/(^|\/)index\.html$/, '$1')}`);
  const values = [
    `autochitect-${hash.digest('hex').slice(0, 12)}`,
    names(files.filter((file) => !lazy.has(file))),
    names(files.filter((file) => lazy.has(file))),
    isolation,
  ];
  const call = values.map((value) => JSON.stringify(value)).join(',');
  writeFileSync(join(dist, 'sw.js'), `(${worker.toString()})(${call});\n`);
}
