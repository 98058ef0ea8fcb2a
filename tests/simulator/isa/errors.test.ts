/** What the assembler says about mistakes: where, what, and what to do. */
import { describe, expect, test } from 'vitest';
import { assemble } from '../../../simulator/isa/assembler/assemble';
import type { AssemblyError } from '../../../simulator/isa/assembler/errors';

function errorsOf(source: string): readonly AssemblyError[] {
  const assembled = assemble(source);
  return assembled.ok ? [] : assembled.errors;
}

/** Source, the text that the error points at, and its message and remedy. */
const ROWS: readonly (readonly [string, string, string, string])[] = [
  ['adi a0, a1, 4', 'adi', 'There is no instruction `adi`.', 'Did you mean `addi`?'],
  ['ADDI a0, a1, 4', 'ADDI', 'There is no instruction `ADDI`.', 'Did you mean `addi`?'],
  [
    'xyzzy a0',
    'xyzzy',
    'There is no instruction `xyzzy`.',
    'Write an instruction of RV32IMAC or Zicsr.',
  ],
  [
    'fadd.s fa0, fa1, fa2',
    'fadd.s',
    '`fadd.s` belongs to the extension F and D (floating point).',
    'This machine is RV32IMAC with Zicsr and Zifencei: write it with its instructions.',
  ],
  ['.wrod 5', '.wrod', 'There is no directive `.wrod`.', 'Did you mean `.word`?'],
  ['.macro push', '.macro', 'This `.macro` has no end.', 'Close it with `.endm`.'],
  ['loop: j lopo', 'lopo', '`lopo` is not defined.', 'Did you mean `loop`?'],
  ['j nowhere', 'nowhere', '`nowhere` is not defined.', 'Define it: `nowhere:`.'],
  ['j 1f', '1f', 'There is no label `1:` on that side.', 'Write `1:`.'],
  ['csrr a0, mstauts', 'mstauts', '`mstauts` is not defined.', 'Did you mean `mstatus`?'],
  ['mv a0, a9', 'a9', '`mv` expects a register here, not `a9`.', 'Did you mean `a0`?'],
  ['lw a0, 4(q0)', 'q0', '`q0` is no register.', 'Did you mean `t0`?'],
  [
    'lw a0, 4',
    '4',
    '`lw` expects an address such as `8(sp)` here, not `4`.',
    'Write `lw a0, 8(sp)`.',
  ],
  [
    'addi a0, a1, a2',
    'a2',
    '`addi` expects a number from -2048 to 2047 here, not `a2`.',
    '`add` takes these operands.',
  ],
  ['sub a0, a1, 5', '5', '`sub` expects a register here, not `5`.', 'Write `sub a0, a1, a2`.'],
  ['add a0, a1', 'add', '`add` takes 3 operands, not 2.', 'Write `add a0, a1, a2`.'],
  ['ret a0', 'ret', '`ret` takes 0 operands, not 1.', 'Write `ret`.'],
  [
    'addi a0, a0, 2048',
    '2048',
    '2048 is outside -2048 to 2047.',
    'Load it first: `li t0, VALUE`, then use the register form of the instruction.',
  ],
  [
    'lw a0, -2049(sp)',
    '-2049(sp)',
    '-2049 is outside -2048 to 2047.',
    'Put the address into a register with `la` or `li`, then use offset 0.',
  ],
  ['slli a0, a0, 32', '32', '32 is outside 0 to 31.', 'A register has 32 bits: shift by 0 to 31.'],
  [
    'lui a0, 0x100000',
    '0x100000',
    '1048576 is outside 0 to 1048575.',
    'Give the upper 20 bits alone, or use `li`, or `%hi(symbol)`.',
  ],
  [
    'csrwi mie, 32',
    '32',
    '32 is outside 0 to 31.',
    'Put it into a register and use the form without `i`.',
  ],
  [
    'csrr a0, 4096',
    '4096',
    '4096 is outside 0 to 4095.',
    'Write the name of a CSR, such as `mstatus`.',
  ],
  [
    'j far; .space 0x100000; far: nop',
    'far',
    'The distance to the target, 1048580 octets, is outside -1048576 to 1048574.',
    'Use `call` or `tail`, which reach everything.',
  ],
  [
    'j . + 1',
    '. + 1',
    'The target 0x80000001 is an odd address.',
    'Instructions lie at even addresses: put `.balign 4` before it.',
  ],
  [
    'li a0, 0x100000000',
    '0x100000000',
    '4294967296 does not fit 32 bits.',
    'Write a number from -2147483648 to 4294967295.',
  ],
  [
    '.byte 256',
    '256',
    '256 does not fit 8 bits (-128 to 255).',
    'Use `.word`, or cut it with `& 0xff`.',
  ],
  [
    '.byte 1; nop',
    'nop',
    'This instruction does not start at a multiple of 2.',
    'Put `.balign 4` on the line before.',
  ],
  ['.word 1 / 0', '/', 'This divides by 0.', 'Divide by something else.'],
  ['.word 1 << 64', '<<', 'A shift goes from 0 to 63 bits.', 'Shift by less.'],
  ['.word (1 + 2', '(', 'This parenthesis is not closed.', 'Add `)`.'],
  [
    '.word 1 2',
    '2',
    '`2` is not expected here.',
    'Put an operator or a comma before it, or take it away.',
  ],
  ['.word a0', 'a0', '`a0` is a register, not a number.', 'Write a number or a label.'],
  [
    '.balign later; .equ later, 4',
    'later',
    '`later` is not known at this point.',
    'Define it above this line.',
  ],
  [
    '.space 1 << 30',
    '1 << 30',
    '1073741824 is outside 0 to 16777216.',
    'Write a number from 0 to 16777216.',
  ],
  [
    '.space 16 << 20; .byte 1',
    '.byte',
    'The program would be larger than 16 MiB.',
    'Make it smaller.',
  ],
  ['.balign 3', '.balign', '3 is no power of two.', 'Align to 1, 2, 4, 8, 16 and so on.'],
  ['.bss; .word 5', '5', 'The section .bss holds zeros only.', 'Put this into `.data`.'],
  [
    '.ascii "a\\qb"',
    '\\q',
    '`\\q` is no escape.',
    'Escapes are \\n \\t \\r \\b \\f \\v \\\\ \\" \\0 to \\377 and \\x41.',
  ],
  ['.ascii "abc', '"abc', 'This string has no end on its line.', 'Close it with `"`.'],
  ['/* abc', '/*', 'This comment has no end.', 'Close it with `*/`.'],
  [
    '.word 0x1g',
    '0x1g',
    '`0x1g` is no number.',
    'Write decimal (42), hexadecimal (0x2a), binary (0b101010) or octal (052).',
  ],
  [
    'nop ?',
    '?',
    'The character `?` means nothing here.',
    'Names are made of A-Z a-z 0-9 _ . $; a comment starts with #.',
  ],
  [
    'a: nop; a: nop',
    'a',
    '`a` is defined already, on line 1.',
    'Give one of the two another name.',
  ],
  ['t0: nop', 't0', '`t0` is the name of a register.', 'Choose another, such as `t0_value`.'],
  [
    '.equ a, a + 1; .word a',
    'a',
    '`a` is defined by itself, or by a chain too long to follow.',
    'Give it a value that does not depend on it.',
  ],
  [
    'nop; nop; . = 2',
    '2',
    'This place is behind what has been written already, or in another section.',
    'Go forward: `.org` never goes back.',
  ],
  ['addi a0,, 5', ',', 'An operand is missing here.', 'Write it, or take the comma away.'],
  [
    'fence q, w',
    'q',
    '`q` is no set of memory accesses.',
    'Write some of the letters `iorw`: device in, out, read, write.',
  ],
  [
    'addi a0, a0, %hi(x); x:',
    'hi',
    '`%hi` does not fit into this operand.',
    '%hi goes with `lui`, %pcrel_hi with `auipc`, %lo with `addi`, loads and stores.',
  ],
  [
    'lui a0, %high(x); x:',
    'high',
    '`%high` is not known.',
    'Write `%lo(symbol)`, or %hi, %lo, %pcrel_hi, %pcrel_lo.',
  ],
  [
    'x: addi a0, a0, %pcrel_lo(x)',
    '%pcrel_lo(x)',
    'There is no `%pcrel_hi` at this label.',
    'Put a label before the `auipc` with %pcrel_hi and name that label here.',
  ],
  ['.globl', '.globl', '`.globl` needs an operand.', 'Write the name of a symbol after it.'],
  [
    '.section 5',
    '5',
    'The name of a section is expected here.',
    'Write `.section .rodata` or `.section .name, "aw"`.',
  ],
];

