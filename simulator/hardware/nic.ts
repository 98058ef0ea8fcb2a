/**
 * The network interface: an Intel 8254x as far as contract/e1000.ts goes. It fetches transmit
 * descriptors and buffers from RAM by DMA, appends the FCS, and hands whole frames to the cable at
 * line rate; what arrives it checks (FCS, address, room in the ring), stores by DMA, and reports by
 * interrupt. Loop-back, offloads, multicast hashing and moderation are left out.
 */
import type { Id } from '../contract/seen';
import { BROADCAST_MAC, type Mac } from '../contract/address';
import type { Costs } from '../contract/costs';
import {
  AT_LENGTH,
  AT_STATUS,
  BUFFER_OCTETS,
  CAUSE_OVERRUN,
  CAUSE_RECEIVED,
  CAUSE_TRANSMITTED,
  COMMAND_REPORT,
  DESCRIPTOR_OCTETS,
  ENABLE,
  REGISTER,
  STATUS_DONE,
  STATUS_END,
  type Register,
} from '../contract/e1000';
import { NONE, unreachable, type Outcome } from '../contract/outcome';
import type { RamPort } from '../contract/ram';
import { NEVER, type Nanos } from '../contract/time';
import { crc32 } from '../bits/crc';
import { read48 } from '../bits/words';

const FCS_OCTETS = 4;
/** Shortest and longest frame, FCS and a VLAN tag included: IEEE 802.3 §3.2.7 and §4.2.3.3. */
const SHORTEST_OCTETS = 64;
const LONGEST_OCTETS = 1522;
/** Preamble and start delimiter before a frame, gap after it: IEEE 802.3 §4.4.2. */
const PREAMBLE_OCTETS = 8;
const GAP_OCTETS = 12;

type Registers = { readonly [name in Register]: number };
type Waiting = { readonly octets: Uint8Array; readonly cause: Id | null };

export type State = {
  readonly mac: Mac;
  readonly bitsPerSecond: number;
  readonly registers: Registers;
  /** Frames that arrived and wait for DMA, oldest first. */
  readonly fifo: readonly Waiting[];
  /** When the DMA under way ends, for each direction. */
  readonly receiveAtNs: Nanos;
  readonly transmitAtNs: Nanos;
  /** When the line is free for the next frame (the gap included). */
  readonly lineFreeAtNs: Nanos;
  /** What led to each descriptor between head and tail, for whoever follows a request. */
  readonly cause: readonly (Id | null)[];
  readonly counters: {
    readonly sent: number;
    readonly received: number;
    readonly badFcs: number;
    readonly notForUs: number;
    readonly overruns: number;
  };
};

export type Input =
  | {
      readonly kind: 'store';
      readonly offset: number;
      readonly value: number;
      readonly cause: Id | null;
    }
  | { readonly kind: 'frame'; readonly octets: Uint8Array; readonly cause: Id | null }
  | { readonly kind: 'wake' };

export type Effect =
  | { readonly kind: 'transmit'; readonly octets: Uint8Array; readonly cause: Id | null }
  /** A frame now lies in RAM and the cause register says so. */
  | { readonly kind: 'received'; readonly cause: Id | null };

export type Note =
  | { readonly kind: 'fetched' | 'stored'; readonly address: number; readonly lengthOctets: number }
  | { readonly kind: 'dropped'; readonly why: string; readonly lengthOctets: number };

type Next = Outcome<State, Effect, Note>;

const ZERO_REGISTERS = Object.fromEntries(
  Object.keys(REGISTER).map((name) => [name, 0]),
) as Registers;

const NAMES: ReadonlyMap<number, Register> = new Map(
  Object.entries(REGISTER).map(([name, at]) => [at, name as Register]),
);

/** As after reset: disabled, rings empty. `bitsPerSecond` is what was negotiated on the cable. */
export function create(mac: Mac, bitsPerSecond: number): State {
  return {
    mac,
    bitsPerSecond,
    registers: ZERO_REGISTERS,
    fifo: NONE,
    receiveAtNs: NEVER,
    transmitAtNs: NEVER,
    lineFreeAtNs: 0,
    cause: NONE,
    counters: { sent: 0, received: 0, badFcs: 0, notForUs: 0, overruns: 0 },
  };
}

/** The interrupt line: some cause that the mask lets through. */
export function asserts(state: State): boolean {
  return (state.registers.ICR & state.registers.IMS) !== 0;
}

