/** UDP sockets: ports and peers, what waits, what is refused, and what the network says. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SystemCall } from '../../../simulator/contract/program';
import { programNamed } from '../../../simulator/host/programs/registry';
import { socketViews } from '../../../simulator/os/views';
import { address, runWorld, world, type World } from './harness';
import { octets, script, told, type Scripted } from './script';

const SECOND = 1_000_000_000;
const SERVER = { address: address('10.0.0.2'), port: 53 };

const socket: SystemCall = { kind: 'socket', socket: 'datagram' };
const bind = (port: number, fd = 3): SystemCall => ({
  kind: 'bind',
  fd,
  endpoint: { address: 0, port },
});
const connect: SystemCall = { kind: 'connect', fd: 3, endpoint: SERVER };
const send = (text: string, endpoint: typeof SERVER | null = SERVER): SystemCall => ({
  kind: 'sendto',
  fd: 3,
  octets: octets(text),
  endpoint,
});
const receive = (maxOctets = 2000): SystemCall => ({ kind: 'recvfrom', fd: 3, maxOctets });
const sleep = (seconds = 1): SystemCall => ({ kind: 'nanosleep', delayNs: seconds * SECOND });
const close: SystemCall = { kind: 'close', fd: 3 };

const started = (name: string) => [{ kind: 'modelled', name, arguments: null }] as const;

function talk(client: Scripted, server: Scripted, seconds = 20): World {
  const made = world(
    { name: 'a', ip: '10.0.0.1', start: started('client'), programs: { client: client.program } },
    { name: 'b', ip: '10.0.0.2', start: started('server'), programs: { server: server.program } },
  );
  runWorld(made, seconds * SECOND);
  return made;
}

/** One computer's script alone; the other computer has no program. */
function alone(...calls: readonly SystemCall[]): (string | number)[] {
  const client = script(...calls);
  talk(client, script());
  return client.replies.map(told);
}

test('a datagram comes with whom it is from, and an answer goes back to them', () => {
  const client = script(sleep(), socket, send('who?'), receive());
  const server = script(socket, bind(53), receive(), sleep(30));
  const made = talk(client, server, 5);
  const reply = server.replies[2];
  expect(reply).toMatchObject({ ok: true, value: 4, peer: { address: address('10.0.0.1') } });
  expect(reply && told(reply)).toBe('who?');
  const [view] = socketViews(made.machines[1]!.kernel);
  expect(view).toMatchObject({ kind: 'datagram', local: '10.0.0.2:53', state: null });
});

test('datagrams keep their bounds, wait in order, and one may hold nothing', () => {
  const client = script(sleep(), socket, send('one'), send(''), send('three'));
  const server = script(socket, bind(53), sleep(5), receive(), receive(), receive());
  talk(client, server);
  expect(server.replies.slice(3).map(told)).toEqual(['one', '', 'three']);
});

test('what does not fit into the buffer of its reader is cut off', () => {
  const client = script(sleep(), socket, send('abcdef'), send('next'));
  const server = script(socket, bind(53), receive(3), receive());
  talk(client, server);
  expect(server.replies.slice(2).map(told)).toEqual(['abc', 'next']);
});

test('a full receive buffer drops, and says so', () => {
  const big = 'x'.repeat(1400);
  // A moment between them, or the interface would have no place for all.
  const each = Array.from({ length: 160 }, () => [send(big), sleep(0.001)]).flat();
  const client = script(sleep(), socket, ...each);
  const made = talk(client, script(socket, bind(53)));
  const [view] = socketViews(made.machines[1]!.kernel);
  expect(view?.receiveOctets).toBe(152 * 1400);
  const why = made.machines[1]!.notes.filter(
    (note) => note.kind === 'ignored' && note.why === 'the receive buffer is full',
  );
  expect(why).toHaveLength(8);
});

