/**
 * The assembler: GNU as syntax for RV32IMAC, Zicsr and Zifencei ("Using as"; RISC-V Assembly
 * Programmer's Manual), sources to one image, linked in place. What fits 16 bits is written so,
 * unless `.option norvc` says no. Each source is read and measured; then all are laid out, see
 * each other's global symbols, and are written. It never throws; it answers with all errors at
 * once.
 */
import { ABSOLUTE, type Image, type ImageSymbol, type SourceLine } from '../image';
import { layOut, TEXT_BASE, type Bases, type Output } from '../linker/layout';
import type { Piece } from '../linker/piece';
import { emit } from './emit';
import { evaluate } from './evaluate';
import { errorAt, inOrder, type AssemblyError } from './errors';
import { highParts } from './fields';
import { connect } from './globals';
import { readSource, type Reading, type Source } from './read';
import type { Assembly } from './state';
import { isLocal, secondScope, valueNow } from './symbols';

export type LinkOptions = Reading & {
  /** Addresses of sections by name; the others follow. `.text` lies at 0x80000000 by default. */
  readonly bases?: Bases;
  /** Sections without a base start at a multiple of this; 4096 keeps them on pages of their own. */
  readonly gapOctets?: number;
};

export type Options = LinkOptions & {
  /** Stands beside each line of the image. */
  readonly sourceName?: string;
};

/** Which source it is in. */
export type SourceError = AssemblyError & { readonly source: string };

export type Assembled =
  | { readonly ok: true; readonly image: Image }
  /** In the order of the sources; never empty. */
  | { readonly ok: false; readonly errors: readonly SourceError[] };

/** The stack pointer of the calling convention is a multiple of 16: nothing needs more. */
const GAP_OCTETS = 16;

/** Labels that start with `.L` are the compiler's own, and numeric ones have no name. */
function symbolsOf(assembly: Assembly): readonly ImageSymbol[] {
  const found: ImageSymbol[] = [];
  for (const { name, spot } of assembly.symbols.values()) {
    if (isLocal(name) || name.startsWith('.L') || spot?.section.isLoaded === false) continue;
    const value = valueNow(assembly, name) ?? 0n;
    found.push({
      name,
      address: Number(BigInt.asUintN(32, value)),
      section: spot?.section.name ?? ABSOLUTE,
      global: assembly.globals.has(name) || assembly.weak.has(name),
      ...sizeOf(assembly, name),
      ...kindOf(assembly, name),
    });
  }
  return found;
}

/** What `.size` says of a symbol; what it says wrongly has been told. */
function sizeOf(assembly: Assembly, name: string): Pick<ImageSymbol, 'sizeOctets'> {
  const size = assembly.sizes.get(name);
  if (size === undefined) return {};
  const found = evaluate(size.expression, secondScope(assembly, size.at));
  return found.ok ? { sizeOctets: Number(BigInt.asUintN(32, found.value)) } : {};
}

function kindOf({ kinds }: Assembly, name: string): Pick<ImageSymbol, 'kind'> {
  const kind = kinds.get(name);
  return kind === undefined ? {} : { kind };
}

/** A size that cannot be worked out is a mistake like any other. */
function checkSizes(assembly: Assembly): void {
  for (const { expression, at } of assembly.sizes.values()) {
    const found = evaluate(expression, secondScope(assembly, at));
    if (!found.ok) assembly.errors.push(found.error);
  }
}

function commonSymbols(commons: ReadonlyMap<string, Piece>): readonly ImageSymbol[] {
  return [...commons].map(([name, { address, name: section }]) => {
    return { name, address, section, global: true };
  });
}

function linesOf({ items, name }: Assembly): readonly SourceLine[] {
  return items
    .filter(({ lengthOctets, line, section }) => lengthOctets > 0 && line > 0 && section.isLoaded)
    .map(({ section, offset, lengthOctets, line }) => {
      return { address: section.address + offset, lengthOctets, line, source: name };
    });
}

function imageOf(
  assemblies: readonly Assembly[],
  outputs: readonly Output[],
  commons: ReadonlyMap<string, Piece>,
): Image {
  const symbols = [...assemblies.flatMap(symbolsOf), ...commonSymbols(commons)];
  const starts = symbols.filter(({ name }) => name === '_start');
  const start = starts.find(({ global }) => global) ?? starts[0];
  const text = outputs.find(({ name }) => name === '.text');
  const filled = outputs.filter(({ octets }) => octets.length > 0);
  return {
    entry: start?.address ?? text?.address ?? TEXT_BASE,
    segments: filled
      .map(({ name, address, octets, flags }) => ({ name, address, octets, flags }))
      .sort((a, b) => a.address - b.address),
    symbols,
    lines: assemblies.flatMap(linesOf).sort((a, b) => a.address - b.address),
  };
}

const errorsOf = ({ name: source, errors }: Assembly): readonly SourceError[] =>
  inOrder(errors).map((error) => ({ ...error, source }));

/** All sources as one program, in their order; the names of sources stand in its messages. */
export function link(sources: readonly Source[], options: LinkOptions = {}): Assembled {
  const assemblies = sources.map((source) => readSource(source, options));
  const commons = connect(assemblies);
  const pieces = [...assemblies.flatMap(({ sections }) => [...sections.values()])];
  const all = [...pieces, ...commons.values()];
  const { outputs, problems } = layOut(all, options.bases ?? {}, options.gapOctets ?? GAP_OCTETS);
  for (const { message, remedy } of problems) {
    // What an option asks for has no line of its own.
    const span = { line: 1, column: 1, lengthColumns: 0 };
    assemblies[0]?.errors.push(errorAt(span, message, remedy));
  }
  // Where sections have no place nothing can be written.
  for (const assembly of problems.length > 0 ? [] : assemblies) {
    emit(assembly, highParts(assembly));
    checkSizes(assembly);
  }
  const errors = assemblies.flatMap(errorsOf);
  if (errors.length > 0) return { ok: false, errors };
  return { ok: true, image: imageOf(assemblies, outputs, commons) };
}

/** One source as one program. */
export function assemble(text: string, options: Options = {}): Assembled {
  return link([{ name: options.sourceName ?? '', text }], options);
}
