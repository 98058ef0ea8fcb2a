/**
 * The network interface: an Intel 8254x as far as contract/e1000.ts goes. It fetches transmit
 * descriptors and buffers from RAM by DMA, appends the FCS, and hands whole frames to the cable at
 * line rate; what arrives it checks (FCS, address, room in the ring), stores by DMA, and reports by
 * interrupt. Loop-back, offloads, multicast hashing and moderation are left out.
 */
import { octetsFor } from '../bits/slab';
import type { Cause } from '../contract/see';
import { BROADCAST_MAC, type Mac } from '../contract/address';
import type { Costs } from '../contract/costs';
import {
  ADDRESS_VALID,
  AT_LENGTH,
  AT_STATUS,
  CAUSE_OVERRUN,
  CAUSE_RECEIVED,
  CAUSE_TRANSMITTED,
  COMMAND_REPORT,
  DESCRIPTOR_OCTETS,
  ENABLE,
  receiveAddress,
  REGISTER,
  STATUS_DONE,
  STATUS_END,
  type Register,
} from '../contract/e1000';
import { NONE, unreachable } from '../contract/outcome';
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

type Registers = { [name in Register]: number };
type Waiting = { readonly octets: Uint8Array; readonly cause: Cause | null };
type Given = { readonly atNs: Nanos; readonly cause: Cause | null };

/** Hot: mutated in place here, and nowhere else; a checkpoint is a {@link copy}. */
export type Nic = {
  readonly mac: Mac;
  readonly bitsPerSecond: number;
  readonly registers: Registers;
  /** Frames that arrived and wait for DMA, oldest first. */
  readonly fifo: Waiting[];
  /** When the DMA under way ends, for each direction. */
  receiveAtNs: Nanos;
  transmitAtNs: Nanos;
  /** When the line is free for the next frame (the gap included). */
  lineFreeAtNs: Nanos;
  /**
   * Of each transmit descriptor between head and tail: when its doorbell rings, and what led to it.
   * The kernel orders it when its work begins, which is earlier.
   */
  readonly given: Given[];
  /** So too on the receiving side: until `tailAtNs` the tail is where it was before. */
  tailBefore: number;
  tailAtNs: Nanos;
  readonly counters: Counters;
};

type Counters = {
  sent: number;
  received: number;
  badFcs: number;
  notForUs: number;
  overruns: number;
};

export type Input =
  | {
      readonly kind: 'store';
      readonly offset: number;
      readonly value: number;
      readonly cause: Cause | null;
    }
  | { readonly kind: 'frame'; readonly octets: Uint8Array; readonly cause: Cause | null }
  | { readonly kind: 'wake' };

export type Effect =
  | { readonly kind: 'transmit'; readonly octets: Uint8Array; readonly cause: Cause | null }
  /** A frame now lies in RAM and the cause register says so. */
  | { readonly kind: 'received'; readonly cause: Cause | null };

export type Note =
  | { readonly kind: 'fetched' | 'stored'; readonly address: number; readonly lengthOctets: number }
  | { readonly kind: 'dropped'; readonly why: string; readonly lengthOctets: number };

/** What the caller carries out in order, and why things happened. */
export type Told = { readonly effects: readonly Effect[]; readonly notes: readonly Note[] };

const NOTHING: Told = { effects: NONE, notes: NONE };

const NAMES: ReadonlyMap<number, Register> = new Map(
  Object.entries(REGISTER).map(([name, at]) => [at, name as Register]),
);

/** As after reset: disabled, rings empty. `bitsPerSecond` is what was negotiated on the cable. */
export function create(mac: Mac, bitsPerSecond: number): Nic {
  // Its own memory (EEPROM) sets these two at reset.
  const { RAL, RAH } = receiveAddress(mac);
  return {
    mac,
    bitsPerSecond,
    registers: {
      ICR: 0,
      IMS: 0,
      RCTL: 0,
      TCTL: 0,
      RDBAL: 0,
      RDLEN: 0,
      RDH: 0,
      RDT: 0,
      TDBAL: 0,
      TDLEN: 0,
      TDH: 0,
      TDT: 0,
      RAL,
      RAH,
    },
    fifo: [],
    receiveAtNs: NEVER,
    transmitAtNs: NEVER,
    lineFreeAtNs: 0,
    given: [],
    tailBefore: 0,
    tailAtNs: 0,
    counters: { sent: 0, received: 0, badFcs: 0, notForUs: 0, overruns: 0 },
  };
}

/** Shares nothing that changes with `nic`: plain data that stays as it is. */
export function copy(nic: Nic): Nic {
  return {
    ...nic,
    registers: { ...nic.registers },
    fifo: [...nic.fifo],
    given: [...nic.given],
    counters: { ...nic.counters },
  };
}

