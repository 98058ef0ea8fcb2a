/** The kernel's notes in words, one sentence each, for whoever follows a run step by step. */
import { formatIpv4, formatMac } from '../contract/address';
import type { Endpoint, Reply, SystemCall } from '../contract/program';
import type * as arp from '../protocols/arp';
import { reassembly } from '../protocols/ip';
import { sentence as tcpSentence } from '../protocols/tcp';
import type { Note } from './notes';

const hexadecimal = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;
const octetCount = (count: number): string => (count === 1 ? '1 octet' : `${count} octets`);
const endpointText = ({ address, port }: Endpoint): string =>
  port === 0 ? formatIpv4(address) : `${formatIpv4(address)}:${port}`;

type CallKind = SystemCall['kind'];
type CallOf<K extends CallKind> = Extract<SystemCall, { kind: K }>;
type Operands<C> = (call: C) => readonly (string | number)[];

const OPERANDS: { readonly [K in CallKind]: Operands<CallOf<K>> } = {
  read: ({ fd, maxOctets }) => [fd, `at most ${octetCount(maxOctets)}`],
  recvfrom: ({ fd, maxOctets }) => [fd, `at most ${octetCount(maxOctets)}`],
  write: ({ fd, octets }) => [fd, octetCount(octets.length)],
  sendto: ({ fd, octets, endpoint }) => {
    const sent = [fd, octetCount(octets.length)];
    return endpoint === null ? sent : [...sent, endpointText(endpoint)];
  },
  close: ({ fd }) => [fd],
  accept: ({ fd }) => [fd],
  exit: ({ status }) => [status],
  nanosleep: ({ delayNs }) => [`${delayNs} ns`],
  socket: ({ socket }) => [socket],
  bind: ({ fd, endpoint }) => [fd, endpointText(endpoint)],
  connect: ({ fd, endpoint }) => [fd, endpointText(endpoint)],
  listen: ({ fd, backlog }) => [fd, backlog],
  brk: ({ address }) => [hexadecimal(address)],
  clock_gettime: () => [],
  getpid: () => [],
  sched_yield: () => [],
};

/** A call as a C programmer would write it. */
export function callText(call: SystemCall): string {
  const operands = (OPERANDS[call.kind] as Operands<SystemCall>)(call);
  return `${call.kind}(${operands.join(', ')})`;
}

function replyText(reply: Reply): string {
  if (!reply.ok) return `fails with ${reply.error}`;
  const from = reply.peer === undefined ? '' : ` from ${endpointText(reply.peer)}`;
  const what = reply.octets === undefined ? String(reply.value) : octetCount(reply.octets.length);
  return `returns ${what}${from}`;
}

const who = (note: { readonly name: string; readonly process: number }): string =>
  `${note.name} (process ${note.process})`;

const TYPES: { readonly [type: number]: string } = { 0x0800: 'IPv4', 0x0806: 'ARP' };

const frame = (note: { readonly lengthOctets: number; readonly type: number }): string =>
  `a frame of ${octetCount(note.lengthOctets)} ` +
  `(${TYPES[note.type] ?? `type 0x${note.type.toString(16)}`})`;

type Words<N> = (note: N) => string;

type ArpKind = arp.Note['kind'];
/** One form of a note may have several kinds, so `Extract` does not find it. */
type Of<N, K> = N extends { readonly kind: infer Kinds } ? (K extends Kinds ? N : never) : never;

const ARP: { readonly [K in ArpKind]: Words<Of<arp.Note, K>> } = {
  asked: ({ address, tries }) =>
    `ARP asks everybody for the MAC address of ${formatIpv4(address)}${tries > 1 ? ' again' : ''}.`,
  queued: ({ address, why }) => `A packet for ${formatIpv4(address)} waits: ${why}.`,
  dropped: ({ address, why }) => `A packet for ${formatIpv4(address)} is dropped: ${why}.`,
  learned: ({ address, mac }) => `ARP learns that ${formatIpv4(address)} is at ${formatMac(mac)}.`,
  refreshed: ({ address, mac }) => `${formatIpv4(address)} is still at ${formatMac(mac)}.`,
  answered: ({ address }) => `ARP tells ${formatIpv4(address)} our MAC address.`,
  expired: ({ address }) => `What ARP knew of ${formatIpv4(address)} is too old to be believed.`,
  failed: ({ address }) => `Nobody answers for ${formatIpv4(address)}.`,
  ignored: ({ address, why }) => `An ARP message of ${formatIpv4(address)} is ignored: ${why}.`,
};

const arpSentence = (note: arp.Note): string => (ARP[note.kind] as Words<arp.Note>)(note);

type NoteKind = Note['kind'];
const SENTENCES: { readonly [K in NoteKind]: Words<Extract<Note, { kind: K }>> } = {
  booted: ({ hostname }) => `The kernel of ${hostname} starts its network driver and its programs.`,
  started: (note) => `The kernel starts ${who(note)}.`,
  refused: (note) => `The kernel cannot start ${who(note)}: ${note.why}.`,
  called: (note) => `${who(note)} calls ${callText(note.call)}.`,
  returned: (note) => `${note.call} of ${who(note)} ${replyText(note.reply)}.`,
  rejected: (note) =>
    `System call ${note.number} of ${who(note)} fails with ${note.error}: ${note.why}.`,
  blocked: (note) => `${who(note)} waits in ${note.call} for ${note.why}.`,
  woken: (note) => `${who(note)} is woken from ${note.call}: ${note.why}.`,
  switched: ({ to, why }) =>
    to === null
      ? `The CPU idles: ${why}.`
      : `The scheduler gives the CPU to process ${to}: ${why}.`,
  exited: (note) => `${who(note)} exits with status ${note.status}.`,
  killed: (note) => {
    const where = note.pc === null ? '' : ` at pc ${hexadecimal(note.pc)}`;
    const value = note.value === null ? '' : ` (${hexadecimal(note.value)})`;
    return `${who(note)} is killed by ${note.signal}${where}: ${note.why}${value}.`;
  },
  received: (note) =>
    `The driver takes ${frame(note)} from ${formatMac(note.source)} out of its ring.`,
  sent: (note) =>
    `The driver hands the interface ${frame(note)} for ${formatMac(note.destination)}.`,
  queued: ({ waiting }) => `The transmit ring is full; ${waiting} frames wait for it.`,
  ignored: ({ protocol, why }) => `The kernel drops what came (${protocol}): ${why}.`,
  forgotten: ({ socket }) =>
    `The kernel forgets the connection of socket ${socket}: nobody holds it, and the peer is silent.`,
  arp: ({ note }) => arpSentence(note),
  ip: ({ note }) => reassembly.sentence(note),
  tcp: ({ note }) => tcpSentence(note),
};

export function sentence(note: Note): string {
  return (SENTENCES[note.kind] as Words<Note>)(note);
}
