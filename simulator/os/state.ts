/**
 * The kernel's state: processes, open files, sockets, the rings of the network driver, the tables
 * of the protocols. Plain data; what lies in RAM (descriptor rings, buffers, the memory of
 * processes) is not in it.
 */
import type { Ipv4, Mac } from '../contract/address';
import type { Costs } from '../contract/costs';
import { EMPTY, type Octets } from '../contract/octets';
import { NONE } from '../contract/outcome';
import type { Plain } from '../contract/plain';
import type { Table } from '../contract/table';
import { NEVER, type Nanos } from '../contract/time';
import type { Stream } from '../bits/random';
import type * as tcp from '../protocols/tcp';
import { EMPTY_QUEUE, FRESH_RINGS, type Queue, type Rings } from './driver/state';
import { start as startNetwork, type Network } from './network/state';
import type { Socket } from './sockets/socket';
import type { Waiter } from './waiter';

/** Where the driver's rings and buffers lie in RAM, and how many descriptors each ring has. */
export type Layout = {
  readonly receiveRing: number;
  readonly receiveBuffers: number;
  readonly receiveCount: number;
  readonly transmitRing: number;
  readonly transmitBuffers: number;
  readonly transmitCount: number;
  /** What a machine-code process gets: from its first segment on, heap and stack included. */
  readonly processOctets: number;
};

/** A stretch of a program, with the zeros of its .bss. */
export type Segment = {
  readonly address: number;
  readonly octets: Uint8Array;
};

export type Image = { readonly segments: readonly Segment[]; readonly entry: number };

export type ProgramToStart =
  | { readonly kind: 'modelled'; readonly name: string; readonly arguments: Plain }
  | {
      readonly kind: 'machine';
      readonly name: string;
      readonly image: Image;
      readonly arguments: readonly string[];
    };

export type Config = {
  readonly hostname: string;
  readonly mac: Mac;
  readonly ip: Ipv4;
  readonly prefixLength: number;
  readonly gateway: Ipv4 | null;
  readonly layout: Layout;
  readonly costs: Costs;
  /** Started at boot, in this order. */
  readonly programs: readonly ProgramToStart[];
  readonly stream: Stream;
  /** How long a machine-code process runs while others are ready. */
  readonly sliceNs: number;
  /** Of every TCP connection that begins. */
  readonly tcp: tcp.Settings;
};

/** What the CPU needs to go on with a process: x0 to x31 as 0 to 2^32-1, and the pc. */
export type Context = { readonly registers: readonly number[]; readonly pc: number };

/** A process's own stretch of RAM: image, then heap up to `breakAt`, then free, then its stack. */
export type Memory = {
  readonly from: number;
  readonly to: number;
  readonly heapFrom: number;
  readonly breakAt: number;
};

export type OpenFile =
  { readonly kind: 'console' } | { readonly kind: 'socket'; readonly id: number };

export type ProcessState = 'ready' | 'running' | 'blocked' | 'exited';

export type Process = {
  readonly pid: number;
  readonly name: string;
  readonly kind: 'modelled' | 'machine';
  /** Of a modelled program: always `ready` until it exits; what it waits for hangs at the thing. */
  readonly state: ProcessState;
  /** What a blocked machine-code process waits for. */
  readonly why: string;
  /** The index is the descriptor. */
  readonly files: readonly (OpenFile | null)[];
  readonly context: Context | null;
  readonly memory: Memory | null;
  readonly status: number | null;
};

export type Sleeper = Waiter & { readonly atNs: Nanos };

export type Console = {
  /** The line being typed, and whole lines that were not read yet. */
  readonly line: readonly number[];
  readonly lines: Octets;
  readonly readers: readonly Waiter[];
};

export type Kernel = {
  readonly config: Config;
  readonly processes: Table<Process>;
  readonly nextPid: number;
  /** Machine-code processes that could run, next first. */
  readonly ready: readonly number[];
  /** The machine-code process on the CPU. */
  readonly current: number | null;
  readonly sliceEndsAtNs: Nanos;
  /** Earliest first. */
  readonly sleepers: readonly Sleeper[];
  readonly console: Console;
  readonly sockets: Table<Socket>;
  readonly nextSocket: number;
  /** Socket of each identifier of an ICMP echo socket, and of each UDP port. */
  readonly pings: Table<number>;
  readonly datagrams: Table<number>;
  /** Socket of each TCP connection, and of each port that is listened on. */
  readonly connections: Table<number>;
  readonly listeners: Table<number>;
  /** When the first of them has something to do by itself. */
  readonly socketsWakeAtNs: Nanos;
  readonly rings: Rings;
  readonly queue: Queue;
  readonly network: Network;
  /** Of the last IP packet sent. */
  readonly identification: number;
  /** The kernel's dice: identifiers, initial sequence numbers, ephemeral ports. */
  readonly stream: Stream;
  /** What the timer was last set to. */
  readonly timerAtNs: Nanos;
};

/** A kernel that has not booted: its tables are empty, its driver has given nothing to the NIC. */
export function create(config: Config): Kernel {
  return {
    config,
    processes: null,
    nextPid: 1,
    ready: NONE,
    current: null,
    sliceEndsAtNs: NEVER,
    sleepers: NONE,
    console: { line: NONE, lines: EMPTY, readers: NONE },
    sockets: null,
    nextSocket: 1,
    pings: null,
    datagrams: null,
    connections: null,
    listeners: null,
    socketsWakeAtNs: NEVER,
    rings: FRESH_RINGS,
    queue: EMPTY_QUEUE,
    network: startNetwork(config),
    identification: 0,
    stream: config.stream,
    timerAtNs: NEVER,
  };
}