/** Makes `into` equal to `from`, which stays as it is. */
export function restore(into: Nic, from: Nic): void {
  Object.assign(into.registers, from.registers);
  Object.assign(into.counters, from.counters);
  into.fifo.splice(0, into.fifo.length, ...from.fifo);
  into.given.splice(0, into.given.length, ...from.given);
  into.receiveAtNs = from.receiveAtNs;
  into.transmitAtNs = from.transmitAtNs;
  into.lineFreeAtNs = from.lineFreeAtNs;
  into.tailBefore = from.tailBefore;
  into.tailAtNs = from.tailAtNs;
}

/** The interrupt line: some cause that the mask lets through. */
export function asserts({ registers }: Nic): boolean {
  return (registers.ICR & registers.IMS) !== 0;
}

/** When the interface has something to do by itself. */
export function wakeAt(nic: Nic): Nanos {
  return Math.min(nic.receiveAtNs, nic.transmitAtNs);
}

const dmaNs = (lengthOctets: number, costs: Costs): number =>
  costs.dma.setupNs + Math.ceil((lengthOctets * 1000) / costs.dma.octetsPerMicrosecond);

const lineNs = (octets: number, nic: Nic): number =>
  Math.ceil((octets * 8 * 1_000_000_000) / nic.bitsPerSecond);

/** The index after `index` in a ring of `lengthOctets`. */
const after = (index: number, lengthOctets: number): number =>
  (index + 1) % (lengthOctets / DESCRIPTOR_OCTETS);

/** Arms the fetch of the next transmit descriptor, if there is one and none is under way. */
function armTransmit(nic: Nic, now: Nanos, ram: RamPort, costs: Costs): void {
  const { TDH, TDT, TDBAL, TCTL } = nic.registers;
  if (nic.transmitAtNs !== NEVER || TDH === TDT || (TCTL & ENABLE) === 0) return;
  const length = ram.load32(TDBAL + TDH * DESCRIPTOR_OCTETS + AT_LENGTH) & 0xffff;
  const fromNs = Math.max(now, nic.given[0]?.atNs ?? now);
  // The fetch overlaps the frame before; the frame leaves when the line is free.
  nic.transmitAtNs = Math.max(fromNs + dmaNs(length + DESCRIPTOR_OCTETS, costs), nic.lineFreeAtNs);
}

type Store = Extract<Input, { kind: 'store' }>;

function stored(nic: Nic, input: Store, now: Nanos, ram: RamPort, costs: Costs): Told {
  const { registers } = nic;
  const name = NAMES.get(input.offset);
  if (name === undefined) return NOTHING;
  if (name === 'ICR') {
    registers.ICR &= ~input.value;
    return NOTHING;
  }
  const before = registers[name];
  registers[name] = input.value >>> 0;
  if (name === 'RDT') {
    nic.tailBefore = before;
    nic.tailAtNs = now;
  }
  if (name !== 'TDT' && name !== 'TCTL') return NOTHING;
  if (name === 'TDT')
    for (let at = before; at !== registers.TDT; at = after(at, registers.TDLEN))
      nic.given.push({ atNs: now, cause: input.cause });
  armTransmit(nic, now, ram, costs);
  return NOTHING;
}

/** The buffer that descriptor TDH names leaves as a frame, its FCS appended (§3.3.3, IFCS). */
function transmit(nic: Nic, now: Nanos, ram: RamPort, costs: Costs): Told {
  const { registers } = nic;
  const descriptor = registers.TDBAL + registers.TDH * DESCRIPTOR_OCTETS;
  const address = ram.load32(descriptor);
  const word = ram.load32(descriptor + AT_LENGTH);
  const lengthOctets = word & 0xffff;
  // As with TCTL.PSP: what is shorter than a frame may be is padded with zeros (§13.4.33).
  const fcsAt = Math.max(lengthOctets, SHORTEST_OCTETS - FCS_OCTETS);
  const octets = octetsFor(fcsAt + FCS_OCTETS);
  ram.loadInto(octets, 0, address, lengthOctets);
  const fcs = crc32(octets, 0, fcsAt);
  for (let i = 0; i < FCS_OCTETS; i++) octets[fcsAt + i] = fcs >>> (8 * i);
  if (((word >>> 24) & COMMAND_REPORT) !== 0) {
    ram.store32(descriptor + AT_STATUS, STATUS_DONE);
    registers.ICR |= CAUSE_TRANSMITTED;
  }
  registers.TDH = after(registers.TDH, registers.TDLEN);
  nic.transmitAtNs = NEVER;
  nic.lineFreeAtNs = now + lineNs(PREAMBLE_OCTETS + octets.length + GAP_OCTETS, nic);
  nic.counters.sent += 1;
  const cause = nic.given.shift()?.cause ?? null;
  armTransmit(nic, now, ram, costs);
  return {
    effects: [{ kind: 'transmit', octets, cause }],
    notes: [{ kind: 'fetched', address, lengthOctets }],
  };
}

