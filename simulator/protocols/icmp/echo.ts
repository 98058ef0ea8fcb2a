/**
 * Echo (RFC 792, RFC 1122 §3.2.2.6): every host answers, and a client tells its replies by
 * identifier and sequence.
 */
import type { Packet } from '../../wire/ipv4';
import { parse, type Echo, type TimeExceeded, type Unreachable } from '../../wire/icmp';

export type Received =
  /** `message` is to go back to the source of the packet. */
  | { readonly kind: 'answer'; readonly message: Echo }
  /** For whoever sent the request with this identifier. */
  | { readonly kind: 'reply'; readonly message: Echo }
  /** For whoever sent the packet that `message.payload` quotes. */
  | { readonly kind: 'error'; readonly message: Unreachable | TimeExceeded }
  | { readonly kind: 'ignored'; readonly why: string };

/** What to do with the message in `packet`, which went to everybody if `broadcast`. */
export function receive(packet: Packet, broadcast: boolean): Received {
  const parsed = parse(packet.payload);
  if (!parsed.ok) return { kind: 'ignored', why: parsed.why };
  const message = parsed.value;
  switch (message.kind) {
    case 'echo':
      // MAY be discarded (RFC 1122 §3.2.2.6); Linux does, or one ping would bring a storm.
      if (broadcast) return { kind: 'ignored', why: 'an echo request to everybody' };
      return { kind: 'answer', message: replyTo(message) };
    case 'echoReply':
      return { kind: 'reply', message };
    case 'unreachable':
    case 'timeExceeded':
      return { kind: 'error', message };
    case 'other': // MUST be silently discarded (RFC 1122 §3.2.2); here with a reason.
      return { kind: 'ignored', why: `type ${message.type} is not understood` };
  }
}

const replyTo = ({ identifier, sequence, payload }: Echo): Echo => ({
  kind: 'echoReply',
  identifier,
  sequence,
  payload,
});

export function request(identifier: number, sequence: number, payload: Uint8Array): Echo {
  return { kind: 'echo', identifier, sequence, payload };
}

/** True when `reply` answers `asked`: same identifier, sequence and data (RFC 792). */
export function answers(reply: Echo, asked: Echo): boolean {
  if (reply.kind !== 'echoReply') return false;
  if (reply.identifier !== asked.identifier || reply.sequence !== asked.sequence) return false;
  if (reply.payload.length !== asked.payload.length) return false;
  return reply.payload.every((octet, i) => octet === asked.payload[i]);
}
