/**
 * A modelled program: a step function over plain state that issues system calls. Machine code has
 * one call outstanding; a modelled program may have several, told apart by its own tags.
 */
import type { Ipv4 } from './address';
import type { ErrorName } from './call';
import type { Kinded, Outcome } from './outcome';
import type { Plain } from './plain';
import type { Nanos } from './time';

export type SocketKind = 'stream' | 'datagram' | 'icmp';
export type Endpoint = { readonly address: Ipv4; readonly port: number };

/** A system call with its operands as values; for machine code the kernel reads them from RAM. */
export type SystemCall =
  | { readonly kind: 'read'; readonly fd: number; readonly maxOctets: number }
  | { readonly kind: 'write'; readonly fd: number; readonly octets: Uint8Array }
  | { readonly kind: 'close'; readonly fd: number }
  | { readonly kind: 'exit'; readonly status: number }
  | { readonly kind: 'nanosleep'; readonly delayNs: number }
  | { readonly kind: 'clock_gettime' }
  | { readonly kind: 'getpid' }
  | { readonly kind: 'sched_yield' }
  | { readonly kind: 'socket'; readonly socket: SocketKind }
  | { readonly kind: 'bind'; readonly fd: number; readonly endpoint: Endpoint }
  | { readonly kind: 'listen'; readonly fd: number; readonly backlog: number }
  | { readonly kind: 'accept'; readonly fd: number }
  | { readonly kind: 'connect'; readonly fd: number; readonly endpoint: Endpoint }
  | {
      readonly kind: 'sendto';
      readonly fd: number;
      readonly octets: Uint8Array;
      readonly endpoint: Endpoint | null;
    }
  | { readonly kind: 'recvfrom'; readonly fd: number; readonly maxOctets: number }
  | { readonly kind: 'brk'; readonly address: number };

/** What a call answers: a count, a descriptor or a time, with octets and a peer where it has them. */
export type Reply =
  | {
      readonly ok: true;
      readonly value: number;
      readonly octets?: Uint8Array;
      readonly peer?: Endpoint;
      /** Time to live of the packet that brought the octets, as IP_RECVTTL asks for it. */
      readonly ttl?: number;
    }
  | { readonly ok: false; readonly error: ErrorName };

export type ProgramInput =
  | { readonly kind: 'start'; readonly arguments: Plain }
  | { readonly kind: 'returned'; readonly tag: number; readonly reply: Reply };

export type ProgramEffect =
  | { readonly kind: 'call'; readonly tag: number; readonly call: SystemCall }
  /** CPU time that the work just done takes. */
  | { readonly kind: 'compute'; readonly cycles: number };

export type ProgramNote = Kinded;

export type Program = {
  readonly start: Plain;
  readonly step: (
    state: Plain,
    input: ProgramInput,
    now: Nanos,
  ) => Outcome<Plain, ProgramEffect, ProgramNote>;
};
