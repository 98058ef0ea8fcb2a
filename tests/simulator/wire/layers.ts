/** A frame without FCS through all codecs and back, for tests that want every layer at once. */
import * as arp from '../../../simulator/wire/arp';
import * as ethernet from '../../../simulator/wire/ethernet';
import * as icmp from '../../../simulator/wire/icmp';
import * as ipv4 from '../../../simulator/wire/ipv4';
import type { Parsed } from '../../../simulator/wire/parsed';
import * as tcp from '../../../simulator/wire/tcp';
import * as udp from '../../../simulator/wire/udp';

export function accepted<T>(parsed: Parsed<T>): T {
  if (!parsed.ok) throw new Error(`${parsed.why} at ${parsed.at}`);
  return parsed.value;
}

/** Parses down to the transport and emits every layer again from its value. */
export function rebuild(octets: Uint8Array): Uint8Array {
  const frame = accepted(ethernet.parse(octets));
  if (frame.type === ethernet.TYPE.arp) {
    const payload = arp.emit(accepted(arp.parse(frame.payload)));
    return ethernet.emit({ ...frame, payload });
  }
  const packet = accepted(ipv4.parse(frame.payload));
  const payload = rebuildTransport(packet);
  return ethernet.emit({ ...frame, payload: ipv4.emit({ ...packet, payload }) });
}

function rebuildTransport(packet: ipv4.Packet): Uint8Array {
  const { payload, source, destination } = packet;
  const length = payload.length;
  switch (packet.protocol) {
    case ipv4.PROTOCOL.icmp:
      return icmp.emit(accepted(icmp.parse(payload)));
    case ipv4.PROTOCOL.udp: {
      const datagram = accepted(udp.parse(payload, 0, length, source, destination));
      return udp.emit(datagram, source, destination);
    }
    case ipv4.PROTOCOL.tcp: {
      const segment = accepted(tcp.parse(payload, 0, length, source, destination));
      return tcp.emit(segment, source, destination);
    }
    default:
      throw new Error(`protocol ${packet.protocol}`);
  }
}
