/**
 * What the network says about packets that we sent: an ICMP error that quotes one (RFC 1122
 * §3.2.2), or the neighbour that does not answer ARP. Whoever sent the packet is told.
 */
import type { ErrorName } from '../../contract/call';
import { read16 } from '../../bits/words';
import * as icmp from '../../protocols/icmp';
import * as ethernet from '../../wire/ethernet';
import { TYPE, UNREACHABLE, type TimeExceeded, type Unreachable } from '../../wire/icmp';
import { PROTOCOL } from '../../wire/ipv4';
import { failDatagram } from '../sockets/datagram';
import { failIcmp } from '../sockets/icmp';
import { failConnection } from '../sockets/segments';
import { say, type Turn } from '../turn';

/** Linux's icmp_err_convert (net/ipv4/icmp.c), as far as there are errors for it here. */
const ERRORS: { readonly [code: number]: ErrorName } = {
  [UNREACHABLE.network]: 'ENETUNREACH',
  [UNREACHABLE.host]: 'EHOSTUNREACH',
  [UNREACHABLE.protocol]: 'ECONNREFUSED',
  [UNREACHABLE.port]: 'ECONNREFUSED',
  [UNREACHABLE.fragmentationNeeded]: 'EMSGSIZE',
};

export function reportError(turn: Turn, message: Unreachable | TimeExceeded): void {
  const error = message.kind === 'unreachable' ? ERRORS[message.code] : undefined;
  report(turn, message.payload, error ?? 'EHOSTUNREACH');
}

/** A frame of ours, from its headroom on, for which no neighbour was found. */
export function reportLost(turn: Turn, frame: Uint8Array): void {
  report(turn, frame.subarray(ethernet.HEADER_OCTETS), 'EHOSTUNREACH');
}

function report(turn: Turn, packet: Uint8Array, error: ErrorName): void {
  const about = icmp.quoted(packet);
  if (about?.source !== turn.kernel.network.ip.address) {
    say(turn, { kind: 'ignored', protocol: 'icmp', why: 'an error about no packet of ours' });
    return;
  }
  const { payload, protocol, destination } = about;
  if (protocol === PROTOCOL.icmp && payload[0] === TYPE.echo && payload.length >= 8)
    failIcmp(turn, read16(payload, 4), error);
  else if (payload.length >= 8 && (protocol === PROTOCOL.tcp || protocol === PROTOCOL.udp)) {
    const peer = { address: destination, port: read16(payload, 2) };
    const fail = protocol === PROTOCOL.tcp ? failConnection : failDatagram;
    fail(turn, read16(payload, 0), peer, error);
  } else say(turn, { kind: 'ignored', protocol: 'icmp', why: 'an error that concerns no socket' });
}
