import { describe, expect, test } from 'vitest';
import { PING } from '../../../simulator/host/programs/ping';
import type { Plain } from '../../../simulator/contract/plain';
import { sentence } from '../../../simulator/os/sentences';
import { processViews, socketViews } from '../../../simulator/os/views';
import { runWorld, world, type Machine, type World } from './harness';

const SECOND = 1_000_000_000;

function pingWorld(given: Plain): World & { client: Machine; server: Machine } {
  const start = [{ kind: 'modelled', name: 'ping', arguments: given }] as const;
  const made = world(
    { name: 'client', ip: '10.0.0.1', start, programs: { ping: PING } },
    { name: 'server', ip: '10.0.0.2' },
  );
  const [client, server] = made.machines;
  if (client === undefined || server === undefined) throw new Error('two machines');
  return Object.assign(made, { client, server });
}

test('four requests, four answers, and the statistics', () => {
  const made = pingWorld({ destination: '10.0.0.2', count: 4 });
  runWorld(made);
  expect(made.client.printed).toMatchInlineSnapshot(`
    "PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.
    64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.004 ms
    64 bytes from 10.0.0.2: icmp_seq=2 ttl=64 time=0.002 ms
    64 bytes from 10.0.0.2: icmp_seq=3 ttl=64 time=0.002 ms
    64 bytes from 10.0.0.2: icmp_seq=4 ttl=64 time=0.002 ms

    --- 10.0.0.2 ping statistics ---
    4 packets transmitted, 4 received, 0% packet loss, time 3000ms
    rtt min/avg/max = 0.002/0.002/0.004 ms
    "
  `);
  expect(made.client.exits.get(1)).toBe(0);
  // ARP request and reply, then a request and a reply for each ping.
  expect(made.frames).toHaveLength(2 + 8);
});

test('a lost reply is missed, the next is not', () => {
  const made = pingWorld({ destination: '10.0.0.2', count: 3 });
  made.passes = (count) => count !== 4;
  runWorld(made);
  expect(made.client.printed).toMatchInlineSnapshot(`
    "PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.
    no answer yet for icmp_seq=1
    64 bytes from 10.0.0.2: icmp_seq=2 ttl=64 time=0.002 ms
    64 bytes from 10.0.0.2: icmp_seq=3 ttl=64 time=0.002 ms

    --- 10.0.0.2 ping statistics ---
    3 packets transmitted, 2 received, 33% packet loss, time 12000ms
    rtt min/avg/max = 0.002/0.002/0.002 ms
    "
  `);
  expect(made.client.exits.get(1)).toBe(0);
});

test('a neighbour that is not there is a host unreachable', () => {
  const made = pingWorld({ destination: '10.0.0.9', count: 2 });
  runWorld(made);
  expect(made.client.printed).toMatchInlineSnapshot(`
    "PING 10.0.0.9 (10.0.0.9) 56(84) bytes of data.
    no answer yet for icmp_seq=1
    ping: icmp_seq=1 Destination Host Unreachable
    ping: icmp_seq=2 Destination Host Unreachable

    --- 10.0.0.9 ping statistics ---
    2 packets transmitted, 0 received, +2 errors, 100% packet loss, time 3000ms
    "
  `);
  expect(made.client.exits.get(1)).toBe(1);
});

test.each([
  [{ destination: '192.168.1.1', count: 1 }, 'ping: icmp_seq=1 Network is unreachable\n'],
  [{ destination: 'nonsense' }, 'ping: nonsense: Name or service not known\n'],
  [{}, 'ping: usage error: Destination address required\n'],
  [{ destination: '10.0.0.2', count: -1 }, 'ping: invalid argument: count\n'],
  [{ destination: '10.0.0.2', payloadOctets: 65_508 }, 'invalid argument: payloadOctets\n'],
])('what cannot be: %j', (given, said) => {
  const made = pingWorld(given);
  runWorld(made);
  expect(made.client.printed).toContain(said);
  expect(made.client.exits.get(1)).toBeGreaterThan(0);
});

test.each([1473, 5000, 10_000])('%i octets go in fragments, and come back', (payloadOctets) => {
  const made = pingWorld({ destination: '10.0.0.2', count: 2, payloadOctets });
  runWorld(made);
  expect(made.client.printed).toContain(`${payloadOctets + 8} bytes from 10.0.0.2: icmp_seq=2`);
  const most = Math.max(...made.frames.map(({ frame }) => frame.length));
  expect(most).toBeLessThanOrEqual(1514);
});

