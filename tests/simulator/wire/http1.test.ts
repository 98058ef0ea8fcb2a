import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as http1 from '../../../simulator/wire/http1';
import { accepted } from './layers';

const octetsOf = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
const textOf = (octets: Uint8Array): string => String.fromCharCode(...octets);

type Row = {
  readonly text: string;
  readonly head: http1.Head;
  readonly bodyOctets: number | null;
};

const get = { kind: 'request', method: 'GET', target: '/', version: '1.1' } as const;
const ok = { kind: 'response', version: '1.1', status: 200, reason: 'OK' } as const;

/** Each serves parse and emit; the body is `hi`. */
const ROWS: readonly Row[] = [
  { text: 'GET / HTTP/1.1\r\n\r\n', head: { ...get, fields: [] }, bodyOctets: 0 },
  {
    text: 'GET / HTTP/1.1\r\nHost: 10.0.0.2\r\nAccept: */*\r\n\r\n',
    head: {
      ...get,
      fields: [
        { name: 'Host', value: '10.0.0.2' },
        { name: 'Accept', value: '*/*' },
      ],
    },
    bodyOctets: 0,
  },
  {
    text: 'POST /a?b=c HTTP/1.0\r\ncontent-length: 2\r\n\r\nhi',
    head: {
      kind: 'request',
      method: 'POST',
      target: '/a?b=c',
      version: '1.0',
      fields: [{ name: 'content-length', value: '2' }],
    },
    bodyOctets: 2,
  },
  {
    text: 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nhi',
    head: {
      ...ok,
      fields: [
        { name: 'Content-Length', value: '2' },
        { name: 'Content-Length', value: '2' },
      ],
    },
    bodyOctets: 2,
  },
  { text: 'HTTP/1.1 200 OK\r\n\r\nhi', head: { ...ok, fields: [] }, bodyOctets: null },
  {
    text: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\nhi',
    head: {
      ...ok,
      fields: [
        { name: 'Transfer-Encoding', value: 'chunked' },
        { name: 'Content-Length', value: '1' },
      ],
    },
    bodyOctets: null,
  },
  {
    text: 'HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n',
    head: {
      ...ok,
      status: 304,
      reason: 'Not Modified',
      fields: [{ name: 'Content-Length', value: '9' }],
    },
    bodyOctets: 0,
  },
  {
    text: 'HTTP/1.1 599 \r\n\r\n',
    head: { ...ok, status: 599, reason: '', fields: [] },
    bodyOctets: null,
  },
  {
    text: 'HTTP/1.1 200 OK\r\nEmpty: \r\n\r\n',
    head: { ...ok, fields: [{ name: 'Empty', value: '' }] },
    bodyOctets: null,
  },
];

describe.each(ROWS)('$text', ({ text, head, bodyOctets }) => {
  const octets = octetsOf(text);
  const headOctets = text.indexOf('\r\n\r\n') + 4;

  test('whole', () => {
    const body = octets.subarray(headOctets);
    expect(accepted(http1.parse(octets))).toEqual({ head, headOctets, bodyOctets, body });
    expect(textOf(http1.emit(head, body))).toBe(text);
  });

  test('octet by octet', () => {
    for (let length = 0; length < headOctets; length++)
      expect(http1.parse(octets, 0, length)).toEqual({
        ok: false,
        why: http1.UNFINISHED,
        at: length,
      });
    for (let length = headOctets; length <= octets.length; length++)
      expect(accepted(http1.parse(octets, 0, length)).body.length).toBe(length - headOctets);
  });

  test('with a tail', () => {
    const tailed = octetsOf(`${text}GET`);
    const { body } = accepted(http1.parse(tailed));
    expect(body.length).toBe(bodyOctets ?? tailed.length - headOctets);
  });
});

test.each([
  { text: 'GET /\r\n\r\n', why: 'neither a request line nor a status line', at: 0 },
  { text: 'GET  / HTTP/1.1\r\n\r\n', why: 'neither a request line nor a status line', at: 0 },
  { text: 'GET / HTTP/2.0\r\n\r\n', why: 'neither a request line nor a status line', at: 0 },
  { text: 'HTTP/1.1 20 OK\r\n\r\n', why: 'neither a request line nor a status line', at: 0 },
  { text: '\r\n\r\n', why: 'neither a request line nor a status line', at: 0 },
  { text: 'GET / HTTP/1.1\r\nHost : a\r\n\r\n', why: 'a line that is not a field', at: 16 },
  { text: 'GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n', why: 'a line that is not a field', at: 22 },
  { text: 'GET / HTTP/1.1\r\nA: b\nc\r\n\r\n', why: 'a line that is not a field', at: 16 },
  {
    text: 'GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n',
    why: 'Content-Length is not one number',
    at: 0,
  },
  {
    text: 'GET / HTTP/1.1\r\nContent-Length: 1, 2\r\n\r\n',
    why: 'Content-Length is not one number',
    at: 0,
  },
  {
    text: 'GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
    why: 'Content-Length is not one number',
    at: 0,
  },
])('refused: $text', ({ text, why, at }) => {
  expect(http1.parse(octetsOf(text))).toEqual({ ok: false, why, at });
});

test('space around a value is not part of it, and names have no case', () => {
  const { head } = accepted(http1.parse(octetsOf('GET / HTTP/1.1\r\nhOST: \t a b \t\r\n\r\n')));
  expect(http1.fieldOf(head, 'Host')).toBe('a b');
  expect(http1.fieldOf(head, 'Date')).toBeNull();
});

test('what does not fit the grammar is not emitted', () => {
  const none = new Uint8Array(0);
  const bad = { ...get, fields: [{ name: 'A', value: 'b\r\nC: d' }] };
  expect(() => http1.emit(bad, none)).toThrow('broken invariant');
  expect(() => http1.emit({ ...get, target: '/ x', fields: [] }, none)).toThrow('broken invariant');
});

test('parse gives what was emitted', () => {
  const name = fc
    .stringMatching(/^[A-Za-z-]{1,12}$/)
    .filter((text) => !/^(content|transfer)/i.test(text));
  const value = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);
  const fields = fc.array(fc.record({ name, value }), { maxLength: 4 });
  fc.assert(
    fc.property(fields, fc.uint8Array({ maxLength: 40 }), (list, body) => {
      const head: http1.Head = { ...ok, fields: list };
      const parsed = accepted(http1.parse(http1.emit(head, body)));
      expect(parsed.head).toEqual(head);
      expect(parsed.body).toEqual(body);
    }),
  );
});
