/** Every mnemonic with the ways in which it can be written. */
import { ALIASES } from '../rv32/aliases';
import type { Operands } from '../rv32/operands';
import { rowNamed, TABLE, type Row } from '../rv32/table';
import { MACROS, type Macro, type Slot } from './macros';

export type Form =
  | {
      readonly kind: 'word';
      readonly name: string;
      readonly syntax: readonly Slot[];
      readonly row: Row;
      readonly fixed: Partial<Operands>;
    }
  | ({ readonly kind: 'macro' } & Macro)
  /** Its length depends on its value. */
  | { readonly kind: 'li'; readonly name: 'li'; readonly syntax: readonly Slot[] };

const ALL: readonly Form[] = [
  ...TABLE.map((row): Form => {
    return { kind: 'word', name: row.name, syntax: row.syntax, row, fixed: {} };
  }),
  ...ALIASES.filter(({ name }) => name !== 'li').map((alias): Form => ({ kind: 'word', ...alias })),
  ...MACROS.map((macro): Form => ({ kind: 'macro', ...macro })),
  { kind: 'li', name: 'li', syntax: ['rd', 'value'] },
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
  [/^(mul|mulhs?u?|mulhsu|divu?|remu?)$/, 'M (multiply and divide)'],
  [/^(lr|sc|amo\w+)\.[wd]/, 'A (atomics)'],
  [/^c\.\w+$/, 'C (16-bit instructions)'],
  [/^(f[a-z]+\.\w+(\.\w+)*|f[ls][wd])$/, 'F and D (floating point)'],
  [/^(ld|sd|lwu|sext\.w|(add|sub|sll|srl|sra)i?w)$/, 'RV64 (64-bit registers)'],
];

/** The extension that `name` belongs to, or null. */
export function extensionOf(name: string): string | null {
  if (rowNamed(name) !== undefined) return null;
  return ELSEWHERE.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
