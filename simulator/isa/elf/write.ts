/**
 * Writes an image as an executable ELF32 file for RISC-V, with program headers, a section for each
 * segment, a symbol table and the lines of its code, so that `readelf`, `objdump` and `gdb` read it.
 */
import { ABSOLUTE, type Image, type ImageSymbol, type Segment, type SourceLine } from '../image';
import { debugSections } from './dwarf/write';
import * as elf from './format';

/** Loaders map whole pages: offset and address of a segment agree modulo this. */
const PAGE_OCTETS = 4096;

type Strings = { readonly octets: number[]; readonly places: Map<string, number> };

/** Where `text` lies in the string table, which it joins if it is new. */
function placeOf(strings: Strings, text: string): number {
  const known = strings.places.get(text);
  if (known !== undefined) return known;
  const place = strings.octets.length;
  strings.places.set(text, place);
  for (let at = 0; at < text.length; at++) strings.octets.push(text.charCodeAt(at) & 255);
  strings.octets.push(0);
  return place;
}

const createStrings = (): Strings => ({ octets: [0], places: new Map([['', 0]]) });

type Section = {
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  readonly address: number;
  readonly offset: number;
  readonly sizeOctets: number;
  readonly link: number;
  readonly info: number;
  readonly align: number;
  readonly entryOctets: number;
  readonly octets: Uint8Array;
};

const PLAIN = { flags: 0, address: 0, link: 0, info: 0, align: 1, entryOctets: 0 };

function write32s(view: DataView, at: number, words: readonly number[]): void {
  for (const [index, word] of words.entries()) view.setUint32(at + index * 4, word, true);
}

function isZeros({ name, octets }: Segment): boolean {
  return /^\.s?bss/.test(name) && octets.every((octet) => octet === 0);
}

/** The next file offset that agrees with `address` modulo the page. */
function offsetFor(address: number, from: number): number {
  const past = (address - from) % PAGE_OCTETS;
  return from + (past < 0 ? past + PAGE_OCTETS : past);
}

function sectionOf(segment: Segment, from: number): Section {
  const { name, address, octets, flags } = segment;
  const isEmpty = isZeros(segment);
  return {
    ...PLAIN,
    name,
    type: isEmpty ? elf.SECTION_NOBITS : elf.SECTION_PROGBITS,
    flags:
      elf.SECTION_ALLOCATED |
      (flags.write ? elf.SECTION_WRITE : 0) |
      (flags.execute ? elf.SECTION_CODE : 0),
    address,
    offset: offsetFor(address, from),
    sizeOctets: octets.length,
    align: address % 4 === 0 ? 4 : 1,
    octets: isEmpty ? new Uint8Array(0) : octets,
  };
}

const TYPE_OF = { none: 0, object: elf.SYMBOL_OBJECT, function: elf.SYMBOL_FUNCTION };

/** Local symbols come before global ones (specification 1.2, "Symbol Table"). */
function symbolOctets(
  symbols: readonly ImageSymbol[],
  names: readonly string[],
  strings: Strings,
): Uint8Array {
  const octets = new Uint8Array((symbols.length + 1) * elf.SYMBOL_OCTETS);
  const view = new DataView(octets.buffer);
  for (const [index, symbol] of symbols.entries()) {
    const { name, address, section, global, sizeOctets = 0, kind } = symbol;
    const at = (index + 1) * elf.SYMBOL_OCTETS;
    write32s(view, at, [placeOf(strings, name), address, sizeOctets]);
    view.setUint8(at + 12, ((global ? elf.BIND_GLOBAL : 0) << 4) | TYPE_OF[kind ?? 'none']);
    const known = section === ABSOLUTE ? -1 : names.indexOf(section);
    view.setUint16(at + 14, known < 0 ? elf.INDEX_ABSOLUTE : known, true);
  }
  return octets;
}

/** Lines of what executes; those of data are the assembler's own. */
function codeLines({ segments, lines }: Image): readonly SourceLine[] {
  const code = segments.filter(({ flags }) => flags.execute);
  return lines.filter(({ address }) => {
    return code.some((one) => address >= one.address && address < one.address + one.octets.length);
  });
}

