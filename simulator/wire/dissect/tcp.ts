/** TCP as fields (RFC 9293 §3.1), an option a field. */
import { addWords, finish } from '../../bits/checksum';
import { read16, read32 } from '../../bits/words';
import { pseudoSum } from '../pseudo';
import { FLAG_NAMES, HEADER_OCTETS, PROTOCOL } from '../tcp';
import { optionLength } from '../tcpOptions';
import {
  cutShort,
  fieldAt,
  hex,
  hexOf,
  judge,
  readRows,
  yesNo,
  type Context,
  type Field,
  type Found,
  type Row,
} from './field';

/** What each control bit says, highest first as on the wire. */
const FLAGS: readonly Row[] = [
  { name: 'CWR', meaning: 'The sender has slowed down because of crowding.' },
  { name: 'ECE', meaning: 'The sender has heard of crowding on the way.' },
  { name: 'URG', meaning: 'The urgent pointer means something.' },
  { name: 'ACK', meaning: 'The acknowledgment number means something.' },
  { name: 'PSH', meaning: 'Hand what has come to the program at once.' },
  { name: 'RST', meaning: 'The connection is over, or never was.' },
  { name: 'SYN', meaning: 'Opens a direction; the sequence number is its first.' },
  { name: 'FIN', meaning: 'Closes a direction: no more data comes.' },
].map((row) => ({ ...row, bits: 1, show: yesNo }));

const ROWS: readonly Row[] = [
  { name: 'Source port', bits: 16, meaning: 'Which socket of the sending host this is from.' },
  { name: 'Destination port', bits: 16, meaning: 'Which socket of the receiving host it is for.' },
  {
    name: 'Sequence number',
    bits: 32,
    meaning: 'The place in the stream of the first octet of this segment.',
  },
  {
    name: 'Acknowledgment number',
    bits: 32,
    meaning: 'The place of the next octet that the sender waits for.',
  },
  {
    name: 'Data offset',
    bits: 4,
    show: (words) => `${words} words (${words * 4} octets)`,
    meaning: 'Where the header ends and the data begins.',
  },
  { name: 'Reserved', bits: 4, meaning: 'Not used.' },
  ...FLAGS,
  { name: 'Window', bits: 16, meaning: 'How many more octets the sender has room for.' },
  {
    name: 'Checksum',
    bits: 16,
    show: hex(4),
    meaning: 'Guards header, data and the addresses of the packet.',
  },
  { name: 'Urgent pointer', bits: 16, meaning: 'Where urgent data ends; only with URG.' },
];

const OPTION_NAMES: { readonly [kind: number]: readonly [name: string, meaning: string] } = {
  2: ['Maximum segment size', 'The longest payload that the sender wants to receive.'],
  3: ['Window scale', 'By how many bits the window is shifted.'],
  4: ['SACK permitted', 'The sender understands selective acknowledgments.'],
  5: ['SACK', 'Stretches that arrived out of order.'],
  8: ['Timestamps', 'The sender’s clock, and an echo of the receiver’s.'],
};

/** Ports on which HTTP is looked for. */
const HTTP_PORTS = [80, 8000, 8080];

export function tcp(octets: Uint8Array, from: number, to: number, context: Context): Found {
  const headerEnd = from + ((octets[from + 12] ?? 0) >>> 4) * 4;
  const short = to - from < HEADER_OCTETS || headerEnd > to;
  if (short) return cutShort('TCP', octets, from, to, ROWS, context);
  const payloadFrom = Math.max(headerEnd, from + HEADER_OCTETS);
  const options = optionFields(octets, from + HEADER_OCTETS, payloadFrom);
  const fields = [...readRows(octets, from, to, ROWS), ...options];
  const summary = summaryOf(octets, from, to - payloadFrom);
  const web = HTTP_PORTS.some((port) => [from, from + 2].some((at) => read16(octets, at) === port));
  const kind = web && !context.quoted ? ('http' as const) : ('data' as const);
  const layer = { name: 'TCP', summary, from, to, fields, wrong: null };
  const next = { kind, from: payloadFrom, to, context };
  if (context.quoted) return { layer, next };
  const pseudo = pseudoSum(context.source, context.destination, PROTOCOL, to - from);
  const sum = addWords(addWords(pseudo, octets, from, from + 16), octets, from + 18, to);
  const good = finish(addWords(sum, octets, from + 16, from + 18)) === 0;
  const judged = judge(fields, 'Checksum', good, hex(4)(finish(sum)));
  const damaged = options.some((field) => field.good === false) ? 'an option is damaged' : null;
  const offset = headerEnd < payloadFrom ? 'the data offset is below 5' : damaged;
  const wrong = good ? offset : 'the TCP checksum is wrong';
  return { layer: { ...layer, fields: judged, wrong }, next };
}

function optionFields(octets: Uint8Array, from: number, to: number): Field[] {
  const fields: Field[] = [];
  let at = from;
  while (at < to) {
    const kind = octets[at] as number;
    if (kind === 0) {
      fields.push(fieldAt('End of options', '', at, to, 'What is left fills the last word.'));
      break;
    }
    if (kind === 1) {
      fields.push(fieldAt('No operation', '', at, at + 1, 'Fills up to the next word.'));
      at += 1;
      continue;
    }
    const lengthOctets = optionLength(octets, at, to);
    if (typeof lengthOctets !== 'number') {
      const rest = fieldAt('Damaged option', hexOf(octets, at, to), at, to, lengthOctets.why);
      fields.push({ ...rest, good: false });
      break;
    }
    const [name, meaning] = OPTION_NAMES[kind] ?? [
      `Option ${kind}`,
      'Not understood, and skipped.',
    ];
    fields.push(
      fieldAt(name, optionValue(octets, at, lengthOctets), at, at + lengthOctets, meaning),
    );
    at += lengthOctets;
  }
  return fields;
}

/** One or two octets are a number; timestamps two, and stretches two each. */
function optionValue(octets: Uint8Array, at: number, lengthOctets: number): string {
  const [kind, from] = [octets[at], at + 2];
  if (kind === 8 && lengthOctets === 10)
    return `${read32(octets, from)}, echo ${read32(octets, from + 4)}`;
  if (kind === 5 && lengthOctets % 8 === 2) {
    const starts = Array.from({ length: (lengthOctets - 2) / 8 }, (_, block) => from + block * 8);
    return starts.map((each) => `${read32(octets, each)}–${read32(octets, each + 4)}`).join(', ');
  }
  if (lengthOctets === 3) return String(octets[at + 2]);
  if (lengthOctets === 4) return String(read16(octets, at + 2));
  return hexOf(octets, at + 2, at + lengthOctets);
}

function summaryOf(octets: Uint8Array, from: number, dataOctets: number): string {
  const control = octets[from + 13] as number;
  const set = FLAG_NAMES.filter((_, bit) => (control & (1 << bit)) !== 0);
  const flags = set.map((name) => name.toUpperCase()).join(', ');
  const ports = `${read16(octets, from)} → ${read16(octets, from + 2)}`;
  const ack = set.includes('ack') ? ` ack ${read32(octets, from + 8)}` : '';
  const numbers = `seq ${read32(octets, from + 4)}${ack} win ${read16(octets, from + 14)}`;
  return `TCP ${ports} [${flags}] ${numbers} len ${dataOctets}`;
}
