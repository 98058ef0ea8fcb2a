/**
 * Transmitting: the frame goes into the buffer of the next descriptor, and moving the tail hands
 * it to the NIC (manual §3.3.3, §3.4). Only some descriptors ask for a report (RS), as fast drivers
 * do: a report means that all before it are done too, and saves an interrupt for each frame.
 */
import {
  AT_LENGTH,
  AT_STATUS,
  BUFFER_OCTETS,
  COMMAND_END,
  COMMAND_FCS,
  COMMAND_REPORT,
  DESCRIPTOR_OCTETS,
  REGISTER,
  STATUS_DONE,
} from '../../contract/e1000';
import { say, type Turn } from '../turn';
import { storeRegister } from './rings';

/** How many frames may wait in front of a full ring, as Linux's txqueuelen. */
const QUEUE_LIMIT = 1000;
/** A frame without FCS is at least this long (IEEE 802.3 §4.2.3.3). */
const MINIMUM_OCTETS = 60;

/** Every `reportEvery`-th descriptor of a ring reports. */
const reportEvery = (count: number): number => Math.max(1, Math.floor(count / 4));

const inFlight = (turn: Turn): number => {
  const { transmitNext, transmitOldest } = turn.kernel.rings;
  const { transmitCount } = turn.kernel.config.layout;
  return (transmitNext - transmitOldest + transmitCount) % transmitCount;
};

/** Hands `frame` (without FCS) to the NIC, or queues it when the ring is full. */
export function transmit(turn: Turn, frame: Uint8Array): void {
  const { transmitCount } = turn.kernel.config.layout;
  if (inFlight(turn) === transmitCount - 1) reap(turn);
  const { queue } = turn.kernel;
  if (queue.waiting.length === 0 && inFlight(turn) < transmitCount - 1) {
    put(turn, frame);
    return;
  }
  if (queue.waiting.length >= QUEUE_LIMIT) {
    turn.kernel.queue = { ...queue, dropped: queue.dropped + 1 };
    say(turn, { kind: 'ignored', protocol: 'ethernet', why: 'the transmit queue is full' });
    return;
  }
  turn.kernel.queue = { ...queue, waiting: [...queue.waiting, frame] };
  say(turn, { kind: 'queued', waiting: queue.waiting.length + 1 });
}

function put(turn: Turn, frame: Uint8Array): void {
  const { kernel, ram } = turn;
  const { transmitRing, transmitBuffers, transmitCount } = kernel.config.layout;
  const { receiveNext, transmitNext: index, transmitOldest } = kernel.rings;
  const at = transmitRing + index * DESCRIPTOR_OCTETS;
  const buffer = transmitBuffers + index * BUFFER_OCTETS;
  ram.store(buffer, frame);
  if (frame.length < MINIMUM_OCTETS)
    ram.store(buffer + frame.length, new Uint8Array(MINIMUM_OCTETS - frame.length));
  const every = reportEvery(transmitCount);
  const report = index % every === every - 1 ? COMMAND_REPORT : 0;
  const command = COMMAND_END + COMMAND_FCS + report;
  const lengthOctets = Math.max(frame.length, MINIMUM_OCTETS);
  // The word at +8: length (u16), checksum offset (u8), command (u8).
  ram.store32(at + AT_LENGTH, lengthOctets + command * 0x100_0000);
  ram.store32(at + AT_STATUS, 0);
  const transmitNext = (index + 1) % transmitCount;
  kernel.rings = { receiveNext, transmitNext, transmitOldest };
  storeRegister(turn, REGISTER.TDT, transmitNext);
}

/** Takes descriptors back, up to the last one that reported. */
function reap(turn: Turn): void {
  const { kernel, ram } = turn;
  const { transmitRing, transmitCount } = kernel.config.layout;
  const { receiveNext, transmitNext, transmitOldest } = kernel.rings;
  let oldest = transmitOldest;
  for (let index = oldest; index !== transmitNext; index = (index + 1) % transmitCount) {
    const status = ram.load32(transmitRing + index * DESCRIPTOR_OCTETS + AT_STATUS);
    if (status % 2 === STATUS_DONE) oldest = (index + 1) % transmitCount;
  }
  if (oldest !== transmitOldest)
    kernel.rings = { receiveNext, transmitNext, transmitOldest: oldest };
}

/** After an interrupt: makes room in the ring and moves frames that waited for it. */
export function transmitted(turn: Turn): void {
  if (turn.kernel.queue.waiting.length === 0) return;
  reap(turn);
  for (;;) {
    const { queue, config } = turn.kernel;
    const [frame, ...waiting] = queue.waiting;
    if (frame === undefined || inFlight(turn) >= config.layout.transmitCount - 1) return;
    turn.kernel.queue = { ...queue, waiting };
    put(turn, frame);
  }
}
