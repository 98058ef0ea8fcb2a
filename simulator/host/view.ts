/** What a screen can ask of one computer at a moment: plain answers, made only when asked. */
import { slice } from '../contract/octets';
import {
  AT_COMMAND,
  AT_ERRORS,
  AT_LENGTH,
  AT_STATUS,
  DESCRIPTOR_OCTETS,
  STATUS_DONE,
} from '../contract/e1000';
import { formatIpv4, formatMac, type Mac } from '../contract/address';
import { PAGE_OCTETS } from '../contract/map';
import { entries } from '../contract/table';
import { NEVER, type Nanos } from '../contract/time';
import type { Nic } from '../hardware/nic';
import * as nic from '../hardware/nic';
import type { Computer } from './computer';
import type { AluUse, Latches } from './inside';
import { machineView, type MachineView } from './machineView';
import { regionsOf, type Region } from './layout';
import { processViews, socketViews, type ProcessView, type SocketView } from '../os/views';

export type DescriptorView = {
  readonly address: number;
  readonly buffer: number;
  readonly lengthOctets: number;
  readonly command: number;
  readonly status: number;
  readonly errors: number;
  readonly done: boolean;
  /** Between head and tail: the interface's to work on. */
  readonly owned: boolean;
};

export type RingView = {
  readonly head: number;
  readonly tail: number;
  readonly descriptors: readonly DescriptorView[];
};

export type NicView = {
  readonly mac: Mac;
  readonly bitsPerSecond: number;
  readonly registers: Nic['registers'];
  readonly counters: Nic['counters'];
  readonly interrupt: boolean;
  readonly waitingFrames: number;
  readonly receive: RingView;
  readonly transmit: RingView;
  /** Is a DMA transfer under way, and until when. */
  readonly receivingUntilNs: Nanos | null;
  readonly transmittingUntilNs: Nanos | null;
};

export type RamView = {
  readonly base: number;
  readonly lengthOctets: number;
  readonly from: number;
  readonly octets: Uint8Array;
  readonly regions: readonly Region[];
  /** For each page: does it hold anything but zeros. */
  readonly used: readonly boolean[];
};

export type ConsoleView = { readonly text: string; readonly typed: string };

function ringView(computer: Computer, which: 'R' | 'T'): RingView {
  const { registers } = computer.nic;
  const pick = <T>(receive: T, transmit: T): T => (which === 'R' ? receive : transmit);
  const base = pick(registers.RDBAL, registers.TDBAL);
  const count = pick(registers.RDLEN, registers.TDLEN) / DESCRIPTOR_OCTETS;
  const head = pick(registers.RDH, registers.TDH);
  const tail = pick(registers.RDT, registers.TDT);
  const owned = (index: number): boolean =>
    (index - head + count) % count < (tail - head + count) % count;
  const descriptors = Array.from({ length: count }, (_, index): DescriptorView => {
    const address = base + index * DESCRIPTOR_OCTETS;
    const octets = computer.port.load(address, DESCRIPTOR_OCTETS);
    const status = octets[AT_STATUS] ?? 0;
    return {
      address,
      buffer: computer.port.load32(address),
      lengthOctets: (octets[AT_LENGTH] ?? 0) + 256 * (octets[AT_LENGTH + 1] ?? 0),
      command: octets[AT_COMMAND] ?? 0,
      status,
      errors: octets[AT_ERRORS] ?? 0,
      done: status % 2 === STATUS_DONE,
      owned: owned(index),
    };
  });
  return { head, tail, descriptors };
}

const soon = (atNs: Nanos): Nanos | null => (atNs === NEVER ? null : atNs);

export function nicView(computer: Computer): NicView {
  const state = computer.nic;
  return {
    mac: state.mac,
    bitsPerSecond: state.bitsPerSecond,
    registers: { ...state.registers },
    counters: { ...state.counters },
    interrupt: nic.asserts(state),
    waitingFrames: state.fifo.length,
    receive: ringView(computer, 'R'),
    transmit: ringView(computer, 'T'),
    receivingUntilNs: soon(state.receiveAtNs),
    transmittingUntilNs: soon(state.transmitAtNs),
  };
}

/** Octets `from` to before `from + lengthOctets`, clipped to RAM. */
export function ramView(computer: Computer, from: number, lengthOctets: number): RamView {
  const { ram, spec } = computer;
  const start = Math.min(Math.max(from - ram.base, 0), ram.octets.length);
  const octets = ram.octets.slice(start, start + Math.max(0, lengthOctets));
  const used = ram.pages.map((_, page) =>
    ram.octets.subarray(page * PAGE_OCTETS, (page + 1) * PAGE_OCTETS).some((octet) => octet !== 0),
  );
  const { base } = ram;
  const regions = regionsOf(spec.ramOctets);
  return { base, lengthOctets: ram.octets.length, from: base + start, octets, regions, used };
}

/** Text as ISO 8859-1, so that every octet is one character; the last `most` octets of it. */
export function consoleView(computer: Computer, most = 16_384): ConsoleView {
  const { printed, typed } = computer.fields.console;
  const text = (octets: Uint8Array): string =>
    Array.from(octets, (octet) => String.fromCharCode(octet)).join('');
  return {
    text: text(slice(printed, Math.max(0, printed.length - most), printed.length)),
    typed: text(slice(typed, 0, typed.length)),
  };
}

/** What occupies the processor of a computer without an instruction-level CPU. */
export type ProcessorView = ModelledView | MachineView;

export type ModelledView = {
  readonly kind: 'modelled';
  readonly busyUntilNs: Nanos;
  readonly waitingCalls: number;
};

/** `lastAlu`: what its ALU did in the instruction before, where that is known. */
export function processorView(
  computer: Computer,
  inside: Latches | null,
  lastAlu: AluUse | null,
): ProcessorView {
  const { fields, machine } = computer;
  if (machine !== null) return machineView(computer, machine, inside, lastAlu);
  const { busyUntilNs, pending } = fields;
  return { kind: 'modelled', busyUntilNs, waitingCalls: pending.length };
}

export type NeighbourView = {
  readonly address: string;
  readonly state: 'incomplete' | 'reachable';
  readonly mac: string | null;
  /** When the entry is given up, or asked for again. */
  readonly dueNs: Nanos;
  readonly waitingPackets: number;
};

export type OsView = {
  readonly processes: readonly ProcessView[];
  readonly sockets: readonly SocketView[];
  readonly neighbours: readonly NeighbourView[];
};

/** The ARP cache. */
function neighboursOf({ fields }: Computer): NeighbourView[] {
  return entries(fields.kernel.network.arp.entries).map(([key, entry]) => {
    const known = entry.kind === 'reachable';
    return {
      address: formatIpv4(Number(key)),
      state: entry.kind,
      mac: known ? formatMac(entry.mac) : null,
      dueNs: known ? entry.expiresAtNs : entry.retryAtNs,
      waitingPackets: known ? 0 : entry.packets.length,
    };
  });
}

export function osView(computer: Computer): OsView {
  const { kernel } = computer.fields;
  return {
    processes: processViews(kernel),
    sockets: socketViews(kernel),
    neighbours: neighboursOf(computer),
  };
}