/** When the interface has something to do by itself. */
export function wakeAt(state: State): Nanos {
  return Math.min(state.receiveAtNs, state.transmitAtNs);
}

/** The value of the register at `offset`, or null where there is none. */
export function load(state: State, offset: number): number | null {
  const name = NAMES.get(offset);
  return name === undefined ? null : state.registers[name] >>> 0;
}

const dmaNs = (lengthOctets: number, costs: Costs): number =>
  costs.dma.setupNs + Math.ceil((lengthOctets * 1000) / costs.dma.octetsPerMicrosecond);

const lineNs = (octets: number, state: State): number =>
  Math.ceil((octets * 8 * 1_000_000_000) / state.bitsPerSecond);

const ringSize = (lengthOctets: number): number => lengthOctets / DESCRIPTOR_OCTETS;

function withRegister(state: State, name: Register, value: number): State {
  return { ...state, registers: { ...state.registers, [name]: value } };
}

/** Arms the fetch of the next transmit descriptor, if there is one and none is under way. */
function armTransmit(state: State, now: Nanos, ram: RamPort, costs: Costs): State {
  const { TDH, TDT, TDBAL, TCTL } = state.registers;
  if (state.transmitAtNs !== NEVER || TDH === TDT || (TCTL & ENABLE) === 0) return state;
  const length = ram.load32(TDBAL + TDH * DESCRIPTOR_OCTETS + AT_LENGTH) & 0xffff;
  // The fetch overlaps the frame before; the frame leaves when the line is free.
  const transmitAtNs = Math.max(now + dmaNs(length + DESCRIPTOR_OCTETS, costs), state.lineFreeAtNs);
  return { ...state, transmitAtNs };
}

function stored(
  state: State,
  input: Extract<Input, { kind: 'store' }>,
  now: Nanos,
  ram: RamPort,
  costs: Costs,
): Next {
  const name = NAMES.get(input.offset);
  if (name === undefined) return { state, effects: NONE, notes: NONE };
  if (name === 'ICR') {
    const ICR = state.registers.ICR & ~input.value;
    return { state: withRegister(state, 'ICR', ICR), effects: NONE, notes: NONE };
  }
  let next = withRegister(state, name, input.value >>> 0);
  if (name === 'TDT') {
    const size = Math.max(1, ringSize(state.registers.TDLEN));
    const added = (input.value - state.registers.TDT + size) % size;
    next = { ...next, cause: [...state.cause, ...new Array<Id | null>(added).fill(input.cause)] };
  }
  if (name === 'TDT' || name === 'TCTL') next = armTransmit(next, now, ram, costs);
  return { state: next, effects: NONE, notes: NONE };
}

/** The buffer that descriptor TDH names leaves as a frame, its FCS appended (§3.3.3, IFCS). */
function transmit(state: State, now: Nanos, ram: RamPort, costs: Costs): Next {
  const { TDBAL, TDLEN, TDH, ICR } = state.registers;
  const descriptor = TDBAL + TDH * DESCRIPTOR_OCTETS;
  const address = ram.load32(descriptor);
  const lengthOctets = ram.load32(descriptor + AT_LENGTH) & 0xffff;
  const command = ram.load32(descriptor + AT_LENGTH) >>> 24;
  // TCTL.PSP: what is shorter than a frame may be is padded with zeros (§13.4.33).
  const fcsAt = Math.max(lengthOctets, SHORTEST_OCTETS - FCS_OCTETS);
  const octets = new Uint8Array(fcsAt + FCS_OCTETS);
  octets.set(ram.load(address, lengthOctets));
  const fcs = crc32(octets, 0, fcsAt);
  for (let i = 0; i < FCS_OCTETS; i++) octets[fcsAt + i] = fcs >>> (8 * i);
  const reports = (command & COMMAND_REPORT) !== 0;
  if (reports) ram.store(descriptor + AT_STATUS, Uint8Array.of(STATUS_DONE));
  const registers = {
    ...state.registers,
    TDH: (TDH + 1) % ringSize(TDLEN),
    ICR: reports ? ICR | CAUSE_TRANSMITTED : ICR,
  };
  const next: State = {
    ...state,
    registers,
    transmitAtNs: NEVER,
    lineFreeAtNs: now + lineNs(PREAMBLE_OCTETS + octets.length + GAP_OCTETS, state),
    cause: state.cause.slice(1),
    counters: { ...state.counters, sent: state.counters.sent + 1 },
  };
  return {
    state: armTransmit(next, now, ram, costs),
    effects: [{ kind: 'transmit', octets, cause: state.cause[0] ?? null }],
    notes: [{ kind: 'fetched', address, lengthOctets }],
  };
}

