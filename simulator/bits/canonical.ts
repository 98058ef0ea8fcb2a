/**
 * The canonical form of plain data, as octets: what is hashed. Fields are sorted by name, absent
 * and undefined fields are one, and every value begins with a tag, so that two different values
 * never have the same form. Numbers are IEEE 754 doubles, little-endian; -0 is written as 0. Fields
 * named `cause` are left out: they say what led to something, and only ever serve to be seen.
 */
import type { Plain } from '../contract/plain';
import { hash128, type Hash128 } from './murmur';

type Writer = { octets: Uint8Array; view: DataView; length: number };

const TAG = { null: 0, false: 1, true: 2, number: 3, text: 4, octets: 5, list: 6, record: 7 };

function room(writer: Writer, more: number): void {
  if (writer.length + more <= writer.octets.length) return;
  const larger = new Uint8Array(Math.max(writer.octets.length * 2, writer.length + more));
  larger.set(writer.octets.subarray(0, writer.length));
  writer.octets = larger;
  writer.view = new DataView(larger.buffer);
}

function tag(writer: Writer, value: number): void {
  room(writer, 1);
  writer.octets[writer.length++] = value;
}

function number(writer: Writer, value: number): void {
  room(writer, 8);
  writer.view.setFloat64(writer.length, value + 0, true);
  writer.length += 8;
}

function text(writer: Writer, value: string): void {
  number(writer, value.length);
  room(writer, value.length * 2);
  for (let i = 0; i < value.length; i++) {
    writer.view.setUint16(writer.length, value.charCodeAt(i), true);
    writer.length += 2;
  }
}

function blob(writer: Writer, value: Uint8Array): void {
  number(writer, value.length);
  room(writer, value.length);
  writer.octets.set(value, writer.length);
  writer.length += value.length;
}

function list(writer: Writer, value: readonly Plain[]): void {
  number(writer, value.length);
  for (const item of value) write(writer, item);
}

function record(writer: Writer, value: { readonly [field: string]: Plain | undefined }): void {
  const fields = Object.keys(value)
    .filter((field) => field !== 'cause' && value[field] !== undefined)
    .sort();
  number(writer, fields.length);
  for (const field of fields) {
    text(writer, field);
    write(writer, value[field] as Plain);
  }
}

function write(writer: Writer, value: Plain): void {
  if (value === null) tag(writer, TAG.null);
  else if (typeof value === 'boolean') tag(writer, value ? TAG.true : TAG.false);
  else if (typeof value === 'number') {
    tag(writer, TAG.number);
    number(writer, value);
  } else if (typeof value === 'string') {
    tag(writer, TAG.text);
    text(writer, value);
  } else if (value instanceof Uint8Array) {
    tag(writer, TAG.octets);
    blob(writer, value);
  } else if (isList(value)) {
    tag(writer, TAG.list);
    list(writer, value);
  } else {
    tag(writer, TAG.record);
    record(writer, value);
  }
}

/** `Array.isArray` forgets that a list may be read-only. */
function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}

export function canonical(value: Plain): Uint8Array {
  const writer: Writer = {
    octets: new Uint8Array(1024),
    view: new DataView(new ArrayBuffer(0)),
    length: 0,
  };
  writer.view = new DataView(writer.octets.buffer);
  write(writer, value);
  return writer.octets.slice(0, writer.length);
}

/** The hash of the canonical form. */
export function hashPlain(value: Plain): Hash128 {
  return hash128(canonical(value));
}
