/**
 * ICMP messages (RFC 792): echo and its reply, destination unreachable (with the MTU of RFC 1191
 * §4), time exceeded; every other type is kept as it is. When to send which is the protocol's.
 */
import { octetsFor } from '../bits/slab';
import { checksum } from '../bits/checksum';
import { read16, read32, write16, write32 } from '../bits/words';
import { accept, refuse, type Parsed } from './parsed';

export const HEADER_OCTETS = 8;

export const TYPE = { echoReply: 0, unreachable: 3, echo: 8, timeExceeded: 11 } as const;

/** Codes of destination unreachable (RFC 792, RFC 1122 §3.2.2.1). */
export const UNREACHABLE = {
  network: 0,
  host: 1,
  protocol: 2,
  port: 3,
  fragmentationNeeded: 4,
} as const;

/** Codes of time exceeded. */
export const EXCEEDED = { inTransit: 0, reassembly: 1 } as const;

export type Echo = {
  readonly kind: 'echo' | 'echoReply';
  readonly identifier: number;
  readonly sequence: number;
  readonly payload: Uint8Array;
};

export type Unreachable = {
  readonly kind: 'unreachable';
  readonly code: number;
  /** MTU of the next hop; 0 unless the code is `fragmentationNeeded`. */
  readonly mtuOctets: number;
  /** The IPv4 header and the first octets of the packet that could not be delivered. */
  readonly payload: Uint8Array;
};

export type TimeExceeded = {
  readonly kind: 'timeExceeded';
  readonly code: number;
  /** As in {@link Unreachable}. */
  readonly payload: Uint8Array;
};

/** A type that has no row of its own here; `rest` are the octets 4 to 7 as one number. */
export type Other = {
  readonly kind: 'other';
  readonly type: number;
  readonly code: number;
  readonly rest: number;
  readonly payload: Uint8Array;
};

export type Message = Echo | Unreachable | TimeExceeded | Other;

/** A wrong checksum is refused. */
export function parse(octets: Uint8Array, from = 0, to = octets.length): Parsed<Message> {
  if (to - from < HEADER_OCTETS) return refuse('shorter than an ICMP header', to);
  if (checksum(octets, from, to) !== 0) return refuse('wrong ICMP checksum', from + 2);
  const type = octets[from] as number;
  const code = octets[from + 1] as number;
  const payload = octets.subarray(from + HEADER_OCTETS, to);
  switch (type) {
    case TYPE.echo:
    case TYPE.echoReply: {
      if (code !== 0) break;
      const kind = type === TYPE.echo ? 'echo' : 'echoReply';
      const identifier = read16(octets, from + 4);
      return accept({ kind, identifier, sequence: read16(octets, from + 6), payload });
    }
    case TYPE.unreachable: {
      const mtuOctets = code === UNREACHABLE.fragmentationNeeded ? read16(octets, from + 6) : 0;
      return accept({ kind: 'unreachable', code, mtuOctets, payload });
    }
    case TYPE.timeExceeded:
      return accept({ kind: 'timeExceeded', code, payload });
  }
  return accept({ kind: 'other', type, code, rest: read32(octets, from + 4), payload });
}

/** The header into zeros at `at`, its checksum still zero. */
function writeHeader(octets: Uint8Array, at: number, message: Message): void {
  switch (message.kind) {
    case 'echo':
    case 'echoReply':
      octets[at] = message.kind === 'echo' ? TYPE.echo : TYPE.echoReply;
      write16(octets, at + 4, message.identifier);
      write16(octets, at + 6, message.sequence);
      return;
    case 'unreachable':
      octets[at] = TYPE.unreachable;
      octets[at + 1] = message.code;
      write32(octets, at + 4, message.mtuOctets);
      return;
    case 'timeExceeded':
      octets[at] = TYPE.timeExceeded;
      octets[at + 1] = message.code;
      return;
    case 'other':
      octets[at] = message.type;
      octets[at + 1] = message.code;
      write32(octets, at + 4, message.rest);
  }
}

/** The message after `headroomOctets` zeros for the headers of lower layers. */
export function emit(message: Message, headroomOctets = 0): Uint8Array {
  const at = headroomOctets;
  const octets = octetsFor(at + HEADER_OCTETS + message.payload.length);
  writeHeader(octets, at, message);
  octets.set(message.payload, at + HEADER_OCTETS);
  write16(octets, at + 2, checksum(octets, at));
  return octets;
}
