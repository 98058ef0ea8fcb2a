/**
 * The driver's side of the NIC: two rings of legacy descriptors in RAM, one buffer for each
 * descriptor (contract/e1000.ts has the layout and its source). The driver owns a descriptor
 * outside [head, tail) of its ring, the NIC one inside.
 */
import {
  BUFFER_OCTETS,
  CAUSE_OVERRUN,
  CAUSE_RECEIVED,
  CAUSE_TRANSMITTED,
  DESCRIPTOR_OCTETS,
  ENABLE,
  receiveAddress,
  REGISTER,
} from '../../contract/e1000';
import { NIC_BASE } from '../../contract/map';
import { order, type Turn } from '../turn';
import { EMPTY_QUEUE, FRESH_RINGS } from './state';

/** All causes that the driver takes, for IMS and to clear them in ICR. */
export const CAUSES = CAUSE_TRANSMITTED + CAUSE_OVERRUN + CAUSE_RECEIVED;

/** `offset`: of {@link REGISTER}. */
export function storeRegister(turn: Turn, offset: number, value: number): void {
  order(turn, { kind: 'store', address: NIC_BASE + offset, value });
}

/** Writes both rings and starts the NIC (§14.4, §14.5: receive and transmit initialization). */
export function startDriver(turn: Turn): void {
  const { layout } = turn.kernel.config;
  for (let index = 0; index < layout.receiveCount; index++)
    writeDescriptor(turn, layout.receiveRing, index, layout.receiveBuffers);
  for (let index = 0; index < layout.transmitCount; index++)
    writeDescriptor(turn, layout.transmitRing, index, layout.transmitBuffers);
  const { RAL, RAH } = receiveAddress(turn.kernel.config.mac);
  storeRegister(turn, REGISTER.RAL, RAL);
  storeRegister(turn, REGISTER.RAH, RAH);
  storeRegister(turn, REGISTER.RDBAL, layout.receiveRing);
  storeRegister(turn, REGISTER.RDLEN, layout.receiveCount * DESCRIPTOR_OCTETS);
  storeRegister(turn, REGISTER.RDH, 0);
  // One descriptor stays with the driver: head = tail would mean that the NIC has none.
  storeRegister(turn, REGISTER.RDT, layout.receiveCount - 1);
  storeRegister(turn, REGISTER.TDBAL, layout.transmitRing);
  storeRegister(turn, REGISTER.TDLEN, layout.transmitCount * DESCRIPTOR_OCTETS);
  storeRegister(turn, REGISTER.TDH, 0);
  storeRegister(turn, REGISTER.TDT, 0);
  storeRegister(turn, REGISTER.IMS, CAUSES);
  storeRegister(turn, REGISTER.RCTL, ENABLE);
  storeRegister(turn, REGISTER.TCTL, ENABLE);
  turn.kernel.rings = FRESH_RINGS;
  turn.kernel.queue = EMPTY_QUEUE;
}

function writeDescriptor(turn: Turn, ring: number, index: number, buffers: number): void {
  const at = ring + index * DESCRIPTOR_OCTETS;
  turn.ram.store32(at, buffers + index * BUFFER_OCTETS);
  turn.ram.store32(at + 4, 0);
  turn.ram.store32(at + 8, 0);
  turn.ram.store32(at + 12, 0);
}
