/** Every mnemonic with the ways in which it can be written. */
import { ALIASES } from '../rv32/aliases';
import { COMPRESSED, type CompressedRow } from '../rv32/compressed';
import type { Operands } from '../rv32/operands';
import { TABLE, type Row } from '../rv32/table';
import { MACROS, type Macro, type Slot } from './macros';

export type Form =
  | {
      readonly kind: 'word';
      readonly name: string;
      readonly syntax: readonly Slot[];
      readonly row: Row;
      readonly fixed: Partial<Operands>;
      /** By which its 16-bit spellings are looked up. */
      readonly key: string;
    }
  | {
      readonly kind: 'short';
      readonly name: string;
      readonly syntax: readonly Slot[];
      readonly short: CompressedRow;
    }
  /** 16 bits of zeros, which no machine executes. */
  | { readonly kind: 'zeros'; readonly name: string; readonly syntax: readonly Slot[] }
  | ({ readonly kind: 'macro' } & Macro)
  /** Its length depends on its value. */
  | { readonly kind: 'li'; readonly name: 'li'; readonly syntax: readonly Slot[] };

/** GNU as shortens `jr` and `jalr` of one register only. */
function keyOf(name: string, syntax: readonly Slot[]): string {
  return name === 'jr' || name === 'jalr' ? `${name} ${syntax.join()}` : name;
}

type Spelt = Pick<Extract<Form, { kind: 'word' }>, 'name' | 'syntax' | 'row' | 'fixed'>;

function word({ name, syntax, row, fixed }: Spelt): Extract<Form, { kind: 'word' }> {
  return { kind: 'word', name, syntax, row, fixed, key: keyOf(name, syntax) };
}

/** Other names of the same. */
const RENAMED: readonly (readonly [name: string, of: string])[] = [
  ['move', 'mv'],
  ['sbreak', 'ebreak'],
  ['scall', 'ecall'],
];

const SPELT: readonly Spelt[] = [
  ...TABLE.map(({ name, syntax }, at) => ({ name, syntax, row: TABLE[at] as Row, fixed: {} })),
  ...ALIASES.filter(({ name }) => name !== 'li'),
];

const ALL: readonly Form[] = [
  ...SPELT.map(word),
  ...RENAMED.flatMap(([name, of]) =>
    SPELT.filter((one) => one.name === of).map((one): Form => ({ ...word(one), name })),
  ),
  ...MACROS.map((macro): Form => ({ kind: 'macro', ...macro })),
  { kind: 'li', name: 'li', syntax: ['rd', 'value'] },
  ...COMPRESSED.map((short): Form => {
    return { kind: 'short', name: short.name, syntax: short.syntax, short };
  }),
  { kind: 'zeros', name: 'c.unimp', syntax: [] },
];

const BY_NAME = new Map<string, Form[]>();
for (const form of ALL) BY_NAME.set(form.name, [...(BY_NAME.get(form.name) ?? []), form]);

export const MNEMONICS: readonly string[] = [...BY_NAME.keys()];

/** The ways to write `name`, the most usual first; empty when there is no such instruction. */
export function formsOf(name: string): readonly Form[] {
  return BY_NAME.get(name) ?? [];
}

/** Mnemonics of extensions that this machine does not have, so that a message can say so. */
const ELSEWHERE: readonly (readonly [RegExp, string])[] = [
  [/^(f[a-z]+\.\w+(\.\w+)*|f[ls][wd]|c\.f\w+)$/, 'F and D (floating point)'],
  [
    /^(ld|sd|lwu|sext\.w|(add|sub|sll|srl|sra)i?w|negw|(mul|divu?|remu?)w|(lr|sc|amo\w+)\.d\S*|c\.(ld|sd|ldsp|sdsp|addw|subw|addiw))$/,
    'RV64 (64-bit registers)',
  ],
  [/^(andn|orn|xnor|clz|ctz|cpop|maxu?|minu?|rol|rori?|rev8|orc\.b|sh[123]add)$/, 'B (bits)'],
  [/^v[a-z0-9]+(\.\w+)+$/, 'V (vectors)'],
];

/** The extension that `name` belongs to, or null. */
export function foreignExtension(name: string): string | null {
  return ELSEWHERE.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
