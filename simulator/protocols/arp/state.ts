/**
 * The ARP cache of one interface: which neighbours are known or asked for, and until when. Times
 * and limits are data.
 */
import type { Ipv4, Mac } from '../../contract/address';
import { SECOND_NS, NEVER, type Nanos } from '../../contract/time';
import { each, type Table } from '../../contract/table';

export type Settings = {
  /** How long an answer is believed: Linux's gc_stale_time, RFC 1122 §2.3.2.1 ("on the order of a minute"). */
  readonly reachableNs: number;
  /** Between two requests for one address: retrans_time_ms; RFC 1122 §2.3.2.1 (one a second). */
  readonly retryNs: number;
  /** Requests before an address counts as unreachable: Linux's mcast_solicit. */
  readonly tries: number;
  /** Packets that may wait for one address: Linux's unres_qlen. RFC 1122 §2.3.2.2 asks for one. */
  readonly queuePackets: number;
};

/** The numbers of Linux (Documentation/networking/ip-sysctl.rst, neigh/default). */
export const LINUX: Settings = {
  reachableNs: 60 * SECOND_NS,
  retryNs: SECOND_NS,
  tries: 3,
  queuePackets: 101,
};

/** Asked for and not answered yet. */
export type Incomplete = {
  readonly kind: 'incomplete';
  /** Requests sent. */
  readonly tries: number;
  readonly retryAtNs: Nanos;
  /** What waits for the answer, oldest first. */
  readonly packets: readonly Uint8Array[];
};

export type Reachable = {
  readonly kind: 'reachable';
  readonly mac: Mac;
  readonly expiresAtNs: Nanos;
};

export type Entry = Incomplete | Reachable;

export type State = {
  readonly mac: Mac;
  readonly address: Ipv4;
  readonly settings: Settings;
  /** By address. */
  readonly entries: Table<Entry>;
  /** When the next request or expiry is due. */
  readonly wakeAt: Nanos;
};

export function create(mac: Mac, address: Ipv4, settings: Settings = LINUX): State {
  return { mac, address, settings, entries: null, wakeAt: NEVER };
}

/** When `entry` has something to do by itself. */
export function dueAt(entry: Entry): Nanos {
  return entry.kind === 'incomplete' ? entry.retryAtNs : entry.expiresAtNs;
}

/** The state with these entries. */
export function withEntries(state: State, entries: Table<Entry>): State {
  let wakeAt: Nanos = NEVER;
  each(entries, (entry) => {
    wakeAt = Math.min(wakeAt, dueAt(entry));
  });
  return { ...state, entries, wakeAt };
}
