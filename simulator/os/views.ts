/** What a screen shows of the kernel: plain lists, made from its state when they are asked for. */
import { formatIpv4, formatMac } from '../contract/address';
import type { Endpoint } from '../contract/program';
import { entries, values } from '../contract/table';
import { NEVER, type Nanos } from '../contract/time';
import type { Phase } from '../protocols/tcp';
import type { Kernel, Process, ProcessState } from './state';
import type { MessageSocket, Socket, StreamSocket } from './sockets/socket';
import type { Waiter } from './waiter';

export type ProcessView = {
  readonly pid: number;
  readonly name: string;
  readonly kind: 'modelled' | 'machine';
  readonly state: ProcessState;
  /** The calls that wait, and for what. */
  readonly waits: readonly { readonly call: string; readonly why: string }[];
  readonly status: number | null;
  readonly pc: number | null;
  readonly memory: Process['memory'];
  readonly files: readonly string[];
};

export type SocketView = {
  readonly id: number;
  readonly kind: Socket['kind'];
  readonly owner: number;
  /** A descriptor, or a listening socket's queue, still refers to it. */
  readonly held: boolean;
  readonly local: string;
  readonly peer: string;
  /** Of TCP; else null. */
  readonly state: Phase | null;
  readonly receiveOctets: number;
  readonly sendOctets: number;
  readonly waitingToBeAccepted: number;
  /** When its connection next does something by itself. */
  readonly wakeAtNs: Nanos;
};

type Wait = { readonly waiter: Waiter; readonly why: string };

function waitersOf(socket: Socket): readonly Waiter[] {
  if (socket.kind !== 'stream') return socket.readers;
  const connecter = socket.connecter === null ? [] : [socket.connecter];
  const writers = socket.writers.map((writer) => writer.waiter);
  return [...socket.readers, ...writers, ...connecter, ...(socket.listening?.accepters ?? [])];
}

function waitsOf(kernel: Kernel): Wait[] {
  const waits = kernel.sleepers.map((waiter): Wait => ({ waiter, why: `time ${waiter.atNs} ns` }));
  for (const waiter of kernel.console.readers) waits.push({ waiter, why: 'the console' });
  for (const socket of values(kernel.sockets))
    for (const waiter of waitersOf(socket)) waits.push({ waiter, why: `socket ${socket.id}` });
  return waits;
}

export function processViews(kernel: Kernel): ProcessView[] {
  const all = waitsOf(kernel);
  return values(kernel.processes).map((process) => {
    const { pid, name, kind, status, memory } = process;
    const waits = all
      .filter(({ waiter }) => waiter.process === pid)
      .map(({ waiter, why }) => ({ call: waiter.call.kind, why }));
    const waiting = kind === 'modelled' && process.state === 'ready' && waits.length > 0;
    const state = waiting ? 'blocked' : process.state;
    const files = process.files.map((file) => {
      if (file === null) return 'closed';
      return file.kind === 'console' ? 'console' : `socket ${file.id}`;
    });
    return {
      pid,
      name,
      kind,
      state,
      waits,
      status,
      memory,
      files,
      pc: process.context?.pc ?? null,
    };
  });
}

const endpointText = (endpoint: Endpoint | null): string =>
  endpoint === null ? '' : `${formatIpv4(endpoint.address)}:${endpoint.port}`;

export function socketViews(kernel: Kernel): SocketView[] {
  return values(kernel.sockets).map((socket) =>
    socket.kind === 'stream' ? streamView(socket) : messageView(kernel, socket),
  );
}

function messageView(kernel: Kernel, socket: MessageSocket): SocketView {
  const { id, kind, owner, number, peer, queuedOctets } = socket;
  const { ip } = kernel.config;
  const isEcho = kind === 'icmp';
  return {
    id,
    kind,
    owner,
    held: true,
    local: isEcho
      ? `${formatIpv4(ip)} identifier ${number}`
      : endpointText({ address: ip, port: number }),
    peer: isEcho && peer !== null ? formatIpv4(peer.address) : endpointText(peer),
    state: null,
    receiveOctets: queuedOctets,
    sendOctets: 0,
    waitingToBeAccepted: 0,
    wakeAtNs: NEVER,
  };
}

function streamView(socket: StreamSocket): SocketView {
  const { id, kind, owner, held, local, connection, listening } = socket;
  const fresh = { id, kind, owner, held, local: endpointText(local), peer: '' };
  const empty = { receiveOctets: 0, sendOctets: 0, waitingToBeAccepted: 0, wakeAtNs: NEVER };
  if (listening !== null) {
    const { machine, queue } = listening;
    return { ...fresh, state: machine.phase, ...empty, waitingToBeAccepted: queue.length };
  }
  if (connection === null) return { ...fresh, state: 'CLOSED', ...empty };
  return {
    ...fresh,
    local: endpointText(connection.local),
    peer: endpointText(connection.remote),
    state: connection.phase,
    receiveOctets: connection.receive.buffer.length,
    sendOctets: connection.send.buffer.length,
    waitingToBeAccepted: 0,
    wakeAtNs: connection.wakeAt,
  };
}

export type NeighbourView = {
  readonly address: string;
  /** Null while it is asked for. */
  readonly mac: string | null;
  /** When it is asked again, or no longer believed. */
  readonly untilNs: Nanos;
  readonly waitingPackets: number;
};

/** The ARP table. */
export function neighbourViews(kernel: Kernel): NeighbourView[] {
  return entries(kernel.network.arp.entries).map(([address, entry]) => ({
    address: formatIpv4(address as number),
    mac: entry.kind === 'reachable' ? formatMac(entry.mac) : null,
    untilNs: entry.kind === 'reachable' ? entry.expiresAtNs : entry.retryAtNs,
    waitingPackets: entry.kind === 'incomplete' ? entry.packets.length : 0,
  }));
}
