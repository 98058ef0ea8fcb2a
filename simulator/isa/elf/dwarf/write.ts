/**
 * Writes the lines of a program as debug information of version 3, the smallest that every tool
 * reads: a line number program, and one compilation unit that points to it (without which
 * `objdump -l`, `addr2line` and `gdb` look for none).
 */
import type { SourceLine } from '../../image';
import { octetsOf } from './text';

export type Written = { readonly name: string; readonly octets: Uint8Array };

/** What GNU as calls a source without a name; an empty one would end the list of files. */
const UNNAMED = '{standard input}';

const LINE_BASE = -5;
const LINE_RANGE = 14;
const OPCODE_BASE = 13;
/** Operands of the standard operations 1 to 12 (§6.2.5.2). */
const OPERANDS = [0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1];

const u16 = (value: number): number[] => [value & 255, (value >>> 8) & 255];
const u32 = (value: number): number[] => [...u16(value), ...u16(value >>> 16)];

function unsigned(value: number): number[] {
  const octets: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...octets, rest];
    octets.push((rest % 128) + 128);
  }
}

function signed(value: number): number[] {
  const octets: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    const low = rest & 127;
    if (rest >= -64 && rest < 64) return [...octets, low];
    octets.push(low + 128);
  }
}

/** The octets of a unit, its length before them. */
const withLength = (octets: readonly number[]): number[] => [...u32(octets.length), ...octets];

function headerOf(files: readonly string[]): number[] {
  const names = files.flatMap((file) => [...octetsOf(file), 0, 0, 0]);
  const rest = [1, 1, LINE_BASE & 255, LINE_RANGE, OPCODE_BASE, ...OPERANDS, 0, ...names, 0];
  return [...u16(3), ...u32(rest.length), ...rest];
}

/** Address and line move on, and a row stands there. */
function rowOf(octetsOn: number, linesOn: number): number[] {
  const lineStep = linesOn - LINE_BASE;
  const operation = lineStep + LINE_RANGE * octetsOn + OPCODE_BASE;
  if (lineStep >= 0 && lineStep < LINE_RANGE && operation < 256) return [operation];
  return [3, ...signed(linesOn), 2, ...unsigned(octetsOn), 1];
}

function operationsOf(lines: readonly SourceLine[], files: readonly string[]): number[] {
  const octets: number[] = [];
  const push = (operations: readonly number[]): void => {
    for (const octet of operations) octets.push(octet);
  };
  let [address, line, file] = [0, 1, 1];
  const end = (): void => push([2, ...unsigned(reached - address), 0, 1, 1]);
  let reached = 0;
  for (const [index, one] of lines.entries()) {
    if (index === 0 || one.address !== reached) {
      if (index > 0) end();
      push([0, 5, 2, ...u32(one.address)]);
      [address, line, file] = [one.address, 1, 1];
    }
    const number = files.indexOf(one.source) + 1;
    if (number !== file) push([4, ...unsigned(number)]);
    push(rowOf(one.address - address, one.line - line));
    [address, line, file] = [one.address, one.line, number];
    reached = one.address + one.lengthOctets;
  }
  end();
  return octets;
}

/** Tags, attributes and forms of the one entry (§7.5): line table, from, to, name, maker, language. */
const ABBREVIATION = [
  1, 0x11, 0, 0x10, 0x06, 0x11, 0x01, 0x12, 0x01, 0x03, 0x08, 0x25, 0x08, 0x13, 0x05, 0, 0, 0,
];
/** DW_LANG_Mips_Assembler, which stands for every assembler. */
const ASSEMBLER = 0x8001;

function unitOf(lines: readonly SourceLine[], name: string): number[] {
  const [first, last] = [lines[0] as SourceLine, lines.at(-1) as SourceLine];
  const range = [...u32(first.address), ...u32(last.address + last.lengthOctets)];
  const entry = [1, ...u32(0), ...range, ...octetsOf(name), ...octetsOf('autochitect')];
  return withLength([...u16(3), ...u32(0), 4, ...entry, ...u16(ASSEMBLER)]);
}

/** `lines` in ascending order. Empty when there are none. */
export function debugSections(lines: readonly SourceLine[]): readonly Written[] {
  const named = lines.map((line) => ({ ...line, source: line.source || UNNAMED }));
  const files = [...new Set(named.map(({ source }) => source))];
  const [main] = files;
  if (main === undefined) return [];
  const table = withLength([...headerOf(files), ...operationsOf(named, files)]);
  return [
    { name: '.debug_line', octets: Uint8Array.from(table) },
    { name: '.debug_info', octets: Uint8Array.from(unitOf(lines, main)) },
    { name: '.debug_abbrev', octets: Uint8Array.from(ABBREVIATION) },
  ];
}
