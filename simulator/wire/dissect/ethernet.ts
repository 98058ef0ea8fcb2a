/**
 * Ethernet II as fields (IEEE 802.3 §3, 802.1Q §9), with padding and frame check sequence, which
 * lie behind what the frame carries.
 */
import { BROADCAST_MAC, formatMac } from '../../contract/address';
import { crc32 } from '../../bits/crc';
import { read16, read48 } from '../../bits/words';
import { FCS_OCTETS, HEADER_OCTETS, MINIMUM_OCTETS, TAG_OCTETS, TYPE, readFcs } from '../ethernet';
import {
  countOctets,
  cutShort,
  fieldAt,
  hex,
  hexOf,
  readRows,
  yesNo,
  type Context,
  type Field,
  type Found,
  type Kind,
  type Layer,
  type Row,
} from './field';

const TYPES: { readonly [type: number]: { readonly name: string; readonly kind: Kind } } = {
  [TYPE.ipv4]: { name: 'IPv4', kind: 'ipv4' },
  [TYPE.arp]: { name: 'ARP', kind: 'arp' },
  [TYPE.vlan]: { name: 'VLAN tag', kind: 'data' },
  0x86dd: { name: 'IPv6', kind: 'data' },
};

const showMac = (mac: number): string =>
  mac === BROADCAST_MAC ? `${formatMac(mac)} (everybody)` : formatMac(mac);

function showType(type: number): string {
  const name = type < 0x600 ? 'length' : TYPES[type]?.name;
  return name === undefined ? hex(4)(type) : `${hex(4)(type)} (${name})`;
}

const ADDRESSES: readonly Row[] = [
  {
    name: 'Destination',
    bits: 48,
    show: showMac,
    meaning: 'The interface that is to take the frame in.',
  },
  { name: 'Source', bits: 48, show: showMac, meaning: 'The interface that sent the frame.' },
];
const TAG: readonly Row[] = [
  { name: 'Tag', bits: 16, show: showType, meaning: 'Says that a VLAN tag follows.' },
  { name: 'Priority', bits: 3, meaning: 'Which frames a switch sends first.' },
  { name: 'May be dropped', bits: 1, show: yesNo, meaning: 'Whether to give it up when crowded.' },
  { name: 'VLAN', bits: 12, meaning: 'The virtual network that the frame belongs to.' },
];
const LAST: readonly Row[] = [
  { name: 'Type', bits: 16, show: showType, meaning: 'Which protocol the payload belongs to.' },
];

/** `hasFcs`: the octets are those on the cable. */
export function ethernet(octets: Uint8Array, hasFcs: boolean): Found {
  const context: Context = { source: 0, destination: 0, quoted: false };
  const end = hasFcs ? Math.max(octets.length - FCS_OCTETS, 0) : octets.length;
  const tagged = end >= HEADER_OCTETS && read16(octets, 12) === TYPE.vlan;
  const rows = [...ADDRESSES, ...(tagged ? TAG : []), ...LAST];
  const payloadFrom = HEADER_OCTETS + (tagged ? TAG_OCTETS : 0);
  if (end < payloadFrom) return cutShort('Ethernet II', octets, 0, octets.length, rows, context);
  const fields = readRows(octets, 0, end, rows);
  const wrong = hasFcs ? wrongWith(octets, end) : null;
  if (hasFcs) fields.push(fcsField(octets, end));
  const type = read16(octets, payloadFrom - 2);
  const route = `${formatMac(read48(octets, 6))} → ${formatMac(read48(octets, 0))}`;
  const summary = `Ethernet ${route}, ${showType(type)}`;
  const kind = TYPES[type]?.kind ?? 'data';
  return {
    layer: { name: 'Ethernet II', summary, from: 0, to: octets.length, fields, wrong },
    next: { kind, from: payloadFrom, to: end, context },
  };
}

function wrongWith(octets: Uint8Array, end: number): string | null {
  if (crc32(octets, 0, end) !== readFcs(octets, end)) return 'the frame check sequence is wrong';
  return end < MINIMUM_OCTETS ? 'the frame is shorter than 64 octets' : null;
}

function fcsField(octets: Uint8Array, end: number): Field {
  const right = crc32(octets, 0, end);
  const good = readFcs(octets, end) === right;
  const shown = hex(8)(readFcs(octets, end));
  return {
    name: 'Frame check sequence',
    value: good ? `${shown}, right` : `${shown}, wrong: ${hex(8)(right)} is right`,
    from: end,
    to: octets.length,
    bits: null,
    meaning: 'A CRC over the whole frame: one flipped bit and the receiver throws it away.',
    good,
  };
}

/** The Ethernet layer with what lies between the end of its payload and its own as padding. */
export function withPadding(layer: Layer, octets: Uint8Array, payloadEnd: number): Layer {
  const fcs = layer.fields.findIndex((field) => field.name === 'Frame check sequence');
  const trailer = fcs === -1 ? layer.to : layer.to - FCS_OCTETS;
  if (payloadEnd >= trailer) return layer;
  const value = `${countOctets(trailer - payloadEnd)}: ${hexOf(octets, payloadEnd, trailer)}`;
  const meaning = 'Fills the frame up to the shortest length that Ethernet allows.';
  const padding = fieldAt('Padding', value, payloadEnd, trailer, meaning);
  const at = fcs === -1 ? layer.fields.length : fcs;
  return { ...layer, fields: [...layer.fields.slice(0, at), padding, ...layer.fields.slice(at)] };
}
