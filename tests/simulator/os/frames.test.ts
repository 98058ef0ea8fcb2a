import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as arp from '../../../simulator/wire/arp';
import * as ethernet from '../../../simulator/wire/ethernet';
import * as icmp from '../../../simulator/wire/icmp';
import * as ipv4 from '../../../simulator/wire/ipv4';
import { emit as emitUdp } from '../../../simulator/wire/udp';
import { flags, emit as emitTcp, type Segment } from '../../../simulator/wire/tcp';
import type { SystemCall } from '../../../simulator/contract/program';
import { neighbourViews } from '../../../simulator/os/views';
import { address, LAYOUT, receive, runWorld, world, type Machine, type World } from './harness';
import { octets, script, told, type Scripted } from './script';

const A = { mac: 0x0200_0000_0001, ip: address('10.0.0.1') };
/** Not a machine of the world: who sends these frames. */
const B = { mac: 0x0200_0000_0009, ip: address('10.0.0.9') };

function alone(program?: Scripted): World & { readonly host: Machine } {
  const start = [{ kind: 'modelled', name: 'test', arguments: null }] as const;
  const made = world({
    name: 'host',
    ip: '10.0.0.1',
    ...(program === undefined ? {} : { start, programs: { test: program.program } }),
  });
  const [host] = made.machines;
  if (host === undefined) throw new Error('a machine');
  return Object.assign(made, { host });
}

type Packet = { readonly protocol: number; readonly payload: Uint8Array };

function framed({ protocol, payload }: Packet, header: Partial<ipv4.Header> = {}): Uint8Array {
  const packet = ipv4.emit({
    source: B.ip,
    destination: A.ip,
    protocol,
    ttl: 64,
    service: 0,
    identification: 1,
    dontFragment: true,
    moreFragments: false,
    fragmentOffset: 0,
    options: ipv4.NO_OPTIONS,
    payload,
    ...header,
  });
  const type = ethernet.TYPE.ipv4;
  return ethernet.emit({ destination: A.mac, source: B.mac, type, tag: null, payload: packet });
}

const CALL: Segment = {
  sourcePort: 5000,
  destinationPort: 80,
  sequence: 1,
  acknowledgment: 0,
  flags: flags('syn'),
  window: 1000,
  urgent: 0,
  mss: null,
  payload: new Uint8Array(0),
};
const segment = (changed: Partial<Segment>): Packet => ({
  protocol: ipv4.PROTOCOL.tcp,
  payload: emitTcp({ ...CALL, ...changed }, B.ip, A.ip),
});
const message = (content: icmp.Message): Packet => ({
  protocol: ipv4.PROTOCOL.icmp,
  payload: icmp.emit(content),
});
const PING = message({ kind: 'echo', identifier: 7, sequence: 1, payload: octets('hello') });
const UDP: Packet = {
  protocol: ipv4.PROTOCOL.udp,
  payload: emitUdp(
    { sourcePort: 5000, destinationPort: 9, payload: octets('anybody?') },
    B.ip,
    A.ip,
  ),
};

/** So that answers need not ask for the address first. */
function introduce(made: World & { readonly host: Machine }): void {
  const told: arp.Message = {
    operation: 'request',
    senderMac: B.mac,
    senderAddress: B.ip,
    targetMac: 0,
    targetAddress: A.ip,
  };
  const type = ethernet.TYPE.arp;
  const destination = 0xffff_ffff_ffff;
  const payload = arp.emit(told);
  receive(made, made.host, ethernet.emit({ destination, source: B.mac, type, tag: null, payload }));
}

/** What is answered to `frame`, as the packet in it; null for silence. */
function answerTo(frame: Uint8Array): ipv4.Packet | null {
  const made = alone();
  introduce(made);
  const before = made.frames.length;
  receive(made, made.host, frame);
  const [answer] = made.frames.slice(before);
  if (answer === undefined) return null;
  const packet = ipv4.parse(answer.frame, ethernet.HEADER_OCTETS);
  if (!packet.ok) throw new Error(packet.why);
  return packet.value;
}

test('whoever asks for our address is answered and known', () => {
  const made = alone();
  introduce(made);
  expect(made.frames).toHaveLength(1);
  expect(neighbourViews(made.host.kernel)).toMatchObject([
    { address: '10.0.0.9', mac: '02:00:00:00:00:09' },
  ]);
});

