// A Vite plugin: after the build, writes dist/sw.js with the list of what was built.
// 40 lines here instead of vite-plugin-pwa (307 more packages, 71 MB, +8..18 s npm ci).
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const worker = (
  cache,
  files,
  headers,
) => `const CACHE=${JSON.stringify(cache)},FILES=${JSON.stringify(files)},HEADERS=${JSON.stringify(headers)};
self.addEventListener('install',e=>e.waitUntil(caches.open(CACHE).then(c=>c.addAll(FILES)).then(()=>self.skipWaiting())));
self.addEventListener('activate',e=>e.waitUntil(caches.keys().then(ks=>Promise.all(ks.filter(k=>k!==CACHE).map(k=>caches.delete(k)))).then(()=>self.clients.claim())));
// A static host that cannot set headers still gets cross-origin isolation, from the second load on.
const isolate=r=>{if(!r||r.type==='opaque'||r.status===0)return r;const h=new Headers(r.headers);for(const[k,v]of Object.entries(HEADERS))h.set(k,v);return new Response(r.body,{status:r.status,statusText:r.statusText,headers:h})};
self.addEventListener('fetch',e=>{const u=new URL(e.request.url);if(e.request.method!=='GET'||u.origin!==location.origin)return;
const key=e.request.mode==='navigate'?new URL('./',self.registration.scope).href:u.href;
e.respondWith(caches.match(key,{ignoreVary:true,cacheName:CACHE}).then(hit=>hit??fetch(e.request)).then(isolate))});
`;

export function offline(headers) {
  let out;
  return {
    name: 'offline',
    apply: 'build',
    configResolved: (c) => void (out = join(c.root, c.build.outDir)),
    closeBundle() {
      const files = readdirSync(out, { recursive: true, withFileTypes: true })
        .filter((f) => f.isFile() && f.name !== 'sw.js' && !f.name.endsWith('.map'))
        .map((f) => relative(out, join(f.parentPath, f.name)).split('\\').join('/'))
        .sort();
      const hash = createHash('sha256');
      for (const f of files) hash.update(f).update(readFileSync(join(out, f)));
      const list = files.map((f) => (f === 'index.html' ? './' : `./${f}`));
      writeFileSync(
        join(out, 'sw.js'),
        worker(`app-${hash.digest('hex').slice(0, 12)}`, list, headers),
      );
    },
  };
}
