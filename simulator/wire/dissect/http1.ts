/**
 * An HTTP/1.1 message that begins in this segment, as fields (RFC 9112). What does not begin one
 * (the middle of a long body) is shown as data.
 */
import { latin1 } from '../text';
import { parse, type Head } from '../http1';
import { data, preview } from './data';
import { countOctets, fieldAt, type Field, type Found } from './field';

const MEANINGS: { readonly [name: string]: string } = {
  host: 'Which site of the server is meant.',
  'user-agent': 'Which program asks.',
  accept: 'Which kinds of content the client takes.',
  connection: 'Whether the connection stays open afterwards.',
  'content-length': 'How many octets the body has.',
  'content-type': 'What kind of content the body is.',
  server: 'Which program answers.',
  date: 'When the answer was made.',
};

export function http(octets: Uint8Array, from: number, to: number): Found {
  const parsed = parse(octets, from, to);
  if (!parsed.ok) return data(octets, from, to);
  const { head, headOctets, body } = parsed.value;
  const bodyFrom = from + headOctets;
  const fields = [...headFields(octets, head, from, bodyFrom)];
  const end = bodyFrom + body.length;
  if (body.length > 0) {
    const value = `${countOctets(body.length)}: ${preview(body)}`;
    fields.push(fieldAt('Body', value, bodyFrom, end, 'The content itself.'));
  }
  if (end < to)
    fields.push(
      fieldAt('What follows', preview(octets.subarray(end, to)), end, to, 'The next message.'),
    );
  const summary = summaryOf(head);
  return { layer: { name: 'HTTP', summary, from, to, fields, wrong: null }, next: null };
}

function summaryOf(head: Head): string {
  if (head.kind === 'request') return `HTTP ${head.method} ${head.target}`;
  return `HTTP ${head.status} ${head.reason}`.trim();
}

function headFields(octets: Uint8Array, head: Head, from: number, end: number): Field[] {
  const [start = '', ...lines] = latin1(octets, from, end - 4).split('\r\n');
  const fields = startFields(start, head, from);
  let at = from + start.length + 2;
  lines.forEach((line, i) => {
    const { name, value } = head.fields[i] ?? { name: line, value: '' };
    const meaning = MEANINGS[name.toLowerCase()] ?? 'A header field.';
    fields.push(fieldAt(name, value, at, at + line.length + 2, meaning));
    at += line.length + 2;
  });
  fields.push(fieldAt('Empty line', '', at, end, 'Ends the head; the body follows.'));
  return fields;
}

function startFields(line: string, head: Head, from: number): Field[] {
  const parts =
    head.kind === 'request'
      ? ([
          ['Method', head.method, 'What to do.'],
          ['Target', head.target, 'With which resource.'],
          ['Version', `HTTP/${head.version}`, 'Which HTTP the client speaks.'],
        ] as const)
      : ([
          ['Version', `HTTP/${head.version}`, 'Which HTTP the server speaks.'],
          ['Status', String(head.status), 'How it went, as a number.'],
          ['Reason', head.reason, 'How it went, in words.'],
        ] as const);
  const end = from + line.length + 2;
  let at = from;
  return parts.map(([name, value, meaning], i) => {
    // The space, or the end of the line, belongs to the part before it.
    const to = i === parts.length - 1 ? end : Math.min(at + value.length + 1, end);
    const field = fieldAt(name, value, at, to, meaning);
    at = to;
    return field;
  });
}
