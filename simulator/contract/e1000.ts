/**
 * The programming interface of the network interface: registers and legacy descriptors of the
 * Intel 8254x ("e1000"), the part of it that a driver needs. Source: PCI/PCI-X Family of Gigabit
 * Ethernet Controllers Software Developer's Manual, rev. 4.0, §3.2.3 (receive descriptor), §3.3.3
 * (transmit descriptor), §13.4 (registers). All little-endian. What the part can be told by a bit
 * (RCTL.BAM, TCTL.PSP, IFCS) this one always does: it takes broadcasts, pads, inserts the FCS.
 */
import type { Mac } from './address';

/** Register offsets from the base of the interface. */
export const REGISTER = {
  /** Interrupt cause, §13.4.17; here, as on later parts, written ones clear (reading does not). */
  ICR: 0x00c0,
  /** Interrupt mask set, §13.4.20. */
  IMS: 0x00d0,
  /** Receive control, §13.4.22; bit 1 enables. */
  RCTL: 0x0100,
  /** Transmit control, §13.4.33; bit 1 enables. */
  TCTL: 0x0400,
  /** Receive descriptor ring: base, length in octets, head, tail, §13.4.25-29. */
  RDBAL: 0x2800,
  RDLEN: 0x2808,
  RDH: 0x2810,
  RDT: 0x2818,
  /** Transmit descriptor ring: base, length in octets, head, tail, §13.4.36-40. */
  TDBAL: 0x3800,
  TDLEN: 0x3808,
  TDH: 0x3810,
  TDT: 0x3818,
  /** Receive address low (octets 0-3 of the MAC, octet 0 lowest) and high, §13.5.2-3. */
  RAL: 0x5400,
  RAH: 0x5404,
} as const;

export type Register = keyof typeof REGISTER;

/** Of RAH: there is an address. */
export const ADDRESS_VALID = 0x8000_0000;

/** What RAL and RAH hold for a MAC address (§13.5.2-3). */
export function receiveAddress(mac: Mac): { readonly RAL: number; readonly RAH: number } {
  const octet = (weight: number): number => Math.floor(mac / weight) % 0x100;
  const low = octet(0x100_0000_0000) + octet(0x1_0000_0000) * 0x100;
  const RAL = low + octet(0x100_0000) * 0x1_0000 + octet(0x1_0000) * 0x100_0000;
  return { RAL, RAH: ADDRESS_VALID + octet(0x100) + octet(1) * 0x100 };
}

/** Bits of ICR and IMS. */
export const CAUSE_TRANSMITTED = 0x01;
export const CAUSE_OVERRUN = 0x40;
export const CAUSE_RECEIVED = 0x80;
export const ENABLE = 0x02;

/**
 * A descriptor is 16 octets: buffer address (8 octets, the high 4 zero here), length (u16), then
 * for receive: checksum u16, status u8, errors u8, special u16; for transmit: checksum offset u8,
 * command u8, status u8, checksum start u8, special u16.
 */
export const DESCRIPTOR_OCTETS = 16;
export const AT_LENGTH = 8;
export const AT_COMMAND = 11;
export const AT_STATUS = 12;
export const AT_ERRORS = 13;

/** Status: descriptor done; end of packet (receive). */
export const STATUS_DONE = 0x01;
export const STATUS_END = 0x02;
/** Command: end of packet; insert FCS; report status. */
export const COMMAND_END = 0x01;
export const COMMAND_FCS = 0x02;
export const COMMAND_REPORT = 0x08;

/** Octets of one receive buffer (RCTL.BSIZE = 00, §13.4.22). */
export const BUFFER_OCTETS = 2048;
