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
import type { RamPort } from '../contract/ram';
import { NEVER, type Nanos } from '../contract/time';
import { crc32 } from '../bits/crc';
import { read48 } from '../bits/words';

const FCS_OCTETS = 4;
/** Shortest and longest frame, FCS and a VLAN tag included: IEEE 802.3 §3.2.7 and §4.2.3.3. */
const SHORTEST_OCTETS = 64;
const LONGEST_OCTETS = 1522;
/** Without a VLAN tag, which nobody here writes, and without its FCS: what is sent. */
const LONGEST_SENT_OCTETS = 1514;
/** Preamble and start delimiter before a frame, gap after it: IEEE 802.3 §4.4.2. */
const PREAMBLE_OCTETS = 8;
const GAP_OCTETS = 12;

type Registers = { [name in Register]: number };
type Waiting = { readonly octets: Uint8Array; readonly cause: Cause | null };
type Given = { readonly atNs: Nanos; readonly cause: Cause | null };

/** Hot: mutated in place here, and nowhere else; a checkpoint is a {@link copy}. */
export type Nic = {
  readonly mac: Mac;
  /** The rate that was negotiated on the cable; changed by {@link negotiate}. */
  bitsPerSecond: number;
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

/** A 32-bit store to a register. */
export type Store = {
  readonly offset: number;
  readonly value: number;
  readonly cause: Cause | null;
};

/** A frame that is not taken, and why. */
export type Dropped = {
  readonly kind: 'dropped';
  readonly why: string;
  readonly lengthOctets: number;
};

/** What a DMA transfer between the interface and `address` in RAM was for. */
export type Done =
  /** `octets` go to the cable. */
  | {
      readonly kind: 'fetched';
      readonly address: number;
      readonly lengthOctets: number;
      readonly octets: Uint8Array;
      readonly cause: Cause | null;
    }
  /** A frame now lies in RAM and the cause register says so. */
  | {
      readonly kind: 'stored';
      readonly address: number;
      readonly lengthOctets: number;
      readonly cause: Cause | null;
    }
  /** The frame that waited is not taken. */
  | { readonly kind: 'refused'; readonly note: Dropped; readonly cause: Cause | null };

const NAMES: ReadonlyMap<number, Register> = new Map(
  Object.entries(REGISTER).map(([name, at]) => [at, name as Register]),
);

/** The other end, or the cable, goes at another rate from now on. */
export function negotiate(nic: Nic, bitsPerSecond: number): void {
  nic.bitsPerSecond = bitsPerSecond;
}

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
  into.bitsPerSecond = from.bitsPerSecond;
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

/**
 * How many descriptors, from the head to before the tail, are the interface's. The manual leaves
 * open what a head or tail outside the ring means; here there are none until it is put right.
 */
function owned(head: number, tail: number, lengthOctets: number): number {
  const count = lengthOctets / DESCRIPTOR_OCTETS;
  return head < count && tail < count ? (tail - head + count) % count : 0;
}

/** Arms the fetch of the next transmit descriptor, if there is one and none is under way. */
function armTransmit(nic: Nic, now: Nanos, ram: RamPort, costs: Costs): void {
  const { TDH, TDT, TDBAL, TDLEN, TCTL } = nic.registers;
  if (nic.transmitAtNs !== NEVER || (TCTL & ENABLE) === 0 || owned(TDH, TDT, TDLEN) === 0) return;
  const length = ram.load32(TDBAL + TDH * DESCRIPTOR_OCTETS + AT_LENGTH) & 0xffff;
  const fromNs = Math.max(now, nic.given[0]?.atNs ?? now);
  // The fetch overlaps the frame before; the frame leaves when the line is free.
  nic.transmitAtNs = Math.max(fromNs + dmaNs(length + DESCRIPTOR_OCTETS, costs), nic.lineFreeAtNs);
}

/** Of a ring's length, head and tail: the bits that are not reserved (§13.4.27-29, §13.4.38-40). */
const LENGTH_BITS = 0xf_ff80;
const INDEX_BITS = 0xffff;

/** The kernel stores to a register. The two tails are a case each: they move with every frame. */
export function store(nic: Nic, told: Store, now: Nanos, ram: RamPort, costs: Costs): void {
  const { registers } = nic;
  const { offset, value } = told;
  switch (offset) {
    case REGISTER.ICR:
      registers.ICR &= ~value;
      return;
    case REGISTER.RDT:
      nic.tailBefore = registers.RDT;
      nic.tailAtNs = now;
      registers.RDT = value & INDEX_BITS;
      return;
    case REGISTER.TDT:
      registers.TDT = value & INDEX_BITS;
      give(nic, now, told.cause);
      break;
    case REGISTER.TDLEN:
    case REGISTER.RDLEN:
      registers[offset === REGISTER.TDLEN ? 'TDLEN' : 'RDLEN'] = value & LENGTH_BITS;
      return;
    case REGISTER.TDH:
    case REGISTER.RDH:
      registers[offset === REGISTER.TDH ? 'TDH' : 'RDH'] = value & INDEX_BITS;
      return;
    default: {
      const name = NAMES.get(offset);
      if (name === undefined) return;
      registers[name] = value >>> 0;
      if (name !== 'TCTL') return;
    }
  }
  armTransmit(nic, now, ram, costs);
}

/** The doorbell: what now is the interface's and was not before, is so from `now` on. */
function give({ registers, given }: Nic, now: Nanos, cause: Cause | null): void {
  const count = owned(registers.TDH, registers.TDT, registers.TDLEN);
  if (given.length > count) given.length = count;
  while (given.length < count) given.push({ atNs: now, cause });
}

/**
 * Of a descriptor that says what no driver writes, as when a bit of RAM flipped. The manual leaves
 * it open; here the interface skips it. Null when it can be sent.
 */
function whyNotSent(address: number, lengthOctets: number, ram: RamPort): string | null {
  if (!ram.holds(address, lengthOctets)) return 'its descriptor names memory that is not there';
  return lengthOctets > LONGEST_SENT_OCTETS ? 'its descriptor says that it is too long' : null;
}

/** The buffer that descriptor TDH names leaves as a frame, its FCS appended (§3.3.3, IFCS). */
function transmit(nic: Nic, now: Nanos, ram: RamPort, costs: Costs): Done | null {
  const { registers } = nic;
  nic.transmitAtNs = NEVER;
  // It was taken back while it was fetched.
  if (owned(registers.TDH, registers.TDT, registers.TDLEN) === 0) return null;
  const descriptor = registers.TDBAL + registers.TDH * DESCRIPTOR_OCTETS;
  const address = ram.load32(descriptor);
  const word = ram.load32(descriptor + AT_LENGTH);
  const lengthOctets = word & 0xffff;
  if (((word >>> 24) & COMMAND_REPORT) !== 0) {
    ram.store32(descriptor + AT_STATUS, STATUS_DONE);
    registers.ICR |= CAUSE_TRANSMITTED;
  }
  registers.TDH = after(registers.TDH, registers.TDLEN);
  const cause = nic.given.shift()?.cause ?? null;
  const why = whyNotSent(address, lengthOctets, ram);
  if (why !== null) {
    armTransmit(nic, now, ram, costs);
    return { kind: 'refused', note: { kind: 'dropped', why, lengthOctets }, cause };
  }
  // As with TCTL.PSP: what is shorter than a frame may be is padded with zeros (§13.4.33).
  const fcsAt = Math.max(lengthOctets, SHORTEST_OCTETS - FCS_OCTETS);
  const octets = octetsFor(fcsAt + FCS_OCTETS);
  ram.loadInto(octets, 0, address, lengthOctets);
  const fcs = crc32(octets, 0, fcsAt);
  for (let i = 0; i < FCS_OCTETS; i++) octets[fcsAt + i] = fcs >>> (8 * i);
  nic.lineFreeAtNs = now + lineNs(PREAMBLE_OCTETS + octets.length + GAP_OCTETS, nic);
  nic.counters.sent += 1;
  armTransmit(nic, now, ram, costs);
  return { kind: 'fetched', address, lengthOctets, octets, cause };
}

function dropped(nic: Nic, counter: keyof Counters, why: string, lengthOctets: number): Dropped {
  nic.counters[counter] += 1;
  return { kind: 'dropped', why, lengthOctets };
}

/** The FCS over a frame and its own FCS leaves this residue (IEEE 802.3 §3.2.9). */
const FCS_RESIDUE = 0x2144df1c;

/** The destination against RAL and RAH, whose lowest octets come first (§13.5.2-3). */
function isOwn({ registers }: Nic, octets: Uint8Array): boolean {
  const at = (index: number): number => octets[index] as number;
  const low = (at(0) | (at(1) << 8) | (at(2) << 16) | (at(3) << 24)) >>> 0;
  return low === registers.RAL && (at(4) | (at(5) << 8)) + ADDRESS_VALID === registers.RAH;
}

/** A frame reached the jack: null when it was taken, and waits for DMA. */
export function arrive(
  nic: Nic,
  octets: Uint8Array,
  now: Nanos,
  cause: Cause | null,
  costs: Costs,
): Dropped | null {
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
  return null;
}

/** The oldest frame goes, without its FCS, into the buffer that descriptor RDH names (§3.2.3). */
function receive(nic: Nic, now: Nanos, ram: RamPort, costs: Costs): Done {
  const { registers, fifo } = nic;
  const { octets, cause } = fifo.shift() as Waiting;
  const following = fifo[0];
  nic.receiveAtNs = following === undefined ? NEVER : now + dmaNs(following.octets.length, costs);
  const lengthOctets = octets.length - FCS_OCTETS;
  const tail = now < nic.tailAtNs ? nic.tailBefore : registers.RDT;
  const { RDH, RDLEN } = registers;
  if (owned(RDH, tail, RDLEN) === 0) {
    registers.ICR |= CAUSE_OVERRUN;
    const note = dropped(nic, 'overruns', 'no receive descriptor is free', octets.length);
    return { kind: 'refused', note, cause };
  }
  const descriptor = registers.RDBAL + RDH * DESCRIPTOR_OCTETS;
  const address = ram.load32(descriptor);
  // A bit of the address may have flipped: then the frame is lost, and the driver finds an empty one.
  const isThere = ram.holds(address, lengthOctets);
  if (isThere) ram.store(address, octets.subarray(0, lengthOctets));
  // Length, checksum 0, then status with DD and EOP: the second half of the descriptor.
  ram.store32(descriptor + AT_LENGTH, isThere ? lengthOctets : 0);
  ram.store32(descriptor + AT_STATUS, STATUS_DONE | STATUS_END);
  registers.RDH = after(RDH, RDLEN);
  registers.ICR |= CAUSE_RECEIVED;
  if (!isThere) {
    const why = 'its descriptor names memory that is not there';
    return { kind: 'refused', note: dropped(nic, 'overruns', why, octets.length), cause };
  }
  nic.counters.received += 1;
  return { kind: 'stored', address, lengthOctets, cause };
}

/** One thing a wake: what was armed first comes first, reception before transmission. */
export function wake(nic: Nic, now: Nanos, ram: RamPort, costs: Costs): Done | null {
  if (nic.receiveAtNs <= now && nic.receiveAtNs <= nic.transmitAtNs)
    return receive(nic, now, ram, costs);
  return nic.transmitAtNs <= now ? transmit(nic, now, ram, costs) : null;
}
