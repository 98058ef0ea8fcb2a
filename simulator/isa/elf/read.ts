/**
 * Reads a linked RV32 program (ELF32, little-endian, see `format`). Takes any octets and never
 * throws: what it refuses, it names with the place in the file. Of debug information the lines are
 * read; where they are wrong the program is as good, and a warning says why it has none.
 */
import { ABSOLUTE, hexAddress, type Image, type ImageSymbol, type Segment } from '../image';
import { readLines, type Lines } from './dwarf/lines';
import * as elf from './format';
import { readSections, type SectionHeader } from './sections';
import { checkTable, type File, type Refused } from './file';

export type Parsed =
  | { readonly ok: true; readonly image: Image; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly error: string };

/** What a program may take in memory, all segments together. */
const LIMIT_OCTETS = 0x400_0000;
const LONGEST_NAME = 256;
const ADDRESS_SPACE = 0x1_0000_0000;

const refuse = (error: string): Refused => ({ ok: false, error });

const TYPES: ReadonlyMap<number, string> = new Map([
  [1, 'is an object file that is not linked yet: link it with `ld`'],
  [3, 'is position-independent: link it with `-static -no-pie`'],
  [4, 'is a memory dump of a crashed program'],
]);

/** Null when the header is one of a 32-bit RISC-V program. */
function checkKind({ octets, view }: File): Refused | null {
  if (elf.MAGIC.some((octet, at) => octets[at] !== octet)) {
    return refuse('This is no ELF file: it does not start with the octets 7f 45 4c 46.');
  }
  if (octets.length < elf.HEADER_OCTETS) {
    const { length } = octets;
    return refuse(`The file is cut short: it has ${length} octets, its header alone has 52.`);
  }
  if (octets[4] === 2) {
    return refuse('This is a 64-bit ELF file: build it with `-march=rv32i -mabi=ilp32`.');
  }
  if (octets[4] !== elf.CLASS_32) return refuse(`Octet 4, the class, is ${octets[4]}, not 1.`);
  if (octets[5] === 2)
    return refuse('This ELF file is big-endian; RISC-V programs are little-endian.');
  if (octets[5] !== elf.DATA_LITTLE)
    return refuse(`Octet 5, the octet order, is ${octets[5]}, not 1.`);
  const machine = view.getUint16(18, true);
  if (machine !== elf.MACHINE_RISCV) {
    return refuse(`This program is for machine ${machine}; RISC-V is machine 243.`);
  }
  const type = view.getUint16(16, true);
  if (type === elf.TYPE_EXECUTABLE) return null;
  return refuse(`The file ${TYPES.get(type) ?? `has type ${type}, which is no program`}.`);
}

type ProgramHeader = {
  readonly index: number;
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly fileOctets: number;
  readonly memoryOctets: number;
  readonly flags: number;
};

function readPrograms(file: File): readonly ProgramHeader[] | Refused {
  const { view } = file;
  const [offset, size, count] = [
    view.getUint32(28, true),
    view.getUint16(42, true),
    view.getUint16(44, true),
  ];
  if (count === 0) return refuse('The file has no program headers: there is nothing to load.');
  const error = checkTable(file, 'program headers', { offset, size, count }, elf.PROGRAM_OCTETS);
  if (error !== null) return error;
  return Array.from({ length: count }, (_, index) => {
    const word = (at: number): number => view.getUint32(offset + index * size + at, true);
    return {
      index,
      type: word(0),
      offset: word(4),
      address: word(8),
      fileOctets: word(16),
      memoryOctets: word(20),
      flags: word(24),
    };
  });
}

/** Null when what the header promises is in the file and fits into memory. */
function checkLoad({ octets }: File, header: ProgramHeader): Refused | null {
  const { index, offset, address, fileOctets, memoryOctets } = header;
  const name = `Segment ${index}`;
  if (offset + fileOctets > octets.length) {
    const end = offset + fileOctets;
    return refuse(`The file is cut short: ${name} ends at octet ${end} of ${octets.length}.`);
  }
  if (fileOctets > memoryOctets) {
    return refuse(`${name} has ${fileOctets} octets in the file, but ${memoryOctets} in memory.`);
  }
  if (address + memoryOctets > ADDRESS_SPACE) {
    return refuse(`${name} at ${hexAddress(address)} ends after the last address, 0xffffffff.`);
  }
  return null;
}

function segmentOf(file: File, header: ProgramHeader, sections: readonly SectionHeader[]): Segment {
  const { index, offset, address, fileOctets, memoryOctets, flags } = header;
  const octets = new Uint8Array(memoryOctets);
  octets.set(file.octets.subarray(offset, offset + fileOctets));
  const first = sections.find(
    (section) => section.isAllocated && section.address === address && section.sizeOctets > 0,
  );
  return {
    name: first?.name ?? `segment${index}`,
    address,
    octets,
    flags: {
      read: (flags & elf.FLAG_READ) !== 0,
      write: (flags & elf.FLAG_WRITE) !== 0,
      execute: (flags & elf.FLAG_EXECUTE) !== 0,
    },
  };
}

