/** IPv4 as fields (RFC 791 §3.1). */
import { formatIpv4 } from '../../contract/address';
import { addWords, checksum, finish } from '../../bits/checksum';
import { read16, read32 } from '../../bits/words';
import { HEADER_OCTETS, PROTOCOL } from '../ipv4';
import {
  countOctets,
  cutShort,
  fieldAt,
  hex,
  hexOf,
  judge,
  named,
  readRows,
  yesNo,
  type Context,
  type Found,
  type Kind,
  type Row,
} from './field';

const PROTOCOLS = { [PROTOCOL.icmp]: 'ICMP', [PROTOCOL.tcp]: 'TCP', [PROTOCOL.udp]: 'UDP' };
const KINDS: { readonly [protocol: number]: Kind } = {
  [PROTOCOL.icmp]: 'icmp',
  [PROTOCOL.tcp]: 'tcp',
  [PROTOCOL.udp]: 'udp',
};

const ROWS: readonly Row[] = [
  { name: 'Version', bits: 4, meaning: 'Which Internet Protocol this is: 4.' },
  {
    name: 'Header length',
    bits: 4,
    show: (words) => `${words} words (${words * 4} octets)`,
    meaning: 'Where the header ends and the payload begins.',
  },
  { name: 'DSCP', bits: 6, meaning: 'Which treatment by routers the packet asks for.' },
  { name: 'ECN', bits: 2, meaning: 'Lets routers report crowding instead of dropping.' },
  { name: 'Total length', bits: 16, meaning: 'Octets of header and payload together.' },
  {
    name: 'Identification',
    bits: 16,
    show: hex(4),
    meaning: 'Tells which fragments belong to one packet.',
  },
  { name: 'Reserved', bits: 1, meaning: 'Always 0.' },
  {
    name: 'Don’t fragment',
    bits: 1,
    show: yesNo,
    meaning: 'Forbids routers to cut the packet into pieces.',
  },
  {
    name: 'More fragments',
    bits: 1,
    show: yesNo,
    meaning: 'Whether further pieces of the packet follow.',
  },
  {
    name: 'Fragment offset',
    bits: 13,
    show: (units) => String(units * 8),
    meaning: 'Where in the whole packet this piece belongs, in octets.',
  },
  { name: 'Time to live', bits: 8, meaning: 'How many more routers it may pass.' },
  {
    name: 'Protocol',
    bits: 8,
    show: (protocol) => named(protocol, PROTOCOLS),
    meaning: 'Which protocol the payload belongs to.',
  },
  {
    name: 'Header checksum',
    bits: 16,
    show: hex(4),
    meaning: 'Guards the header; every router computes it anew.',
  },
  { name: 'Source', bits: 32, show: formatIpv4, meaning: 'The host that sent the packet.' },
  { name: 'Destination', bits: 32, show: formatIpv4, meaning: 'The host it is meant for.' },
];

export function ipv4(octets: Uint8Array, from: number, to: number, context: Context): Found {
  const headerEnd = from + ((octets[from] ?? 0) & 15) * 4;
  if (to - from < HEADER_OCTETS || headerEnd > to)
    return cutShort('IPv4', octets, from, to, ROWS, context);
  const total = from + read16(octets, from + 2);
  const wrong = wrongWith(octets, from, to, context);
  const end = Math.min(Math.max(total, headerEnd, from + HEADER_OCTETS), to);
  const fields = readRows(octets, from, to, ROWS);
  const good = checksum(octets, from, Math.max(headerEnd, from + HEADER_OCTETS)) === 0;
  const judged = judge(fields, 'Header checksum', good, hex(4)(rightSum(octets, from, headerEnd)));
  const optionsFrom = from + HEADER_OCTETS;
  if (headerEnd > optionsFrom) {
    const value = `${countOctets(headerEnd - optionsFrom)}: ${hexOf(octets, optionsFrom, headerEnd)}`;
    const meaning = 'Rarely used requests to routers.';
    judged.push(fieldAt('Options', value, optionsFrom, headerEnd, meaning));
  }
  const payloadFrom = Math.max(headerEnd, optionsFrom);
  const { summary, kind } = describe(octets, from);
  const source = read32(octets, from + 12);
  const destination = read32(octets, from + 16);
  return {
    layer: { name: 'IPv4', summary, from, to: end, fields: judged, wrong },
    next: {
      kind,
      from: payloadFrom,
      to: end,
      context: { source, destination, quoted: context.quoted },
    },
  };
}

function wrongWith(octets: Uint8Array, from: number, to: number, context: Context): string | null {
  const first = octets[from] as number;
  const total = from + read16(octets, from + 2);
  const headerEnd = from + (first & 15) * 4;
  if (first >>> 4 !== 4) return 'the version is not 4';
  if (headerEnd < from + HEADER_OCTETS) return 'the header length is below 5';
  if (checksum(octets, from, headerEnd) !== 0) return 'the header checksum is wrong';
  if (total < headerEnd) return 'the total length is below the header length';
  return total > to && !context.quoted ? 'the packet is cut short' : null;
}

/** What the checksum would have to be: over the header without it. */
function rightSum(octets: Uint8Array, from: number, headerEnd: number): number {
  const end = Math.max(headerEnd, from + HEADER_OCTETS);
  return finish(addWords(addWords(0, octets, from, from + 10), octets, from + 12, end));
}

/** A fragment is not looked into: its payload is a piece of something. */
function describe(octets: Uint8Array, from: number): { summary: string; kind: Kind } {
  const [source, destination] = [read32(octets, from + 12), read32(octets, from + 16)];
  const protocol = octets[from + 9] as number;
  const fragment = read16(octets, from + 6) & 0x3fff;
  const route = `IPv4 ${formatIpv4(source)} → ${formatIpv4(destination)}`;
  if (fragment === 0)
    return { summary: `${route}, ${named(protocol, PROTOCOLS)}`, kind: KINDS[protocol] ?? 'data' };
  const offset = (fragment & 0x1fff) * 8;
  const more = fragment > 0x1fff ? ', more follow' : ', the last';
  return { summary: `${route}, fragment at ${offset}${more}`, kind: 'data' };
}