type Counter = keyof State['counters'];

function dropped(state: State, counter: Counter, why: string, lengthOctets: number): Next {
  const counters = { ...state.counters, [counter]: state.counters[counter] + 1 };
  const note: Note = { kind: 'dropped', why, lengthOctets };
  return { state: { ...state, counters }, effects: NONE, notes: [note] };
}

/** The FCS over a frame and its own FCS leaves this residue (IEEE 802.3 §3.2.9). */
const FCS_RESIDUE = 0x2144df1c;

function arrived(
  state: State,
  input: Extract<Input, { kind: 'frame' }>,
  now: Nanos,
  costs: Costs,
): Next {
  const { octets } = input;
  if ((state.registers.RCTL & ENABLE) === 0)
    return dropped(state, 'overruns', 'the receiver is off', octets.length);
  if (
    octets.length < SHORTEST_OCTETS ||
    octets.length > LONGEST_OCTETS ||
    crc32(octets) !== FCS_RESIDUE
  )
    return dropped(state, 'badFcs', 'the frame check sequence is wrong', octets.length);
  const destination = read48(octets, 0);
  if (destination !== state.mac && destination !== BROADCAST_MAC)
    return dropped(state, 'notForUs', 'the destination address is another', octets.length);
  const first = state.fifo.length === 0;
  const next: State = {
    ...state,
    fifo: [...state.fifo, { octets, cause: input.cause }],
    receiveAtNs: first ? now + dmaNs(octets.length, costs) : state.receiveAtNs,
  };
  return { state: next, effects: NONE, notes: NONE };
}

/** The oldest frame goes, without its FCS, into the buffer that descriptor RDH names (§3.2.3). */
function receive(state: State, now: Nanos, ram: RamPort, costs: Costs): Next {
  const { RDBAL, RDLEN, RDH, RDT, ICR } = state.registers;
  const [frame, ...fifo] = state.fifo as readonly [Waiting, ...Waiting[]];
  const after = fifo[0] === undefined ? NEVER : now + dmaNs(fifo[0].octets.length, costs);
  const rest: State = { ...state, fifo, receiveAtNs: after };
  const lengthOctets = frame.octets.length - FCS_OCTETS;
  if (RDH === RDT || lengthOctets > BUFFER_OCTETS) {
    const full = withRegister(rest, 'ICR', ICR | CAUSE_OVERRUN);
    return dropped(full, 'overruns', 'no receive descriptor is free', frame.octets.length);
  }
  const descriptor = RDBAL + RDH * DESCRIPTOR_OCTETS;
  const address = ram.load32(descriptor);
  ram.store(address, frame.octets.subarray(0, lengthOctets));
  // Length, checksum 0, then status with DD and EOP: the second half of the descriptor.
  const status = STATUS_DONE | STATUS_END;
  ram.store32(descriptor + AT_LENGTH, lengthOctets);
  ram.store32(descriptor + AT_STATUS, status);
  const registers = {
    ...state.registers,
    RDH: (RDH + 1) % ringSize(RDLEN),
    ICR: ICR | CAUSE_RECEIVED,
  };
  const counters = { ...state.counters, received: state.counters.received + 1 };
  return {
    state: { ...rest, registers, counters },
    effects: [{ kind: 'received', cause: frame.cause }],
    notes: [{ kind: 'stored', address, lengthOctets }],
  };
}

/** One thing a wake: what was armed first comes first, reception before transmission. */
function woken(state: State, now: Nanos, ram: RamPort, costs: Costs): Next {
  if (state.receiveAtNs <= now && state.receiveAtNs <= state.transmitAtNs)
    return receive(state, now, ram, costs);
  if (state.transmitAtNs <= now) return transmit(state, now, ram, costs);
  return { state, effects: NONE, notes: NONE };
}

export function step(state: State, input: Input, now: Nanos, ram: RamPort, costs: Costs): Next {
  switch (input.kind) {
    case 'store':
      return stored(state, input, now, ram, costs);
    case 'frame':
      return arrived(state, input, now, costs);
    case 'wake':
      return woken(state, now, ram, costs);
    default:
      return unreachable(input);
  }
}