function dropped(nic: Nic, counter: keyof Counters, why: string, lengthOctets: number): Told {
  nic.counters[counter] += 1;
  return { effects: NONE, notes: [{ kind: 'dropped', why, lengthOctets }] };
}

/** The FCS over a frame and its own FCS leaves this residue (IEEE 802.3 §3.2.9). */
const FCS_RESIDUE = 0x2144df1c;

/** The destination against RAL and RAH, whose lowest octets come first (§13.5.2-3). */
function isOwn({ registers }: Nic, octets: Uint8Array): boolean {
  const at = (index: number): number => octets[index] as number;
  const low = (at(0) | (at(1) << 8) | (at(2) << 16) | (at(3) << 24)) >>> 0;
  return low === registers.RAL && (at(4) | (at(5) << 8)) + ADDRESS_VALID === registers.RAH;
}

function arrived(
  nic: Nic,
  input: Extract<Input, { kind: 'frame' }>,
  now: Nanos,
  costs: Costs,
): Told {
  const { octets, cause } = input;
  const { length } = octets;
  if ((nic.registers.RCTL & ENABLE) === 0)
    return dropped(nic, 'overruns', 'the receiver is off', length);
  if (length < SHORTEST_OCTETS || length > LONGEST_OCTETS || crc32(octets) !== FCS_RESIDUE)
    return dropped(nic, 'badFcs', 'the frame check sequence is wrong', length);
  const destination = read48(octets, 0);
  if (destination !== BROADCAST_MAC && !isOwn(nic, octets))
    return dropped(nic, 'notForUs', 'the destination address is another', length);
  if (nic.fifo.length === 0) nic.receiveAtNs = now + dmaNs(length, costs);
  nic.fifo.push({ octets, cause });
  return NOTHING;
}

/** The oldest frame goes, without its FCS, into the buffer that descriptor RDH names (§3.2.3). */
function receive(nic: Nic, now: Nanos, ram: RamPort, costs: Costs): Told {
  const { registers, fifo } = nic;
  const { octets, cause } = fifo.shift() as Waiting;
  const following = fifo[0];
  nic.receiveAtNs = following === undefined ? NEVER : now + dmaNs(following.octets.length, costs);
  const lengthOctets = octets.length - FCS_OCTETS;
  const tail = now < nic.tailAtNs ? nic.tailBefore : registers.RDT;
  if (registers.RDH === tail) {
    registers.ICR |= CAUSE_OVERRUN;
    return dropped(nic, 'overruns', 'no receive descriptor is free', octets.length);
  }
  const descriptor = registers.RDBAL + registers.RDH * DESCRIPTOR_OCTETS;
  const address = ram.load32(descriptor);
  ram.store(address, octets.subarray(0, lengthOctets));
  // Length, checksum 0, then status with DD and EOP: the second half of the descriptor.
  ram.store32(descriptor + AT_LENGTH, lengthOctets);
  ram.store32(descriptor + AT_STATUS, STATUS_DONE | STATUS_END);
  registers.RDH = after(registers.RDH, registers.RDLEN);
  registers.ICR |= CAUSE_RECEIVED;
  nic.counters.received += 1;
  return {
    effects: [{ kind: 'received', cause }],
    notes: [{ kind: 'stored', address, lengthOctets }],
  };
}

/** One thing a wake: what was armed first comes first, reception before transmission. */
function woken(nic: Nic, now: Nanos, ram: RamPort, costs: Costs): Told {
  if (nic.receiveAtNs <= now && nic.receiveAtNs <= nic.transmitAtNs)
    return receive(nic, now, ram, costs);
  return nic.transmitAtNs <= now ? transmit(nic, now, ram, costs) : NOTHING;
}

/** Changes `nic`, and RAM where DMA says so. */
export function step(nic: Nic, input: Input, now: Nanos, ram: RamPort, costs: Costs): Told {
  switch (input.kind) {
    case 'store':
      return stored(nic, input, now, ram, costs);
    case 'frame':
      return arrived(nic, input, now, costs);
    case 'wake':
      return woken(nic, now, ram, costs);
    default:
      return unreachable(input);
  }
}
