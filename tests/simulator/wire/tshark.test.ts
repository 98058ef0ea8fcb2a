import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MILLISECOND_NS } from '../../../simulator/contract/time';
import * as ethernet from '../../../simulator/wire/ethernet';
import * as http1 from '../../../simulator/wire/http1';
import * as icmp from '../../../simulator/wire/icmp';
import * as ipv4 from '../../../simulator/wire/ipv4';
import { LINK_ETHERNET } from '../../../simulator/wire/pcapng/format';
import { emit } from '../../../simulator/wire/pcapng/write';
import * as tcp from '../../../simulator/wire/tcp';
import * as udp from '../../../simulator/wire/udp';
import { CAPTURED, captured, fromHex } from './captured';
import { rebuild } from './layers';

const TSHARK = 'tshark';
const installed = spawnSync(TSHARK, ['--version']).error === undefined;
if (!installed)
  console.warn('tshark is not installed: nothing else checks our captures. apt-get install tshark');

const A = 0x0a00_0001;
const B = 0x0a00_0002;

function packetWith(protocol: number, payload: Uint8Array): Uint8Array {
  const packet = ipv4.emit({
    source: A,
    destination: B,
    protocol,
    ttl: 64,
    service: 0,
    identification: 1,
    dontFragment: false,
    moreFragments: false,
    fragmentOffset: 0,
    options: ipv4.NO_OPTIONS,
    payload,
  });
  const header = { destination: 0x0200_0000_000b, source: 0x0200_0000_000a, type: 0x0800 };
  return ethernet.emit({ ...header, tag: null, payload: packet });
}

/** Messages that Linux did not happen to send. */
function others(): Uint8Array[] {
  const quoted = captured('UDP to a closed port').subarray(14);
  const messages: icmp.Message[] = [
    { kind: 'timeExceeded', code: 0, payload: quoted },
    { kind: 'unreachable', code: 4, mtuOctets: 1400, payload: quoted },
    { kind: 'echo', identifier: 1, sequence: 2, payload: new Uint8Array(1400) },
  ];
  const datagram = { sourcePort: 4000, destinationPort: 4001, payload: Uint8Array.of(1, 2, 3) };
  const response = http1.emit(
    { kind: 'response', version: '1.1', status: 404, reason: 'Not Found', fields: [] },
    new Uint8Array(0),
  );
  const segment: tcp.Segment = {
    sourcePort: 80,
    destinationPort: 5000,
    sequence: 1,
    acknowledgment: 1,
    flags: tcp.flags('ack', 'psh'),
    window: 1000,
    urgent: 0,
    mss: null,
    payload: response,
  };
  return [
    ...messages.map((message) => packetWith(1, icmp.emit(message))),
    packetWith(17, udp.emit(datagram, A, B)),
    packetWith(6, tcp.emit(segment, A, B)),
  ];
}

const CHECKS = ['eth.check_fcs', 'ip.check_checksum', 'tcp.check_checksum', 'udp.check_checksum'];

/** What tshark prints for each frame of `frames` that `filter` lets through. */
function tshark(
  frames: readonly Uint8Array[],
  filter: string,
  fields: readonly string[],
): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'capture-'));
  const file = join(folder, 'cable.pcapng');
  const capture = emit({
    interfaces: [{ name: 'cable', linkType: LINK_ETHERNET, fcsOctets: 4 }],
    frames: frames.map((octets, i) => ({
      interface: 0,
      timeNs: i * MILLISECOND_NS + 1,
      octets,
      direction: 'outbound',
      comment: `frame ${i} →`,
    })),
  });
  writeFileSync(file, capture);
  const checks = CHECKS.flatMap((name) => ['-o', `${name}:TRUE`]);
  const shown = fields.flatMap((name) => ['-e', name]);
  const done = spawnSync(
    TSHARK,
    ['-r', file, ...checks, '-Y', filter, '-T', 'fields', '-E', 'occurrence=f', ...shown],
    { encoding: 'utf8' },
  );
  rmSync(folder, { recursive: true });
  expect(done.status).toBe(0);
  return done.stdout.split('\n').filter((line) => line !== '');
}

// 0 is bad, 1 is good, 2 is not checked (Wireshark's "checksum status").
const STATUSES = ['eth.fcs', 'ip.checksum', 'icmp.checksum', 'tcp.checksum', 'udp.checksum'];
const BAD = [...STATUSES.map((name) => `${name}.status == 0`), '_ws.malformed'].join(' || ');

test.runIf(installed)(
  'tshark finds no malformed frame and no wrong checksum',
  { timeout: 60_000 },
  () => {
    const built = [...CAPTURED.map(({ hex }) => rebuild(fromHex(hex))), ...others()];
    const frames = built.map(ethernet.seal);
    expect(tshark(frames, BAD, ['frame.number', '_ws.col.Info'])).toEqual([]);
    const good = 'eth.fcs.status == 1 && (arp || ip.checksum.status == 1)';
    expect(tshark(frames, good, ['frame.number']).length).toBe(frames.length);
    // The check itself works: a flipped bit in each frame is found.
    const damaged = frames.map((frame) =>
      frame.map((octet, at) => (at === 30 ? octet ^ 1 : octet)),
    );
    expect(tshark(damaged, BAD, ['frame.number']).length).toBe(frames.length);
  },
);

test.runIf(installed)(
  'tshark reads times, comments, direction and interface',
  { timeout: 60_000 },
  () => {
    const frames = [ethernet.seal(captured('ARP request')), ethernet.seal(captured('ARP reply'))];
    const fields = [
      'frame.time_epoch',
      'frame.comment',
      'frame.interface_name',
      'frame.packet_flags_direction',
    ];
    expect(tshark(frames, 'frame', fields)).toEqual([
      '0.000000001\tframe 0 →\tcable\t0x00000002',
      '0.001000001\tframe 1 →\tcable\t0x00000002',
    ]);
  },
);
