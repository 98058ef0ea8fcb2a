/**
 * HTTP/1.1 messages (RFC 9112): request and response heads, and bodies as long as Content-Length
 * says. Chunked bodies, and what the fields mean (RFC 9110), are left to whoever reads the message.
 * Lines end with CRLF; folded lines and space before a colon are refused (§5.1, §5.2).
 */
import { assert } from '../contract/outcome';
import { accept, refuse, type Parsed } from './parsed';
import { fromLatin1, latin1 } from './text';

export type Field = { readonly name: string; readonly value: string };

export type RequestHead = {
  readonly kind: 'request';
  readonly method: string;
  readonly target: string;
  /** `1.1` or `1.0`. */
  readonly version: string;
  readonly fields: readonly Field[];
};

export type ResponseHead = {
  readonly kind: 'response';
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  readonly fields: readonly Field[];
};

export type Head = RequestHead | ResponseHead;

export type Message = {
  readonly head: Head;
  /** Of the head, with the empty line that ends it. */
  readonly headOctets: number;
  /** How long the body is; null when it lasts until the connection closes or is chunked (§6.3). */
  readonly bodyOctets: number | null;
  /** What is there of the body. */
  readonly body: Uint8Array;
};

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const REQUEST_LINE = new RegExp(`^(${TOKEN}) ([!-~]+) HTTP/(1\\.\\d)$`);
/** The space before an empty reason is often left out; that is accepted. */
// eslint-disable-next-line no-control-regex -- what a reason may not hold are the control characters
const STATUS_LINE = /^HTTP\/(1\.\d) (\d{3})(?: ([^\x00-\x08\x0a-\x1f\x7f]*))?$/;
const FIELD_LINE = new RegExp(`^(${TOKEN}):[ \\t]*([^\\x00-\\x08\\x0a-\\x1f\\x7f]*)$`);

/** `CR LF CR LF`, and half of it. */
const LINE_END = '\r\n';

/**
 * The message that begins at `from`. A head that has not ended yet is refused with the reason
 * {@link UNFINISHED}: whoever reads a stream waits for more.
 */
export function parse(octets: Uint8Array, from = 0, to = octets.length): Parsed<Message> {
  const headEnd = findHeadEnd(octets, from, to);
  if (headEnd === -1) return refuse(UNFINISHED, to);
  const lines = latin1(octets, from, headEnd - 4).split(LINE_END);
  const fields = parseFields(lines, from);
  if (!fields.ok) return fields;
  const head = parseStart(lines[0] ?? '', fields.value);
  if (head === null) return refuse('neither a request line nor a status line', from);
  const bodyOctets = lengthOfBody(head);
  if (Number.isNaN(bodyOctets)) return refuse('Content-Length is not one number', from);
  const bodyEnd = bodyOctets === null ? to : Math.min(to, headEnd + bodyOctets);
  const body = octets.subarray(headEnd, bodyEnd);
  return accept({ head, headOctets: headEnd - from, bodyOctets, body });
}

export const UNFINISHED = 'the head does not end';

/** Just behind the empty line; -1 when there is none. */
function findHeadEnd(octets: Uint8Array, from: number, to: number): number {
  for (let i = from; i + 4 <= to; i++) {
    if (octets[i] !== 13 || octets[i + 1] !== 10) continue;
    if (octets[i + 2] === 13 && octets[i + 3] === 10) return i + 4;
  }
  return -1;
}

function parseStart(line: string, fields: readonly Field[]): Head | null {
  const request = REQUEST_LINE.exec(line);
  if (request !== null) {
    const [, method = '', target = '', version = ''] = request;
    return { kind: 'request', method, target, version, fields };
  }
  const response = STATUS_LINE.exec(line);
  if (response === null) return null;
  const [, version = '', status = '', reason = ''] = response;
  return { kind: 'response', version, status: Number(status), reason, fields };
}

function parseFields(lines: readonly string[], from: number): Parsed<readonly Field[]> {
  const fields: Field[] = [];
  let at = from + (lines[0] ?? '').length + LINE_END.length;
  for (const line of lines.slice(1)) {
    const found = FIELD_LINE.exec(line);
    if (found === null) return refuse('a line that is not a field', at);
    const [, name = '', value = ''] = found;
    fields.push({ name, value: value.replace(/[ \t]+$/, '') });
    at += line.length + LINE_END.length;
  }
  return accept(fields);
}

/** The value of the first field called `name`, in any case; null when there is none. */
export function fieldOf(head: Head, name: string): string | null {
  const wanted = name.toLowerCase();
  return head.fields.find((field) => field.name.toLowerCase() === wanted)?.value ?? null;
}

/** RFC 9112 §6.3; NaN when Content-Length is invalid or given twice with different values. */
function lengthOfBody(head: Head): number | null {
  if (head.kind === 'response' && (head.status < 200 || [204, 304].includes(head.status))) return 0;
  if (fieldOf(head, 'transfer-encoding') !== null) return null;
  const given = head.fields.filter((field) => field.name.toLowerCase() === 'content-length');
  const [first] = given;
  if (first === undefined) return head.kind === 'request' ? 0 : null;
  const same = given.every((field) => field.value === first.value);
  return same && /^\d{1,15}$/.test(first.value) ? Number(first.value) : Number.NaN;
}

/** Head and body. Fields that do not fit the grammar are our own defect. */
export function emit(head: Head, body: Uint8Array): Uint8Array {
  const lines = head.fields.map((field) => `${field.name}: ${field.value}`);
  for (const line of lines) assert(FIELD_LINE.test(line), `field ${JSON.stringify(line)}`);
  const start = startLine(head);
  assert(parseStart(start, []) !== null, `start line ${JSON.stringify(start)}`);
  const text = [start, ...lines, '', ''].join(LINE_END);
  const octets = new Uint8Array(text.length + body.length);
  octets.set(fromLatin1(text));
  octets.set(body, text.length);
  return octets;
}

function startLine(head: Head): string {
  return head.kind === 'request'
    ? `${head.method} ${head.target} HTTP/${head.version}`
    : `HTTP/${head.version} ${head.status} ${head.reason}`;
}
