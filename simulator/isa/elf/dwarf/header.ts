/**
 * The header of a line number program (DWARF 5, §6.2.4; versions 2 to 4, their own §6.2.4): how
 * its operations are written, and the names of its files.
 */
import {
  fail,
  readI8,
  readText,
  readU16,
  readU32,
  readU8,
  readUnsigned,
  skip,
  type Cursor,
} from './cursor';
import { textAt } from './text';

/** The sections that names may lie in; empty where a program has none. */
export type Names = { readonly lineStr: Uint8Array; readonly str: Uint8Array };

export type LineHeader = {
  readonly version: number;
  /** Where the operations begin. */
  readonly programAt: number;
  readonly leastLength: number;
  readonly lineBase: number;
  readonly lineRange: number;
  readonly opcodeBase: number;
  /** Operands of each standard operation; `[0]` is that of operation 1. */
  readonly operands: readonly number[];
  readonly directories: string[];
  /** Paths, by the numbers that the operations use. */
  readonly files: Map<number, string>;
};

/** `name` as seen from where it was compiled. */
export function pathOf(directories: readonly string[], directory: number, name: string): string {
  const folder = directory === 0 || name.startsWith('/') ? undefined : directories[directory];
  return folder === undefined ? name : `${folder}/${name}`;
}

/** One file of versions 2 to 4: name, directory, time, length. Null at the end of the list. */
export function readFile(cursor: Cursor, directories: readonly string[]): string | null {
  const name = readText(cursor);
  if (name === '') return null;
  const directory = readUnsigned(cursor);
  readUnsigned(cursor);
  readUnsigned(cursor);
  return pathOf(directories, directory, name);
}

type Listed = Pick<LineHeader, 'directories' | 'files'>;

function readOldNames(cursor: Cursor): Listed {
  const directories = [''];
  for (let name = readText(cursor); name !== ''; name = readText(cursor)) directories.push(name);
  const files = new Map<number, string>();
  for (;;) {
    const path = readFile(cursor, directories);
    if (path === null) return { directories, files };
    files.set(files.size + 1, path);
  }
}

/** Content types and forms (DWARF 5, tables 7.27 and 7.6). */
const PATH = 1;
const DIRECTORY = 2;

type ReadForm = (cursor: Cursor, names: Names) => string | number;

const FORMS: ReadonlyMap<number, ReadForm> = new Map<number, ReadForm>([
  [0x05, readU16],
  [0x06, readU32],
  [0x07, (cursor) => readU32(cursor) + readU32(cursor) * 0x1_0000_0000],
  [0x08, readText],
  [0x09, (cursor) => passed(cursor, readUnsigned(cursor))],
  [0x0b, readU8],
  [0x0e, (cursor, { str }) => textAt(str, readU32(cursor))],
  [0x0f, readUnsigned],
  [0x1e, (cursor) => passed(cursor, 16)],
  [0x1f, (cursor, { lineStr }) => textAt(lineStr, readU32(cursor))],
]);

function passed(cursor: Cursor, count: number): number {
  skip(cursor, count);
  return 0;
}

type Entry = { path: string; directory: number };

/** A list of version 5, which says itself how its entries are written. */
function readEntries(cursor: Cursor, names: Names): Entry[] {
  const formats = Array.from({ length: readU8(cursor) }, () => {
    return { type: readUnsigned(cursor), form: readUnsigned(cursor) };
  });
  const count = readUnsigned(cursor);
  const entries: Entry[] = [];
  while (entries.length < count && formats.length > 0 && cursor.wrong === null) {
    const entry: Entry = { path: '', directory: 0 };
    for (const { type, form } of formats) {
      const read = FORMS.get(form);
      if (read === undefined) fail(cursor, `form 0x${form.toString(16)} of a name is not known`);
      const value = read?.(cursor, names);
      if (type === PATH && typeof value === 'string') entry.path = value;
      if (type === DIRECTORY && typeof value === 'number') entry.directory = value;
    }
    entries.push(entry);
  }
  return entries;
}

function readNewNames(cursor: Cursor, names: Names): Listed {
  const directories = readEntries(cursor, names).map(({ path }) => path);
  const files = readEntries(cursor, names).map(({ path, directory }, index) => {
    return [index, pathOf(directories, directory, path)] as const;
  });
  return { directories, files: new Map(files) };
}

function checkKind(cursor: Cursor, version: number): void {
  if (version >= 2 && version <= 5) return;
  fail(cursor, `its version is ${version}, and 2 to 5 are known`);
}

/** Of what stands from the cursor up to its `end`, the length of the unit left out. */
export function readHeader(cursor: Cursor, names: Names): LineHeader {
  const version = readU16(cursor);
  checkKind(cursor, version);
  if (version === 5) skip(cursor, 2);
  const length = readU32(cursor);
  const programAt = cursor.at + length;
  if (programAt > cursor.end) fail(cursor, 'its header is cut short');
  const leastLength = readU8(cursor);
  if (version >= 4) skip(cursor, 1);
  skip(cursor, 1);
  const lineBase = readI8(cursor);
  const lineRange = readU8(cursor);
  const opcodeBase = readU8(cursor);
  if (lineRange === 0) fail(cursor, 'its special operations count lines by zeros');
  if (opcodeBase === 0) fail(cursor, 'it has no operations');
  const count = Math.max(0, opcodeBase - 1);
  const operands = Array.from({ length: count }, () => readU8(cursor));
  const listed = version === 5 ? readNewNames(cursor, names) : readOldNames(cursor);
  const fixed = { version, programAt, leastLength, lineBase, lineRange, opcodeBase, operands };
  return { ...fixed, ...listed };
}
