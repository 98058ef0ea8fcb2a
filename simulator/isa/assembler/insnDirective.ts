/**
 * `.insn`: an instruction by its fields or as a number ("Using as", §9.38.4 "RISC-V Instruction
 * Formats"), for what has no mnemonic.
 */
import type { Call, Directive } from './call';
import { constantAt, tooMany } from './constant';
import { errorAt, quote, type AssemblyError } from './errors';
import type { Form } from './forms';
import { takeAll } from './instruction';
import type { Token } from './lexer';
import type { Slot } from './macros';
import { accepts, shapeOf, textOf, type Slice } from './operands';
import { EXPECTED } from './ranges';
import type { Class, Format, Row } from '../rv32/table';
import { append, type Assembly, type Word } from './state';
import { wordOf } from './words';

/** Major opcodes by name (volume I, table 70 "RISC-V base opcode map"). */
// prettier-ignore
const OPCODES: ReadonlyMap<string, number> = new Map([
  ['LOAD', 0x03], ['LOAD_FP', 0x07], ['CUSTOM_0', 0x0b], ['MISC_MEM', 0x0f], ['OP_IMM', 0x13],
  ['AUIPC', 0x17], ['OP_IMM_32', 0x1b], ['STORE', 0x23], ['STORE_FP', 0x27], ['CUSTOM_1', 0x2b],
  ['AMO', 0x2f], ['OP', 0x33], ['LUI', 0x37], ['OP_32', 0x3b], ['MADD', 0x43], ['MSUB', 0x47],
  ['NMSUB', 0x4b], ['NMADD', 0x4f], ['OP_FP', 0x53], ['OP_V', 0x57], ['CUSTOM_2', 0x5b],
  ['BRANCH', 0x63], ['JALR', 0x67], ['JAL', 0x6f], ['SYSTEM', 0x73], ['CUSTOM_3', 0x7b],
]);

/** Numbers come first, each with where it lies and how many bits it has; then the operands. */
type Shape = {
  readonly numbers: readonly (readonly [name: string, at: number, bits: number])[];
  readonly format: Format;
  readonly class: Class;
  readonly syntaxes: readonly (readonly Slot[])[];
};

const OPCODE = ['opcode', 0, 7] as const;
const FUNCT3 = ['funct3', 12, 3] as const;
const FUNCT7 = ['funct7', 25, 7] as const;

const R: Shape = {
  numbers: [OPCODE, FUNCT3, FUNCT7],
  format: 'R',
  class: 'alu',
  syntaxes: [['rd', 'rs1', 'rs2']],
};
const B: Shape = {
  numbers: [OPCODE, FUNCT3],
  format: 'B',
  class: 'branch',
  syntaxes: [['rs1', 'rs2', 'target']],
};
const J: Shape = {
  numbers: [OPCODE],
  format: 'J',
  class: 'jump',
  syntaxes: [['rd', 'target']],
};

const SHAPES: ReadonlyMap<string, Shape> = new Map([
  ['r', R],
  [
    'i',
    {
      numbers: [OPCODE, FUNCT3],
      format: 'I',
      class: 'alu',
      syntaxes: [
        ['rd', 'rs1', 'imm'],
        ['rd', 'address'],
      ],
    },
  ],
  ['s', { numbers: [OPCODE, FUNCT3], format: 'S', class: 'store', syntaxes: [['rs2', 'address']] }],
  ['b', B],
  ['sb', B],
  ['u', { numbers: [OPCODE], format: 'U', class: 'alu', syntaxes: [['rd', 'upper']] }],
  ['j', J],
  ['uj', J],
]);

/** Operand `index` as a number of `bits` bits, or the name of an opcode. */
function numberAt(
  assembly: Assembly,
  call: Call,
  index: number,
  bits: number,
): number | AssemblyError {
  const slice = call.slices[index];
  const token = slice === undefined ? undefined : call.tokens[slice.from];
  const named = bits === 7 && token?.kind === 'name' ? OPCODES.get(token.text) : undefined;
  return named ?? constantAt(assembly, call, index, [0, (1 << bits) - 1]);
}

const REMEDY = 'Write `.insn r 0x33, 0, 0, a0, a1, a2`, with one of the formats r, i, s, b, u, j.';

