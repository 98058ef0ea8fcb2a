/** The modelled servers, and the client that sends in bulk, over the kernel's own sockets. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Plain } from '../../../simulator/contract/plain';
import type { Program, SystemCall } from '../../../simulator/contract/program';
import { programNamed } from '../../../simulator/host/programs/registry';
import { socketViews } from '../../../simulator/os/views';
import { fromLatin1 } from '../../../simulator/wire/text';
import { address, runWorld, world, type World } from './harness';
import { script, told, type Scripted } from './script';

const SECOND = 1_000_000_000;
const SERVER = address('10.0.0.2');

const socket: SystemCall = { kind: 'socket', socket: 'stream' };
const connect = (port: number): SystemCall => ({
  kind: 'connect',
  fd: 3,
  endpoint: { address: SERVER, port },
});
const write = (text: string): SystemCall => ({ kind: 'write', fd: 3, octets: fromLatin1(text) });
const read: SystemCall = { kind: 'read', fd: 3, maxOctets: 100_000 };
const close: SystemCall = { kind: 'close', fd: 3 };
const sleep: SystemCall = { kind: 'nanosleep', delayNs: SECOND };

const started = (name: string, given: Plain = null) =>
  [{ kind: 'modelled', name, arguments: given }] as const;

/** One server on Computer b, and scripted clients on Computer a. */
function serving(server: string, given: Plain, ...clients: readonly Scripted[]): World {
  const names = clients.map((_, at) => `client${at}`);
  const programs: Record<string, Program> = {};
  for (const [at, { program }] of clients.entries()) programs[`client${at}`] = program;
  return world(
    { name: 'a', ip: '10.0.0.1', start: names.flatMap((name) => started(name)), programs },
    {
      name: 'b',
      ip: '10.0.0.2',
      start: started(server, given),
      programs: { [server]: programNamed(server) },
    },
  );
}

/** Everything that a client's reads gave, as text. */
function heard({ replies }: Scripted): string {
  return replies.map((reply) => (reply.ok && reply.octets ? told(reply) : '')).join('');
}

/** What a client hears that says `said` and then reads `reads` times. */
function ask(server: string, said: string, reads: number, port: number): string {
  const reading = Array.from({ length: reads }, () => read);
  const client = script(sleep, socket, connect(port), write(said), ...reading);
  runWorld(serving(server, null, client), 20 * SECOND);
  return heard(client);
}

describe('echo', () => {
  test('says again what it hears, and closes when it has heard all', () => {
    const client = script(
      sleep,
      socket,
      connect(7),
      write('hello'),
      read,
      write(' you'),
      read,
      close,
    );
    const made = serving('echo', null, client);
    runWorld(made, 5 * SECOND);
    expect(heard(client)).toBe('hello you');
    expect(socketViews(made.machines[1]!.kernel).map(({ state }) => state)).toEqual(['LISTEN']);
  });

  test('serves several at once', () => {
    const clients = ['one', 'two', 'three'].map((word) =>
      script(sleep, socket, connect(7), write(word), sleep, read, close),
    );
    runWorld(serving('echo', null, ...clients), 10 * SECOND);
    expect(clients.map(heard)).toEqual(['one', 'two', 'three']);
  });

  test('listens where it is told to', () => {
    const client = script(sleep, socket, connect(4000), write('x'), read, close);
    runWorld(serving('echo', { port: 4000 }, client), 5 * SECOND);
    expect(heard(client)).toBe('x');
  });

  test.each<[Plain]>([[{ port: 0 }], [{ port: 65_536 }], [{ port: 'seven' }], [7]])(
    'says what is wrong with %j and ends',
    (given) => {
      const made = serving('echo', given);
      runWorld(made, SECOND);
      const [, machine] = made.machines;
      expect(machine?.printed).toBe('server: its port is a whole number from 1 to 65535\n');
      expect(machine?.exits.get(1)).toBe(1);
    },
  );

  test('a port that another has is said', () => {
    const programs = { echo: programNamed('echo') };
    const start = [...started('echo'), ...started('echo')];
    const made = world({ name: 'b', ip: '10.0.0.2', start, programs });
    runWorld(made, SECOND);
    expect(made.machines[0]?.printed).toBe('echo: bind: EADDRINUSE\n');
  });
});

