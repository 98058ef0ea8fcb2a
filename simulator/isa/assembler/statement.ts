/** One statement of the first pass: its labels, then an assignment, a directive or an instruction. */
import { extensionOf, EXTENSION_NAMES, spelling, type Extension } from '../rv32/extensions';
import { directive } from './directives';
import { errorAt, quote, type AssemblyError } from './errors';
import { parseWhole, placeOf } from './expression';
import { formsOf, type Form } from './forms';
import { cursorOf } from './immediate';
import { contentOf } from './instruction';
import type { Statement, Token } from './lexer';
import { expandMacro } from './macroCall';
import { mistakeOf, fits, unknownMnemonic } from './mistakes';
import { shapeOf, split } from './operands';
import { rowNamed, type Row } from '../rv32/table';
import { append, appendLoose, here, type Assembly, type Content } from './state';
import { assign, defineLabel, defineLocal } from './symbols';

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
  const expression = parseWhole(cursor);
  if (expression === null) {
    const fallback = errorAt(name, 'A value is missing.', 'Write a number or a label.');
    assembly.errors.push(cursor.error ?? fallback);
    return;
  }
  const datum = { expression, span };
  if (name.text === '.') {
    appendLoose(assembly, name.line, 0, { kind: 'space', datum, value: 0, isPlace: true });
    return;
  }
  if (!assign(assembly, name.text, name, here(assembly), datum)) return;
  append(assembly, name.line, 0, { kind: 'assign', name: name.text, datum });
}

/** Where instructions may start: everywhere even, or at multiples of 4 without C. */
const stepOf = ({ mode }: Assembly): 2 | 4 => (mode.extensions.has('C') ? 2 : 4);

/** Says it once, and goes on where the instruction ought to be. */
function checkAlignment(assembly: Assembly, token: Token): void {
  const step = stepOf(assembly);
  const past = assembly.current.sizeOctets % step;
  if (past === 0) return;
  const message = `This instruction does not start at a multiple of ${step}.`;
  assembly.errors.push(errorAt(token, message, 'Put `.balign 4` on the line before.'));
  append(assembly, token.line, step - past, { kind: 'fill', value: 0, widthOctets: 1 });
}

function needed(form: Form): Extension | null {
  if (form.kind === 'short' || form.name === 'c.unimp') return 'C';
  return form.kind === 'word' ? extensionOf(form.row) : null;
}

/** Null when the machine that is assembled for has the instruction. */
function checkExtension({ mode }: Assembly, token: Token, form: Form): AssemblyError | null {
  const extension = needed(form);
  if (extension === null) return null;
  if (!mode.extensions.has(extension)) {
    const message = `\`${token.text}\` belongs to the extension ${EXTENSION_NAMES[extension]}, which is left out here.`;
    const remedy = `Add \`${spelling(extension)}\` to the architecture, or do without it.`;
    return errorAt(token, message, remedy);
  }
  if (extension !== 'C' || mode.isCompressing) return null;
  const message = `\`${token.text}\` takes 16 bits, which \`.option norvc\` forbids here.`;
  return errorAt(token, message, `Write \`${token.text.slice(2)}\`, or \`.option rvc\` before it.`);
}

function lengthOf(content: Content): number {
  if (content.kind === 'branch') return content.short === null ? 4 : 2;
  if (content.kind !== 'code') return 0;
  return content.words.reduce((sum, { octets }) => sum + octets, 0);
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
  const missing = checkExtension(assembly, token, form ?? (forms[0] as Form));
  if (missing !== null) return missing;
  if (form === undefined) return mistakeOf(assembly, token, tokens, forms, slices);
  checkAlignment(assembly, token);
  assembly.hasCode = true;
  const content = contentOf(assembly, tokens, form, slices, token);
  if ('message' in content) return content;
  const add = content.kind === 'branch' ? appendLoose : append;
  if (add(assembly, token.line, lengthOf(content), content)) return null;
  return errorAt(token, 'The program is larger than 16 MiB.', 'Make it smaller.');
}

/** Room for the word that is missing, so that one mistake does not move everything else. */
function leaveRoom(assembly: Assembly, token: Token): void {
  const nop = { row: rowNamed('addi') as Row, fields: {}, open: [], octets: 4, bits: 0 } as const;
  append(assembly, token.line, 4, { kind: 'code', words: [nop] });
}

function takeRest(assembly: Assembly, { tokens, errors, to }: Statement, at: number): void {
  const token = tokens[at] as Token;
  if (token.kind === 'name' && expandMacro(assembly, token, to)) return;
  for (const error of errors) assembly.errors.push(error);
  if (errors.length > 0) return;
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
    directive(assembly, tokens, at, to);
    return;
  }
  const error = instruction(assembly, tokens, at);
  if (error === null) return;
  assembly.errors.push(error);
  leaveRoom(assembly, token);
}

export function takeStatement(assembly: Assembly, statement: Statement): void {
  const { tokens, errors } = statement;
  const at = takeLabels(assembly, tokens);
  if (tokens[at] !== undefined) takeRest(assembly, statement, at);
  else for (const error of errors) assembly.errors.push(error);
}
