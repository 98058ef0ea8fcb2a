/** From a program's `.debug_line` to the lines of its code. */
import type { SourceLine } from '../../image';
import { createCursor, fail, isWrong, readU32, type Cursor } from './cursor';
import { readHeader, type Names } from './header';
import { runLines, type Row } from './operations';

export type DebugSections = Names & { readonly line: Uint8Array };

/** A stretch of executable memory. */
type Code = { readonly from: number; readonly to: number };

export type Lines = {
  readonly lines: readonly SourceLine[];
  /** Why what follows in the section was not read. */
  readonly wrong: string | null;
};

/** A row holds up to the next one; where two stand at one address the later is meant. */
function linesOf(rows: readonly Row[], files: ReadonlyMap<number, string>): SourceLine[] {
  const lines: SourceLine[] = [];
  for (const [index, { address, file, line, isEnd }] of rows.entries()) {
    const next = rows[index + 1];
    if (isEnd || line < 1 || next === undefined || next.address <= address) continue;
    const lengthOctets = next.address - address;
    lines.push({ address, lengthOctets, line, source: files.get(file) ?? '?' });
  }
  return lines;
}

function readUnit(cursor: Cursor, names: Names): SourceLine[] {
  const length = readU32(cursor);
  if (length >= 0xffff_fff0) fail(cursor, 'it is written in 64-bit DWARF');
  else if (length > cursor.octets.length - cursor.at) fail(cursor, 'it is cut short');
  if (isWrong(cursor)) return [];
  cursor.end = cursor.at + length;
  const header = readHeader(cursor, names);
  if (isWrong(cursor)) return [];
  const rows = runLines(cursor, header);
  cursor.at = cursor.end;
  cursor.end = cursor.octets.length;
  return linesOf(rows, header.files);
}

/** In ascending order, none upon another; what linkers took out lies in no code and goes. */
function ordered(lines: readonly SourceLine[], code: readonly Code[]): SourceLine[] {
  const inside = lines.filter(({ address, lengthOctets }) => {
    return code.some(({ from, to }) => address >= from && address + lengthOctets <= to);
  });
  let end = 0;
  return inside
    .sort((a, b) => a.address - b.address)
    .filter(({ address, lengthOctets }) => {
      const isFree = address >= end;
      if (isFree) end = address + lengthOctets;
      return isFree;
    });
}

export function readLines(sections: DebugSections, code: readonly Code[]): Lines {
  const cursor = createCursor(sections.line);
  const lines: SourceLine[] = [];
  while (!isWrong(cursor) && cursor.at < sections.line.length) {
    for (const line of readUnit(cursor, sections)) lines.push(line);
  }
  return { lines: ordered(lines, code), wrong: cursor.wrong };
}
