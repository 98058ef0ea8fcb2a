/** The command line as a person calls it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Called = {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

export const SIM = join(import.meta.dirname, '../../scripts/sim.mjs');

export function sim(...words: readonly string[]): Called {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SIM, ...words], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}

const folder = mkdtempSync(join(tmpdir(), 'autochitect-'));

/** The path of a file with these contents. */
export function fileOf(name: string, contents: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, contents);
  return path;
}

export const pathOf = (name: string): string => join(folder, name);