describe('a connected socket', () => {
  test('needs no address, and hears its peer alone', () => {
    const client = script(sleep(), socket, connect, send('hello', null), receive());
    const server = script(socket, bind(53), receive());
    talk(client, server);
    expect(client.replies.slice(0, 4).map(told)).toEqual([0, 3, 0, 5]);
    expect(told(server.replies[2]!)).toBe('hello');
  });

  test('is told that nobody listens there', () => {
    expect(alone(socket, connect, send('x', null), receive()).slice(2)).toEqual([
      1,
      'ECONNREFUSED',
    ]);
    // Whoever is connected to nobody cannot be told what it is about.
    expect(alone(socket, send('x'), sleep(), send('y'))).toEqual([3, 1, 0, 1]);
  });

  test('is told that there is no such neighbour', () => {
    const nobody = { address: address('10.0.0.99'), port: 53 };
    const to = { ...connect, endpoint: nobody } as SystemCall;
    expect(alone(socket, to, send('x', null), receive()).at(-1)).toBe('EHOSTUNREACH');
  });
});

test.each<[string, readonly SystemCall[], (string | number)[]]>([
  ['two on one port', [socket, socket, bind(53), bind(53, 4)], [3, 4, 0, 'EADDRINUSE']],
  ['one that is bound again', [socket, bind(53), bind(54)], [3, 0, 'EINVAL']],
  [
    'a port after its socket is closed',
    [socket, bind(53), close, socket, bind(53)],
    [3, 0, 0, 3, 0],
  ],
  ['nobody to send to', [socket, send('x', null)], [3, 'EDESTADDRREQ']],
  ['port 0', [socket, send('x', { ...SERVER, port: 0 })], [3, 'EINVAL']],
  ['everybody', [socket, send('x', { address: address('10.0.0.255'), port: 9 })], [3, 'EACCES']],
  ['too many octets', [socket, send('x'.repeat(65_508))], [3, 'EMSGSIZE']],
  [
    'no way there',
    [socket, send('x', { address: address('10.9.0.1'), port: 9 })],
    [3, 'ENETUNREACH'],
  ],
  ['listen', [socket, { kind: 'listen', fd: 3, backlog: 1 }], [3, 'EOPNOTSUPP']],
  ['accept', [socket, { kind: 'accept', fd: 3 }], [3, 'EOPNOTSUPP']],
])('%s', (_, calls, answers) => {
  expect(alone(...calls)).toEqual(answers);
});

test('a damaged datagram is dropped with its reason, and its sender hears nothing', () => {
  const client = script(sleep(), socket, connect, send('abcd', null), send('efgh', null));
  const server = script(socket, bind(53), receive());
  const programs = { client: client.program };
  const made = world(
    { name: 'a', ip: '10.0.0.1', start: started('client'), programs },
    { name: 'b', ip: '10.0.0.2', start: started('server'), programs: { server: server.program } },
  );
  let damaged = false;
  made.passes = (_, frame) => {
    // The first octet of the first datagram's data.
    if (!damaged && frame[23] === 17) {
      frame[42] = 0;
      damaged = true;
    }
    return true;
  };
  runWorld(made, 20 * SECOND);
  expect(told(server.replies[2]!)).toBe('efgh');
  const ignored = made.machines[1]!.notes.filter(({ kind }) => kind === 'ignored');
  expect(ignored).toMatchObject([{ protocol: 'udp', why: 'wrong UDP checksum' }]);
});

test('any datagrams come back from the echo server as they were', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 400 }), { minLength: 1, maxLength: 6 }),
      (texts) => {
        const latin = texts.map((text) => text.replace(/[^\0-\xff]/g, '?'));
        const each = latin.flatMap((text) => [send(text, { ...SERVER, port: 7 }), receive()]);
        const client = script(sleep(), socket, ...each);
        const programs = { client: client.program };
        const echo = { 'udp-echo': programNamed('udp-echo') };
        const made = world(
          { name: 'a', ip: '10.0.0.1', start: started('client'), programs },
          { name: 'b', ip: '10.0.0.2', start: started('udp-echo'), programs: echo },
        );
        runWorld(made, 20 * SECOND);
        const heard = client.replies.slice(2).filter((_, index) => index % 2 === 1);
        expect(heard.map(told)).toEqual(latin);
      },
    ),
    { numRuns: 30 },
  );
});
