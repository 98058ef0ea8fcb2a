import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SystemCall } from '../../../simulator/contract/program';
import { drawChance, streamOf } from '../../../simulator/bits/random';
import { read16 } from '../../../simulator/bits/words';
import { TYPE } from '../../../simulator/wire/ethernet';
import { socketViews } from '../../../simulator/os/views';
import { address, runWorld, world, type World } from './harness';
import { octets, script, told, type Scripted } from './script';

const SECOND = 1_000_000_000;
const SERVER = { address: address('10.0.0.2'), port: 80 };
const ANY = { address: 0, port: 80 };

const socket: SystemCall = { kind: 'socket', socket: 'stream' };
const bind: SystemCall = { kind: 'bind', fd: 3, endpoint: ANY };
const listen: SystemCall = { kind: 'listen', fd: 3, backlog: 5 };
const accept: SystemCall = { kind: 'accept', fd: 3 };
const connect: SystemCall = { kind: 'connect', fd: 3, endpoint: SERVER };
const write = (fd: number, text: string): SystemCall => ({
  kind: 'write',
  fd,
  octets: octets(text),
});
const read = (fd: number, maxOctets = 1000): SystemCall => ({ kind: 'read', fd, maxOctets });
const close = (fd: number): SystemCall => ({ kind: 'close', fd });
const sleep = (seconds: number): SystemCall => ({ kind: 'nanosleep', delayNs: seconds * SECOND });
const exit: SystemCall = { kind: 'exit', status: 0 };

const SERVING = [socket, bind, listen, accept];

function twoHosts(client: Scripted, server: Scripted): World {
  const started = (name: string) => [{ kind: 'modelled', name, arguments: null }] as const;
  return world(
    { name: 'a', ip: '10.0.0.1', start: started('client'), programs: { client: client.program } },
    { name: 'b', ip: '10.0.0.2', start: started('server'), programs: { server: server.program } },
  );
}

function states(made: World): (string | null)[][] {
  return made.machines.map(({ kernel }) => socketViews(kernel).map(({ state }) => state));
}

test('a request, an answer, an orderly end, TIME-WAIT at who closed first', () => {
  // The client knocks a second later, when the server listens.
  const client = script(sleep(1), socket, connect, write(3, 'hello'), read(3), read(3), close(3));
  const server = script(...SERVING, read(4), write(4, 'good day'), close(4), accept);
  const made = twoHosts(client, server);
  runWorld(made, 10 * SECOND);
  expect(client.replies.map(told)).toEqual([0, 3, 0, 5, 'good day', '', 0]);
  expect(server.replies.map(told)).toEqual([3, 0, 0, 4, 'hello', 8, 0]);
  expect(server.replies[3]).toMatchObject({ peer: { address: address('10.0.0.1') } });
  expect(states(made)).toEqual([[], ['LISTEN', 'TIME-WAIT']]);
  runWorld(made, 100 * SECOND);
  expect(states(made)).toEqual([[], ['LISTEN']]);
});

test('who connects before anybody listens is refused, and may try again', () => {
  const client = script(socket, connect, sleep(2), connect, write(3, 'x'));
  const server = script(sleep(1), ...SERVING, read(4));
  runWorld(twoHosts(client, server), 10 * SECOND);
  expect(client.replies.map(told)).toEqual([3, 'ECONNREFUSED', 0, 0, 1]);
  expect(server.replies.map(told)).toEqual([0, 3, 0, 0, 4, 'x']);
});

test('nobody answers: ETIMEDOUT; nobody is there: EHOSTUNREACH; no way: ENETUNREACH', () => {
  const to = (text: string): SystemCall => ({
    kind: 'connect',
    fd: 3,
    endpoint: { address: address(text), port: 80 },
  });
  const client = script(socket, to('10.0.0.9'), to('192.168.0.1'), sleep(1), connect);
  const made = twoHosts(client, script());
  // Only ARP gets through.
  made.passes = (_count, frame) => frame[13] === 6;
  runWorld(made, 1000 * SECOND);
  const said = ['EHOSTUNREACH', 'ENETUNREACH', 0, 'ETIMEDOUT'];
  expect(client.replies.map(told)).toEqual([3, ...said]);
});

describe('the end of a connection', () => {
  test('closing with octets unread is a reset: ECONNRESET once, then the end, then EPIPE', () => {
    const client = script(
      sleep(1),
      socket,
      connect,
      write(3, 'hello'),
      read(3),
      read(3),
      write(3, 'x'),
    );
    const server = script(...SERVING, sleep(2), close(4));
    const made = twoHosts(client, server);
    runWorld(made, 10 * SECOND);
    expect(client.replies.map(told)).toEqual([0, 3, 0, 5, 'ECONNRESET', '', 'EPIPE']);
    expect(states(made)).toEqual([['CLOSED'], ['LISTEN']]);
  });

  test('the exit of a process closes what it had open', () => {
    const client = script(sleep(1), socket, connect, write(3, 'bye'), exit);
    const server = script(...SERVING, read(4), read(4), exit);
    const made = twoHosts(client, server);
    runWorld(made, 300 * SECOND);
    expect(server.replies.map(told)).toEqual([3, 0, 0, 4, 'bye', '']);
    expect(states(made)).toEqual([[], []]);
  });

  test('a peer that never closes is given up in FIN-WAIT-2 after a minute', () => {
    const client = script(sleep(1), socket, connect, close(3));
    const server = script(...SERVING, read(4));
    const made = twoHosts(client, server);
    runWorld(made, 10 * SECOND);
    expect(states(made)).toEqual([['FIN-WAIT-2'], ['LISTEN', 'CLOSE-WAIT']]);
    runWorld(made, 100 * SECOND);
    expect(states(made)).toEqual([[], ['LISTEN', 'CLOSE-WAIT']]);
  });

  test('a listener that goes takes with it whom it had not accepted', () => {
    const client = script(sleep(1), socket, connect, read(3));
    const server = script(socket, bind, listen, sleep(2), close(3));
    const made = twoHosts(client, server);
    runWorld(made, 10 * SECOND);
    expect(client.replies.map(told)).toEqual([0, 3, 0, 'ECONNRESET']);
    expect(states(made)).toEqual([['CLOSED'], []]);
  });
});

