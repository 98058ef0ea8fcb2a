/** Section headers of an ELF file: names for segments, and where the symbols lie. */
import { checkTable, type File, type Refused } from './file';
import * as elf from './format';

export type SectionHeader = {
  readonly name: string;
  readonly type: number;
  readonly isAllocated: boolean;
  readonly address: number;
  readonly offset: number;
  readonly sizeOctets: number;
  readonly link: number;
};

type NameAt = (table: SectionHeader, offset: number) => string;

/** Null when what the section says it holds is in the file. */
function checkBounds({ octets }: File, { type, offset, sizeOctets }: SectionHeader): string | null {
  const end = offset + sizeOctets;
  const isHere = type === elf.SECTION_SYMBOLS || type === elf.SECTION_STRINGS;
  if (!isHere || end <= octets.length) return null;
  return `The file is cut short: a section ends at octet ${end} of ${octets.length}.`;
}

/** A file without section headers answers an empty list. */
export function readSections(file: File, nameAt: NameAt): readonly SectionHeader[] | Refused {
  const { view } = file;
  const offset = view.getUint32(32, true);
  const size = view.getUint16(46, true);
  const count = view.getUint16(48, true);
  if (offset === 0 || count === 0) return [];
  const error = checkTable(file, 'section headers', { offset, size, count }, elf.SECTION_OCTETS);
  if (error !== null) return error;
  const word = (index: number, at: number): number =>
    view.getUint32(offset + index * size + at, true);
  const unnamed = Array.from({ length: count }, (_, index): SectionHeader => ({
    name: '',
    type: word(index, 4),
    isAllocated: (word(index, 8) & elf.SECTION_ALLOCATED) !== 0,
    address: word(index, 12),
    offset: word(index, 16),
    sizeOctets: word(index, 20),
    link: word(index, 24),
  }));
  for (const section of unnamed) {
    const bad = checkBounds(file, section);
    if (bad !== null) return { ok: false, error: bad };
  }
  const names = unnamed[view.getUint16(50, true)];
  if (names?.type !== elf.SECTION_STRINGS) return unnamed;
  return unnamed.map((section, index) => ({ ...section, name: nameAt(names, word(index, 0)) }));
}