/** The form whose operands are written from `at` on. */
function formFor(shape: Shape, call: Call, row: Row, from: number): Form | AssemblyError {
  const slices = call.slices.slice(from);
  const shapes = slices.map((slice) => shapeOf(call.tokens, slice));
  const counted = shape.syntaxes.filter(({ length }) => length === slices.length);
  const [first] = counted;
  if (first === undefined) {
    const counts = shape.syntaxes.map(({ length }) => length + from).join(' or ');
    const message = `This format takes ${counts} operands, not ${call.slices.length}.`;
    return errorAt(call.name, message, REMEDY);
  }
  const isFit = (syntax: readonly Slot[]): boolean =>
    syntax.every((slot, at) => accepts(slot, shapes[at] ?? 'number'));
  const syntax = counted.find(isFit);
  if (syntax !== undefined) {
    return { kind: 'word', name: row.name, key: row.name, syntax, row, fixed: {} };
  }
  const at = first.findIndex((slot, index) => !accepts(slot, shapes[index] ?? 'number'));
  const slice = slices[at] as Slice;
  const message = `Expected is ${EXPECTED[first[at] as Slot]}, not ${quote(textOf(call.tokens, slice))}.`;
  return errorAt(slice.span, message, REMEDY);
}

function byFields(assembly: Assembly, call: Call, shape: Shape): AssemblyError | null {
  let match = 0;
  for (const [index, [, at, bits]] of shape.numbers.entries()) {
    const number = numberAt(assembly, call, index, bits);
    if (typeof number !== 'number') return number;
    match |= number << at;
  }
  const { format, class: kind } = shape;
  const none = { opcode: 0, funct3: null, funct7: null, funct12: null, syntax: [], mask: 0 };
  const row: Row = { ...none, name: '.insn', format, class: kind, match };
  const form = formFor(shape, call, row, shape.numbers.length);
  if ('message' in form) return form;
  const slices = call.slices.slice(shape.numbers.length);
  const taken = takeAll(assembly, call.tokens, form, slices);
  if ('message' in taken) return taken;
  const { written, open } = taken;
  const { immediate } = written;
  const last = immediate === null ? [] : [{ ...immediate.of, operand: immediate.slot }];
  const word = wordOf(assembly, null, row, written.fields, [...open, ...last]);
  return add(assembly, call, word);
}

function add(assembly: Assembly, call: Call, word: Word): AssemblyError | null {
  assembly.hasCode = true;
  if (append(assembly, call.name.line, word.octets, { kind: 'code', words: [word] })) return null;
  return errorAt(call.name, 'The program is larger than 16 MiB.', 'Make it smaller.');
}

/** `.insn value`, or `.insn octets, value`: the lowest bits say how long it is. */
function byValue(assembly: Assembly, call: Call): AssemblyError | null {
  const extra = tooMany(call, 2);
  if (extra !== null) return extra;
  const isSized = call.slices.length === 2;
  const bits = constantAt(assembly, call, isSized ? 1 : 0, [0, 0xffff_ffff]);
  if (typeof bits !== 'number') return bits;
  const octets = bits % 4 === 3 ? 4 : 2;
  const size = isSized ? constantAt(assembly, call, 0, [2, 4]) : octets;
  if (typeof size !== 'number') return size;
  if (size !== octets || (octets === 2 && bits > 0xffff)) {
    const message = `An instruction whose lowest bits are ${bits % 4} has ${octets} octets.`;
    return errorAt(call.name, message, 'Bits 1 and 0 are 1 in four octets, else not.');
  }
  const none = { opcode: 0, funct3: null, funct7: null, funct12: null, syntax: [], mask: 0 };
  const row: Row = { ...none, name: '.insn', format: 'none', class: 'alu', match: bits };
  return add(assembly, call, { row, fields: {}, open: [], octets, bits });
}

const insn: Directive = (assembly, call) => {
  const [first] = call.slices;
  if (first === undefined) return errorAt(call.name, '`.insn` needs operands.', REMEDY);
  const format = call.tokens[first.from] as Token;
  if (format.kind === 'number') return byValue(assembly, call);
  const shape = SHAPES.get(format.text);
  if (shape === undefined || first.to - first.from < 2) {
    return errorAt(format, `${quote(format.text)} is no format of an instruction.`, REMEDY);
  }
  // The format stands before the first number, with nothing between them.
  const slices = [{ ...first, from: first.from + 1 }, ...call.slices.slice(1)];
  return byFields(assembly, { ...call, slices }, shape);
};

export const insnDirectives: readonly (readonly [string, Directive])[] = [['.insn', insn]];