test.each<readonly [string, readonly SystemCall[], readonly (string | number)[]]>([
  [
    'no such descriptor',
    [read(7), write(7, 'x'), close(7), accept],
    ['EBADF', 'EBADF', 'EBADF', 'EBADF'],
  ],
  [
    'the console is no socket',
    [
      { ...listen, fd: 1 },
      { kind: 'accept', fd: 0 },
    ],
    ['ENOTSOCK', 'ENOTSOCK'],
  ],
  ['not connected', [socket, read(3), write(3, 'x'), accept], [3, 'ENOTCONN', 'EPIPE', 'EINVAL']],
  ['bound twice', [socket, bind, bind], [3, 0, 'EINVAL']],
  ['port in use', [socket, bind, socket, { ...bind, fd: 4 }], [3, 0, 4, 'EADDRINUSE']],
  ['not our address', [socket, { kind: 'bind', fd: 3, endpoint: SERVER }], [3, 'EADDRNOTAVAIL']],
  ['a listener cannot connect', [socket, bind, listen, connect], [3, 0, 0, 'EISCONN']],
  [
    'descriptors are used again, the lowest first',
    [socket, socket, close(3), socket],
    [3, 4, 0, 3],
  ],
  ['a time below zero', [{ kind: 'nanosleep', delayNs: -1 }], ['EINVAL']],
  ['who am I', [{ kind: 'getpid' }, { kind: 'clock_gettime' }, { kind: 'sched_yield' }], [1, 0, 0]],
])('%s', (_what, calls, replies) => {
  const client = script(...calls);
  runWorld(twoHosts(client, script()), 5 * SECOND);
  expect(client.replies.map(told)).toEqual(replies);
});

test('a port can be had again while connections of before are still there', () => {
  const client = script(sleep(1), socket, connect, read(3));
  const server = script(...SERVING, close(3), socket, bind, listen);
  const made = twoHosts(client, server);
  runWorld(made, 5 * SECOND);
  expect(server.replies.map(told)).toEqual([3, 0, 0, 4, 0, 3, 0, 0]);
  expect(states(made)).toEqual([['ESTABLISHED'], ['ESTABLISHED', 'LISTEN']]);
});

test('to oneself', () => {
  const self = { ...SERVER, address: address('10.0.0.1') };
  const call: SystemCall = { kind: 'connect', fd: 4, endpoint: self };
  const both = script(socket, bind, listen, socket, call, accept, write(4, 'me'), read(5));
  const made = twoHosts(both, script());
  runWorld(made, SECOND);
  expect(both.replies.map(told)).toEqual([3, 0, 0, 4, 0, 5, 2, 'me']);
  expect(made.frames).toHaveLength(0);
});

test('the backlog: who does not fit is not answered, and comes later', () => {
  const knock = (fd: number): SystemCall => ({ ...connect, fd });
  const client = script(sleep(1), socket, knock(3), socket, knock(4), write(4, 'second'));
  const server = script(
    socket,
    bind,
    { ...listen, backlog: 0 },
    sleep(2),
    accept,
    sleep(1),
    accept,
    read(5),
  );
  const made = twoHosts(client, server);
  runWorld(made, 20 * SECOND);
  expect(server.replies.map(told)).toEqual([3, 0, 0, 0, 4, 0, 5, 'second']);
});

test('a writer waits for room, a reader for octets, and whole streams arrive', () => {
  const reads = Array.from({ length: 300 }, () => read(4, 10_000));
  const letters = Array.from({ length: 200_000 }, (_, i) => String.fromCharCode(32 + (i % 89)));
  const text = letters.join('');
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 0, max: 100_000 }), (seed, lossPerMillion) => {
      const client = script(sleep(1), socket, connect, write(3, text), close(3));
      const server = script(...SERVING, ...reads);
      const made = twoHosts(client, server);
      let stream = streamOf(seed, 'wire');
      made.passes = (_, frame) => {
        const drawn = drawChance(stream, lossPerMillion);
        stream = drawn.stream;
        // Who loses three requests in a row gives the host up: streams are tried here, not ARP.
        return !drawn.value || read16(frame, 12) === TYPE.arp;
      };
      runWorld(made, 10_000 * SECOND);
      const arrived = server.replies.slice(4).map(told).join('');
      // Not `toBe`: 200,000 letters twice would be told.
      expect(arrived.length).toBe(text.length);
      expect(arrived === text).toBe(true);
      expect(client.replies.map(told)).toEqual([0, 3, 0, text.length, 0]);
    }),
    { numRuns: 15 },
  );
});