/** Sections in the order of the file: none, the segments, symbols, strings, lines, names. */
function sectionsOf(image: Image): readonly Section[] {
  let end = elf.HEADER_OCTETS + image.segments.length * elf.PROGRAM_OCTETS;
  const none = { ...PLAIN, name: '', type: 0, offset: 0, sizeOctets: 0, octets: new Uint8Array(0) };
  const sections: Section[] = [{ ...none, align: 0 }];
  const push = (section: Section): void => {
    sections.push(section);
    end = section.offset + section.octets.length;
  };
  for (const segment of image.segments) push(sectionOf(segment, end));
  const table = (name: string, type: number, octets: Uint8Array, more: Partial<Section>): void => {
    const offset = Math.ceil(end / 4) * 4;
    push({ ...PLAIN, name, type, offset, sizeOctets: octets.length, octets, ...more });
  };
  const strings = createStrings();
  const locals = image.symbols.filter(({ global }) => !global);
  const ordered = [...locals, ...image.symbols.filter(({ global }) => global)];
  const octets = symbolOctets(
    ordered,
    sections.map(({ name }) => name),
    strings,
  );
  table('.symtab', elf.SECTION_SYMBOLS, octets, {
    link: sections.length + 1,
    info: locals.length + 1,
    align: 4,
    entryOctets: elf.SYMBOL_OCTETS,
  });
  table('.strtab', elf.SECTION_STRINGS, Uint8Array.from(strings.octets), {});
  for (const { name, octets: debug } of debugSections(codeLines(image))) {
    table(name, elf.SECTION_PROGBITS, debug, {});
  }
  const names = createStrings();
  for (const { name } of sections) placeOf(names, name);
  placeOf(names, '.shstrtab');
  table('.shstrtab', elf.SECTION_STRINGS, Uint8Array.from(names.octets), {});
  return sections;
}

function writeHeader(view: DataView, image: Image, sections: readonly Section[]): void {
  const octets = [...elf.MAGIC, elf.CLASS_32, elf.DATA_LITTLE, 1];
  for (const [at, octet] of octets.entries()) view.setUint8(at, octet);
  const last = sections[sections.length - 1] as Section;
  const tableAt = Math.ceil((last.offset + last.octets.length) / 4) * 4;
  const { length } = image.segments;
  view.setUint16(16, elf.TYPE_EXECUTABLE, true);
  view.setUint16(18, elf.MACHINE_RISCV, true);
  write32s(view, 20, [1, image.entry, length === 0 ? 0 : elf.HEADER_OCTETS, tableAt, 0]);
  const halves = [
    elf.HEADER_OCTETS,
    elf.PROGRAM_OCTETS,
    length,
    elf.SECTION_OCTETS,
    sections.length,
    sections.length - 1,
  ];
  for (const [index, half] of halves.entries()) view.setUint16(40 + index * 2, half, true);
}

function writePrograms(view: DataView, image: Image, sections: readonly Section[]): void {
  for (const [index, { address, octets, flags }] of image.segments.entries()) {
    const section = sections[index + 1] as Section;
    const rights =
      (flags.read ? elf.FLAG_READ : 0) |
      (flags.write ? elf.FLAG_WRITE : 0) |
      (flags.execute ? elf.FLAG_EXECUTE : 0);
    const at = elf.HEADER_OCTETS + index * elf.PROGRAM_OCTETS;
    const sizes = [section.octets.length, octets.length, rights, PAGE_OCTETS];
    write32s(view, at, [elf.PROGRAM_LOAD, section.offset, address, address, ...sizes]);
  }
}

function writeSections(
  view: DataView,
  file: Uint8Array,
  sections: readonly Section[],
  tableAt: number,
): void {
  const names = createStrings();
  for (const [index, one] of sections.entries()) {
    file.set(one.octets, one.offset);
    const { type, flags, address, offset, sizeOctets, link, info, align, entryOctets } = one;
    const words = [type, flags, address, offset, sizeOctets, link, info, align, entryOctets];
    write32s(view, tableAt + index * elf.SECTION_OCTETS, [placeOf(names, one.name), ...words]);
  }
}

/** The octets of the file. */
export function writeElf(image: Image): Uint8Array {
  const sections = sectionsOf(image);
  const last = sections[sections.length - 1] as Section;
  const tableAt = Math.ceil((last.offset + last.octets.length) / 4) * 4;
  const file = new Uint8Array(tableAt + sections.length * elf.SECTION_OCTETS);
  const view = new DataView(file.buffer);
  writeHeader(view, image, sections);
  writePrograms(view, image, sections);
  writeSections(view, file, sections, tableAt);
  return file;
}
