/**
 * One computer: what it is made of, as one hot part of the world that mutates itself in place and
 * gives `save` and `restore`. What its fields hold is plain data that is replaced, never changed, but
 * for two short lists; so a checkpoint is references and the pages written since the one before.
 */
import type { Costs } from '../contract/costs';
import { NONE } from '../contract/outcome';
import type { Plain } from '../contract/plain';
import type { Reply, SystemCall } from '../contract/program';
import type { RamPort } from '../contract/ram';
import type { See } from '../contract/see';
import type { Cause } from '../contract/see';
import type { Table } from '../contract/table';
import type { Nanos } from '../contract/time';
import type { Stream } from '../bits/random';
import * as clint from '../hardware/clint';
import * as console from '../hardware/console';
import * as nic from '../hardware/nic';
import * as plic from '../hardware/plic';
import * as ram from '../hardware/ram';
import { create as createKernel, type Kernel } from '../os/state';
import { busOf } from './bus';
import * as cpu from '../cpu/state';
import { layoutOf } from './layout';
import { createMachine, type EngineName, type Machine } from './processor';
import { tcpOf, type ComputerSpec } from './spec';

/** A call that a modelled program made and the kernel has not served yet. */
export type Pending = {
  readonly process: number;
  readonly tag: number;
  readonly call: SystemCall;
  readonly cause: Cause | null;
};

/** What the kernel hands to a modelled program, due when the kernel's work ends. */
export type Due = {
  readonly atNs: Nanos;
  readonly process: number;
  readonly cause: Cause | null;
  readonly what:
    | { readonly kind: 'start'; readonly program: string; readonly arguments: Plain }
    | {
        readonly kind: 'returned';
        readonly tag: number;
        readonly name: string;
        readonly reply: Reply;
      };
};

export type Kill = { readonly process: number; readonly cause: Cause | null };

export type Running = { readonly program: string; readonly state: Plain };

/** Plain, all of it: the part of a computer that is not RAM. */
export type Fields = {
  console: console.State;
  clint: clint.State;
  plic: plic.State;
  kernel: Kernel;
  programs: Table<Running>;
  /** The two lists grow and shrink in place; the others are replaced. */
  readonly pending: Pending[];
  readonly due: Due[];
  /** Processes that somebody outside ends, soonest first, until the kernel looks. */
  kills: readonly Kill[];
  /** Until when the processor is occupied. */
  busyUntilNs: Nanos;
  booted: boolean;
  /** Of the spec's keys, how many have been pressed. */
  pressed: number;
  /** What led to what was typed and not read yet. */
  typing: { readonly cause: Cause | null };
  /** What led to the interrupt that is pending. */
  cause: Cause | null;
};

export type Computer = {
  /** Its number among the parts of the world. */
  readonly number: number;
  readonly spec: ComputerSpec;
  readonly costs: Costs;
  readonly ram: ram.Ram;
  readonly port: RamPort;
  /** The instruction-level processor; null when the processor is modelled. */
  readonly machine: Machine | null;
  readonly nic: nic.Nic;
  readonly see: See;
  /** Puts a frame on the cable; given by the world. */
  readonly transmit: (octets: Uint8Array, cause: Cause | null) => void;
  fields: Fields;
};

export type Saved = {
  readonly ram: ram.Snapshot;
  readonly fields: Readonly<Fields>;
  readonly cpu: cpu.Cpu | null;
  readonly nic: nic.Nic;
};

export type Surroundings = {
  readonly engine: EngineName;
  readonly number: number;
  readonly costs: Costs;
  readonly see: See;
  readonly bitsPerSecond: number;
  readonly stream: Stream;
  readonly transmit: (octets: Uint8Array, cause: Cause | null) => void;
};

/** How long a machine-code process runs while others are ready: 1 ms. */
const SLICE_NS = 1_000_000;

export function create(spec: ComputerSpec, around: Surroundings): Computer {
  const memory = ram.create(spec.ramOctets);
  const { costs, see, transmit } = around;
  const fields: Fields = {
    console: console.START,
    clint: clint.START,
    plic: plic.START,
    kernel: createKernel({
      hostname: spec.name,
      mac: spec.mac,
      ip: spec.address,
      prefixLength: spec.prefixLength,
      gateway: spec.gateway,
      layout: layoutOf(spec.ramOctets),
      costs,
      programs: spec.programs,
      stream: around.stream,
      sliceNs: SLICE_NS,
      tcp: tcpOf(spec),
    }),
    programs: null,
    pending: [],
    due: [],
    kills: NONE,
    busyUntilNs: 0,
    booted: false,
    pressed: 0,
    typing: { cause: null },
    cause: null,
  };
  const port = ram.portOf(memory);
  const machine =
    spec.processor === 'rv32' ? machineOf(memory, around, () => computer.fields) : null;
  const computer: Computer = {
    number: around.number,
    spec,
    costs,
    ram: memory,
    port,
    machine,
    nic: nic.create(spec.mac, around.bitsPerSecond),
    see,
    transmit,
    fields,
  };
  return computer;
}

function machineOf(
  memory: ram.Ram,
  { costs, engine }: Surroundings,
  fields: () => Fields,
): Machine {
  const { base, octets, clean } = memory;
  const touch = (page: number): void => {
    ram.touch(memory, page);
  };
  const view = { base, octets, clean, touch };
  const bus = busOf(memory, fields, () => machine.cpu.atNs);
  const machine = createMachine({ bus, ram: view, costs, gate: true }, engine);
  return machine;
}

/** Shares nothing that changes with `fields`. */
const copyOf = (fields: Readonly<Fields>): Fields => ({
  ...fields,
  pending: [...fields.pending],
  due: [...fields.due],
});

export function save(computer: Computer): Saved {
  const { ram: memory, fields, machine } = computer;
  const saved = machine === null ? null : cpu.copy(machine.cpu);
  return {
    ram: ram.save(memory),
    fields: copyOf(fields),
    cpu: saved,
    nic: nic.copy(computer.nic),
  };
}

export function restore(computer: Computer, saved: Saved): void {
  ram.restore(computer.ram, saved.ram);
  computer.fields = copyOf(saved.fields);
  nic.restore(computer.nic, saved.nic);
  if (computer.machine !== null && saved.cpu !== null) cpu.restore(computer.machine.cpu, saved.cpu);
}

/** What the hash of a moment takes of a computer. */
export function canonical(computer: Computer): Plain {
  const { fields, machine, nic: card } = computer;
  const processor = machine === null ? null : cpu.canonical(machine.cpu);
  // What the kernel was built with never changes.
  const kernel = { ...fields.kernel, config: null };
  return {
    fields: { ...fields, kernel },
    nic: card,
    processor,
    pages: ram.pageHashes(computer.ram),
  };
}
