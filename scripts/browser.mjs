// Finds a Chromium that really starts, or says in plain words why there is none.
// Order: CHROMIUM_PATH (must work) -> the one inside @sparticuz/chromium (pinned by the lock file, linux x64)
//        -> the system's -> Playwright's own -> Debian's, when root and apt-get are there.
// `node scripts/browser.mjs` prints the path; playwright.config.ts and vitest.browser.config.ts import it.
import { execFileSync } from 'node:child_process';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
  chmodSync,
  readFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { chromium } from 'playwright-core';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Quiet on a closed network, and able to start as root. --disable-dev-shm-usage is Playwright's default. */
export const chromiumArgs = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--no-pings',
  // Nothing but this machine resolves: Debian's full Chromium still asks for Google's hosts without this.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

/** Null when it opens a page; else why not. A file that cannot load its libraries is not a browser.
 *  (Not `--dump-dom`: the npm headless shell has no resources for it and hangs.) */
async function whyNot(path) {
  try {
    const b = await chromium.launch({ executablePath: path, args: chromiumArgs, timeout: 30_000 });
    const page = await b.newPage();
    await page.setContent('<p>up</p>');
    const ok = (await page.textContent('p')) === 'up';
    await b.close();
    return ok ? null : 'it opened a page but not its text';
  } catch (e) {
    const lines = String(e.message).split('\n');
    return (
      lines.find((l) => /\[err\]|error while loading|ENOENT|EACCES/.test(l))?.trim() ?? lines[0]
    );
  }
}

async function fromNpm() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  // By path, not by import: of this package only bin/ is used, never its code.
  const pkgDir = join(root, 'node_modules/@sparticuz/chromium');
  if (!existsSync(join(pkgDir, 'bin/chromium.br'))) return null;
  const { version } = JSON.parse(readFileSync(join(pkgDir, 'package.json'), 'utf8'));
  const dir = join(root, 'node_modules/.cache/chromium', version);
  const wrapper = join(dir, 'chromium');
  if (existsSync(wrapper)) return wrapper;
  const tmp = `${dir}.${process.pid}`;
  mkdirSync(join(tmp, 'lib'), { recursive: true });
  const un = async (name, to) =>
    pipeline(
      createReadStream(join(pkgDir, 'bin', name)),
      createBrotliDecompress(),
      createWriteStream(to),
    );
  const untar = async (name, to) => {
    const t = join(tmp, name);
    await un(name, t);
    execFileSync('tar', ['-xf', t, '-C', to, '--no-same-owner']);
    rmSync(t);
  };
  await un('chromium.br', join(tmp, 'chrome'));
  await untar('swiftshader.tar.br', tmp);
  await untar('al2023.tar.br', tmp);
  mkdirSync(join(tmp, 'fonts'));
  await untar('fonts.tar.br', join(tmp, 'fonts'));
  // The shipped fonts.conf names AWS's folders; this one names ours.
  writeFileSync(
    join(tmp, 'fonts', 'fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${dir}/fonts</dir><cachedir>${dir}/font-cache</cachedir></fontconfig>\n`,
  );
  chmodSync(join(tmp, 'chrome'), 0o755);
  // The package's NSS libraries come last, so the machine's own win where it has them.
  writeFileSync(
    join(tmp, 'chromium'),
    `#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
export LD_LIBRARY_PATH="\${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$here/lib"
[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_PATH="$here/fonts"
exec "$here/chrome" "$@"
`,
    { mode: 0o755 },
  );
  rmSync(dir, { recursive: true, force: true });
  renameSync(tmp, dir);
  return wrapper;
}

const systemNames = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge',
];
const systemPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];
function fromSystem() {
  for (const dir of (process.env.PATH ?? '').split(':'))
    for (const n of systemNames) if (existsSync(join(dir, n))) return join(dir, n);
  return systemPaths.find((p) => existsSync(p)) ?? null;
}

async function fromPlaywright() {
  const p = chromium.executablePath();
  return existsSync(p) ? p : null;
}

function fromApt() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null;
  console.error("No browser found: installing Debian's chromium-headless-shell…");
  const apt = (...a) =>
    execFileSync('apt-get', a, {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  apt('update', '-qq');
  try {
    apt('install', '-y', '-qq', '--no-install-recommends', 'chromium-headless-shell');
  } catch {
    apt('install', '-y', '-qq', '--no-install-recommends', 'chromium');
  }
  return fromSystem();
}

export async function ensureBrowser() {
  const tried = [];
  const env = process.env.CHROMIUM_PATH;
  if (env) {
    const why = await whyNot(env);
    if (why) throw new Error(`CHROMIUM_PATH=${env} does not start: ${why}`);
    return env;
  }
  for (const [name, get] of [
    ['@sparticuz/chromium (npm)', fromNpm],
    ['system', fromSystem],
    ['Playwright download', fromPlaywright],
    ['apt-get', fromApt],
  ]) {
    try {
      const path = await get();
      if (!path) {
        tried.push(`${name}: not here`);
        continue;
      }
      const why = await whyNot(path);
      if (!why) {
        if (tried.length) console.error(tried.map((t) => `browser: ${t}`).join('\n'));
        return path;
      }
      tried.push(`${name}: ${path} does not start: ${why}`);
    } catch (e) {
      tried.push(`${name}: ${e.message.split('\n')[0]}`);
    }
  }
  throw new Error(
    `No browser for the end-to-end tests. Tried:\n  ${tried.join('\n  ')}\n` +
      'Install Chromium or Chrome, or set CHROMIUM_PATH to one that starts headless.',
  );
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    console.log(await ensureBrowser());
  } catch (e) {
    console.error(e.message);
    process.exit(1);
  }
}
