/** What is wrong with an instruction that no form of its mnemonic takes, and what to write instead. */
import { nearest } from '../../bits/nearest';
import { REGISTER_SPELLINGS } from '../rv32/registers';
import { errorAt, quote, type AssemblyError } from './errors';
import { foreignExtension, formsOf, MNEMONICS, type Form } from './forms';
import type { Token } from './lexer';
import type { Slot } from './macros';
import { accepts, shapeOf, textOf, type Shape, type Slice } from './operands';
import { EXPECTED, sample } from './ranges';
import type { Assembly } from './state';

export function unknownMnemonic(assembly: Assembly, token: Token): AssemblyError {
  const extension = foreignExtension(token.text);
  if (extension !== null) {
    const message = `${quote(token.text)} belongs to the extension ${extension}.`;
    const remedy =
      'This machine is RV32IMAC with Zicsr and Zifencei: write it with its instructions.';
    return errorAt(token, message, remedy);
  }
  const near = nearest(assembly.speller, token.text, [...MNEMONICS, ...assembly.macros.keys()]);
  const remedy =
    near === null ? 'Write an instruction of RV32IMAC or Zicsr.' : `Did you mean \`${near}\`?`;
  return errorAt(token, `There is no instruction ${quote(token.text)}.`, remedy);
}

const plural = (count: number): string => (count === 1 ? '1 operand' : `${count} operands`);

function wrongCount(token: Token, forms: readonly Form[], count: number): AssemblyError {
  const counts = [...new Set(forms.map((form) => form.syntax.length))].sort((a, b) => a - b);
  const takes = counts
    .map((one, at) => (at === counts.length - 1 ? plural(one) : one))
    .join(' or ');
  const message = `\`${token.text}\` takes ${takes}, not ${count}.`;
  const near = [...forms].sort(
    (a, b) => Math.abs(a.syntax.length - count) - Math.abs(b.syntax.length - count),
  );
  return errorAt(token, message, `Write ${sample(token.text, (near[0] as Form).syntax)}.`);
}

export function fits(form: Form, shapes: readonly Shape[]): boolean {
  return (
    form.syntax.length === shapes.length &&
    form.syntax.every((slot, at) => accepts(slot, shapes[at] as Shape))
  );
}

/** The form with and without `i` at its end, where the other one would take these operands. */
function otherForm(name: string, shapes: readonly Shape[]): string | null {
  const other = name.endsWith('i') ? name.slice(0, -1) : `${name}i`;
  return formsOf(other).some((form) => fits(form, shapes)) ? other : null;
}

function remedyFor(
  assembly: Assembly,
  token: Token,
  form: Form,
  slot: Slot,
  text: string,
  shapes: readonly Shape[],
): string {
  const isRegister = slot === 'rd' || slot === 'rs1' || slot === 'rs2';
  const near =
    isRegister && /^[a-z]/i.test(text) ? nearest(assembly.speller, text, REGISTER_SPELLINGS) : null;
  if (near !== null) return `Did you mean \`${near}\`?`;
  const other = otherForm(token.text, shapes);
  if (other !== null) return `\`${other}\` takes these operands.`;
  return `Write ${sample(token.text, form.syntax)}.`;
}

/** Why none of `forms` takes the operands in `slices`. */
export function mistakeOf(
  assembly: Assembly,
  token: Token,
  tokens: readonly Token[],
  forms: readonly Form[],
  slices: readonly Slice[],
): AssemblyError {
  const form = forms.find((one) => one.syntax.length === slices.length);
  if (form === undefined) return wrongCount(token, forms, slices.length);
  const shapes = slices.map((slice) => shapeOf(tokens, slice));
  const at = form.syntax.findIndex((slot, index) => !accepts(slot, shapes[index] as Shape));
  const slice = slices[at] as Slice;
  const slot = form.syntax[at] as Slot;
  const text = textOf(tokens, slice);
  const message = `\`${token.text}\` expects ${EXPECTED[slot]} here, not ${quote(text)}.`;
  return errorAt(slice.span, message, remedyFor(assembly, token, form, slot, text, shapes));
}
