/** Judges from outside: Wireshark's dissector, and a real Linux kernel at the end of the cable. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bridged, canTap, counters, has, type Bridged } from './bridged';
import { pathOf, sim } from './sim';

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
  test.each(['fetch-a-page', 'ping', 'network-lab'])(
    'finds no fault in the capture of %s',
    (slug) => {
      const path = pathOf(`${slug}.pcapng`);
      sim('run', slug, '--pcap', path);
      expect(tshark(path, BAD)).toEqual([]);
      expect(tshark(path, 'frame').length).toBeGreaterThan(7);
      expect(tshark(path, 'eth.fcs.status==1').length).toBe(tshark(path, 'frame').length);
    },
  );
});

const WITHOUT = 'skipped without root and /dev/net/tun';

/** Nothing that the kernel received had a wrong checksum or header. */
function expectSound(bridge: Bridged): void {
  expect(counters(bridge, 'Tcp').get('InCsumErrors')).toBe(0);
  expect(counters(bridge, 'Tcp').get('InErrs')).toBe(0);
  expect(counters(bridge, 'Udp').get('InCsumErrors')).toBe(0);
  expect(counters(bridge, 'Icmp').get('InCsumErrors')).toBe(0);
  expect(counters(bridge, 'Ip').get('InHdrErrors')).toBe(0);
  expect(counters(bridge, 'Ip').get('ReasmFails')).toBe(0);
}

const curl = ({ inside }: Bridged, path: string, ...words: readonly string[]): string =>
  inside('curl', '-sS', '-m', '40', '-w', ' %{http_code}', ...words, `http://10.0.0.2${path}`)
    .stdout;

describe.skipIf(!canTap)(`a real kernel over a TAP (${WITHOUT})`, () => {
  const recording = pathOf('recording.json');
  let bridge: Bridged;

  beforeAll(async () => {
    bridge = await bridged('fetch-a-page', recording);
  }, 30_000);

  afterAll(() => bridge.end());

  test.each([0, 56, 1400])('gets answers to echo requests of %i octets', (size) => {
    const words = ['-c', '3', '-i', '0.2', '-W', '5', '-s', `${size}`, '10.0.0.2'];
    expect(bridge.inside('ping', ...words).stdout).toMatch(/3 received/);
  });

  test('gets the page, again and again, and an honest 404', () => {
    const page = curl(bridge, '/');
    expect(page).toMatch(/<h1>It works<\/h1>[^]* 200$/);
    expect(curl(bridge, '/')).toBe(page);
    expect(curl(bridge, '/nothing')).toMatch(/ 404$/);
  });

  test('finds no wrong checksum in what it received', () => {
    expectSound(bridge);
  });

  test('and the recorded session has the same hash when it is run again', async () => {
    await bridge.end();
    const told = JSON.parse(readFileSync(recording, 'utf8')) as { hash: string };
    const { stdout } = sim('run', 'fetch-a-page', '--replay', recording, '--json');
    expect((JSON.parse(stdout) as { hash: string }).hash).toBe(told.hash);
  }, 30_000);
});

/** Talks to the servers of the network lab as no ready-made tool does; says what it saw. */
const TALKS = `
import socket, struct, threading

def get(count):
    with socket.create_connection(('10.0.0.2', 80), timeout=30) as s:
        s.sendall(b'GET /bytes/%d HTTP/1.1\\r\\nConnection: close\\r\\n\\r\\n' % count)
        answer = b''.join(iter(lambda: s.recv(65536), b''))
    body = answer.split(b'\\r\\n\\r\\n', 1)[1]
    return body == bytes(at % 251 for at in range(count))

whole = []
threads = [threading.Thread(target=lambda n=n: whole.append(get(1000 * n))) for n in range(100)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print('at once', sum(whole))

with socket.create_connection(('10.0.0.2', 7), timeout=30) as s:
    s.sendall(b'abc' * 1000)
    s.shutdown(socket.SHUT_WR)
    print('half-closed', b''.join(iter(lambda: s.recv(65536), b'')) == b'abc' * 1000)

s = socket.create_connection(('10.0.0.2', 7), timeout=30)
s.sendall(b'x' * 100000)
s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
s.close()
with socket.create_connection(('10.0.0.2', 7), timeout=30) as s:
    s.sendall(b'still there')
    print('after a reset', s.recv(100))

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.settimeout(10)
s.connect(('10.0.0.2', 7))
s.send(b'over UDP')
print('datagram', s.recv(100))
s.connect(('10.0.0.2', 8))
s.send(b'nobody')
try:
    s.recv(100)
except ConnectionRefusedError:
    print('no such port')

try:
    socket.create_connection(('10.0.0.2', 81), timeout=30)
except ConnectionRefusedError:
    print('refused')
`;

describe.skipIf(!canTap)(`the network lab and a real kernel (${WITHOUT})`, () => {
  const MEGABYTES = 20_000_000;
  const file = pathOf('octets.bin');
  let bridge: Bridged;

  beforeAll(async () => {
    bridge = await bridged('network-lab', pathOf('lab.json'));
  }, 30_000);

  afterAll(() => bridge.end());

  test('20 MB come down, each octet in its place', () => {
    expect(curl(bridge, `/bytes/${MEGABYTES}`, '-o', file)).toBe(' 200');
    const octets = readFileSync(file);
    expect(octets.length).toBe(MEGABYTES);
    expect(octets.findIndex((octet, at) => octet !== at % 251)).toBe(-1);
  }, 60_000);

  test('20 MB go up and are counted', () => {
    expect(curl(bridge, '/count', '--data-binary', `@${file}`)).toBe(`${MEGABYTES}\n 200`);
  }, 60_000);

  test('100 connections at once, a half-closed one, a reset, datagrams and refusals', () => {
    const said = bridge.inside('python3', '-c', TALKS).stdout.split('\n');
    expect(said).toEqual([
      'at once 100',
      'half-closed True',
      "after a reset b'still there'",
      "datagram b'over UDP'",
      'no such port',
      'refused',
      '',
    ]);
  }, 60_000);

  test.each([1472, 1473, 20_000, 65_507])('an echo request of %i octets comes back', (size) => {
    const words = ['-c', '2', '-i', '0.2', '-W', '10', '-s', `${size}`, '10.0.0.2'];
    expect(bridge.inside('ping', ...words).stdout).toMatch(/2 received/);
  });

  test('nothing that arrived was damaged', () => {
    expectSound(bridge);
  });
});
