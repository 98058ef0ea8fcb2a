// A vite plugin for what a browser gets: the machine programs of a scenario
// (`scenarios/<slug>/programs.ts`) are assembled at build. Else the worker would fetch the assembler
// before its first event, and the page too. The page shows no more of a program than its source:
// there the image is left out, and whoever asks for it is told.
import { runnerImport } from 'vite';
import { root } from './fresh.mjs';

const isPrograms = /\/scenarios\/[^/]+\/programs\.ts$/;

/** What the modules made below begin with. Zeros at the end are not written, lines as differences. */
const decode = `
function octets(length, text) {
  const all = new Uint8Array(length);
  all.set(Uint8Array.from(atob(text), (each) => each.charCodeAt(0)));
  return all;
}
function lines(source, rows) {
  let end = 0;
  let last = 0;
  return rows.map(([gap, lengthOctets, lines]) => {
    const address = end + gap;
    end = address + lengthOctets;
    return { address, lengthOctets, line: (last += lines), source };
  });
}`;

const absent =
  "get image() { throw new Error('a page has no images of programs: worlds are in the worker'); }";

function octets(all) {
  const length = all.findLastIndex((octet) => octet !== 0) + 1;
  return `octets(${all.length},"${Buffer.from(all.subarray(0, length)).toString('base64')}")`;
}

/** Lines of one source, in ascending order of address. */
function lines(all) {
  const rows = all.map(({ address, lengthOctets, line }, index) => {
    const before = all[index - 1] ?? { address: 0, lengthOctets: 0, line: 0 };
    return [address - before.address - before.lengthOctets, lengthOctets, line - before.line];
  });
  return `lines(${JSON.stringify(all[0]?.source)},${JSON.stringify(rows)})`;
}

/** Plain data as the source of an expression. */
function written(value) {
  if (value instanceof Uint8Array) return octets(value);
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, field]) => {
    return `${JSON.stringify(name)}:${name === 'lines' ? lines(field) : written(field)}`;
  });
  return `{${fields.join(',')}}`;
}

/** A module that exports these programs. */
export function moduleOf(made, images) {
  const program = ({ image, ...rest }) => {
    const plain = written(rest).slice(1, -1);
    return `{${plain},${images ? `"image":${written(image)}` : absent}}`;
  };
  const exported = Object.entries(made).map(
    ([name, each]) => `export const ${name} = ${program(each)};`,
  );
  return [images ? decode : '', ...exported].join('\n');
}

/** Assembled once for page and worker. */
const assembled = new Map();
function programsOf(file) {
  const options = { root, configFile: false, logLevel: 'error' };
  if (!assembled.has(file))
    assembled.set(
      file,
      runnerImport(file, options).then(({ module }) => module),
    );
  return assembled.get(file);
}

export function programs() {
  let config;
  return {
    name: 'programs',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    load: {
      filter: { id: isPrograms },
      async handler(id) {
        if (this.environment.config.consumer !== 'client') return null;
        const made = await programsOf(id);
        return { code: moduleOf(made, config.isWorker), moduleType: 'js' };
      },
    },
  };
}
