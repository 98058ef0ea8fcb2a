/** A simulated world at the end of a real kernel's cable, in a network namespace of its own. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sim, SIM } from './sim';

export const has = (program: string): boolean =>
  spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

export const canTap =
  process.getuid?.() === 0 &&
  existsSync('/dev/net/tun') &&
  ['ip', 'ping', 'curl', 'python3'].every(has) &&
  spawnSync('ip', ['netns', 'list']).status === 0;

type Ended = { readonly status: number | null; readonly stdout: string };

export type Bridged = {
  /** Runs a command in the namespace. */
  readonly inside: (...words: readonly string[]) => Ended;
  /** The bridge ends, and its recording is written. */
  readonly end: () => Promise<void>;
};

function inside(namespace: string): Bridged['inside'] {
  return (...words) =>
    spawnSync('ip', ['netns', 'exec', namespace, ...words], {
      encoding: 'utf8',
      timeout: 60_000,
      maxBuffer: 1 << 26,
    });
}

const ready = (bridge: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    bridge.stdout?.once('data', () => {
      resolve();
    });
    bridge.once('exit', (status) => {
      reject(new Error(`the bridge ended with ${status}`));
    });
  });

/** The scenario `slug`, whose client is the namespace; its session goes to `recording`. */
export async function bridged(slug: string, recording: string): Promise<Bridged> {
  sim('list');
  const namespace = `act${process.pid}${slug}`;
  const tap = join(import.meta.dirname, '../../scripts/tap.py');
  const command = [process.execPath, SIM, 'bridge', slug, '--record', recording];
  const bridge = spawn('python3', [tap, '--netns', namespace, '--', ...command], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await ready(bridge);
  const end = async (): Promise<void> => {
    if (bridge.exitCode !== null) return;
    const ended = new Promise((done) => bridge.once('exit', done));
    bridge.stdin.end();
    await ended;
  };
  return { inside: inside(namespace), end };
}

/** A line of the kernel's own counters (`Tcp`, `Ip`…), by name. */
export function counters({ inside: run }: Bridged, name: string): ReadonlyMap<string, number> {
  const { stdout } = run('cat', '/proc/net/snmp');
  const [names = '', values = ''] = stdout
    .split('\n')
    .filter((line) => line.startsWith(`${name}:`));
  const numbers = values.split(' ').map(Number);
  return new Map(names.split(' ').map((each, index) => [each, numbers[index] ?? -1]));
}
