/** ARP as fields (RFC 826). */
import { formatIpv4, formatMac } from '../../contract/address';
import { MESSAGE_OCTETS, OPERATION, parse, type Message } from '../arp';
import { cutShort, hex, named, readRows, type Context, type Found, type Row } from './field';

const OPERATIONS = { [OPERATION.request]: 'request', [OPERATION.reply]: 'reply' };

const ROWS: readonly Row[] = [
  {
    name: 'Hardware type',
    bits: 16,
    show: (type) => named(type, { 1: 'Ethernet' }),
    meaning: 'What kind of link the hardware addresses belong to.',
  },
  {
    name: 'Protocol type',
    bits: 16,
    show: (type) => (type === 0x0800 ? '0x0800 (IPv4)' : hex(4)(type)),
    meaning: 'What kind of protocol address is asked for.',
  },
  { name: 'Hardware size', bits: 8, meaning: 'Octets of a hardware address.' },
  { name: 'Protocol size', bits: 8, meaning: 'Octets of a protocol address.' },
  {
    name: 'Operation',
    bits: 16,
    show: (code) => named(code, OPERATIONS),
    meaning: 'Whether this asks or answers.',
  },
  { name: 'Sender MAC', bits: 48, show: formatMac, meaning: 'Where the sender can be reached.' },
  { name: 'Sender IP', bits: 32, show: formatIpv4, meaning: 'The sender’s own IP address.' },
  {
    name: 'Target MAC',
    bits: 48,
    show: formatMac,
    meaning: 'Whom a reply goes to; in a request it is what is asked for, and zero.',
  },
  { name: 'Target IP', bits: 32, show: formatIpv4, meaning: 'The IP address that is asked about.' },
];

export function arp(octets: Uint8Array, from: number, to: number, context: Context): Found {
  if (to - from < MESSAGE_OCTETS) return cutShort('ARP', octets, from, to, ROWS, context);
  const end = from + MESSAGE_OCTETS;
  const parsed = parse(octets, from, end);
  const layer = {
    name: 'ARP',
    summary: parsed.ok ? summaryOf(parsed.value) : `ARP, ${parsed.why}`,
    from,
    to: end,
    fields: readRows(octets, from, end, ROWS),
    wrong: parsed.ok ? null : parsed.why,
  };
  return { layer, next: null };
}

function summaryOf({ operation, senderMac, senderAddress, targetAddress }: Message): string {
  const sender = formatIpv4(senderAddress);
  // Whoever asks for, or answers, its own address tells all others (RFC 5227 §1.1).
  if (senderAddress === targetAddress)
    return `ARP announcement: ${sender} is at ${formatMac(senderMac)}`;
  if (operation === 'reply') return `ARP ${sender} is at ${formatMac(senderMac)}`;
  return `ARP who has ${formatIpv4(targetAddress)}? tell ${sender}`;
}