describe('httpd', () => {
  const http = (said: string, reads = 2): string => ask('httpd', said, reads, 80);

  test('GET / is a page, and the connection stays', () => {
    const twice = http('GET / HTTP/1.1\r\nHost: b\r\n\r\nGET / HTTP/1.1\r\nHost: b\r\n\r\n', 2);
    expect(twice.match(/^HTTP\/1\.1 200 OK\r$/gm)).toHaveLength(2);
    expect(twice).toMatch(/Content-Type: text\/html\r\n/);
    expect(twice).not.toMatch(/Connection: close/);
  });

  test.each<[string, string, RegExp]>([
    ['HEAD has no body', 'HEAD /bytes/5 HTTP/1.1\r\n\r\n', /Content-Length: 5\r\n\r\n$/],
    ['nothing there', 'GET /nothing HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 404 Not Found\r\n/],
    ['too many octets', 'GET /bytes/1000000001 HTTP/1.1\r\n\r\n', /404[^]*no more than 1000000000/],
    ['no octets', 'GET /bytes/0 HTTP/1.1\r\n\r\n', /Content-Length: 0\r\n\r\n$/],
    ['a wrong method', 'PUT / HTTP/1.1\r\n\r\n', /405 [^]*\r\nAllow: GET, HEAD\r\n/],
    ['a wrong method to count', 'GET /count HTTP/1.1\r\n\r\n', /405 [^]*\r\nAllow: POST\r\n/],
    ['counting', 'POST /count HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc', /\r\n\r\n3\n$/],
    ['a body of no length', 'POST /count HTTP/1.1\r\n\r\n', /\r\n\r\n0\n$/],
    [
      'a body whose length nobody says',
      'POST /count HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n',
      /^HTTP\/1\.1 411 Length Required\r\n[^]*Connection: close/,
    ],
    ['nonsense', 'what?\r\n\r\n', /^HTTP\/1\.1 400 Bad Request\r\n[^]*neither a request line/],
    ['an endless head', `GET / HTTP/1.1\r\nX: ${'x'.repeat(17_000)}`, /^HTTP\/1\.1 431 /],
    ['1.0', 'GET / HTTP/1.0\r\n\r\n', /Connection: close/],
    [
      'close',
      'GET /bytes/3 HTTP/1.1\r\nConnection: close\r\n\r\n',
      /Connection: close\r\n\r\n...$/s,
    ],
    [
      'who waits for the word',
      'POST /count HTTP/1.1\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n',
      /^HTTP\/1\.1 100 Continue\r\n\r\n$/,
    ],
  ])('%s', (_, said, answer) => {
    expect(http(said)).toMatch(answer);
  });

  test('the octets of /bytes/N are N, each in its place', () => {
    const text = http('GET /bytes/200000 HTTP/1.1\r\n\r\n', 300);
    const body = text.slice(text.indexOf('\r\n\r\n') + 4);
    expect(body.length).toBe(200_000);
    for (let at = 0; at < body.length; at += 1009) expect(body.charCodeAt(at)).toBe(at % 251);
  });

  test('however the octets come, the answers are the same', () => {
    const said =
      'POST /count HTTP/1.1\r\nContent-Length: 6\r\n\r\nsix, 6GET /bytes/4 HTTP/1.1\r\n\r\n';
    const whole = http(said, 4);
    expect(whole).toMatch(/\r\n\r\n6\n/);
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: said.length }), { maxLength: 6 }), (cuts) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), said.length];
        const parts = places.slice(1).map((to, index) => said.slice(places[index], to));
        const writes = parts.flatMap((part) => (part === '' ? [] : [write(part), sleep]));
        const client = script(sleep, socket, connect(80), ...writes, read, read);
        runWorld(serving('httpd', null, client), 30 * SECOND);
        expect(heard(client)).toBe(whole);
      }),
      { numRuns: 20 },
    );
  });
});

describe('bulk', () => {
  function sent(given: Plain, passes: World['passes'] = () => true): World {
    const programs = { bulk: programNamed('bulk'), discard: programNamed('discard') };
    const made = world(
      { name: 'a', ip: '10.0.0.1', start: started('bulk', given), programs },
      { name: 'b', ip: '10.0.0.2', start: started('discard'), programs },
    );
    made.passes = passes;
    runWorld(made, 200 * SECOND);
    return made;
  }

  test.each([0, 1, 65_536, 300_000])('sends %i octets and says so', (count) => {
    const made = sent({ destination: '10.0.0.2', octets: count, delayNs: SECOND });
    const [client] = made.machines;
    expect(client?.printed).toMatch(
      new RegExp(`^bulk: ${count} octets to 10\\.0\\.0\\.2:9 in \\d+\\.\\d{3} ms\n$`),
    );
    expect(client?.exits.get(1)).toBe(0);
    expect(
      made.machines.map(({ kernel }) => socketViews(kernel).map(({ state }) => state)),
    ).toEqual([[], ['LISTEN']]);
  });

  test.each<[Plain, string]>([
    [null, 'its destination is an IPv4 address'],
    [{ destination: 'b' }, 'its destination is an IPv4 address'],
    [{ destination: '10.0.0.2', port: 0 }, 'its port is a whole number from 1 to 65535'],
    [{ destination: '10.0.0.2', octets: -1 }, 'its octets are a whole number, 0 or more'],
    [{ destination: '10.0.0.2', delayNs: 0.5 }, 'its delayNs is a whole number, 0 or more'],
    [{ destination: '10.0.0.2', port: 10 }, 'connect: ECONNREFUSED'],
    [{ destination: '10.9.0.2' }, 'connect: ENETUNREACH'],
  ])('%j: %s', (given, complaint) => {
    expect(sent(given).machines[0]?.printed).toBe(`bulk: ${complaint}\n`);
  });
});
