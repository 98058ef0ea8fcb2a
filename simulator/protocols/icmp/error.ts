/**
 * ICMP errors (RFC 792, RFC 1122 §3.2.2): when a packet is answered with one, and what it quotes.
 */
import type { Ipv4 } from '../../contract/address';
import { EXCEEDED, HEADER_OCTETS, TYPE, UNREACHABLE, type Message } from '../../wire/icmp';
import {
  HEADER_OCTETS as IP_HEADER_OCTETS,
  PROTOCOL,
  emit,
  headerOctetsOf,
  parse,
  type Packet,
} from '../../wire/ipv4';
import { notOneHost, type Config } from '../ip/addresses';

export type Cause =
  | 'networkUnreachable'
  | 'hostUnreachable'
  | 'protocolUnreachable'
  | 'portUnreachable'
  | 'timeExceeded'
  | 'reassemblyTimeExceeded';

export type Answer =
  | { readonly kind: 'send'; readonly destination: Ipv4; readonly message: Message }
  | { readonly kind: 'ignored'; readonly why: string };

/** An error is at most so long: as much of the packet as fits (RFC 1812 §4.3.2.3). */
const LONGEST_OCTETS = 576;
const QUOTED_OCTETS = LONGEST_OCTETS - IP_HEADER_OCTETS - HEADER_OCTETS;

const CODE = {
  networkUnreachable: UNREACHABLE.network,
  hostUnreachable: UNREACHABLE.host,
  protocolUnreachable: UNREACHABLE.protocol,
  portUnreachable: UNREACHABLE.port,
} as const;

/** Types that are not errors: an error about one of them is allowed. */
const QUERIES: readonly number[] = [TYPE.echo, TYPE.echoReply, 9, 10, 13, 14, 15, 16, 17, 18];

/**
 * The answer to `packet`, which could not be delivered because of `cause`; `broadcast` says that it
 * came, or went, to everybody (by IP or by Ethernet).
 */
export function errorFor(config: Config, packet: Packet, cause: Cause, broadcast: boolean): Answer {
  const refused = refusal(config, packet, broadcast);
  if (refused !== null) return { kind: 'ignored', why: `no error is sent about ${refused}` };
  const payload = emit(packet).subarray(0, QUOTED_OCTETS);
  return { kind: 'send', destination: packet.source, message: messageFor(cause, payload) };
}

function messageFor(cause: Cause, payload: Uint8Array): Message {
  if (cause === 'timeExceeded' || cause === 'reassemblyTimeExceeded') {
    const code = cause === 'timeExceeded' ? EXCEEDED.inTransit : EXCEEDED.reassembly;
    return { kind: 'timeExceeded', code, payload };
  }
  return { kind: 'unreachable', code: CODE[cause], mtuOctets: 0, payload };
}

/** The five cases of RFC 1122 §3.2.2, in which an error would breed more of them. */
function refusal(config: Config, packet: Packet, broadcast: boolean): string | null {
  if (packet.protocol === PROTOCOL.icmp && !QUERIES.includes(packet.payload[0] ?? -1))
    return 'an ICMP error';
  if (broadcast) return 'what was sent to everybody';
  if (packet.fragmentOffset > 0) return 'a fragment that is not the first';
  const source = notOneHost(config, packet.source);
  return source === null ? null : `what comes from ${source}`;
}

export type Quoted = {
  readonly source: Ipv4;
  readonly destination: Ipv4;
  readonly protocol: number;
  /** The first octets behind the header; at least 8 when the error is well made. */
  readonly payload: Uint8Array;
};

/**
 * Whom an error is about: what can be told of the packet that it quotes, which is cut short. Null
 * when it quotes no IPv4 header.
 */
export function quoted(octets: Uint8Array): Quoted | null {
  const whole = parse(octets);
  if (whole.ok) return whole.value;
  if (octets.length < IP_HEADER_OCTETS) return null;
  // Only the length may be wrong: as if the packet ended where the quotation does.
  const filled = new Uint8Array(Math.max(octets.length, (octets[2] ?? 0) * 256 + (octets[3] ?? 0)));
  filled.set(octets);
  const parsed = parse(filled);
  if (!parsed.ok) return null;
  const { source, destination, protocol } = parsed.value;
  return { source, destination, protocol, payload: octets.subarray(headerOctetsOf(parsed.value)) };
}
