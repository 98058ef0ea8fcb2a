/**
 * The assembler: GNU as syntax for RV32I and Zicsr ("Using as"; RISC-V Assembly Programmer's
 * Manual), one source to one image, linked in place. Two passes: the first measures and collects
 * labels, the second writes. It never throws; it answers with all errors of a source at once.
 */
import { ABSOLUTE, type Image, type ImageSymbol, type Segment, type SourceLine } from '../image';
import { emit } from './emit';
import { errorAt, inOrder, type AssemblyError } from './errors';
import { highParts } from './fields';
import { loadedSections, place, TEXT_BASE, type Bases } from './layout';
import { lex } from './lexer';
import { createAssembly, type Assembly } from './state';
import { takeStatement } from './statement';
import { isLocal } from './symbols';

export type Options = {
  /** Stands beside each line of the image. */
  readonly sourceName?: string;
  /** Addresses of sections by name; the others follow. `.text` lies at 0x80000000 by default. */
  readonly bases?: Bases;
  /** Sections without a base start at a multiple of this; 4096 keeps them on pages of their own. */
  readonly gapOctets?: number;
};

export type Assembled =
  | { readonly ok: true; readonly image: Image }
  /** In the order of the source; never empty. */
  | { readonly ok: false; readonly errors: readonly AssemblyError[] };

/** The stack pointer of the calling convention is a multiple of 16: nothing needs more. */
const GAP_OCTETS = 16;

/** Characters of a source; a longer one is no program written by hand or by a compiler. */
const LONGEST_SOURCE = 0x400_0000;

function segmentsOf(assembly: Assembly): readonly Segment[] {
  const filled = loadedSections(assembly).filter(({ sizeOctets }) => sizeOctets > 0);
  return filled
    .map(({ name, address, octets, flags }): Segment => ({ name, address, octets, flags }))
    .sort((a, b) => a.address - b.address);
}

/** Labels that start with `.L` are the compiler's own, and numeric ones have no name. */
function symbolsOf(assembly: Assembly): readonly ImageSymbol[] {
  const named = [...assembly.symbols.values()].filter(
    ({ name, section }) =>
      !isLocal(name) && !name.startsWith('.L') && (section === null || section.isLoaded),
  );
  return named.map(({ name, section, value }) => ({
    name,
    address: Number(BigInt.asUintN(32, value)) + (section?.address ?? 0),
    section: section?.name ?? ABSOLUTE,
    global: assembly.globals.has(name),
  }));
}

function linesOf(assembly: Assembly, source: string): readonly SourceLine[] {
  return assembly.items
    .filter(({ lengthOctets, section }) => lengthOctets > 0 && section.isLoaded)
    .map(({ section, offset, lengthOctets, line }) => {
      return { address: section.address + offset, lengthOctets, line, source };
    })
    .sort((a, b) => a.address - b.address);
}

function imageOf(assembly: Assembly, source: string): Image {
  const symbols = symbolsOf(assembly);
  const start = symbols.find(({ name }) => name === '_start');
  const text = assembly.sections.get('.text');
  return {
    entry: start?.address ?? text?.address ?? TEXT_BASE,
    segments: segmentsOf(assembly),
    symbols,
    lines: linesOf(assembly, source),
  };
}

export function assemble(source: string, options: Options = {}): Assembled {
  const assembly = createAssembly();
  if (source.length > LONGEST_SOURCE) {
    const span = { line: 1, column: 1, lengthColumns: 0 };
    const message = 'This source is longer than 64 million characters.';
    return { ok: false, errors: [errorAt(span, message, 'Assemble it in parts.')] };
  }
  for (const statement of lex(source, assembly.errors)) takeStatement(assembly, statement);
  place(assembly, options.bases ?? {}, options.gapOctets ?? GAP_OCTETS);
  emit(assembly, highParts(assembly));
  if (assembly.errors.length > 0) return { ok: false, errors: inOrder(assembly.errors) };
  return { ok: true, image: imageOf(assembly, options.sourceName ?? '') };
}
