/**
 * The host's side of IPv4 (RFC 791, RFC 1122 §3.2.1 and §3.3.1): which packets are taken in, where
 * packets go next, and the header of those that are sent. Forwarding belongs to routers; a fragment
 * is delivered as one, for reassembly.ts.
 */
import type { Ipv4 } from '../../contract/address';
import { NO_OPTIONS, parse, type Header, type Packet } from '../../wire/ipv4';
import { isBroadcast, isOnLink, notOneHost, type Config } from './addresses';

export type Received =
  | {
      readonly kind: 'deliver';
      readonly packet: Packet;
      /** It went to everybody: no ICMP error may answer it. */
      readonly broadcast: boolean;
    }
  | { readonly kind: 'ignored'; readonly why: string };

/** RFC 1122 §3.2.1.7, RFC 1340: the recommended default. */
export const DEFAULT_TTL = 64;

const ignored = (why: string): Received => ({ kind: 'ignored', why });

/** What to do with the packet in `octets` `from` to before `to`; padding may follow it. */
export function receive(
  config: Config,
  octets: Uint8Array,
  from = 0,
  to = octets.length,
): Received {
  const parsed = parse(octets, from, to);
  if (!parsed.ok) return ignored(parsed.why);
  const packet = parsed.value;
  // Silently discarded by RFC 1122 §3.2.1.3; here with a reason.
  const martian = notOneHost(config, packet.source);
  if (martian !== null) return ignored(`the source is ${martian}`);
  const broadcast = isBroadcast(config, packet.destination);
  if (packet.destination !== config.address && !broadcast)
    return ignored('the destination is another host');
  return { kind: 'deliver', packet, broadcast };
}

/**
 * The neighbour that a packet for `destination` goes to: the destination itself on our own network,
 * else the gateway (RFC 1122 §3.3.1.1). Null: there is no way. A broadcast address is its own next
 * hop, and then the MAC is the broadcast one.
 */
export function route(config: Config, destination: Ipv4): Ipv4 | null {
  if (isOnLink(config, destination) || isBroadcast(config, destination)) return destination;
  return config.gateway;
}

/** The identification after `identification`, 16 bits. */
export function nextIdentification(identification: number): number {
  return (identification + 1) % 0x1_0000;
}

export const isFragment = ({ moreFragments, fragmentOffset }: Header): boolean =>
  moreFragments || fragmentOffset > 0;

/** The header of a packet that we send. It may not be fragmented, as with path MTU discovery. */
export function header(
  config: Config,
  destination: Ipv4,
  protocol: number,
  identification: number,
): Header {
  return {
    source: config.address,
    destination,
    protocol,
    ttl: DEFAULT_TTL,
    service: 0,
    identification,
    dontFragment: true,
    moreFragments: false,
    fragmentOffset: 0,
    options: NO_OPTIONS,
  };
}