describe('answers', () => {
  test('an echo request is answered with its own data', () => {
    const answer = answerTo(framed(PING));
    expect(answer).toMatchObject({ source: A.ip, destination: B.ip, ttl: 64 });
    const parsed = icmp.parse(answer?.payload ?? new Uint8Array(0));
    expect(parsed).toMatchObject({
      ok: true,
      value: { kind: 'echoReply', identifier: 7, sequence: 1, payload: octets('hello') },
    });
  });

  test.each([
    ['UDP: port unreachable', UDP, 3, 3],
    ['an unknown protocol: protocol unreachable', { ...UDP, protocol: 99 }, 3, 2],
  ])('%s', (_what, packet, type, code) => {
    const answer = answerTo(framed(packet));
    expect([...(answer?.payload.subarray(0, 2) ?? [])]).toEqual([type, code]);
  });

  test('a call where nobody listens: reset', () => {
    const answer = answerTo(framed(segment({})));
    expect(answer?.payload[13]).toBe(0x14);
  });

  test.each<readonly [string, Uint8Array]>([
    ['a reset to nobody', framed(segment({ flags: flags('rst') }))],
    ['another host', framed(PING, { destination: address('10.0.0.5') })],
    ['an echo request to everybody', framed(PING, { destination: address('10.0.0.255') })],
    ['UDP to everybody', framed(UDP, { destination: address('10.0.0.255') })],
    ['a call to everybody', framed(segment({}), { destination: address('10.0.0.255') })],
    ['a fragment', framed(PING, { moreFragments: true, dontFragment: false })],
    ['from a loopback address', framed(PING, { source: address('127.0.0.1') })],
    [
      'an echo reply that nobody waits for',
      framed(message({ kind: 'echoReply', identifier: 1, sequence: 1, payload: octets('') })),
    ],
    [
      'an error about nothing of ours',
      framed(message({ kind: 'unreachable', code: 1, mtuOctets: 0, payload: octets('nonsense') })),
    ],
    ['a wrong ICMP checksum', framed({ ...PING, payload: PING.payload.with(9, 0) })],
    ['a wrong TCP checksum', framed({ ...segment({}), payload: segment({}).payload.with(9, 9) })],
    [
      'an unknown type',
      ethernet.emit({
        destination: A.mac,
        source: B.mac,
        type: 0x86dd,
        tag: null,
        payload: octets('IPv6'),
      }),
    ],
  ])('silence: %s', (_what, frame) => {
    expect(answerTo(frame)).toBeNull();
  });
});

test('whatever arrives, the kernel stands, and says why it drops it', () => {
  const made = alone(
    script(
      { kind: 'socket', socket: 'stream' },
      { kind: 'bind', fd: 3, endpoint: { address: 0, port: 80 } },
      { kind: 'listen', fd: 3, backlog: 3 },
      { kind: 'accept', fd: 3 },
    ),
  );
  introduce(made);
  const seeds = [framed(PING), framed(UDP), framed(segment({}))];
  const spoilt = fc
    .tuple(fc.constantFrom(...seeds), fc.nat(60), fc.nat(255), fc.nat(80))
    .map(([frame, at, octet, length]) => frame.with(at % frame.length, octet).slice(0, length));
  fc.assert(
    fc.property(fc.oneof(spoilt, fc.uint8Array({ maxLength: 120 })), (frame) => {
      const before = made.host.notes.length;
      receive(made, made.host, frame);
      expect(made.host.notes.length).toBeGreaterThan(before);
    }),
    { numRuns: 2000 },
  );
});

describe('the transmit ring', () => {
  // One descriptor stays free, and the ARP answer's has not reported yet.
  const ROOM = LAYOUT.transmitCount - 2;
  const PEER = { address: B.ip, port: 0 };
  const echo = icmp.emit({ kind: 'echo', identifier: 0, sequence: 1, payload: new Uint8Array(0) });
  const send: SystemCall = { kind: 'sendto', fd: 3, octets: echo, endpoint: PEER };

  test('frames that it has no room for wait, and go in order when there is', () => {
    const sends = Array.from({ length: 60 }, () => send);
    const program = script(
      { kind: 'socket', socket: 'icmp' },
      { kind: 'nanosleep', delayNs: 1 },
      ...sends,
    );
    const made = alone(program);
    introduce(made);
    made.stalled = true;
    runWorld(made);
    expect(program.replies.slice(2).map(told)).toEqual(sends.map(() => 8));
    expect(made.host.kernel.queue.waiting).toHaveLength(60 - ROOM);
    made.stalled = false;
    for (let turn = 0; turn < 10; turn++) receive(made, made.host, framed(UDP));
    expect(made.host.kernel.queue.waiting).toHaveLength(0);
    const numbers = made.frames
      .slice(1)
      .map(({ frame }) => (frame[18] ?? 0) * 256 + (frame[19] ?? 0));
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  });

  test('and beyond a thousand they are dropped, with a note', () => {
    const sends = Array.from({ length: 1100 }, () => send);
    const made = alone(
      script({ kind: 'socket', socket: 'icmp' }, { kind: 'nanosleep', delayNs: 1 }, ...sends),
    );
    introduce(made);
    made.stalled = true;
    runWorld(made);
    expect(made.host.kernel.queue.dropped).toBe(1100 - 1000 - ROOM);
  });
});
