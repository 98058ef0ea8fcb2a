/** ICMP as fields (RFC 792, RFC 1191 §4). */
import { addWords, checksum, finish } from '../../bits/checksum';
import { read16 } from '../../bits/words';
import { HEADER_OCTETS, TYPE, UNREACHABLE } from '../icmp';
import { cutShort, hex, judge, named, readRows, type Context, type Found, type Row } from './field';

const TYPES: { readonly [type: number]: string } = {
  [TYPE.echoReply]: 'echo reply',
  [TYPE.unreachable]: 'destination unreachable',
  5: 'redirect',
  [TYPE.echo]: 'echo request',
  [TYPE.timeExceeded]: 'time exceeded',
  12: 'parameter problem',
};

const CODES: { readonly [type: number]: { readonly [code: number]: string } } = {
  [TYPE.unreachable]: {
    [UNREACHABLE.network]: 'network unreachable',
    [UNREACHABLE.host]: 'host unreachable',
    [UNREACHABLE.protocol]: 'protocol unreachable',
    [UNREACHABLE.port]: 'port unreachable',
    [UNREACHABLE.fragmentationNeeded]: 'fragmentation needed',
  },
  [TYPE.timeExceeded]: { 0: 'on the way', 1: 'while fragments were awaited' },
};

const START: readonly Row[] = [
  {
    name: 'Type',
    bits: 8,
    show: (type) => named(type, TYPES),
    meaning: 'What kind of message this is.',
  },
  { name: 'Code', bits: 8, meaning: 'Which case of that kind.' },
  {
    name: 'Checksum',
    bits: 16,
    show: hex(4),
    meaning: 'Guards the whole message.',
  },
];
const ECHO: readonly Row[] = [
  { name: 'Identifier', bits: 16, meaning: 'Which pinging program the reply is for.' },
  { name: 'Sequence', bits: 16, meaning: 'Which of its requests is answered.' },
];
const TOO_LONG: readonly Row[] = [
  { name: 'Unused', bits: 16, meaning: 'Always 0.' },
  { name: 'MTU of the next hop', bits: 16, meaning: 'The longest packet that would have passed.' },
];
const REST: readonly Row[] = [
  { name: 'Rest of the header', bits: 32, show: hex(8), meaning: 'Not used by this type.' },
];

const isEcho = (type: number): boolean => type === TYPE.echo || type === TYPE.echoReply;
/** These quote the packet that they are about. */
const isError = (type: number): boolean => [3, 4, 5, 11, 12].includes(type);

function rowsOf(type: number, code: number): readonly Row[] {
  const withCode = START.map((row) =>
    row.name === 'Code'
      ? { ...row, show: (value: number) => named(value, CODES[type] ?? {}) }
      : row,
  );
  if (isEcho(type)) return [...withCode, ...ECHO];
  const tooLong = type === TYPE.unreachable && code === UNREACHABLE.fragmentationNeeded;
  return [...withCode, ...(tooLong ? TOO_LONG : REST)];
}

export function icmp(octets: Uint8Array, from: number, to: number, context: Context): Found {
  const [type, code] = [octets[from] ?? -1, octets[from + 1] ?? -1];
  const rows = rowsOf(type, code);
  if (to - from < HEADER_OCTETS) return cutShort('ICMP', octets, from, to, rows, context);
  const fields = readRows(octets, from, to, rows);
  const summary = summaryOf(octets, from, type, code);
  const next = {
    kind: isError(type) ? ('ipv4' as const) : ('data' as const),
    from: from + HEADER_OCTETS,
    to,
    context: { ...context, quoted: context.quoted || isError(type) },
  };
  const layer = { name: 'ICMP', summary, from, to, fields, wrong: null };
  // A quotation may end before the message does, and then its checksum cannot be checked.
  if (context.quoted) return { layer, next: { ...next, kind: 'data' } };
  const good = checksum(octets, from, to) === 0;
  const right = finish(addWords(addWords(0, octets, from, from + 2), octets, from + 4, to));
  const judged = judge(fields, 'Checksum', good, hex(4)(right));
  const wrong = good ? null : 'the ICMP checksum is wrong';
  return { layer: { ...layer, fields: judged, wrong }, next };
}

function summaryOf(octets: Uint8Array, from: number, type: number, code: number): string {
  const name = TYPES[type] ?? `type ${type}`;
  if (isEcho(type))
    return `ICMP ${name} id ${read16(octets, from + 4)} seq ${read16(octets, from + 6)}`;
  const detail = CODES[type]?.[code];
  return detail === undefined ? `ICMP ${name}` : `ICMP ${name}: ${detail}`;
}
