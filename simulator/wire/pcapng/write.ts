/**
 * Writes pcapng, little-endian, with time stamps in nanoseconds. A long capture is written piece by
 * piece: {@link emitHead} once, then {@link emitFrame} for each frame.
 */
import { toUtf8 } from '../text';
import {
  BLOCK,
  BLOCK_OCTETS,
  BYTE_ORDER,
  DIRECTIONS,
  FRAME_OCTETS,
  INTERFACE_OCTETS,
  OPTION,
  SECTION_OCTETS,
  padded,
  type Capture,
  type CapturedFrame,
  type Interface,
} from './format';

type Option = { readonly code: number; readonly value: Uint8Array };

const APPLICATION = 'autochitect';
/** 10^-9 seconds. */
const NANOSECONDS = 9;
const NO_LIMIT = 0;

function optionOctets(options: readonly Option[]): number {
  if (options.length === 0) return 0;
  return options.reduce((sum, { value }) => sum + 4 + padded(value.length), 4);
}

/** A whole block; `fill` writes its fixed part and its data, `bodyOctets` long. */
function block(
  type: number,
  bodyOctets: number,
  options: readonly Option[],
  fill: (view: DataView, octets: Uint8Array) => void,
): Uint8Array {
  const lengthOctets = BLOCK_OCTETS + padded(bodyOctets) + optionOctets(options);
  const octets = new Uint8Array(lengthOctets);
  const view = new DataView(octets.buffer);
  view.setUint32(0, type, true);
  view.setUint32(4, lengthOctets, true);
  fill(view, octets);
  let at = 8 + padded(bodyOctets);
  for (const { code, value } of options) {
    view.setUint16(at, code, true);
    view.setUint16(at + 2, value.length, true);
    octets.set(value, at + 4);
    at += 4 + padded(value.length);
  }
  view.setUint32(lengthOctets - 4, lengthOctets, true);
  return octets;
}

function sectionBlock(): Uint8Array {
  const options = [{ code: OPTION.application, value: toUtf8(APPLICATION) }];
  return block(BLOCK.section, SECTION_OCTETS, options, (view) => {
    view.setUint32(8, BYTE_ORDER, true);
    view.setUint16(12, 1, true);
    // Section length: all ones says that it is not known.
    view.setInt32(16, -1, true);
    view.setInt32(20, -1, true);
  });
}

function interfaceBlock(port: Interface): Uint8Array {
  const options: Option[] = [
    { code: OPTION.interfaceName, value: toUtf8(port.name) },
    { code: OPTION.timeResolution, value: Uint8Array.of(NANOSECONDS) },
  ];
  if (port.fcsOctets !== null)
    options.push({ code: OPTION.fcsLength, value: Uint8Array.of(port.fcsOctets) });
  return block(BLOCK.interface, INTERFACE_OCTETS, options, (view) => {
    view.setUint16(8, port.linkType, true);
    view.setUint32(12, NO_LIMIT, true);
  });
}

/** The beginning of a capture: section header and interfaces. */
export function emitHead(interfaces: readonly Interface[]): Uint8Array {
  return join([sectionBlock(), ...interfaces.map(interfaceBlock)]);
}

export function emitFrame(frame: CapturedFrame): Uint8Array {
  const options: Option[] = [];
  if (frame.direction !== null) {
    const flags = Uint8Array.of(DIRECTIONS.indexOf(frame.direction), 0, 0, 0);
    options.push({ code: OPTION.frameFlags, value: flags });
  }
  if (frame.comment !== null) options.push({ code: OPTION.comment, value: toUtf8(frame.comment) });
  const { octets, timeNs } = frame;
  return block(BLOCK.frame, FRAME_OCTETS + octets.length, options, (view, target) => {
    view.setUint32(8, frame.interface, true);
    view.setUint32(12, Math.floor(timeNs / 0x1_0000_0000), true);
    view.setUint32(16, timeNs % 0x1_0000_0000, true);
    view.setUint32(20, octets.length, true);
    view.setUint32(24, octets.length, true);
    target.set(octets, 28);
  });
}

export function emit(capture: Capture): Uint8Array {
  return join([emitHead(capture.interfaces), ...capture.frames.map(emitFrame)]);
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
