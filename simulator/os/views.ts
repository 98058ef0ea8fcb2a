/** What a screen shows of the kernel: plain lists, made from its state when they are asked for. */
import { formatIpv4 } from '../contract/address';
import { values } from '../contract/table';
import type { Kernel, Process, ProcessState } from './state';
import type { Socket } from './sockets/socket';
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
  readonly local: string;
  readonly peer: string;
  /** Of TCP: its state's name; else empty. */
  readonly state: string;
  readonly receiveOctets: number;
  readonly sendOctets: number;
};

type Wait = { readonly waiter: Waiter; readonly why: string };

function waitsOf(kernel: Kernel): Wait[] {
  const waits = kernel.sleepers.map((waiter): Wait => ({ waiter, why: `time ${waiter.atNs} ns` }));
  for (const waiter of kernel.console.readers) waits.push({ waiter, why: 'the console' });
  for (const socket of values(kernel.sockets))
    for (const waiter of socket.readers) waits.push({ waiter, why: `socket ${socket.id}` });
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

export function socketViews(kernel: Kernel): SocketView[] {
  return values(kernel.sockets).map((socket) => ({
    id: socket.id,
    kind: socket.kind,
    owner: socket.owner,
    local: `${formatIpv4(kernel.config.ip)} identifier ${socket.identifier}`,
    peer: socket.peer === null ? '' : formatIpv4(socket.peer.address),
    state: '',
    receiveOctets: socket.queuedOctets,
    sendOctets: 0,
  }));
}
