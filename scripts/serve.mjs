// Serves dist/ on localhost: `node scripts/serve.mjs [--port N]`. Nobody else can reach it.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';
import { root } from './fresh.mjs';
import { isolation } from './isolation.mjs';

const dist = join(root, 'dist');
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
};

/** The file of an address, or null; an address that climbs out of dist/ has none. */
function fileOf(path) {
  const file = join(dist, path.endsWith('/') ? `${path}index.html` : path);
  if (!file.startsWith(dist + sep) || !existsSync(file)) return null;
  return statSync(file).isFile() ? file : null;
}

function pathOf(request) {
  try {
    return decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
  } catch {
    return '\0';
  }
}

function send(request, response, status, file) {
  const type = types[extname(file)] ?? 'application/octet-stream';
  const hashed = file.startsWith(join(dist, 'assets') + sep);
  const zip =
    /text|json|javascript|svg/.test(type) && /\bgzip\b/.test(request.headers['accept-encoding']);
  response.writeHead(status, {
    ...isolation,
    'Content-Type': type,
    'Cache-Control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    'X-Content-Type-Options': 'nosniff',
    Vary: 'Accept-Encoding',
    ...(zip ? { 'Content-Encoding': 'gzip' } : { 'Content-Length': statSync(file).size }),
  });
  if (request.method === 'HEAD') return void response.end();
  const steps = zip ? [createReadStream(file), createGzip({ level: 6 }), response] : null;
  pipeline(steps ?? [createReadStream(file), response], () => {});
}

function answer(request, response) {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return void response.writeHead(405, { Allow: 'GET, HEAD' }).end();
  const path = pathOf(request);
  const file = path.includes('\0') ? null : fileOf(path);
  if (file !== null) return send(request, response, 200, file);
  if (!path.endsWith('/') && !path.includes('\0') && fileOf(`${path}/`) !== null)
    return void response
      .writeHead(301, { Location: `${encodeURI(path)}/`.replace(/^\/+/, '/') })
      .end();
  send(request, response, 404, join(dist, '404.html'));
}

/** Serves on `port`; when it is taken and `orNext`, on the next free one. Resolves to the address. */
export function serve(port, orNext) {
  return new Promise((done, fail) => {
    const server = createServer(answer);
    server.on('error', (error) => {
      if (error.code === 'EADDRINUSE' && orNext) serve(port + 1, orNext).then(done, fail);
      else fail(error);
    });
    server.listen(port, '127.0.0.1', () => done(`http://localhost:${server.address().port}/`));
  });
}

if (process.argv[1] === join(root, 'scripts/serve.mjs')) {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '4173' } } });
  console.log(`autochitect: ${await serve(Number(values.port), false)}`);
}
