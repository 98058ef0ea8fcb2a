/**
 * A web server (RFC 9110, RFC 9112) for trials: `GET /` is a small page, `GET /bytes/N` is N octets
 * of a pattern, `POST /count` answers how many octets it was sent. Connections persist
 * unless somebody says otherwise; requests may follow one another without waiting (§9.3.2).
 */
import type { Plain } from '../../contract/plain';
import * as http from '../../wire/http1';
import { portOf } from './arguments';
import { chunkOf, PATTERN_CHUNK_OCTETS } from './pattern';
import { ascii } from './text';
import { tcpServer, type Answer, type Service } from './tcpServer';

type State = {
  /** What came and is not looked at yet; never more than a head and what came with it. */
  readonly rest: Uint8Array;
  /** Of the body of the request: octets to come, and octets that came. Null between requests. */
  readonly body: { readonly left: number; readonly came: number; readonly head: Asked } | null;
  /** Of an answer made of octets: where it is, and how many there are. */
  readonly sending: { readonly at: number; readonly total: number } | null;
  /** The connection ends with the answer under way. */
  readonly isClosing: boolean;
};

type Asked = { readonly method: string; readonly target: string; readonly persists: boolean };

const NOTHING = new Uint8Array(0);
const FRESH: State = { rest: NOTHING, body: null, sending: null, isClosing: false };

const MOST_HEAD_OCTETS = 16_384;
const MOST_BYTES = 1_000_000_000;
const PAGE = `<!doctype html>
<title>autochitect</title>
<p>This page comes from a simulated computer.
`;

const answer = (state: State, write: Uint8Array | null, isLast = false): Answer<State> => ({
  state,
  write,
  isLast,
});

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  411: 'Length Required',
  431: 'Request Header Fields Too Large',
};

type Reply = {
  readonly status: number;
  readonly type: string;
  /** Said by Content-Length; what `body` has not comes later. */
  readonly lengthOctets: number;
  readonly body: Uint8Array;
  readonly more?: readonly http.Field[];
};

const text = (status: number, words: string, more: readonly http.Field[] = []): Reply => {
  const body = ascii(words);
  return { status, type: 'text/plain', lengthOctets: body.length, body, more };
};

function octetsOf(made: Reply, persists: boolean, isHead: boolean): Uint8Array {
  const fields: http.Field[] = [
    { name: 'Content-Type', value: made.type },
    { name: 'Content-Length', value: String(made.lengthOctets) },
    ...(made.more ?? []),
    ...(persists ? [] : [{ name: 'Connection', value: 'close' }]),
  ];
  const { status } = made;
  const reason = REASONS[status] ?? '';
  const head = { kind: 'response', version: '1.1', status, reason, fields } as const;
  return http.emit(head, isHead ? NOTHING : made.body);
}

const bytes = (total: number): Reply => {
  const type = 'application/octet-stream';
  return { status: 200, type, lengthOctets: total, body: NOTHING };
};

/** The answer to a request whose body is here. */
function answerTo({ method, target }: Asked, came: number): Reply {
  const asked = /^\/bytes\/(\d{1,10})$/.exec(target);
  const isGet = method === 'GET' || method === 'HEAD';
  const allow = (methods: string): Reply =>
    text(405, 'not this way\n', [{ name: 'Allow', value: methods }]);
  if (target === '/count') return method === 'POST' ? text(200, `${came}\n`) : allow('POST');
  if (target !== '/' && asked === null) return text(404, 'nothing here\n');
  if (!isGet) return allow('GET, HEAD');
  if (asked === null) return { ...text(200, PAGE), type: 'text/html' };
  const total = Number(asked[1]);
  if (total <= MOST_BYTES) return bytes(total);
  return text(404, `no more than ${MOST_BYTES} octets\n`);
}

/** Nothing can be read behind a request that makes no sense: the connection ends. */
function refuse(state: State, status: number, why: string): Answer<State> {
  return answer(
    { ...state, isClosing: true },
    octetsOf(text(status, `${why}\n`), false, false),
    true,
  );
}

function finishRequest(state: State, asked: Asked, came: number): Answer<State> {
  const made = answerTo(asked, came);
  const isHead = asked.method === 'HEAD';
  const hasMore = !isHead && made.lengthOctets > made.body.length;
  const sending = hasMore ? { at: 0, total: made.lengthOctets } : null;
  const after: State = { ...state, body: null, sending, isClosing: !asked.persists };
  return answer(after, octetsOf(made, asked.persists, isHead), !asked.persists && !hasMore);
}

/** §9.3: 1.1 persists unless it says close, 1.0 does not. */
function persists(head: http.RequestHead): boolean {
  const connection = http.fieldOf(head, 'connection')?.toLowerCase() ?? '';
  return head.version !== '1.0' && !connection.split(/[ ,]+/).includes('close');
}

function begin(state: State, { head, headOctets, bodyOctets }: http.Message): Answer<State> {
  if (head.kind === 'response') return refuse(state, 400, 'a response is no request');
  if (bodyOctets === null) return refuse(state, 411, 'say the length of the body');
  const { method, target } = head;
  const asked: Asked = { method, target, persists: persists(head) };
  const rest = state.rest.subarray(headOctets);
  const after: State = { ...state, rest, body: { left: bodyOctets, came: 0, head: asked } };
  // RFC 9110 §10.1.1: whoever expects it waits for this before it sends the body.
  const expects = http.fieldOf(head, 'expect')?.toLowerCase() === '100-continue';
  if (expects && rest.length === 0 && bodyOctets > 0) {
    return answer(after, ascii('HTTP/1.1 100 Continue\r\n\r\n'));
  }
  return takeBody(after);
}

function takeBody(state: State): Answer<State> {
  const { body, rest } = state;
  if (body === null) return look(state);
  const taken = Math.min(body.left, rest.length);
  const [left, came] = [body.left - taken, body.came + taken];
  const after: State = { ...state, rest: rest.subarray(taken), body: { ...body, left, came } };
  return left > 0 ? answer(after, null) : finishRequest(after, body.head, came);
}

/** At a request's first octets: is its head here? */
function look(state: State): Answer<State> {
  if (state.rest.length === 0) return answer({ ...state, rest: NOTHING }, null);
  const message = http.parse(state.rest);
  if (message.ok) return begin(state, message.value);
  if (message.why !== http.UNFINISHED) return refuse(state, 400, message.why);
  if (state.rest.length > MOST_HEAD_OCTETS) return refuse(state, 431, 'the head is too long');
  return answer(state, null);
}

function received(state: State, octets: Uint8Array): Answer<State> {
  if (octets.length === 0) return answer(state, null, true);
  const rest = state.rest.length === 0 ? octets : join(state.rest, octets);
  return takeBody({ ...state, rest });
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function written(state: State): Answer<State> {
  const { sending } = state;
  if (sending === null) return takeBody(state);
  const length = Math.min(PATTERN_CHUNK_OCTETS, sending.total - sending.at);
  const at = sending.at + length;
  const isDone = at === sending.total;
  const after: State = { ...state, sending: isDone ? null : { ...sending, at } };
  return answer(after, chunkOf(sending.at, length), isDone && state.isClosing);
}

function service(given: Plain): Service<State> | string {
  const port = portOf(given, 80);
  if (typeof port === 'string') return port;
  return { name: 'httpd', port, cyclesPerOctet: 0, opened: FRESH, received, written };
}

export const HTTPD = tcpServer(service);
