/**
 * Reads pcapng of either byte order and any time resolution (rounded to whole nanoseconds), with
 * any number of sections. Blocks and options that are not understood are skipped; what the format
 * forbids is refused with the offset of the block.
 */
import { accept, refuse, type Parsed, type Refusal } from '../parsed';
import { fromUtf8 } from '../text';
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

/** What has been read, and how the section at hand is to be read. */
type Reader = {
  readonly octets: Uint8Array;
  readonly view: DataView;
  little: boolean;
  /** Index of the section's first interface, and ticks a second of all interfaces so far. */
  firstInterface: number;
  readonly ticksPerSecond: number[];
  readonly interfaces: Interface[];
  readonly frames: CapturedFrame[];
};

export function parse(octets: Uint8Array): Parsed<Capture> {
  const reader: Reader = {
    octets,
    view: new DataView(octets.buffer, octets.byteOffset, octets.length),
    little: true,
    firstInterface: 0,
    ticksPerSecond: [],
    interfaces: [],
    frames: [],
  };
  for (let at = 0; at < octets.length;) {
    const end = readBlock(reader, at);
    if (typeof end !== 'number') return end;
    at = end;
  }
  if (octets.length === 0) return refuse('no section header', 0);
  return accept({ interfaces: reader.interfaces, frames: reader.frames });
}

/** Where the block ends. */
function readBlock(reader: Reader, at: number): number | Refusal {
  const { view, octets } = reader;
  if (octets.length - at < BLOCK_OCTETS) return refuse('a block without an end', at);
  // The type of a section header reads the same in both byte orders.
  const section = view.getUint32(at, true) === BLOCK.section;
  if (section) {
    const order = readByteOrder(view, at);
    if (order === null) return refuse('no byte-order magic', at + 8);
    reader.little = order;
  } else if (at === 0) return refuse('no section header', 0);
  const type = view.getUint32(at, reader.little);
  const lengthOctets = view.getUint32(at + 4, reader.little);
  const end = at + lengthOctets;
  if (lengthOctets < BLOCK_OCTETS || lengthOctets % 4 !== 0 || end > octets.length)
    return refuse(`a block of ${lengthOctets} octets`, at + 4);
  if (view.getUint32(end - 4, reader.little) !== lengthOctets)
    return refuse('a block whose two lengths differ', end - 4);
  return readBody(reader, type, at + 8, end - 4) ?? end;
}

/** True for little-endian; null for neither. */
function readByteOrder(view: DataView, at: number): boolean | null {
  if (view.getUint32(at + 8, true) === BYTE_ORDER) return true;
  return view.getUint32(at + 8, false) === BYTE_ORDER ? false : null;
}

function readBody(reader: Reader, type: number, from: number, to: number): Refusal | null {
  switch (type) {
    case BLOCK.section:
      if (to - from < SECTION_OCTETS) return refuse('a section header cut short', from);
      if (reader.view.getUint16(from + 4, reader.little) !== 1)
        return refuse('a version that is not 1', from + 4);
      reader.firstInterface = reader.interfaces.length;
      return null;
    case BLOCK.interface:
      return readInterface(reader, from, to);
    case BLOCK.frame:
      return readFrame(reader, from, to);
    default:
      return null;
  }
}

/** Calls `visit` for each option up to the end-of-options one. */
function readOptions(
  reader: Reader,
  from: number,
  to: number,
  visit: (code: number, value: Uint8Array) => void,
): Refusal | null {
  for (let at = from; at + 4 <= to;) {
    const code = reader.view.getUint16(at, reader.little);
    const lengthOctets = reader.view.getUint16(at + 2, reader.little);
    if (code === OPTION.end) return null;
    const end = at + 4 + lengthOctets;
    if (end > to) return refuse('an option beyond its block', at + 2);
    visit(code, reader.octets.subarray(at + 4, end));
    at += 4 + padded(lengthOctets);
  }
  return null;
}

function readInterface(reader: Reader, from: number, to: number): Refusal | null {
  if (to - from < INTERFACE_OCTETS) return refuse('an interface description cut short', from);
  let name = '';
  let fcsOctets: number | null = null;
  // Microseconds, unless an option says otherwise.
  let resolution = 6;
  const bad = readOptions(reader, from + INTERFACE_OCTETS, to, (code, value) => {
    if (code === OPTION.interfaceName) name = fromUtf8(value);
    if (code === OPTION.fcsLength) fcsOctets = value[0] ?? null;
    if (code === OPTION.timeResolution) resolution = value[0] ?? resolution;
  });
  const linkType = reader.view.getUint16(from, reader.little);
  reader.interfaces.push({ name, linkType, fcsOctets });
  reader.ticksPerSecond.push(ticksOf(resolution));
  return bad;
}

/** The highest bit chooses between powers of two and of ten. */
function ticksOf(resolution: number): number {
  const base = resolution >= 128 ? 2 : 10;
  let ticks = 1;
  for (let power = resolution % 128; power > 0; power--) ticks *= base;
  return ticks;
}

function readFrame(reader: Reader, from: number, to: number): Refusal | null {
  const { view, little, octets } = reader;
  if (to - from < FRAME_OCTETS) return refuse('a packet block cut short', from);
  const index = reader.firstInterface + view.getUint32(from, little);
  const ticksPerSecond = reader.ticksPerSecond[index];
  if (ticksPerSecond === undefined) return refuse('a packet of an unknown interface', from);
  const high = view.getUint32(from + 4, little);
  const ticks = high * 0x1_0000_0000 + view.getUint32(from + 8, little);
  const dataFrom = from + FRAME_OCTETS;
  const dataEnd = dataFrom + view.getUint32(from + 12, little);
  if (dataEnd > to) return refuse('a packet beyond its block', from + 12);
  let direction: CapturedFrame['direction'] = null;
  let comment: string | null = null;
  const optionsFrom = dataFrom + padded(dataEnd - dataFrom);
  const bad = readOptions(reader, optionsFrom, to, (code, value) => {
    if (code === OPTION.comment) comment = fromUtf8(value);
    if (code === OPTION.frameFlags && value.length === 4) {
      const lowest = value[little ? 0 : 3] as number;
      direction = DIRECTIONS[lowest & 3] as CapturedFrame['direction'];
    }
  });
  const timeNs = nanoseconds(ticks, ticksPerSecond);
  const data = octets.subarray(dataFrom, dataEnd);
  reader.frames.push({ interface: index, timeNs, octets: data, direction, comment });
  return bad;
}

/** Whole seconds apart from the rest, so that neither product leaves the exact integers. */
function nanoseconds(ticks: number, ticksPerSecond: number): number {
  if (ticksPerSecond === 1_000_000_000) return ticks;
  const seconds = Math.floor(ticks / ticksPerSecond);
  const rest = ticks - seconds * ticksPerSecond;
  return seconds * 1_000_000_000 + Math.round((rest * 1_000_000_000) / ticksPerSecond);
}
