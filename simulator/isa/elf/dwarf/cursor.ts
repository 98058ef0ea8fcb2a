/**
 * Reads debug information octet by octet. Never throws: behind the end, and after a mistake, all
 * it reads is zero, and `wrong` says what was met first.
 */
import { textAt } from './text';

export type Cursor = {
  readonly octets: Uint8Array;
  readonly view: DataView;
  at: number;
  /** What may be read ends before this offset. */
  end: number;
  wrong: string | null;
};

export function createCursor(octets: Uint8Array, from = 0): Cursor {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  return { octets, view, at: from, end: octets.length, wrong: null };
}

export function fail(cursor: Cursor, what: string): void {
  cursor.wrong ??= `${what} at octet ${cursor.at}`;
}

/** Asked by a function, since what is read changes the answer. */
export function isWrong(cursor: Cursor): boolean {
  return cursor.wrong !== null;
}

/** Where the next `count` octets begin; null, with a complaint, when they are not there. */
function take(cursor: Cursor, count: number): number | null {
  if (cursor.wrong !== null) return null;
  if (count > cursor.end - cursor.at) {
    fail(cursor, 'it is cut short');
    return null;
  }
  const { at } = cursor;
  cursor.at += count;
  return at;
}

export function skip(cursor: Cursor, count: number): void {
  take(cursor, count);
}

export function readU8(cursor: Cursor): number {
  const at = take(cursor, 1);
  return at === null ? 0 : cursor.view.getUint8(at);
}

export function readI8(cursor: Cursor): number {
  const at = take(cursor, 1);
  return at === null ? 0 : cursor.view.getInt8(at);
}

export function readU16(cursor: Cursor): number {
  const at = take(cursor, 2);
  return at === null ? 0 : cursor.view.getUint16(at, true);
}

export function readU32(cursor: Cursor): number {
  const at = take(cursor, 4);
  return at === null ? 0 : cursor.view.getUint32(at, true);
}

/** ULEB128, of which 53 bits count (DWARF 5, §7.6). */
export function readUnsigned(cursor: Cursor): number {
  let [value, scale] = [0, 1];
  for (;;) {
    const octet = readU8(cursor);
    if (scale < 0x20_0000_0000_0000) value += (octet % 128) * scale;
    scale *= 128;
    if (octet < 128) return value;
  }
}

/** SLEB128. */
export function readSigned(cursor: Cursor): number {
  let [value, scale] = [0, 1];
  for (;;) {
    const octet = readU8(cursor);
    if (scale < 0x20_0000_0000_0000) value += (octet % 128) * scale;
    scale *= 128;
    if (octet < 128) return octet >= 64 && scale < 0x20_0000_0000_0000 ? value - scale : value;
  }
}

/** UTF-8 up to a zero, which is passed over. */
export function readText(cursor: Cursor): string {
  const from = cursor.at;
  while (readU8(cursor) !== 0);
  return cursor.wrong === null ? textAt(cursor.octets, from) : '';
}