test('a host answers itself, without a frame', () => {
  const made = pingWorld({ destination: '10.0.0.1', count: 2, intervalNs: 1000 });
  runWorld(made);
  expect(made.client.printed).toContain('2 packets transmitted, 2 received, 0% packet loss');
  expect(made.frames).toHaveLength(0);
});

describe('a flood', () => {
  test('keeps so many requests in flight and ends with all answered', () => {
    const made = pingWorld({ destination: '10.0.0.2', count: 500, outstanding: 8 });
    runWorld(made);
    expect(made.client.printed).toContain('500 packets transmitted, 500 received, 0% packet loss');
    expect(made.client.exits.get(1)).toBe(0);
  });

  test('goes on when frames are lost', () => {
    const given = { destination: '10.0.0.2', count: 500, outstanding: 8, timeoutNs: SECOND };
    const made = pingWorld(given);
    made.passes = (count) => count % 10 !== 9;
    runWorld(made);
    expect(made.client.printed).toContain('500 packets transmitted, ');
    expect(made.client.exits.get(1)).toBe(0);
    expect(made.client.kernel.sleepers).toHaveLength(0);
  });
});

test('what waits can be seen, and an exit leaves nothing behind', () => {
  const made = pingWorld({ destination: '10.0.0.2', count: 2 });
  runWorld(made, SECOND / 2);
  expect(processViews(made.client.kernel)).toMatchObject([
    {
      pid: 1,
      name: 'ping',
      state: 'blocked',
      files: ['console', 'console', 'console', 'socket 1'],
    },
  ]);
  expect(socketViews(made.client.kernel)).toMatchObject([{ id: 1, kind: 'icmp', owner: 1 }]);
  // It exits before its last sleep is over.
  runWorld(made, 2 * SECOND);
  expect(processViews(made.client.kernel)).toMatchObject([
    { state: 'exited', waits: [], status: 0 },
  ]);
  expect(socketViews(made.client.kernel)).toEqual([]);
});

test('the first exchange, told', () => {
  const made = pingWorld({ destination: '10.0.0.2', count: 1 });
  runWorld(made);
  expect(made.client.notes.map(sentence)).toMatchInlineSnapshot(`
    [
      "The kernel of client starts its network driver and its programs.",
      "The kernel starts ping (process 1).",
      "ping (process 1) calls socket(icmp).",
      "socket of ping (process 1) returns 3.",
      "ping (process 1) calls write(1, 47 octets).",
      "write of ping (process 1) returns 47.",
      "ping (process 1) calls sendto(3, 64 octets, 10.0.0.2).",
      "ARP asks everybody for the MAC address of 10.0.0.2.",
      "The driver hands the interface a frame of 42 octets (ARP) for ff:ff:ff:ff:ff:ff.",
      "sendto of ping (process 1) returns 64.",
      "ping (process 1) calls recvfrom(3, at most 65536 octets).",
      "ping (process 1) waits in recvfrom for a message.",
      "ping (process 1) calls nanosleep(10000000000 ns).",
      "ping (process 1) waits in nanosleep for the time that it asked for.",
      "The driver takes a frame of 60 octets (ARP) from 02:00:00:00:00:02 out of its ring.",
      "ARP learns that 10.0.0.2 is at 02:00:00:00:00:02.",
      "The driver hands the interface a frame of 98 octets (IPv4) for 02:00:00:00:00:02.",
      "The driver takes a frame of 98 octets (IPv4) from 02:00:00:00:00:02 out of its ring.",
      "ping (process 1) is woken from recvfrom: an echo reply came.",
      "recvfrom of ping (process 1) returns 64 octets from 10.0.0.2.",
      "ping (process 1) calls write(1, 56 octets).",
      "write of ping (process 1) returns 56.",
      "ping (process 1) calls write(1, 133 octets).",
      "write of ping (process 1) returns 133.",
      "ping (process 1) calls exit(0).",
      "ping (process 1) exits with status 0.",
      "What ARP knew of 10.0.0.2 is too old to be believed.",
    ]
  `);
});

test('one seed, one run', () => {
  const once = (): readonly unknown[] => {
    const made = pingWorld({ destination: '10.0.0.2', count: 20, outstanding: 3 });
    runWorld(made);
    return [made.frames, made.client.kernel, made.server.kernel, made.client.notes];
  };
  expect(once()).toEqual(once());
});
