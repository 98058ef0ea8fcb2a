/** Judges from outside: Wireshark's dissector, and a real Linux kernel at the end of the cable. */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pathOf, sim, SIM } from './sim';

const has = (program: string): boolean =>
  spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

const BAD =
  '_ws.expert.severity >= 0x600000 || _ws.malformed || eth.fcs.status==0 || ip.checksum.status==0 || tcp.checksum.status==0 || udp.checksum.status==0';

const CHECKS = ['ip', 'tcp', 'udp'].flatMap((layer) => ['-o', `${layer}.check_checksum:TRUE`]);

function tshark(path: string, filter: string): string[] {
  const words = ['-r', path, '-o', 'eth.check_fcs:TRUE', ...CHECKS, '-Y', filter];
  const out = execFileSync('tshark', words, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return out.split('\n').filter((line) => line !== '');
}

describe.skipIf(!has('tshark'))('tshark (skipped where it is not installed)', () => {
  test.each(['fetch-a-page', 'ping'])('finds no fault in the capture of %s', (slug) => {
    const path = pathOf(`${slug}.pcapng`);
    sim('run', slug, '--pcap', path);
    expect(tshark(path, BAD)).toEqual([]);
    expect(tshark(path, 'frame').length).toBeGreaterThan(7);
    expect(tshark(path, 'eth.fcs.status==1').length).toBe(tshark(path, 'frame').length);
  });
});

const canTap =
  process.getuid?.() === 0 &&
  existsSync('/dev/net/tun') &&
  ['ip', 'ping', 'curl', 'python3'].every(has) &&
  spawnSync('ip', ['netns', 'list']).status === 0;

describe.skipIf(!canTap)('a real kernel over a TAP (skipped without root and /dev/net/tun)', () => {
  const namespace = `act${process.pid}`;
  const recording = pathOf('recording.json');
  let bridge: ChildProcess;

  const inside = (...words: readonly string[]): { status: number | null; stdout: string } =>
    spawnSync('ip', ['netns', 'exec', namespace, ...words], { encoding: 'utf8', timeout: 20_000 });

  beforeAll(async () => {
    sim('list');
    const tap = join(import.meta.dirname, '../../scripts/tap.py');
    const command = [process.execPath, SIM, 'bridge', 'fetch-a-page', '--record', recording];
    bridge = spawn('python3', [tap, '--netns', namespace, '--', ...command], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await new Promise<void>((ready, failed) => {
      bridge.stdout?.once('data', () => {
        ready();
      });
      bridge.once('exit', (status) => {
        failed(new Error(`the bridge ended with ${status}`));
      });
    });
  }, 30_000);

  afterAll(() => {
    bridge.kill();
  });

  test.each([0, 56, 1400])('gets answers to echo requests of %i octets', (size) => {
    const { stdout } = inside(
      'ping',
      '-c',
      '3',
      '-i',
      '0.2',
      '-W',
      '5',
      '-s',
      `${size}`,
      '10.0.0.2',
    );
    expect(stdout).toMatch(/3 received/);
  });

  test('gets the page, again and again, and an honest 404', () => {
    const curl = (path: string): string =>
      inside('curl', '-sS', '-m', '10', '-w', ' %{http_code}', `http://10.0.0.2${path}`).stdout;
    const page = curl('/');
    expect(page).toMatch(/<h1>It works<\/h1>[^]* 200$/);
    expect(curl('/')).toBe(page);
    expect(curl('/nothing')).toMatch(/ 404$/);
  });

  test('finds no wrong checksum in what it received', () => {
    const { stdout } = inside('cat', '/proc/net/snmp');
    const counters = (name: string): Map<string, number> => {
      const [names = '', values = ''] = stdout
        .split('\n')
        .filter((line) => line.startsWith(`${name}:`));
      const numbers = values.split(' ').map(Number);
      return new Map(names.split(' ').map((each, index) => [each, numbers[index] ?? -1]));
    };
    expect(counters('Tcp').get('InCsumErrors')).toBe(0);
    expect(counters('Icmp').get('InCsumErrors')).toBe(0);
    expect(counters('Ip').get('InHdrErrors')).toBe(0);
  });

  test('and the recorded session has the same hash when it is run again', async () => {
    const ended = new Promise((done) => bridge.once('exit', done));
    bridge.stdin?.end();
    await ended;
    const told = JSON.parse(execFileSync('cat', [recording], { encoding: 'utf8' })) as {
      hash: string;
    };
    const { stdout } = sim('run', 'fetch-a-page', '--replay', recording, '--json');
    expect((JSON.parse(stdout) as { hash: string }).hash).toBe(told.hash);
  }, 30_000);
});
