/** Sockets as the kernel keeps them; calls that wait hang in their queues. */
import type { ErrorName } from '../../contract/call';
import type { Endpoint } from '../../contract/program';
import type { Waiter } from '../waiter';

/** A message that nobody has read yet. */
export type Received = {
  readonly octets: Uint8Array;
  readonly peer: Endpoint;
  readonly ttl: number;
};

/** Linux's "ping socket": echo requests out, their replies in; the kernel sets the identifier. */
export type IcmpSocket = {
  readonly kind: 'icmp';
  readonly id: number;
  readonly owner: number;
  /** 0 until bound or first used. */
  readonly identifier: number;
  readonly peer: Endpoint | null;
  readonly queue: readonly Received[];
  readonly queuedOctets: number;
  readonly readers: readonly Waiter[];
  /** Told once to the next call that reads. */
  readonly error: ErrorName | null;
};

export type Socket = IcmpSocket;
