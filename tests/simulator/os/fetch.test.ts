import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { SystemCall } from '../../../simulator/contract/program';
import type { ProgramToStart } from '../../../simulator/os/state';
import { processViews, socketViews } from '../../../simulator/os/views';
import { address, runWorld, type, world, type Machine, type World } from './harness';
import { program } from './machineCode';
import { octets, script, told } from './script';

const SECOND = 1_000_000_000;

const sourceOf = (name: string): string =>
  readFileSync(new URL(`../../../scenarios/fetch-a-page/${name}`, import.meta.url), 'utf8');
const CLIENT = program('client', sourceOf('client.s'));
const SERVER = program('server', sourceOf('server.s'));

const PROMPT = 'Press Enter to fetch http://10.0.0.2/\n';
/** The terminal echoes Enter. */
const SAID_BEFORE = `${PROMPT}\n`;

/** Until the client waits for a key; then Enter is pressed, and it runs on. */
function runWithEnter(made: World): void {
  runWorld(made, 1_000_000);
  expect(made.machines[0]?.printed).toBe(PROMPT);
  type(made, made.machines[0] as Machine, '\n');
  runWorld(made, 5 * SECOND);
}

function twoHosts(client: readonly ProgramToStart[], server: readonly ProgramToStart[]): World {
  return world(
    { name: 'a', ip: '10.0.0.1', start: client },
    { name: 'b', ip: '10.0.0.2', start: server },
  );
}

test('the client fetches the page from the server, instruction by instruction', () => {
  const made = twoHosts([CLIENT], [SERVER]);
  runWithEnter(made);
  const [client, server] = made.machines;
  expect(client?.printed.startsWith(SAID_BEFORE)).toBe(true);
  expect(client?.printed.slice(SAID_BEFORE.length)).toMatch(
    /^<!doctype html>\n<html lang="en">[^]*<\/html>\n$/,
  );
  expect(client?.exits.get(1)).toBe(0);
  expect(server && processViews(server.kernel)).toMatchObject([
    { name: 'server', state: 'blocked', waits: [{ call: 'accept' }] },
  ]);
  expect(server && socketViews(server.kernel).map(({ state }) => state)).toEqual([
    'LISTEN',
    'TIME-WAIT',
  ]);
});

describe('what the server answers', () => {
  const read: SystemCall = { kind: 'read', fd: 3, maxOctets: 5000 };

  function ask(...parts: readonly string[]): string {
    const client = script(
      { kind: 'socket', socket: 'stream' },
      { kind: 'connect', fd: 3, endpoint: { address: address('10.0.0.2'), port: 80 } },
      ...parts.flatMap((part): SystemCall[] => [
        { kind: 'nanosleep', delayNs: 1_000_000 },
        { kind: 'write', fd: 3, octets: octets(part) },
      ]),
      read,
      read,
    );
    const made = world(
      {
        name: 'a',
        ip: '10.0.0.1',
        start: [{ kind: 'modelled', name: 'client', arguments: null }],
        programs: { client: client.program },
      },
      { name: 'b', ip: '10.0.0.2', start: [SERVER] },
    );
    runWorld(made, 5 * SECOND);
    const all = client.replies.slice(2 + 2 * parts.length).map(told);
    return all.join('');
  }

  test.each([
    ['GET / HTTP/1.1\r\nHost: b\r\n\r\n', '200 OK', true],
    ['GET /index.html HTTP/1.0\r\n\r\n', '200 OK', true],
    ['HEAD / HTTP/1.1\r\n\r\n', '200 OK', false],
    ['GET /other HTTP/1.1\r\n\r\n', '404 Not Found', true],
    ['GET /index.htm HTTP/1.1\r\n\r\n', '404 Not Found', true],
    ['POST / HTTP/1.1\r\n\r\n', '405 Method Not Allowed', true],
    ['get / HTTP/1.1\r\n\r\n', '405 Method Not Allowed', true],
    ['GET /\r\n\r\n', '400 Bad Request', true],
    ['GET / FTP/1.1\r\n\r\n', '400 Bad Request', true],
    [`GET / HTTP/1.1\r\nX: ${'x'.repeat(4077)}`, '400 Bad Request', true],
  ])('%j: %s', (request, status, hasBody) => {
    const [head = '', body = ''] = ask(request).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status}\r\n`));
    const length = Number(/\r\nContent-Length: (\d+)$/.exec(head)?.[1]);
    expect(length).toBeGreaterThan(0);
    expect(body).toHaveLength(hasBody ? length : 0);
  });

  test('a request in pieces', () => {
    const whole = ask('GET / HTTP/1.1\r\n\r\n');
    expect(ask('G', 'ET / HT', 'TP/1.1\r', '\n\r', '\n')).toBe(whole);
  });
});

describe('what the client makes of an answer', () => {
  function fetched(answer: string): readonly [string, number | undefined] {
    const server = script(
      { kind: 'socket', socket: 'stream' },
      { kind: 'bind', fd: 3, endpoint: { address: 0, port: 80 } },
      { kind: 'listen', fd: 3, backlog: 1 },
      { kind: 'accept', fd: 3 },
      { kind: 'read', fd: 4, maxOctets: 1000 },
      { kind: 'write', fd: 4, octets: octets(answer) },
      { kind: 'close', fd: 4 },
    );
    const start = [{ kind: 'modelled', name: 'server', arguments: null }] as const;
    const made = world(
      { name: 'a', ip: '10.0.0.1', start: [CLIENT] },
      { name: 'b', ip: '10.0.0.2', start, programs: { server: server.program } },
    );
    runWithEnter(made);
    const [client] = made.machines;
    if (client === undefined) throw new Error('a machine');
    return [client.printed.slice(SAID_BEFORE.length), client.exits.get(1)];
  }

  test.each([
    ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello', 'hello', 0],
    ['HTTP/1.0 200 Fine\r\ncontent-LENGTH:5\r\nX: y\r\n\r\nhello and more', 'hello', 0],
    ['HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', '', 0],
    ['HTTP/1.1 200 OK\r\nX: y\r\n\r\nup to the end', 'up to the end', 0],
    ['HTTP/1.1 404 Not Found\r\n\r\nno', 'HTTP/1.1 404 Not Found\r\n', 1],
    ['HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello', 'client: the answer is shorter', 1],
    ['SSH-2.0-server\r\n', 'client: that was no answer of HTTP/1.1', 1],
    ['HTTP/1.1 200 OK\r\nX', 'client: that was no answer of HTTP/1.1', 1],
    ['', 'client: that was no answer of HTTP/1.1', 1],
    ['x'.repeat(16_384), 'client: the answer is longer', 1],
  ])('%j', (answer, printed, status) => {
    const [said, exit] = fetched(answer);
    expect(said.slice(0, Math.max(1, printed.length))).toBe(printed);
    expect(exit).toBe(status);
  });

  test('nobody serves', () => {
    const made = twoHosts([CLIENT], []);
    runWithEnter(made);
    expect(made.machines[0]?.printed).toBe(
      `${SAID_BEFORE}client: 10.0.0.2 does not take the connection\n`,
    );
    expect(made.machines[0]?.exits.get(1)).toBe(1);
  });
});
