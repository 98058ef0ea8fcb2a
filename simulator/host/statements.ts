/**
 * What parts of a computer say of one matter, so that laws can hold their statements against each
 * other: connections, who runs, what the processor may reach, what the interface counted.
 */
import type { Endpoint } from '../contract/program';
import type { Octets } from '../contract/octets';
import { values } from '../contract/table';
import { add32 } from '../bits/words';
import { PMP_READ, regionOf } from '../cpu/pmp';
import { USER } from '../cpu/state';
import type { State as Connection } from '../protocols/tcp/state';
import type { Computer } from './computer';

/** Octets of a stream with the sequence number of the first. */
export type Run = { readonly from: number; readonly octets: Octets };

/** One end of a TCP connection after its SYN was answered. Names are those of RFC 9293 §3.3.1. */
export type EndOfStream = {
  readonly local: Endpoint;
  readonly remote: Endpoint;
  readonly iss: number;
  readonly irs: number;
  /** SND.UNA, and the number after the highest that was ever sent. */
  readonly una: number;
  readonly sent: number;
  /** RCV.NXT. */
  readonly wanted: number;
  /** What was written and is not acknowledged; what came and is not read. */
  readonly kept: Run;
  readonly unread: Run;
};

const SILENT: ReadonlySet<string> = new Set(['CLOSED', 'LISTEN', 'SYN-SENT']);

function endOf({ local, remote, send, receive }: Connection): EndOfStream {
  const fin = receive.ended ? 1 : 0;
  const keptFrom = send.synAcknowledged ? send.una : add32(send.iss, 1);
  return {
    local,
    remote,
    iss: send.iss,
    irs: receive.irs,
    una: send.una,
    sent: send.max,
    wanted: receive.nxt,
    kept: { from: keptFrom, octets: send.buffer },
    unread: { from: add32(receive.nxt, -fin - receive.buffer.length), octets: receive.buffer },
  };
}

export function streamsOf({ fields }: Computer): EndOfStream[] {
  return values(fields.kernel.sockets).flatMap((socket) => {
    const connection = socket.kind === 'stream' ? socket.connection : null;
    return connection === null || SILENT.has(connection.phase) ? [] : [endOf(connection)];
  });
}

/** The machine-code process that the scheduler chose, and those that the table says run. */
export function runnersOf({ fields: { kernel } }: Computer): {
  readonly chosen: number | null;
  readonly running: readonly number[];
} {
  const running = values(kernel.processes).filter(({ state }) => state === 'running');
  return { chosen: kernel.current, running: running.map(({ pid }) => pid) };
}

export type Stretch = { readonly from: number; readonly to: number };

/** x0, and whether the processor executes a program (else the kernel, or it waits). */
export function processorOf({ machine }: Computer): {
  readonly x0: number;
  readonly isUser: boolean;
} | null {
  if (machine === null) return null;
  const { x, mode } = machine.cpu;
  return { x0: x[0] as number, isUser: mode === USER };
}

/**
 * The memory of the process that runs, and what memory protection lets the processor reach there;
 * null while no program runs.
 */
export function reachOf({ fields: { kernel }, machine }: Computer): {
  readonly pid: number;
  readonly memory: Stretch;
  readonly reach: Stretch;
} | null {
  if (machine === null || machine.cpu.mode !== USER) return null;
  const process = values(kernel.processes).find(({ pid }) => pid === kernel.current);
  if (process === undefined || process.memory === null) return null;
  const { from, to } = process.memory;
  const region = regionOf(machine.cpu.pmp, from, PMP_READ, USER);
  const reach = region.allowed ? { from: region.low, to: region.high } : { from: 0, to: 0 };
  return { pid: process.pid, memory: { from, to }, reach };
}

/** Frames that reached the interface: taken, waiting, refused. */
export function framesAt({ nic: { counters, fifo } }: Computer): {
  readonly taken: number;
  readonly waiting: number;
  readonly refused: number;
} {
  const { received, badFcs, notForUs, overruns } = counters;
  return { taken: received, waiting: fifo.length, refused: badFcs + notForUs + overruns };
}
