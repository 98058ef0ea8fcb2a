/**
 * Receiving: the descriptors that the NIC has marked done, oldest first, become frames; then the
 * buffers are given back by moving the tail (manual §3.2.3-6). Whoever asks for the next frame
 * gets it before the one after is looked at, so the order of the wire is kept.
 */
import {
  AT_LENGTH,
  AT_STATUS,
  BUFFER_OCTETS,
  DESCRIPTOR_OCTETS,
  REGISTER,
  STATUS_DONE,
} from '../../contract/e1000';
import type { Turn } from '../turn';
import { storeRegister } from './rings';

/** The next frame, without FCS; null when the NIC has finished no more. */
export function takeFrame(turn: Turn): Uint8Array | null {
  const { ram, kernel } = turn;
  const { layout } = kernel.config;
  const { receiveNext: index, transmitNext, transmitOldest } = kernel.rings;
  const at = layout.receiveRing + index * DESCRIPTOR_OCTETS;
  // Bit 0 of the status octet, which is the lowest of its little-endian word.
  if (ram.load32(at + AT_STATUS) % 2 !== STATUS_DONE) return null;
  // More than the buffer holds is no length that the NIC writes: a bit of RAM may have flipped.
  const lengthOctets = Math.min(ram.load32(at + AT_LENGTH) % 0x1_0000, BUFFER_OCTETS);
  const frame = ram.load(layout.receiveBuffers + index * BUFFER_OCTETS, lengthOctets);
  ram.store32(at + AT_STATUS, 0);
  const receiveNext = (index + 1) % layout.receiveCount;
  kernel.rings = { receiveNext, transmitNext, transmitOldest };
  return frame;
}

/** Gives every buffer that was taken since `before` back to the NIC. */
export function giveBack(turn: Turn, before: number): void {
  const { receiveNext } = turn.kernel.rings;
  if (receiveNext === before) return;
  const { receiveCount } = turn.kernel.config.layout;
  storeRegister(turn, REGISTER.RDT, (receiveNext + receiveCount - 1) % receiveCount);
}