function checkAll(file: File, headers: readonly ProgramHeader[]): Refused | null {
  if (
    headers.some(({ type }) => type === elf.PROGRAM_INTERPRETER || type === elf.PROGRAM_DYNAMIC)
  ) {
    return refuse('This program is dynamically linked: link it with `-static`.');
  }
  const loads = headers.filter(({ type, memoryOctets }) => {
    return type === elf.PROGRAM_LOAD && memoryOctets > 0;
  });
  for (const header of loads) {
    const error = checkLoad(file, header);
    if (error !== null) return error;
  }
  const total = loads.reduce((sum, { memoryOctets }) => sum + memoryOctets, 0);
  if (total > LIMIT_OCTETS)
    return refuse(`The program takes ${total} octets; 64 MiB are the most.`);
  const sorted = [...loads].sort((a, b) => a.address - b.address);
  for (const [at, { address, index }] of sorted.entries()) {
    const before = sorted[at - 1];
    if (before !== undefined && before.address + before.memoryOctets > address) {
      return refuse(`Segments ${before.index} and ${index} overlap at ${hexAddress(address)}.`);
    }
  }
  return loads.length === 0 ? refuse('The file has no segment to load.') : null;
}

/** The text at `offset` of a string table, up to its NUL. */
function nameAt({ octets }: File, table: SectionHeader, offset: number): string {
  const start = table.offset + offset;
  const end = Math.min(table.offset + table.sizeOctets, start + LONGEST_NAME);
  const stretch = octets.subarray(start, Math.max(start, end));
  const length = stretch.indexOf(0);
  return String.fromCharCode(...stretch.subarray(0, length < 0 ? stretch.length : length));
}

/** Size and type, where there are some. */
function extentOf(sizeOctets: number, type: number): Pick<ImageSymbol, 'sizeOctets' | 'kind'> {
  return {
    ...(sizeOctets > 0 && { sizeOctets }),
    ...(type === elf.SYMBOL_OBJECT && { kind: 'object' as const }),
    ...(type === elf.SYMBOL_FUNCTION && { kind: 'function' as const }),
  };
}

function symbolAt(
  file: File,
  sections: readonly SectionHeader[],
  names: SectionHeader,
  at: number,
): ImageSymbol | null {
  const { view } = file;
  const info = view.getUint8(at + 12);
  const index = view.getUint16(at + 14, true);
  const type = info & 15;
  const name = nameAt(file, names, view.getUint32(at, true));
  const section = index === elf.INDEX_ABSOLUTE ? ABSOLUTE : sections[index]?.name;
  const isPlace = type !== elf.SYMBOL_SECTION && type !== elf.SYMBOL_FILE;
  // Mapping symbols ($x, $d) mark code and data for disassemblers (psABI, §8.4.2).
  const isNamed = name !== '' && !name.startsWith('$');
  if (index === elf.INDEX_UNDEFINED || section === undefined || !isPlace || !isNamed) return null;
  const bind = info >> 4;
  const global = bind === elf.BIND_GLOBAL || bind === elf.BIND_WEAK;
  const address = view.getUint32(at + 4, true);
  return { name, address, section, global, ...extentOf(view.getUint32(at + 8, true), type) };
}

function symbolsOf(file: File, sections: readonly SectionHeader[]): readonly ImageSymbol[] {
  const table = sections.find(({ type }) => type === elf.SECTION_SYMBOLS);
  const names = table === undefined ? undefined : sections[table.link];
  if (table === undefined || names?.type !== elf.SECTION_STRINGS) return [];
  const symbols: ImageSymbol[] = [];
  const end = table.offset + table.sizeOctets - elf.SYMBOL_OCTETS;
  for (let at = table.offset; at <= end; at += elf.SYMBOL_OCTETS) {
    const symbol = symbolAt(file, sections, names, at);
    if (symbol !== null) symbols.push(symbol);
  }
  return symbols;
}

/** The octets of a section; none where the file has no such section, or not all of it. */
function contentOf({ octets }: File, sections: readonly SectionHeader[], name: string): Uint8Array {
  const section = sections.find((one) => one.name === name && one.type === elf.SECTION_PROGBITS);
  if (section === undefined) return new Uint8Array(0);
  return octets.subarray(section.offset, section.offset + section.sizeOctets);
}

function linesOf(
  file: File,
  sections: readonly SectionHeader[],
  segments: readonly Segment[],
): Lines {
  const content = (name: string): Uint8Array => contentOf(file, sections, name);
  const code = segments
    .filter(({ flags }) => flags.execute)
    .map(({ address, octets }) => ({ from: address, to: address + octets.length }));
  const [line, lineStr] = [content('.debug_line'), content('.debug_line_str')];
  return readLines({ line, lineStr, str: content('.debug_str') }, code);
}

export function parseElf(octets: Uint8Array): Parsed {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  const file: File = { octets, view };
  const wrong = checkKind(file);
  if (wrong !== null) return wrong;
  const headers = readPrograms(file);
  if ('error' in headers) return headers;
  const bad = checkAll(file, headers);
  if (bad !== null) return bad;
  const sections = readSections(file, (table, offset) => nameAt(file, table, offset));
  if ('error' in sections) return sections;
  const segments = headers
    .filter(({ type, memoryOctets }) => type === elf.PROGRAM_LOAD && memoryOctets > 0)
    .map((header) => segmentOf(file, header, sections))
    .sort((a, b) => a.address - b.address);
  const entry = view.getUint32(24, true);
  const isInside = segments.some(({ address, octets: { length }, flags }) => {
    return flags.execute && entry >= address && entry < address + length;
  });
  if (!isInside) return refuse(`The entry ${hexAddress(entry)} lies in no executable segment.`);
  const { lines, wrong: hindrance } = linesOf(file, sections, segments);
  const warnings = hindrance === null ? [] : [`.debug_line is not read to its end: ${hindrance}.`];
  const symbols = symbolsOf(file, sections);
  return { ok: true, image: { entry, segments, symbols, lines }, warnings };
}