describe('an error', () => {
  test.each(ROWS)('%s', (source, pointed, message, remedy) => {
    const error = errorsOf(source).find((one) => one.message === message);
    expect(errorsOf(source).map((one) => one.message)).toContain(message);
    expect(error?.remedy).toBe(remedy);
    expect(error?.line).toBe(1);
    const column = error?.column ?? 0;
    expect(source.slice(column - 1, column - 1 + (error?.lengthColumns ?? 0))).toBe(pointed);
  });
});

test('all errors of a source come at once, in its order', () => {
  const source = 'nop\nadi a0, a1, 4\n  j nowhere\n.wrod 1\nli a0, 1 << 40\nret\n"';
  expect(errorsOf(source).map(({ line, column }) => [line, column])).toEqual([
    [2, 1],
    [3, 5],
    [4, 1],
    [5, 8],
    [7, 1],
  ]);
});

test('one mistake does not become several', () => {
  expect(errorsOf('start: adi a0, a1, 4\nj start\nbeqz a0, start\n.word start')).toHaveLength(1);
  expect(errorsOf('.byte 1\nnop\nnop\nnop')).toHaveLength(1);
});

test.each([
  [{ '.text': -1 }, 'The base of .text is no address.'],
  [
    { '.text': 0xfffffffc, '.data': 0 },
    'The section .text ends after the last address, 0xffffffff.',
  ],
  [{ '.data': 0x80000004 }, 'The sections .text and .data overlap at 0x80000004.'],
])('bases %o are refused', (bases, message) => {
  const assembled = assemble('.option norvc; nop; nop; .data; .word 1', { bases });
  expect(assembled).toMatchObject({ ok: false, errors: [{ message }] });
});
