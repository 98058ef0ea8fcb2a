/** From operands to the bits of an instruction, in 16 or 32 bits; or the word that waits for them. */
import { encode } from '../rv32/encode';
import type { Operands } from '../rv32/operands';
import type { Row } from '../rv32/table';
import { compressed } from './compress';
import { evaluate } from './evaluate';
import { whole } from './fields';
import { here, type Assembly, type OpenField, type Word } from './state';
import { firstScope } from './symbols';

type Fields = { -readonly [F in keyof Operands]?: Operands[F] };

/** The field that the number of an operand goes into. */
export function fieldOf(operand: OpenField['operand']): 'csr' | 'zimm' | 'imm' {
  return operand === 'csr' || operand === 'zimm' ? operand : 'imm';
}

/** `isPlain`: written as it is, and not as a number of 32 bits without sign. */
export type Known = { readonly number: number; readonly isPlain: boolean };

/** The number that a field has already, or null while it is open or wrong. */
export function knownField(assembly: Assembly, open: OpenField): Known | null {
  if (open.part !== 'whole' || open.operand === 'target') return null;
  const found = evaluate(open.expression, firstScope(assembly, here(assembly)));
  if (!found.ok || found.section !== null) return null;
  const number = whole(open, found.value);
  if (typeof number !== 'number') return null;
  return { number, isPlain: found.value < 1n << 31n };
}

/** `key`: what it was written as; null: in 32 bits, whatever its operands are. */
export function wordOf(
  assembly: Assembly,
  key: string | null,
  row: Row,
  fields: Partial<Operands>,
  open: readonly OpenField[],
): Word {
  const known: Fields = { ...fields };
  const left: OpenField[] = [];
  let isPlain = true;
  for (const one of open) {
    const found = knownField(assembly, one);
    if (found === null) left.push(one);
    else {
      known[fieldOf(one.operand)] = found.number;
      isPlain = isPlain && found.isPlain;
    }
  }
  if (left.length > 0) return { row, fields: known, open: left, octets: 4, bits: 0 };
  // 0xffffffff for -1 stays long, in GNU as too.
  const isTried = key !== null && isPlain && assembly.mode.isCompressing;
  const half = isTried ? compressed(key, row, known) : -1;
  if (half >= 0) return { row, fields: known, open: left, octets: 2, bits: half };
  return { row, fields: known, open: left, octets: 4, bits: encode(row, known) };
}
