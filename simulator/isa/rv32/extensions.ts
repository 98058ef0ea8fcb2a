/** Which extension an instruction belongs to, and architecture strings such as `rv32imac_zicsr`. */
import type { Class, Row } from './table';

export type Extension = 'M' | 'A' | 'C' | 'Zicsr' | 'Zifencei';
export type Extensions = ReadonlySet<Extension>;

/** What this machine has. */
export const ALL_EXTENSIONS: Extensions = new Set(['M', 'A', 'C', 'Zicsr', 'Zifencei']);

const BY_CLASS: { readonly [C in Class]?: Extension } = {
  multiply: 'M',
  divide: 'M',
  atomic: 'A',
  csr: 'Zicsr',
};

/** Null for what every machine has: RV32I and the privileged instructions. */
export function extensionOf(row: Row): Extension | null {
  return row.name === 'fence.i' ? 'Zifencei' : (BY_CLASS[row.class] ?? null);
}

export const EXTENSION_NAMES: { readonly [E in Extension]: string } = {
  M: 'M (multiply and divide)',
  A: 'A (atomics)',
  C: 'C (16-bit instructions)',
  Zicsr: 'Zicsr (control and status registers)',
  Zifencei: 'Zifencei (fence.i)',
};

/** What an extension is called in an architecture string. */
export const spelling = (extension: Extension): string => extension.toLowerCase();

const BY_SPELLING: ReadonlyMap<string, Extension> = new Map(
  [...ALL_EXTENSIONS].map((extension) => [spelling(extension), extension]),
);

export type March =
  | { readonly ok: true; readonly extensions: Extensions }
  | { readonly ok: false; readonly message: string; readonly remedy: string };

const REMEDY = 'This machine is rv32imac_zicsr_zifencei: name some of its extensions.';

/** Versions such as `2p1` are read over. */
const LETTER = /([a-z])(?:\d+p\d+|\d+)?/y;

const refuse = (message: string): March => ({ ok: false, message, remedy: REMEDY });

/** One letter an extension, up to the first `_`. */
function lettersOf(text: string): readonly string[] | null {
  const letters: string[] = [];
  LETTER.lastIndex = 0;
  while (LETTER.lastIndex < text.length) {
    const found = LETTER.exec(text)?.[1];
    if (found === undefined) return null;
    letters.push(found);
  }
  return letters;
}

/** `rv32i` with `m`, `a`, `c`, `_zicsr` and `_zifencei` in any number, with versions or without. */
export function parseMarch(text: string): March {
  const [base = '', ...long] = text
    .toLowerCase()
    .split('_')
    .filter((part) => part !== '');
  if (base.startsWith('rv64')) return refuse(`\`${text}\` has 64-bit registers.`);
  const letters = base.startsWith('rv32') ? lettersOf(base.slice(4)) : null;
  if (letters === null) return refuse(`\`${text}\` is no architecture.`);
  const [first, ...others] = letters;
  if (first !== 'i') return refuse(`\`${text}\` does not begin with \`rv32i\`.`);
  const extensions = new Set<Extension>();
  for (const name of [...others, ...long.map((part) => part.replace(/\d+(p\d+)?$/, ''))]) {
    if (name === 'zmmul' || name === 'i') continue;
    const extension = BY_SPELLING.get(name);
    if (extension === undefined) return refuse(`This machine has no extension \`${name}\`.`);
    extensions.add(extension);
  }
  return { ok: true, extensions };
}
