/**
 * pcapng, the capture file that Wireshark reads (draft-ietf-opsawg-pcapng): what is in a capture,
 * and the numbers that the writer and the reader share. Sections with Interface Description and
 * Enhanced Packet Blocks; other blocks are skipped.
 */
import type { Nanos } from '../../contract/time';

/** Link type of Ethernet (draft-ietf-opsawg-pcaplinktype). */
export const LINK_ETHERNET = 1;

export type Interface = {
  readonly name: string;
  readonly linkType: number;
  /** Octets of frame check sequence at the end of each frame; null when it is not said. */
  readonly fcsOctets: number | null;
};

export type CapturedFrame = {
  /** Index into the interfaces of the capture. */
  readonly interface: number;
  readonly timeNs: Nanos;
  readonly octets: Uint8Array;
  /** As seen from the interface. */
  readonly direction: 'inbound' | 'outbound' | null;
  readonly comment: string | null;
};

export type Capture = {
  readonly interfaces: readonly Interface[];
  readonly frames: readonly CapturedFrame[];
};

export const BLOCK = { section: 0x0a0d0d0a, interface: 1, frame: 6 } as const;

export const BYTE_ORDER = 0x1a2b3c4d;

/** Option codes; each belongs to its block, `comment` to all. */
export const OPTION = {
  end: 0,
  comment: 1,
  application: 4,
  interfaceName: 2,
  timeResolution: 9,
  fcsLength: 13,
  frameFlags: 2,
} as const;

/** Octets of a block that carries nothing: type, length, length. */
export const BLOCK_OCTETS = 12;
/** Fixed parts of the bodies. */
export const SECTION_OCTETS = 16;
export const INTERFACE_OCTETS = 8;
export const FRAME_OCTETS = 20;

/** The two lowest bits of a frame's flags. */
export const DIRECTIONS = [null, 'inbound', 'outbound', null] as const;

export const padded = (lengthOctets: number): number => Math.ceil(lengthOctets / 4) * 4;
