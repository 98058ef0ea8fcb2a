/** One statement of the first pass: its labels, then an assignment, a directive or an instruction. */
import { directive } from './directives';
import { errorAt, quote, type AssemblyError } from './errors';
import { extensionOf, formsOf, MNEMONICS, type Form } from './forms';
import { cursorOf } from './immediate';
import { parseWhole, placeOf } from './expression';
import { wordsOf } from './instruction';
import type { Statement, Token } from './lexer';
import type { Slot } from './macros';
import { nearest } from '../../bits/nearest';
import { accepts, shapeOf, split, textOf, type Slice } from './operands';
import { EXPECTED, sample } from './ranges';
import { REGISTER_SPELLINGS } from '../rv32/registers';
import { append, here, type Assembly } from './state';
import { assign, defineLabel, defineLocal } from './symbols';

const WORD_OCTETS = 4;

/** Defines the labels in front and answers the index of what follows them. */
function takeLabels(assembly: Assembly, tokens: readonly Token[]): number {
  let at = 0;
  for (;;) {
    const [token, colon] = [tokens[at], tokens[at + 1]];
    if (token === undefined || colon?.kind !== 'mark' || colon.text !== ':') return at;
    if (token.kind === 'name' && token.text !== '.') {
      defineLabel(assembly, token.text, token, here(assembly));
    } else if (token.kind === 'number' && /^[0-9]{1,9}$/.test(token.text)) {
      defineLocal(assembly, token.text, token, here(assembly));
    } else {
      const message = `${quote(token.text)} cannot be a label.`;
      assembly.errors.push(errorAt(token, message, 'Start its name with a letter or with `_`.'));
    }
    at += 2;
  }
}

function assignment(assembly: Assembly, tokens: readonly Token[], at: number): void {
  const name = tokens[at] as Token;
  const cursor = cursorOf(assembly, tokens, { from: at + 2, to: tokens.length });
  const span = placeOf(cursor);
  const expression = name.text === '.' ? null : parseWhole(cursor);
  if (expression === null) {
    const fallback = errorAt(
      name,
      '`.` cannot be set.',
      'Use `.space` or `.balign` to go forward.',
    );
    assembly.errors.push(cursor.error ?? fallback);
    return;
  }
  const datum = { expression, span };
  const spot = here(assembly);
  if (!assign(assembly, name.text, name, spot, datum)) return;
  append(assembly, name.line, 0, { kind: 'assign', name: name.text, datum });
}

function unknownMnemonic(assembly: Assembly, token: Token): AssemblyError {
  const extension = extensionOf(token.text);
  if (extension !== null) {
    const message = `${quote(token.text)} belongs to the extension ${extension}.`;
    return errorAt(
      token,
      message,
      'This machine is RV32I with Zicsr: write it with its instructions.',
    );
  }
  const near = nearest(assembly.speller, token.text, MNEMONICS);
  const remedy =
    near === null ? 'Write an instruction of RV32I or Zicsr.' : `Did you mean \`${near}\`?`;
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

/** The form with and without `i` at its end, where the other one would take these operands. */
function otherForm(name: string, shapes: readonly ReturnType<typeof shapeOf>[]): string | null {
  const other = name.endsWith('i') ? name.slice(0, -1) : `${name}i`;
  return formsOf(other).some((form) => fits(form, shapes)) ? other : null;
}

function fits(form: Form, shapes: readonly ReturnType<typeof shapeOf>[]): boolean {
  return (
    form.syntax.length === shapes.length &&
    form.syntax.every((slot, at) => accepts(slot, shapes[at] as ReturnType<typeof shapeOf>))
  );
}

function wrongOperand(
  assembly: Assembly,
  token: Token,
  tokens: readonly Token[],
  form: Form,
  slices: readonly Slice[],
): AssemblyError {
  const shapes = slices.map((slice) => shapeOf(tokens, slice));
  const at = form.syntax.findIndex((slot, index) => {
    return !accepts(slot, shapes[index] as ReturnType<typeof shapeOf>);
  });
  const slice = slices[at] as Slice;
  const slot = form.syntax[at] as Slot;
  const text = textOf(tokens, slice);
  const message = `\`${token.text}\` expects ${EXPECTED[slot]} here, not ${quote(text)}.`;
  return errorAt(slice.span, message, remedyFor(assembly, token, form, slot, text, shapes));
}

function remedyFor(
  assembly: Assembly,
  token: Token,
  form: Form,
  slot: Slot,
  text: string,
  shapes: readonly ReturnType<typeof shapeOf>[],
): string {
  const isRegister = slot === 'rd' || slot === 'rs1' || slot === 'rs2';
  const near =
    isRegister && /^[a-z]/i.test(text) ? nearest(assembly.speller, text, REGISTER_SPELLINGS) : null;
  if (near !== null) return `Did you mean \`${near}\`?`;
  const other = otherForm(token.text, shapes);
  if (other !== null) return `\`${other}\` takes these operands.`;
  return `Write ${sample(token.text, form.syntax)}.`;
}

/** Says it once, and goes on where the instruction ought to be. */
function checkAlignment(assembly: Assembly, token: Token): void {
  const past = assembly.current.sizeOctets % WORD_OCTETS;
  if (past === 0) return;
  const message = 'This instruction does not start at a multiple of 4.';
  assembly.errors.push(errorAt(token, message, 'Put `.balign 4` on the line before.'));
  append(assembly, token.line, WORD_OCTETS - past, { kind: 'fill', octet: 0, isCode: false });
}

function instruction(
  assembly: Assembly,
  tokens: readonly Token[],
  at: number,
): AssemblyError | null {
  const token = tokens[at] as Token;
  const forms = formsOf(token.text);
  if (forms.length === 0) return unknownMnemonic(assembly, token);
  const slices = split(tokens, at + 1);
  if ('message' in slices) return slices;
  const shapes = slices.map((slice) => shapeOf(tokens, slice));
  const form = forms.find((one) => fits(one, shapes));
  if (form === undefined) {
    const counted = forms.find((one) => one.syntax.length === slices.length);
    if (counted === undefined) return wrongCount(token, forms, slices.length);
    return wrongOperand(assembly, token, tokens, counted, slices);
  }
  checkAlignment(assembly, token);
  const words = wordsOf(assembly, tokens, form, slices);
  if ('message' in words) return words;
  const length = words.length * WORD_OCTETS;
  if (append(assembly, token.line, length, { kind: 'code', words })) return null;
  return errorAt(token, 'The program is larger than 16 MiB.', 'Make it smaller.');
}

export function takeStatement(assembly: Assembly, { tokens, isBroken }: Statement): void {
  const at = takeLabels(assembly, tokens);
  const token = tokens[at];
  if (token === undefined || isBroken) return;
  if (token.kind !== 'name') {
    const message = `An instruction, a directive or a label is expected, not ${quote(token.text)}.`;
    assembly.errors.push(errorAt(token, message, 'A comment starts with `#`.'));
    return;
  }
  const next = tokens[at + 1];
  if (next?.kind === 'mark' && next.text === '=') {
    assignment(assembly, tokens, at);
    return;
  }
  if (token.text.startsWith('.')) {
    directive(assembly, tokens, at);
    return;
  }
  const error = instruction(assembly, tokens, at);
  if (error === null) return;
  assembly.errors.push(error);
  // Room for the word that is missing, so that one mistake does not move everything else.
  append(assembly, token.line, WORD_OCTETS, { kind: 'code', words: [] });
}
