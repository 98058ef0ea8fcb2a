/** UDP as fields (RFC 768). */
import { addWords, finish } from '../../bits/checksum';
import { read16 } from '../../bits/words';
import { pseudoSum } from '../pseudo';
import { HEADER_OCTETS, PROTOCOL } from '../udp';
import {
  countOctets,
  cutShort,
  hex,
  judge,
  readRows,
  type Context,
  type Field,
  type Found,
  type Row,
} from './field';

const ROWS: readonly Row[] = [
  { name: 'Source port', bits: 16, meaning: 'Which program’s socket sent it.' },
  { name: 'Destination port', bits: 16, meaning: 'Which program’s socket is to get it.' },
  { name: 'Length', bits: 16, meaning: 'Octets of header and payload together.' },
  {
    name: 'Checksum',
    bits: 16,
    show: (sum) => (sum === 0 ? 'none' : hex(4)(sum)),
    meaning: 'Guards header, payload and the addresses of the packet; 0 says there is none.',
  },
];

export function udp(octets: Uint8Array, from: number, to: number, context: Context): Found {
  if (to - from < HEADER_OCTETS) return cutShort('UDP', octets, from, to, ROWS, context);
  const fields = readRows(octets, from, to, ROWS);
  const lengthOctets = read16(octets, from + 4);
  const end = Math.min(Math.max(from + lengthOctets, from + HEADER_OCTETS), to);
  const ports = `UDP ${read16(octets, from)} → ${read16(octets, from + 2)}`;
  const summary = `${ports} len ${Math.max(lengthOctets - HEADER_OCTETS, 0)}`;
  const payloadFrom = from + HEADER_OCTETS;
  const next = { kind: 'data' as const, from: payloadFrom, to: end, context };
  const layer = { name: 'UDP', summary, from, to: end, fields, wrong: null };
  if (context.quoted) return { layer, next };
  if (lengthOctets < HEADER_OCTETS || from + lengthOctets > to) {
    const wrong = `its length says ${countOctets(lengthOctets)} and there are ${to - from}`;
    return { layer: { ...layer, wrong }, next };
  }
  const [judged, wrong] = judgeSum(fields, octets, from, end, context);
  return { layer: { ...layer, fields: judged, wrong }, next };
}

function judgeSum(
  fields: Field[],
  octets: Uint8Array,
  from: number,
  end: number,
  { source, destination }: Context,
): [Field[], string | null] {
  const given = read16(octets, from + 6);
  if (given === 0) return [fields, null];
  const pseudo = pseudoSum(source, destination, PROTOCOL, end - from);
  const sum = addWords(addWords(pseudo, octets, from, from + 6), octets, from + 8, end);
  const right = finish(sum) || 0xffff;
  const good = given === right;
  return [
    judge(fields, 'Checksum', good, hex(4)(right)),
    good ? null : 'the UDP checksum is wrong',
  ];
}
