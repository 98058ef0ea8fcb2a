/** A small house in a folder of its own: our fences, planted sources; removed afterwards. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const fences = [
  'package.json',
  'tsconfig.json',
  'simulator/tsconfig.json',
  'src/cli/tsconfig.json',
  'tests/tsconfig.json',
  'eslint.config.js',
  'svelte.config.js',
  'vite.config.ts',
  'config',
  '.dependency-cruiser.cjs',
];

export type House = {
  /** Runs a program of node_modules there; its exit status is not looked at. */
  readonly run: (program: string, ...args: string[]) => Promise<string>;
  readonly remove: () => void;
};

export function plant(sources: Readonly<Record<string, string>>): House {
  const folder = mkdtempSync(join(tmpdir(), 'autochitect-fences-'));
  const at = (file: string): string => join(folder, file);
  for (const file of fences) cpSync(file, at(file), { recursive: true });
  for (const [file, source] of Object.entries(sources)) {
    mkdirSync(dirname(at(file)), { recursive: true });
    writeFileSync(at(file), `${source}\n`);
  }
  symlinkSync(resolve('node_modules'), at('node_modules'), 'dir');
  return {
    run: (program, ...args) =>
      new Promise((done) => {
        execFile(
          process.execPath,
          [resolve('node_modules', program), ...args],
          { cwd: folder, maxBuffer: 1 << 26 },
          (_, stdout, stderr) => {
            done(stdout === '' ? stderr : stdout);
          },
        );
      }),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
